"""The training set: materialised once in the session, hashed, split, and told apart by column.

Rows are ordered by a hash of their content, so that the same data trains the
same model whatever order the warehouse returned it in.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from uuid import uuid4

import duckdb
from sqlglot import exp

from goldloop.errors import TrainingDataError, nearest
from goldloop.options.resolve import Options
from goldloop.registry.cards import Feature
from goldloop.scoring.expressions import ROW, quoted
from goldloop.training.split import HASH, HELD_OUT, evaluation_marker
from goldloop.training.three_ways import TESTS, divide, test_table
from goldloop.training.transformation import require_transformable, resolved, transformed
from goldloop.transform.clause import TransformClause
from goldloop.transform.frozen import Transform
from goldloop.transform.references import RAW

__all__ = ["HASH", "HELD_OUT", "TrainingSet", "training_set"]

_RESERVED = {HASH, HELD_OUT, TESTS, ROW, RAW}


@dataclass(frozen=True)
class TrainingSet:
    """A training set at rest in the temporary table `table`.

    `features` are the columns a model learns from, in the select's order;
    `fingerprint` is an order-free hash of all rows. The `test_rows` that test the
    trials of a tuned model are apart, in `test_table`. With a TRANSFORM clause, `table`
    has the columns that it makes; `raw_table` and `test_table` have those of the query.
    """

    model: str
    table: str
    features: tuple[Feature, ...]
    label: Feature | None
    training_rows: int
    evaluation_rows: int
    rows_without_label: int
    fingerprint: str
    test_table: str | None = None
    test_rows: int = 0
    transform: Transform | None = None
    raw_table: str | None = None

    def measured_rows(self) -> str:
        """Return the query of the rows that metrics are of: that test, are held out, or all."""
        if self.test_table:
            return f'select * from "{self.test_table}"'
        where = f" where {HELD_OUT}" if self.evaluation_rows else ""
        return f"select * exclude ({HELD_OUT}) from {self.raw_relation().sql('duckdb')}{where}"

    def relation(self) -> exp.Table:
        """Return the quoted name of the table a model learns from."""
        return exp.table_(self.table, quoted=True)

    def raw_relation(self) -> exp.Table:
        """Return the quoted name of the table of the query's own columns, which scoring is of."""
        return exp.table_(self.raw_table or self.table, quoted=True)

    @property
    def inputs(self) -> tuple[Feature, ...]:
        """The columns that scoring reads: the raw ones where a TRANSFORM clause made features."""
        return self.transform.inputs if self.transform else self.features


@contextmanager
def training_set(
    con: duckdb.DuckDBPyConnection,
    options: Options,
    query: str,
    clause: TransformClause | None = None,
) -> Iterator[TrainingSet]:
    """Run `query` once into a temporary table and yield it split, transformed and described.

    Rows are split before they are transformed: statistics of the transformation are of the
    training rows only, as those of the model are.

    Raises:
        TrainingDataError: no rows, no label, a repeated, reserved or missing column, no feature;
            or see `transformed`.
        OptionError: the model type takes no TRANSFORM.
        StatementError: see `transformed`.
    """
    model = options.model
    if clause is not None:
        require_transformable(options)
    columns = _columns(con, model, query)
    _require(model, columns, options.label, str(options.type.target_option))
    for named, option in (options.columns() | options.columns(features=True)).items():
        _require(model, columns, named, option)
    label = _find(columns, options.label)
    made = resolved(con, options, clause, columns) if clause else None
    table = f"goldloop_training_{uuid4().hex[:12]}"
    name = exp.table_(table, quoted=True).sql("duckdb")
    con.execute(
        f'create temporary table {name} as select *, {_content_hash(columns)} as "{HASH}" '
        f"from (\n{query}\n) as {ROW}"
    )
    try:
        rows, unlabelled, fingerprint = _measure(con, name, label)
        if rows == unlabelled:
            reason = "the query returned no rows" if not rows else "every row's label is NULL"
            raise TrainingDataError(
                f"Model {model}: {reason}; expected at least one labelled row. Check the "
                "model's select and its filters."
            )
        labelled, usable = "", rows
        if label is not None and not options.type.keeps_unlabelled:
            labelled, usable = f"where {quoted(label.name)} is not null", rows - unlabelled
        tested = 0
        if options.divides_three_ways:
            tested = divide(con, options, columns, f"{name} {labelled}", table, usable)
        else:
            marker = evaluation_marker(options, usable, columns, HASH)
            con.execute(
                f'create or replace temporary table {name} as select *, {marker} as "{HELD_OUT}" '
                f"from {name} {labelled} order by {HASH}"
            )
        held_out = con.execute(f'select count(*) from {name} where "{HELD_OUT}"').fetchall()[0][0]
        trained = usable - held_out - tested
        if not trained:
            raise TrainingDataError(
                f"Model {model}: the data split leaves no row to train on "
                f"({held_out + tested} rows evaluate); check data_split_method and data_split_col."
            )
        data = TrainingSet(
            model,
            table,
            () if made else _features(model, columns, options),
            label,
            trained,
            held_out,
            unlabelled,
            fingerprint,
            test_table(table) if tested else None,
            tested,
        )
        if not made:
            yield data
            return
        with transformed(con, options, made, columns, data) as (transform, made_table):
            features = tuple(Feature(*named) for named in transform.types.items())
            features = _features(model, features, options)
            yield replace(
                data, features=features, table=made_table, transform=transform, raw_table=table
            )
    finally:
        # In a transaction that an error has aborted nothing runs; its rollback drops the tables.
        with suppress(duckdb.TransactionException):
            con.execute(f"drop table if exists {name}")
            con.execute(f'drop table if exists "{test_table(table)}"')


