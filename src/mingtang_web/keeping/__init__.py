"""Looking after accounts, appointments and the tree of bodies, each step in the ledger."""
