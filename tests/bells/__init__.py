"""A room that lives only in the tests: bells that somebody rang, about a person of a household at work."""
