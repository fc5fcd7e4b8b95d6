"""From the words of an instrument to land: legs to lines, lines and points to territories."""
