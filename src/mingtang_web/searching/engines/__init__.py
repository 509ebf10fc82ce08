"""Engines of the search, each behind `mingtang_web.searching.entries.Engine`."""
