"""Functions that score or transform rows by a model."""

from goldloop.functions.declaration import Function
from goldloop.functions.infer.detect_anomalies import DETECT_ANOMALIES
from goldloop.functions.infer.generate_embedding import (
    AI_GENERATE_EMBEDDING,
    ML_GENERATE_EMBEDDING,
)
from goldloop.functions.infer.predict import PREDICT
from goldloop.functions.infer.recommend import RECOMMEND
from goldloop.functions.infer.transform import TRANSFORM_ROWS

INFER: tuple[Function, ...] = (
    PREDICT,
    RECOMMEND,
    ML_GENERATE_EMBEDDING,
    AI_GENERATE_EMBEDDING,
    TRANSFORM_ROWS,
    DETECT_ANOMALIES,
)

__all__ = ["INFER"]
