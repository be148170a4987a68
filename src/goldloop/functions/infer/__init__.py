"""Functions that score or transform rows by a model."""

from goldloop.functions.declaration import Function
from goldloop.functions.infer.generate_embedding import (
    AI_GENERATE_EMBEDDING,
    ML_GENERATE_EMBEDDING,
)
from goldloop.functions.infer.recommend import RECOMMEND

INFER: tuple[Function, ...] = (RECOMMEND, ML_GENERATE_EMBEDDING, AI_GENERATE_EMBEDDING)

__all__ = ["INFER"]
