"""VECTOR_SEARCH: the nearest rows by an embedding; every row is compared, so none is missed."""

from __future__ import annotations

from sqlglot import exp

from goldloop.errors import OptionError, StatementError
from goldloop.functions.call import ROW, Call
from goldloop.functions.declaration import (
    Group,
    Need,
    Output,
    Parameter,
    TableFunction,
    Warehouse,
)
from goldloop.functions.feature_types import family
from goldloop.functions.search.index_options import check_index_options
from goldloop.functions.source_columns import named_column, require_type, source_columns
from goldloop.options.declaration import Kind, Option, Range
from goldloop.scoring.expressions import call as function
from goldloop.scoring.function import struct

_BASE, _QUERY, _FOUND = "_goldloop_base", "_goldloop_query", "_goldloop_found"
# BigQuery's distances; that of DOT_PRODUCT is negative, so that less is nearer in all of them.
_DISTANCES = {
    "euclidean": "list_distance",
    "cosine": "list_cosine_distance",
    "dot_product": "list_negative_inner_product",
}


def _query(call: Call, warehouse: Warehouse) -> exp.Select:
    check_index_options(call)
    value = call["query_value"]
    if (len(call.sources) == 2) == (value is not None):
        raise StatementError(
            f"{call.name}: give the vectors to search for once, as a second table or query or as "
            f"query_value: {call.function.form}."
        )
    base = _vector_column(call, warehouse, 0, "column_to_search", _column_to_search(call))
    sources = [_numbered(call, 0, _BASE, base)]
    if value is not None:
        if call["query_column_to_search"] is not None:
            raise OptionError(
                f"{call.name}: query_column_to_search needs a table of queries; leave it out "
                "beside query_value."
            )
        wanted = _vector(value.copy())
    else:
        sources.append(_numbered(call, 1, _QUERY, _query_column(call, warehouse, base)))
        wanted = exp.column("vector", table=_QUERY)
    distance = function(
        _DISTANCES[call["distance_type"]], exp.column("vector", table=_BASE), wanted
    )
    return _nearest(sources, distance, call["top_k"])


def _nearest(sources: list[exp.CTE], distance: exp.Expr, top_k: int) -> exp.Select:
    """Return the `top_k` nearest rows of each query; of rows as near, those that come first.

    Structs compare by their first fields first. Only places are compared, and the rows fetched
    for those that are nearest: to sort rows with all they hold takes forty times as long.
    """
    base, *queries = sources
    pair = struct({"distance": distance, "place": exp.column("place", table=_BASE)})
    least = function("min", pair, exp.Literal.number(top_k))
    near = exp.select(
        *(exp.alias_(exp.column("place", table=_QUERY), "query_place") for _ in queries),
        exp.alias_(exp.Anonymous(this="UNNEST", expressions=[least]), "near"),
    ).from_(_BASE)
    found = exp.select(
        *(exp.alias_(exp.column("row", table=_QUERY), "query") for _ in queries),
        exp.alias_(exp.column("row", table=_BASE), "base"),
        exp.alias_(_near("distance"), "distance"),
    ).from_(_FOUND)
    for _ in queries:
        near = near.join(_QUERY, join_type="cross").group_by(exp.column("place", table=_QUERY))
        found = found.join(
            _QUERY, on=_same(exp.column("query_place", table=_FOUND), _QUERY), join_type="inner"
        )
    found = found.join(_BASE, on=_same(_near("place"), _BASE), join_type="inner")
    nearest = exp.CTE(this=near, alias=exp.TableAlias(this=exp.to_identifier(_FOUND)))
    found.set("with_", exp.With(expressions=[base, *queries, nearest]))
    return found


def _near(name: str) -> exp.Expr:
    return exp.Dot(this=exp.column("near", table=_FOUND), expression=exp.to_identifier(name))


def _same(place: exp.Expr, table: str) -> exp.Expr:
    return exp.EQ(this=place, expression=exp.column("place", table=table))


