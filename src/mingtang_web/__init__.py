"""The site: stores what bodies do, shows it, and asks who may.

Floors, from the top: `desk` (screens) → `applicants` → `ledger` → `bodies` →
`accounts` → `clock`, `keys`, `masking`. What the law says is asked of the
engine, `mingtang`; nothing here counts a day by itself.
"""
