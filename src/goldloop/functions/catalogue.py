"""Every function of BigQuery ML: the table that the grammar's calls are looked up in."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from goldloop.errors import StatementError, nearest
from goldloop.functions.declaration import (
    AnalyticFunction,
    Function,
    RefusedFunction,
    ScalarFunction,
    TableFunction,
)
from goldloop.functions.evaluate import EVALUATIONS
from goldloop.functions.explain import EXPLAIN
from goldloop.functions.infer import INFER
from goldloop.functions.inspect import INSPECT
from goldloop.functions.monitor.table import MONITOR
from goldloop.functions.preprocess.table import PREPROCESS
from goldloop.functions.remote import REMOTE
from goldloop.functions.search import SEARCH
from goldloop.functions.stats import STATS
from goldloop.functions.time_series.table import TIME_SERIES

_ALL: tuple[Function, ...] = (
    *INFER,
    *EVALUATIONS,
    *EXPLAIN,
    *INSPECT,
    *MONITOR,
    *PREPROCESS,
    *TIME_SERIES,
    *SEARCH,
    *STATS,
    *REMOTE,
)

FUNCTIONS: Mapping[str, Function] = MappingProxyType({each.name: each for each in _ALL})


def table_function(name: str) -> TableFunction:
    """Return the function `name` (any case, with its prefix), which is called in FROM.

    Raises:
        StatementError: it does not exist, is called in an expression, or is not served.
    """
    function = FUNCTIONS.get(name.upper())
    match function:
        case TableFunction():
            return function
        case ScalarFunction() | AnalyticFunction():
            raise StatementError(f"{function.name} is called in an expression.")
        case RefusedFunction():
            raise StatementError(f"{function.name} {function.reason}.")
    tables = [each.name for each in _ALL if not isinstance(each, ScalarFunction | AnalyticFunction)]
    raise StatementError(f"There is no function {name.upper()}.{nearest(name, tables)}")
