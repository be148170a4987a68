"""Hyperparameter tuning: trials of other option values, of which the best serves."""
