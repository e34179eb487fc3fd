"""Tables of services and of their places, judged against the directory before anything is taken over."""
