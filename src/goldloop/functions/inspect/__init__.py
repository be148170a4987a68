"""Functions that show what a model learnt: weights, and the features it learnt from."""

from goldloop.functions.inspect.feature_info import FEATURE_INFO
from goldloop.functions.inspect.weights import WEIGHTS

INSPECT = (WEIGHTS, FEATURE_INFO)

__all__ = ["INSPECT"]
