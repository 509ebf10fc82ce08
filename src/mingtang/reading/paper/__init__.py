"""Printed pages: ruled lines and characters with places, made into tables and text."""
