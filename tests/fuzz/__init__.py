"""Tests by fuzz."""
