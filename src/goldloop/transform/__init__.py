"""The TRANSFORM clause: columns computed of a row before a model learns from it or scores it.

`clause.py` reads it, `columns.py` resolves its list against the training query's columns,
`freeze.py` computes the statistics it needs over the training rows, and `frozen.py` is what
stays in the model: plain expressions over the raw row.
"""
