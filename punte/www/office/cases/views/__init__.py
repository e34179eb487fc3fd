"""The pages of cases, one subject a file."""
