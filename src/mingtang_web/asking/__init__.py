"""Requests over the internet: asked by anybody, followed by number and code."""
