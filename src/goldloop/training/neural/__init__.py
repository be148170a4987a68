"""Networks: a compact trainer in NumPy, and the model types that BigQuery ML has of them."""
