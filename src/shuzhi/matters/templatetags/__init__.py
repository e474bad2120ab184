"""Template tags of the matters room."""
