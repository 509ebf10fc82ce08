"""A report as bytes: one writer a format, each with one function ``write``."""
