"""Sheets of cells: what workbooks store, what their formats show, and rows as a page."""
