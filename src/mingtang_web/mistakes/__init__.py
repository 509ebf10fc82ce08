"""Mistakes on public pages that anybody told of (网站找错), and what was answered."""
