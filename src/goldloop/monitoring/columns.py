"""Which values of a column are measured: numbers or categories, one a row or many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlglot import exp

from goldloop.errors import StatementError
from goldloop.registry.cards import Feature
from goldloop.scoring.expressions import call, transformed

# The row whose columns are measured.
MEASURED = "_goldloop_measured"

_INTEGERS = frozenset(
    {
        *exp.DataType.INTEGER_TYPES,
        exp.DType.INT128,
        exp.DType.UINT128,
        exp.DType.BIGNUM,
    }
)
_NUMBERS = _INTEGERS | exp.DataType.NUMERIC_TYPES
_CATEGORIES = frozenset(
    {
        *exp.DataType.TEXT_TYPES,
        *exp.DataType.TEMPORAL_TYPES,
        exp.DType.BOOLEAN,
        exp.DType.ENUM,
        exp.DType.UUID,
        exp.DType.TIME,
        exp.DType.TIMETZ,
        exp.DType.BINARY,
        exp.DType.VARBINARY,
    }
)
_ENTRY = "_goldloop_entry"


@dataclass(frozen=True)
class Measured:
    """A column as it is measured: `value` is over the row `MEASURED`.

    Of an array it is the array of what is measured, of a sparse vector that of its
    values; `indexes` is that of its indexes. `kind` is TFDV's type.
    """

    name: str
    value: exp.Expr
    kind: str
    is_array: bool = False
    indexes: exp.Expr | None = None

    @property
    def is_number(self) -> bool:
        """Return whether the values are numbers; the others are compared as texts."""
        return self.kind in {"INT", "FLOAT"}


def measured_columns(where: str, columns: Sequence[Feature]) -> list[Measured]:
    """Return what is measured of `columns`, structs being measured field by field.

    Args:
        where: what names the rows in an error.
        columns: names and DuckDB types.

    Raises:
        StatementError: a column is of a type that is not measured, or there is none.
    """
    if not columns:
        raise StatementError(f"{where}: there is no column to measure.")
    found = []
    for column in columns:
        value = exp.Column(
            this=exp.to_identifier(column.name, quoted=True), table=exp.to_identifier(MEASURED)
        )
        data_type = exp.DataType.build(_typed(column.sql_type), dialect="duckdb")
        found += list(_measured(where, column.name, value, data_type))
    return found


def _measured(
    where: str, name: str, value: exp.Expr, data_type: exp.DataType
) -> Iterator[Measured]:
    kind = _kind(data_type)
    if kind:
        yield Measured(name, value, kind)
        return
    item = data_type.expressions[0] if data_type.this is exp.DType.ARRAY else None
    if isinstance(item, exp.DataType) and (kind := _kind(item)):
        yield Measured(name, value, kind, is_array=True)
        return
    if isinstance(item, exp.DataType) and (sparse := _sparse(item)):
        index, number, kind = sparse
        yield Measured(name, _fields(value, number), kind, True, _fields(value, index))
        return
    if data_type.this is exp.DType.STRUCT:
        for each in data_type.expressions:
            field = call("struct_extract", value.copy(), exp.Literal.string(each.name))
            yield from _measured(where, f"{name}.{each.name}", field, each.args["kind"])
        return
    raise StatementError(
        f"{where}: column '{name}' is {data_type.sql('duckdb')}; expected numbers, texts, "
        "booleans, bytes, dates or times, arrays or structs of them. Cast it or leave it out."
    )


def _kind(data_type: exp.DataType) -> str | None:
    if data_type.this in _INTEGERS:
        return "INT"
    if data_type.this in _NUMBERS:
        return "FLOAT"
    return "STRING" if data_type.this in _CATEGORIES else None


def _sparse(item: exp.DataType) -> tuple[str, str, str] | None:
    """Return index, value and kind of the structs of a sparse vector."""
    match item.expressions if item.this is exp.DType.STRUCT else []:
        case [index, value]:
            kind = _kind(value.args["kind"])
            if index.args["kind"].this in _INTEGERS and kind in {"INT", "FLOAT"}:
                return index.name, value.name, kind
    return None


def _fields(vector: exp.Expr, name: str) -> exp.Expr:
    field = call("struct_extract", exp.column(_ENTRY), exp.Literal.string(name))
    return transformed(vector.copy(), _ENTRY, field)


def _typed(sql_type: str) -> str:
    # A bare NULL has no type: it is measured as DuckDB would store it.
    return "INTEGER" if sql_type == '"NULL"' else sql_type
