"""Functions of the group stats."""
