"""Rows traced to what they came from: predictions, model versions, files that landed."""

from goldloop.lineage.tree import tree
from goldloop.lineage.walk import TRACE_COLUMNS, TracedRow, trace

__all__ = ["TRACE_COLUMNS", "TracedRow", "trace", "tree"]
