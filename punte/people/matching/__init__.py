"""Which files may be of one person: what speaks for it and against it, at the desk and over the whole register."""
