"""The training rows as a TRANSFORM clause makes them, in a temporary table of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING
from uuid import uuid4

import duckdb
from sqlglot import exp

from goldloop.errors import OptionError, TrainingDataError
from goldloop.native.messages import in_short
from goldloop.options.resolve import Options
from goldloop.registry.cards import Feature
from goldloop.training.fitted import Detail
from goldloop.training.split import HASH, HELD_OUT
from goldloop.transform.clause import TransformClause
from goldloop.transform.columns import Column, resolve_columns
from goldloop.transform.freeze import freeze
from goldloop.transform.frozen import Transform, select_list
from goldloop.transform.references import RAW
from goldloop.transform.refusals import check_functions

if TYPE_CHECKING:
    from goldloop.training.dataset import TrainingSet

# The section of a version's details that lists the columns TRANSFORM makes.
TRANSFORM_SECTION = "transform"


def require_transformable(options: Options) -> None:
    """Refuse a TRANSFORM clause of a model type that takes none.

    Raises:
        OptionError: see above.
    """
    if not options.type.takes_transform:
        raise OptionError(
            f"Model {options.model}: {options.type.name} takes no TRANSFORM; compute its columns "
            "in the query."
        )


def resolved(
    con: duckdb.DuckDBPyConnection,
    options: Options,
    clause: TransformClause,
    raw: Sequence[Feature],
) -> list[Column]:
    """Return the columns that the clause makes of the training query's.

    Raises:
        TrainingDataError, StatementError: see `resolve_columns`.
    """
    columns = resolve_columns(options.model, clause, raw, _roles(options))
    check_functions(con, options.model, ((each.name, each.expression) for each in columns))
    return columns


@contextmanager
def transformed(
    con: duckdb.DuckDBPyConnection,
    options: Options,
    columns: Sequence[Column],
    raw: tuple[Feature, ...],
    data: TrainingSet,
) -> Iterator[tuple[Transform, str]]:
    """Freeze `columns` over the training rows of `data`; yield what stays and the rows' table.

    Raises:
        TrainingDataError: an expression fails on a row or is of types that do not go together.
    """
    rows = f"{data.relation().sql('duckdb')} as {RAW}"
    table = f"goldloop_transformed_{uuid4().hex[:12]}"
    name = exp.table_(table, quoted=True).sql("duckdb")
    with _as_training_data_error(options.model):
        frozen = freeze(con, columns, f"{rows} where not {HELD_OUT}")
        con.execute(
            f"create temporary table {name} as select {select_list(frozen)}, {RAW}.{HASH}, "
            f"{RAW}.{HELD_OUT} from {rows} order by {HASH}"
        )
    try:
        described = con.execute(f"describe {name}").fetchall()
        types = {each: sql_type for each, sql_type, *_ in described[: len(frozen)]}
        roles = frozenset(map(str.casefold, _roles(options)))
        yield Transform(raw, frozen, types, roles), table
    finally:
        with suppress(duckdb.TransactionException):
            con.execute(f"drop table if exists {name}")


def transform_details(transform: Transform) -> list[Detail]:
    """Return a detail for each column that is made: its place, type, SQL and whether it is kept.

    Columns with a role (label, split and the like) are not in the row that the part
    `transform` returns; `has_role` tells them.
    """
    return [
        Detail(
            TRANSFORM_SECTION,
            column.name,
            float(position),
            {
                "sql_type": transform.types[column.name],
                "sql": column.expression.sql("duckdb"),
                "has_role": column.name.casefold() in transform.roles,
            },
        )
        for position, column in enumerate(transform.columns, start=1)
    ]


def _roles(options: Options) -> dict[str, str]:
    roles = options.columns()
    if options.label is not None:
        roles = {options.label: str(options.type.target_option), **roles}
    return roles


@contextmanager
def _as_training_data_error(model: str) -> Iterator[None]:
    try:
        yield
    except (duckdb.InternalException, duckdb.InterruptException):
        raise
    except duckdb.Error as error:
        raise TrainingDataError(f"Model {model}, TRANSFORM: {in_short(str(error))}") from error
