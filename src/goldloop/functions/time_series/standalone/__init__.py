"""Functions over time series that take rows instead of a model.

The series are gathered into lists, which native functions of the session work on.
"""
