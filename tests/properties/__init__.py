"""Tests by properties."""
