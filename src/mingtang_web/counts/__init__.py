"""Kept tallies: where each matter counts in the tables, and what a body's add up to."""
