"""MATRIX_FACTORIZATION: factors of users and items as tables, which the model's function joins."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from sqlglot import exp

from goldloop.errors import TrainingDataError
from goldloop.recommendation.ranking import ranking_query
from goldloop.recommendation.score import FACTORS, INTERCEPT, ITEMS, USERS, score
from goldloop.registry.names import part_name
from goldloop.scoring.expressions import double, feature, numeric
from goldloop.scoring.prediction import Fields
from goldloop.training.factorization import Codes, Ratings, Side, loss, solved
from goldloop.training.family import Sample
from goldloop.training.fitted import Fitted
from goldloop.training.inputs import is_number
from goldloop.training.matrix import Floats, select
from goldloop.training.training_info import Iteration, training_info

_SEED = 0


@dataclass(frozen=True)
class _Data:
    """The ratings, and the ids of users and items by code."""

    ratings: Ratings
    users: pa.Array
    items: pa.Array
    mean: float


def fit(sample: Sample) -> Fitted:
    """Factorise the ratings by alternating least squares, users first.

    Raises:
        TrainingDataError: other columns than user, item and rating, a NULL among them, ratings
            that are no finite numbers, or negative ones with implicit feedback.
    """
    options = sample.options
    data = _read(sample)
    users, items, iterations = _alternate(sample, data)
    is_implicit = options["feedback_type"] == "implicit"
    names = {USERS: options["user_col"], ITEMS: options["item_col"]}
    tables = {
        USERS: _table(data.users, users),
        ITEMS: _table(data.items, items),
        INTERCEPT: pa.table({"intercept": [data.mean]}),
    }
    parts = {key: part_name(key, sample.version_id) for key in (USERS, ITEMS)}
    predicted = f"predicted_{options.label}{'_confidence' if is_implicit else ''}"
    value = score(names, parts, double(data.mean))
    return Fitted(
        Fields({predicted: value}),
        "implicit_recommendation" if is_implicit else "explicit_recommendation",
        details=training_info(iterations),
        tables=tables,
        metrics=_ranked(sample, tables) if is_implicit else None,
    )


def _read(sample: Sample) -> _Data:
    options, label = sample.options, sample.label
    names = [options["user_col"], options["item_col"]]
    known = {name.casefold() for name in names}
    for column in sample.data.features:
        if column.name.casefold() not in known:
            raise TrainingDataError(
                f"Model {options.model}: the query returns the column '{column.name}'; expected "
                f"{', '.join(names)} and {label.name} only. Leave it out."
            )
    if not is_number(label.sql_type):
        raise TrainingDataError(
            f"Model {options.model}: rating_col '{label.name}' is of type {label.sql_type}; "
            "expected a number."
        )
    table = select(sample.con, sample.data, [*map(feature, names), numeric(feature(label.name))])
    users, items = (_encoded(options.model, name, table.column(i)) for i, name in enumerate(names))
    values = table.column(2).to_numpy()
    if not np.isfinite(values).all():
        raise TrainingDataError(
            f"Model {options.model}: rating_col '{label.name}' holds NaN or infinity; expected "
            "finite numbers or NULL. Filter them in the query."
        )
    if options["feedback_type"] == "explicit":
        mean = float(values.mean())
        ones = np.ones(len(values))
        return _Data(
            Ratings(users[0], items[0], values - mean, ones, False), users[1], items[1], mean
        )
    if (values < 0).any():
        raise TrainingDataError(
            f"Model {options.model}: rating_col '{label.name}' is negative in "
            f"{int((values < 0).sum())} rows; implicit feedback is 0 or more."
        )
    return _Data(
        _implicit(options["wals_alpha"], users[0], items[0], values), users[1], items[1], 0.0
    )


def _implicit(alpha: float, users: Codes, items: Codes, values: Floats) -> Ratings:
    """Return a rating a pair: that of rows of the same pair is their sum."""
    width = int(items.max()) + 1
    pairs, place = np.unique(users * width + items, return_inverse=True)
    sums = np.bincount(place, weights=values)
    targets = (sums > 0).astype(np.float64)
    return Ratings(
        pairs // width, pairs % width, targets, np.asarray(alpha * sums, dtype=np.float64), True
    )


def _encoded(model: str, name: str, column: pa.ChunkedArray) -> tuple[Codes, pa.Array]:
    if column.null_count:
        raise TrainingDataError(
            f"Model {model}: column '{name}' is NULL in {column.null_count} rows; expected a user "
            "and an item in each. Filter them in the query."
        )
    try:
        encoded = column.combine_chunks().dictionary_encode()
    except pa.ArrowNotImplementedError as error:
        raise TrainingDataError(
            f"Model {model}: column '{name}' is of a type that cannot name users or items; "
            "expected INT64 or STRING. Cast it in the query."
        ) from error
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    return encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64), encoded.dictionary


def _alternate(sample: Sample, data: _Data) -> tuple[Side, Side, list[Iteration]]:
    options, ratings, l2 = sample.options, data.ratings, sample.options["l2_reg"]
    rows = sample.data.training_rows
    factors = options["num_factors"] or max(2, min(200, round(math.log2(rows))))
    random = np.random.default_rng(_SEED)
    start = random.normal(size=(len(data.items), factors)) / math.sqrt(factors)
    items = Side(start, np.zeros(len(data.items)))
    done: list[Iteration] = []
    for number in range(options["max_iterations"]):
        started = time.monotonic()
        users = solved(ratings, items, len(data.users), l2)
        items = solved(ratings.turned(), users, len(data.items), l2)
        value = loss(ratings, users, items, l2)
        done.append(Iteration(value, duration_ms=round((time.monotonic() - started) * 1000)))
        sample.progress(f"iteration {number}: loss {value:.6g}")
        if len(done) > 1 and options["early_stop"]:
            before = done[-2].loss
            if not before or (before - value) / before < options["min_rel_progress"]:
                break
    return users, items, done


def _table(ids: pa.Array, side: Side) -> pa.Table:
    factors = pa.array(list(side.factors), pa.list_(pa.float64()))
    return pa.table({"id": ids, "intercept": side.intercepts, FACTORS: factors})


def _ranked(sample: Sample, tables: Mapping[str, pa.Table]) -> dict[str, float | None]:
    """Measure the ranking by the SQL of ML.EVALUATE, over tables that are not installed yet."""
    options, con = sample.options, sample.con
    names = {key: f"goldloop_{key}_{sample.version_id}" for key in (USERS, ITEMS)}
    for key, name in names.items():
        con.register(name, tables[key])
    try:
        query = ranking_query(
            {key: exp.table_(name, quoted=True) for key, name in names.items()},
            (options["user_col"], options["item_col"], str(options.label)),
            sample.data.measured_rows(),
        )
        cursor = con.execute(query.sql("duckdb"))
        columns = [column[0] for column in cursor.description]
        return dict(zip(columns, cursor.fetchall()[0], strict=True))
    finally:
        for name in names.values():
            con.unregister(name)
