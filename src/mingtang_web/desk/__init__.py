"""Officers' screens. No models live here."""
