"""Fitted models as SQL: expressions over a row's features, and the functions made of them."""
