"""Word lists of screening that bodies keep (错敏词表): theirs and of those above them."""
