"""Holding every table that the ledger speaks about against the ledger."""
