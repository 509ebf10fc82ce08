"""Cases: requests for information, their ledger of events and the acts done in them."""
