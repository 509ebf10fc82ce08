"""The checking bench's files: taken in, checked apart, forgotten after an hour."""
