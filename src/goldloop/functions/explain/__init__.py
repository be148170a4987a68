"""Functions that tell why a model predicts what it predicts."""

from goldloop.functions.explain.advanced_weights import ADVANCED_WEIGHTS
from goldloop.functions.explain.feature_importance import FEATURE_IMPORTANCE

EXPLAIN = (ADVANCED_WEIGHTS, FEATURE_IMPORTANCE)

__all__ = ["EXPLAIN"]
