"""Functions that return what training left in a table of the version, in its order."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from goldloop.functions.call import Call
from goldloop.functions.declaration import Warehouse


def stored_rows(part: str) -> Callable[[Call, Warehouse], exp.Query]:
    """Return the query of a function whose rows are those of the version's table `part`."""

    def query(call: Call, _warehouse: Warehouse) -> exp.Select:
        return exp.select("*").from_(call.card.part(part))

    return query
