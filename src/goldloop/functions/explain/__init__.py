"""Functions that tell why a model predicts what it predicts."""

from goldloop.functions.declaration import Function
from goldloop.functions.explain.advanced_weights import ADVANCED_WEIGHTS
from goldloop.functions.explain.explain_predict import EXPLAIN_PREDICT
from goldloop.functions.explain.feature_importance import FEATURE_IMPORTANCE
from goldloop.functions.explain.get_insights import GET_INSIGHTS
from goldloop.functions.explain.global_explain import GLOBAL_EXPLAIN
from goldloop.functions.explain.key_drivers import KEY_DRIVERS

EXPLAIN: tuple[Function, ...] = (
    EXPLAIN_PREDICT,
    GLOBAL_EXPLAIN,
    FEATURE_IMPORTANCE,
    ADVANCED_WEIGHTS,
    GET_INSIGHTS,
    KEY_DRIVERS,
)

__all__ = ["EXPLAIN"]
