"""The forms of the pages of a case, one subject a file."""
