"""Tests of the kept tallies."""
