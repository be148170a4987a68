"""Functions that describe rows, compare two sets of them, and look features up as of a time."""
