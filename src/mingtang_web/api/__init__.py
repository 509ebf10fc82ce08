"""The JSON channel: what the desk does, for programs; the same actions, the same law."""
