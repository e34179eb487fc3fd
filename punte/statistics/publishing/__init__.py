"""Tables that everybody may read: what they count stands in `content/tables`, and what is told of it is safe."""
