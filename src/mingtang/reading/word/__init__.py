"""What Word's documents are made of: parts, styles, numbers, paragraphs, tables."""
