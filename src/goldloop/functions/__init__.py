"""BigQuery ML's functions: each declared once, beside the query or expression it stands for.

Functions know cards, sqlglot and the warehouse's registry; they neither train nor run queries
other than to look at columns.
"""
