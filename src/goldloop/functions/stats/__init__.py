"""Functions that describe tables, without a model."""

from goldloop.functions.declaration import Function
from goldloop.functions.stats.correlation import CORRELATION

STATS: tuple[Function, ...] = (CORRELATION,)

__all__ = ["STATS"]