def _content_hash(columns: tuple[Feature, ...]) -> str:
    """Return the SQL of a row's hash: equal for equal rows, whatever the session's settings.

    JSON spells values exactly, columns' names included, but instants in the session's time zone:
    of columns that hold some, the hash is taken.
    """
    items = []
    for column in columns:
        name = quoted(column.name)
        value = f"{ROW}.{name}"
        items.append(f"{name} := " + (f"hash({value})" if "ZONE" in column.sql_type else value))
    return f"md5_number_lower(to_json(struct_pack({', '.join(items)}))::varchar)"


def _columns(con: duckdb.DuckDBPyConnection, model: str, query: str) -> tuple[Feature, ...]:
    # Of the query itself: within another one, DuckDB renames repeated columns.
    described = con.execute(f"describe (\n{query}\n)").fetchall()
    # A bare NULL has no type until it is stored, as an INTEGER.
    columns = tuple(
        Feature(name, "INTEGER" if sql_type == '"NULL"' else sql_type)
        for name, sql_type, *_ in described
    )
    seen: set[str] = set()
    for column in columns:
        folded = column.name.casefold()
        if folded in seen or folded in _RESERVED:
            problem = "reserved" if folded in _RESERVED else "repeated (case does not count)"
            raise TrainingDataError(
                f"Model {model}: column name '{column.name}' is {problem}; name it anew with AS."
            )
        seen.add(folded)
    return columns


def _find(columns: tuple[Feature, ...], name: str | None) -> Feature | None:
    if name is None:
        return None
    return next((each for each in columns if each.name.casefold() == name.casefold()), None)


def _require(model: str, columns: tuple[Feature, ...], name: str | None, option: str) -> None:
    if name is not None and _find(columns, name) is None:
        names = [column.name for column in columns]
        raise TrainingDataError(
            f"Model {model}: {option} names the column '{name}', which the query does not return; "
            f"it returns {', '.join(names)}.{nearest(name, names)}"
        )


def _features(model: str, columns: tuple[Feature, ...], options: Options) -> tuple[Feature, ...]:
    roles = (options.label, *options.columns())
    aside = {role.casefold() for role in roles if role}
    features = tuple(column for column in columns if column.name.casefold() not in aside)
    if not features and options.type.needs_features:
        raise TrainingDataError(
            f"Model {model}: no feature is left beside {', '.join(sorted(aside))}; expected at "
            "least one more column."
        )
    return features


def _measure(
    con: duckdb.DuckDBPyConnection, table: str, label: Feature | None
) -> tuple[int, int, str]:
    unlabelled = "0" if label is None else f"count(*) filter ({quoted(label.name)} is null)"
    rows, without, total, mixed = con.execute(
        f'select count(*), {unlabelled}, sum("{HASH}"::hugeint), bit_xor("{HASH}") from {table}'
    ).fetchall()[0]
    return rows, without, f"{rows}-{total or 0:x}-{mixed or 0:x}"
