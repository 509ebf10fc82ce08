"""Documents brought in from an old site's catalogue, and taken out again as files."""
