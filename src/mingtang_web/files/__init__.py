"""Files that people hand in: looked through, sealed where they tell of a person, kept."""
