"""The store: one SQLite file; the only floor that knows SQL."""
