"""Screens for the public: asking, following; addresses without the desk's navigation."""
