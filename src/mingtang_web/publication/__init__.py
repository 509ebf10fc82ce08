"""Publication: documents, their revisions, the review before anything goes out."""
