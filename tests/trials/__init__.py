"""Trial material for readers, made without looking at the reader under trial."""
