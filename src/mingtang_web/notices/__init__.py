"""Notices: what people are reminded of, how it reaches them, and the jobs that do it."""
