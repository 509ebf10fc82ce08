"""Letters: composed by the engine, numbered, sealed, kept, delivered with proof."""
