"""Functions that score or transform rows by a model."""
