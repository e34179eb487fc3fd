"""The town hall's pages for residents."""
