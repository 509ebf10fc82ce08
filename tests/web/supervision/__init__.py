"""Looking after the work of the bodies below."""
