"""Maps drawn on the server: the same on the page and on paper, without tiles and without JavaScript."""
