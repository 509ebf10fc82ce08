"""Letters (文书) as data, and their composing."""
