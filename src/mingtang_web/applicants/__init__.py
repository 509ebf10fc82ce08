"""Applicants' personal data: sealed, shown in part, opened on record, erasable."""
