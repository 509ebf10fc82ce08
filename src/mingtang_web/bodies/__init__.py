"""Bodies, their tree, their sections, and who does what in them."""
