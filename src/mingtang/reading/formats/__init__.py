"""Readers of one format each; they know nothing of one another."""
