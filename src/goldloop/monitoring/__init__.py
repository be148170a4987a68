"""Statistics of the columns of rows, in SQL, and how far two sets of them are apart.

`columns.py` says what is measured of a column, `statistics.py` measures it, `divergence.py`
compares, and `proto.py` writes it all as TensorFlow Data Validation's messages.
"""
