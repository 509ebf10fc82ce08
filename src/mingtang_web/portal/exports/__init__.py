"""The public portal as static pages: fetched as anybody sees it, led together, kept."""
