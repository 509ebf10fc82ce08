"""Yardsticks: how fast, how much memory, beside other people's readers."""
