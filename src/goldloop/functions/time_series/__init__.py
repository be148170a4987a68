"""The functions over time series models: SQL over the tables that training left."""