def _numbered(call: Call, position: int, alias: str, name: str) -> exp.CTE:
    """Return the rows of a source that have a vector: the row, its place, and the vector."""
    vector = exp.column(exp.to_identifier(name, quoted=True), table=ROW)
    rows = (
        exp.select(
            exp.alias_(exp.column(ROW), "row"),
            exp.alias_(exp.Window(this=exp.RowNumber()), "place"),
            exp.alias_(_vector(vector), "vector"),
        )
        .from_(call.rows(position))
        .where(exp.not_(exp.Is(this=vector.copy(), expression=exp.null())))
    )
    # Materialised, so that a row's place is the same wherever it is looked up.
    alias_ = exp.TableAlias(this=exp.to_identifier(alias))
    return exp.CTE(this=rows, alias=alias_, materialized=True)


def _vector(value: exp.Expr) -> exp.Expr:
    return exp.cast(exp.paren(value), "DOUBLE[]")


def _column_to_search(call: Call) -> str:
    if not call.arguments:
        raise StatementError(f"{call.name}: column_to_search is missing: {call.function.form}.")
    name = call.arguments[0]
    if not (isinstance(name, exp.Literal) and name.is_string):
        raise StatementError(
            f"{call.name}: column_to_search is {name.sql('duckdb')}; expected a column's name in "
            "quotes."
        )
    return name.name


def _vector_column(
    call: Call, warehouse: Warehouse, position: int, parameter: str, name: str
) -> str:
    column = named_column(call, source_columns(call, warehouse, position), parameter, name)
    require_type(call, column, parameter, "an array of numbers", _is_vector(column.sql_type))
    return column.name


def _query_column(call: Call, warehouse: Warehouse, base: str) -> str:
    """Return the column that is given, else that of the searched one's name, else the only array.

    Raises:
        StatementError: there is no such column, or more than one array.
    """
    given = call["query_column_to_search"]
    if given is not None:
        return _vector_column(call, warehouse, 1, "query_column_to_search", given)
    columns = source_columns(call, warehouse, 1)
    arrays = [each.name for each in columns if _is_vector(each.sql_type)]
    if not columns or base.casefold() in (name.casefold() for name in arrays):
        return base
    if len(arrays) != 1:
        raise StatementError(
            f"{call.name}: the queries have {len(arrays)} columns of vectors"
            f"{' (' + ', '.join(arrays) + ')' if arrays else ''}, none called '{base}'; name one "
            "by query_column_to_search."
        )
    return arrays[0]


def _is_vector(sql_type: str) -> bool:
    item, bracket, _ = sql_type.rpartition("[")
    return bool(bracket) and family(item) == "a number"


_NO_WORDS = "keyword search needs an index of words; search the text in the query around"

VECTOR_SEARCH = TableFunction(
    "VECTOR_SEARCH",
    Group.SEARCH,
    "The rows whose vectors are nearest to each query's.",
    _query,
    (
        Output(
            "batch",
            (
                ("query", "STRUCT<query columns>"),
                ("base", "STRUCT<base columns>"),
                ("distance", "FLOAT64"),
            ),
        ),
        Output(
            "query_value (single, preview)",
            (("base", "STRUCT<base columns>"), ("distance", "FLOAT64")),
        ),
    ),
    need=Need.NONE,
    sources=(1, 2),
    source_names=("base", "query"),
    arguments=("column_to_search",),
    parameters=(
        Parameter(
            Option(
                "query_column_to_search",
                Kind.COLUMN,
                None,
                "The queries' column of vectors; unset: of the searched one's name, or the only "
                "one.",
            )
        ),
        Parameter(Option("query_value", Kind.EXPRESSION, None, "One vector to search for.")),
        Parameter(
            Option("top_k", Kind.INTEGER, 10, "Rows a query.", range=Range(1, 10_000)),
        ),
        Parameter(
            Option(
                "distance_type",
                Kind.CHOICE,
                "euclidean",
                "EUCLIDEAN, COSINE (1 - cos) or DOT_PRODUCT (negative).",
                choices=tuple(_DISTANCES),
            )
        ),
        Parameter(
            Option(
                "options",
                Kind.EXPRESSION,
                None,
                "JSON: use_brute_force, or fraction_lists_to_search, which every search here "
                "exceeds, as it compares all rows.",
            )
        ),
        Parameter(
            Option("lexical_search_columns", Kind.COLUMNS, None, "Texts.", refused=_NO_WORDS)
        ),
        Parameter(
            Option("lexical_search_query_value", Kind.TEXT, None, "Words.", refused=_NO_WORDS)
        ),
    ),
    are_named=True,
    arrangement=("sources", "arguments", "parameters"),
)
