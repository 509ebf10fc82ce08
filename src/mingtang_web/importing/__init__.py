"""Old ledgers taken over: read, mapped, tried, and entered row by row."""
