"""Numbers given out one after another: of cases, of letters, of whatever is filed."""
