"""Tests by shared."""
