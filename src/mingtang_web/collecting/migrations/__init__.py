"""Migrations of the app `collecting`."""
