"""Django's own backend of SQLite, where each value and each question of a page passes."""
