"""BigQuery ML's preprocessing functions, a file for each group, listed in `catalogue.py`."""
