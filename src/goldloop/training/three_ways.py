"""The split of a tuned model: rows that train, that judge the trials, and that test them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
from sqlglot import exp

from goldloop.errors import TrainingDataError
from goldloop.options.resolve import Options
from goldloop.registry.cards import Feature
from goldloop.training.split import HASH, HELD_OUT

TESTS = "_goldloop_tests"
PARTS = ("TRAIN", "EVAL", "TEST")
AUTOML_PARTS = ("TRAIN", "VALIDATE", "TEST")
_BUCKETS = 10_000
_SHARE = 0.1


@dataclass(frozen=True)
class Markers:
    """BOOLEAN expressions, true for rows that judge and for rows that test; the rest train.

    `part` is the column that says so itself, in `words` and no others; NULL is one where
    UNASSIGNED is.
    """

    judges: str
    tests: str
    part: str | None = None
    words: tuple[str, ...] = PARTS


def test_table(table: str) -> str:
    """Return the name of the table of the rows that test, beside the training set's."""
    return f"{table}_test"


def divide(
    con: duckdb.DuckDBPyConnection,
    options: Options,
    columns: Sequence[Feature],
    source: str,
    table: str,
    rows: int,
) -> int:
    """Split the `rows` rows of `source` into `table`, marked, and its test table; count the latter.

    Raises:
        TrainingDataError: data_split_col is not of the type that the method needs, or has a
            value that is none of `PARTS`, or no row is left to judge trials.
    """
    markers = _markers(options, rows, columns)
    _require_parts(con, options, source, markers)
    con.execute(
        f'create or replace temporary table "{table}" as select *, {markers.judges} as '
        f'"{HELD_OUT}", {markers.tests} as "{TESTS}" from {source} order by {HASH}'
    )
    con.execute(
        f'create temporary table "{test_table(table)}" as select * exclude ("{HELD_OUT}", '
        f'"{TESTS}") from "{table}" where "{TESTS}"'
    )
    con.execute(f'delete from "{table}" where "{TESTS}"')
    con.execute(f'alter table "{table}" drop column "{TESTS}"')
    judged, tested = con.execute(
        f'select (select count(*) from "{table}" where "{HELD_OUT}"), '
        f'(select count(*) from "{test_table(table)}")'
    ).fetchall()[0]
    if not judged and markers.judges != "false":
        raise TrainingDataError(
            f"Model {options.model}: the data split leaves no row to judge trials by; check "
            "data_split_method and its fractions, or train on more rows."
        )
    return tested


def _markers(options: Options, rows: int, columns: Sequence[Feature]) -> Markers:
    """Return which of `rows` rows judge and test the trials of a tuned model.

    AUTO_SPLIT gives a tenth to each, by the rank of a hash of the row's content, so that
    duplicates stay together and small sets are divided exactly.
    """
    if options.type.is_search:
        return _automl(options, rows, columns)
    method = options.get("data_split_method", "no_split")
    if method == "auto_split":
        return _tenths(rows)
    judged, tested = (options.get(f"data_split_{name}_fraction", 0.0) for name in ("eval", "test"))
    if method == "random":
        low, high = round(tested * _BUCKETS), round((tested + judged) * _BUCKETS)
        bucket = f'"{HASH}" % {_BUCKETS}'
        return Markers(f"{bucket} >= {low} and {bucket} < {high}", f"{bucket} < {low}")
    if method == "custom":
        return _custom(options, columns)
    if method == "seq":
        return _sequential(options["data_split_col"], rows, judged, tested)
    return Markers("false", "false")


def _tenths(rows: int) -> Markers:
    share = max(1, round(rows * _SHARE))
    order = f'rank() over (order by "{HASH}")'
    return Markers(f"{order} > {share} and {order} <= {2 * share}", f"{order} <= {share}")


def _sequential(column: str, rows: int, judged: float, tested: float) -> Markers:
    quoted = exp.to_identifier(column, quoted=True).sql("duckdb")
    train, judge = round(rows * (1 - judged - tested)), round(rows * (1 - tested))
    order = f'row_number() over (order by {quoted} nulls first, "{HASH}")'
    return Markers(
        f"{quoted} is not null and {order} > {train} and {order} <= {judge}",
        f"{quoted} is not null and {order} > {judge}",
    )


def _automl(options: Options, rows: int, columns: Sequence[Feature]) -> Markers:
    """Return the split of AutoML: tenths, in the order of a timestamp, or as a text says."""
    name = options["data_split_col"]
    if name is None:
        return _tenths(rows)
    column = next(each for each in columns if each.name.casefold() == name.casefold())
    if column.sql_type.startswith("TIMESTAMP") or column.sql_type == "DATE":
        return _sequential(column.name, rows, _SHARE, _SHARE)
    if not column.sql_type.startswith(("VARCHAR", "ENUM")):
        raise TrainingDataError(
            f"Model {options.model}: data_split_col '{name}' is {column.sql_type}; expected a "
            "timestamp, or a text of TRAIN, VALIDATE, TEST and UNASSIGNED."
        )
    word = f"upper({exp.to_identifier(column.name, quoted=True).sql('duckdb')})"
    # The rows of no part are divided by tenths of their hashes.
    tenth = f"(coalesce({word} = 'UNASSIGNED', true) and \"{HASH}\" % 10 = {{}})"
    return Markers(
        f"coalesce({word} = 'VALIDATE', false) or {tenth.format(1)}",
        f"coalesce({word} = 'TEST', false) or {tenth.format(0)}",
        column.name,
        (*AUTOML_PARTS, "UNASSIGNED"),
    )


def _custom(options: Options, columns: Sequence[Feature]) -> Markers:
    name = options["data_split_col"]
    column = next(each for each in columns if each.name.casefold() == name.casefold())
    if not column.sql_type.startswith(("VARCHAR", "ENUM")):
        raise TrainingDataError(
            f"Model {options.model}: data_split_col '{name}' is {column.sql_type}; CUSTOM of a "
            f"tuned model expects a text, one of {', '.join(PARTS)} in every row."
        )
    quoted = exp.to_identifier(column.name, quoted=True).sql("duckdb")
    return Markers(f"upper({quoted}) = 'EVAL'", f"upper({quoted}) = 'TEST'", column.name)


def _require_parts(
    con: duckdb.DuckDBPyConnection, options: Options, source: str, markers: Markers
) -> None:
    if markers.part is None:
        return
    column = exp.to_identifier(markers.part, quoted=True).sql("duckdb")
    known = ", ".join(f"'{word}'" for word in markers.words)
    is_null = f"{column} is null" if markers.words == PARTS else "false"
    wrong = con.execute(
        f"select distinct {column}::varchar from (select {column} from {source}) "
        f"where {is_null} or upper({column}) not in ({known}) order by 1 limit 1"
    ).fetchall()
    if wrong:
        raise TrainingDataError(
            f"Model {options.model}: data_split_col '{markers.part}' has the value "
            f"{'NULL' if wrong[0][0] is None else repr(wrong[0][0])}; expected one of "
            f"{known} in every row."
        )
