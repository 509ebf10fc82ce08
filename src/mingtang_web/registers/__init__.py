"""Registers beside the cases: corrections of own records (Article 41) and complaints."""
