"""Screens for the public, without an account: asking, following, checking a report."""
