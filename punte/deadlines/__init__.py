"""Terms: dated rules turn the events of a case into deadlines. Pure: no ORM, no Django."""
