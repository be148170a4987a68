"""VECTOR_SEARCH: the nearest rows by an embedding; every row is compared, so none is missed."""

from __future__ import annotations

import json
from typing import Any

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
from goldloop.functions.source_columns import named_column, require_type, source_columns
from goldloop.options.declaration import Kind, Option, Range
from goldloop.scoring.expressions import call as function

_BASE, _QUERY, _FOUND = "_goldloop_base", "_goldloop_query", "_goldloop_found"
# BigQuery's distances; that of DOT_PRODUCT is negative, so that less is nearer in all of them.
_DISTANCES = {
    "euclidean": "list_distance",
    "cosine": "list_cosine_distance",
    "dot_product": "list_negative_inner_product",
}


def _query(call: Call, warehouse: Warehouse) -> exp.Select:
    _check_options(call)
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
    compared = exp.select(
        *(exp.column(source.alias) for source in sources), exp.alias_(distance, "distance")
    )
    return _nearest(compared, sources, call["top_k"])


def _nearest(compared: exp.Select, sources: list[exp.Subquery], top_k: int) -> exp.Select:
    """Return the `top_k` nearest rows of each query; of rows as near, those that come first."""
    base, *queries = sources
    compared = compared.from_(base)
    for source in queries:
        compared = compared.join(source, join_type="cross")
    place = exp.Window(
        this=exp.RowNumber(),
        partition_by=[_field(_QUERY, "place") for _ in queries],
        order=exp.Order(
            expressions=[
                exp.Ordered(this=exp.column("distance")),
                exp.Ordered(this=_field(_BASE, "place")),
            ]
        ),
    )
    return (
        exp.select(
            *(exp.alias_(_field(_QUERY, "row"), "query") for _ in queries),
            exp.alias_(_field(_BASE, "row"), "base"),
            "distance",
        )
        .from_(compared.subquery(_FOUND))
        .qualify(exp.LTE(this=place, expression=exp.Literal.number(top_k)))
    )


def _numbered(call: Call, position: int, alias: str, name: str) -> exp.Subquery:
    """Return the rows of a source that have a vector: the row, its place, and the vector."""
    vector = exp.column(exp.to_identifier(name, quoted=True), table=ROW)
    return (
        exp.select(
            exp.alias_(exp.column(ROW), "row"),
            exp.alias_(exp.Window(this=exp.RowNumber()), "place"),
            exp.alias_(_vector(vector), "vector"),
        )
        .from_(call.rows(position))
        .where(exp.not_(exp.Is(this=vector.copy(), expression=exp.null())))
        .subquery(alias)
    )


def _field(alias: str, name: str) -> exp.Expr:
    return exp.Dot(this=exp.column(alias), expression=exp.to_identifier(name))


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


def _check_options(call: Call) -> None:
    """Check `options`: a search that compares every row does what both of them ask for.

    Raises:
        OptionError: they are no JSON object of known names and values, or contradict each other.
    """
    given = call["options"]
    if given is None:
        return
    options = _json(call, given)
    for name, value in options.items():
        check = _OPTIONS.get(str(name).lower())
        if check is None:
            raise OptionError(
                f"{call.name}: options names '{name}'; expected {' or '.join(_OPTIONS)}."
            )
        if not check[0](value):
            raise OptionError(f"{call.name}: options: {name} is {value!r}; expected {check[1]}.")
    if options.get("use_brute_force") and "fraction_lists_to_search" in options:
        raise OptionError(
            f"{call.name}: options use_brute_force and fraction_lists_to_search exclude each "
            "other; keep one of them."
        )


def _json(call: Call, given: exp.Expr) -> dict[str, Any]:
    text = given.this if isinstance(given, exp.ParseJSON | exp.Cast | exp.Paren) else given
    if isinstance(text, exp.Literal) and text.is_string:
        try:
            options = json.loads(text.name)
        except ValueError:
            options = None
        if isinstance(options, dict):
            return options
    raise OptionError(
        f"{call.name}: options is {given.sql('duckdb')}; expected a JSON object in quotes, such as "
        """'{"use_brute_force": true}'."""
    )


_OPTIONS = {
    "use_brute_force": (lambda value: isinstance(value, bool), "true or false"),
    "fraction_lists_to_search": (
        lambda value: (
            isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 1
        ),
        "a number in (0, 1]",
    ),
}
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
