"""How fast metes is, as ratios to a peer in the same environment: `python -m bench`."""
