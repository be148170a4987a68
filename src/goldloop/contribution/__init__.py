"""Contribution analysis: which segments of the data a metric's change comes from, by SQL."""
