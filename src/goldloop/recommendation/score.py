"""The score of a user and an item: intercepts, and the product of their factors."""

from __future__ import annotations

from collections.abc import Mapping

from sqlglot import exp

from goldloop.scoring.expressions import ROW, balanced_sum, call, double, field, let
from goldloop.scoring.function import struct

USERS, ITEMS, INTERCEPT = "users", "items", "global_intercept"
FACTORS = "factors"


def score(
    names: Mapping[str, str], tables: Mapping[str, exp.Table], mean: exp.Expression
) -> exp.Expression:
    """Return the SQL of mean + b_u + b_i + p·q, over the columns `names` of the row.

    Of a user or item that was not in training nothing is added: the mean and the other's
    intercept remain, as in BigQuery ML.
    """
    x = exp.column("x")
    found = exp.array(*(_found(names[key], tables[key]) for key in (USERS, ITEMS)))
    sides = [call("list_extract", x.copy(), exp.Literal.number(i)) for i in (1, 2)]
    product = call("list_dot_product", *(field(side, "f") for side in sides))
    terms = [
        call("coalesce", each, double(0.0))
        for each in (field(sides[0], "b"), field(sides[1], "b"), product)
    ]
    return let("x", found, balanced_sum([mean, *terms]))


def _found(name: str, table: exp.Table) -> exp.Expression:
    """Return the factors and the intercept of an id; NULL of one that is not known."""
    alias = "_goldloop_known"
    # Within a subquery, DuckDB takes `_row.x` for a column of a table that is called so.
    value = call("struct_extract", exp.column(ROW), exp.Literal.string(name))
    row = struct({"f": exp.column(FACTORS, table=alias), "b": exp.column("intercept", table=alias)})
    same = exp.EQ(this=exp.column("id", table=alias), expression=value)
    known = exp.alias_(table.copy(), alias, table=True)
    return exp.select(row).from_(known).where(same).subquery()
