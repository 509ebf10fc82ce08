"""The statutory form as data: editions, tables, lines, columns, sums."""
