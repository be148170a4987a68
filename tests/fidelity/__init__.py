"""What BigQuery ML is published to answer, and what Goldloop answers."""
