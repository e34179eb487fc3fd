"""What fails a test whatever it is about: a variable that is not there, rows in no order, a warning, another query."""
