"""Functions that search tables."""

from goldloop.functions.declaration import Function, Group, RefusedFunction
from goldloop.functions.search.vector_search import VECTOR_SEARCH

AI_SEARCH = RefusedFunction(
    "AI.SEARCH",
    Group.SEARCH,
    "needs a table that a remote service makes embeddings for; make them in a query and call "
    "VECTOR_SEARCH",
)
SEARCH: tuple[Function, ...] = (VECTOR_SEARCH, AI_SEARCH)

__all__ = ["SEARCH"]
