"""Functions that show what a model learnt, and the features it learnt from."""

from goldloop.functions.inspect.centroids import CENTROIDS
from goldloop.functions.inspect.feature_info import FEATURE_INFO
from goldloop.functions.inspect.principal_components import (
    PRINCIPAL_COMPONENT_INFO,
    PRINCIPAL_COMPONENTS,
)
from goldloop.functions.inspect.weights import WEIGHTS

INSPECT = (WEIGHTS, FEATURE_INFO, CENTROIDS, PRINCIPAL_COMPONENTS, PRINCIPAL_COMPONENT_INFO)

__all__ = ["INSPECT"]
