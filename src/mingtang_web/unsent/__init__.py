"""What somebody has typed and not sent yet, kept sealed for a week."""
