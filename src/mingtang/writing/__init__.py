"""Reports and findings as bytes and characters: JSON, terminal, one HTML page.

Every writer takes a `Sheet`; each is loaded by name through
``mingtang.registry`` when it is wanted, because a terminal renderer costs
more to import than everything below it.
"""
