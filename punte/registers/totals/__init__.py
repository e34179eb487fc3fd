"""What the entries about one subject come to: defined by the register's file, reckoned of what a reader sees."""
