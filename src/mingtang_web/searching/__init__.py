"""The search: what is public, found by words; an index beside the site's database."""
