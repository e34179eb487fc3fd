"""Did scores foresee what happened, and what changed between a first and a later round? Questions are content."""
