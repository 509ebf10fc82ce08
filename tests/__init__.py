"""Tests of mingtang."""
