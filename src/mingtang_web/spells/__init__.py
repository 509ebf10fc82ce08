"""Figures of a period with their source, for cells of table two (时段填报数)."""
