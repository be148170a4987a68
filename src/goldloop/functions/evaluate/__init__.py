"""Functions that tell how good a model is."""

from goldloop.functions.evaluate.evaluate import EVALUATE, stored_metrics

__all__ = ["EVALUATE", "stored_metrics"]
