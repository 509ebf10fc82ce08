"""Tests of annual reports."""
