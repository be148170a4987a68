"""Functions of the group search."""
