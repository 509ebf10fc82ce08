"""Tests of collecting reports."""
