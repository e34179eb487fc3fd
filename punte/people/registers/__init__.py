"""Registers of people and households that an institution has in tables: read, compared with who is there, taken in."""
