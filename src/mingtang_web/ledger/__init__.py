"""The ledger: what was done, in order, never altered; a chain of hashes per body."""
