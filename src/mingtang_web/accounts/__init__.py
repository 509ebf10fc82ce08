"""People who work with the site: who they are and how they sign in."""
