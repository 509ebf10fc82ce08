"""How much of an untrusted file is read: the same for every format."""

from __future__ import annotations

MAX_TABLES = 3000
"""More tables than this is an attack or an accident, not a report."""
MAX_CELLS = 20_000
"""More cells than this in one file is refused."""
MAX_LINES = 50_000
"""More lines of text than this in one file is refused."""
MAX_SPAN = 200
"""No cell of a report spans more rows or columns than this."""
