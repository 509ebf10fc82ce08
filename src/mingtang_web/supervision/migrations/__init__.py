"""How this app's tables came to be."""
