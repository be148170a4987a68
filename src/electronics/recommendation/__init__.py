"""What to recommend to whom: histories as they were known, candidates, pair features, measures."""
