"""Registers of what section one of the report tells beside documents (第一部分总体情况)."""
