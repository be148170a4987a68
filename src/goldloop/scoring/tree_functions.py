"""Trees as native functions: margins of forests too big for SQL, and contributions of features.

`goldloop_tree_margins(version, features)` gives a DOUBLE a margin.
`goldloop_tree_contributions(version, features, approximate)` gives a list a margin: a
contribution for each feature of the booster, then the bias. They are XGBoost's own: Tree
SHAP values (Lundberg et al., From local explanations to global understanding, 2020), or
Saabas' approximation of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from sqlglot import exp

from goldloop.native.function import NativeFunction
from goldloop.native.registration import register
from goldloop.scoring.bases import lookup_expression
from goldloop.scoring.boosters import BOOSTERS, Floats, TreeSums
from goldloop.scoring.expressions import balanced_sum, call, is_null, let, literal, numeric
from goldloop.scoring.function import struct
from goldloop.scoring.prediction import Label
from goldloop.scoring.trees import Numbered, TreeInput

MARGINS, CONTRIBUTIONS = "goldloop_tree_margins", "goldloop_tree_contributions"


def register_trees(con: duckdb.DuckDBPyConnection, loader: Callable[[str], bytes]) -> None:
    """Register the functions on the root connection `con`, unless they are there.

    `loader` returns the booster of a version, or raises LookupError.
    """
    functions = [
        NativeFunction(MARGINS, _margins, ("VARCHAR", "DOUBLE[]"), "DOUBLE[]"),
        NativeFunction(
            CONTRIBUTIONS, _contributions, ("VARCHAR", "DOUBLE[]", "BOOLEAN"), "DOUBLE[][]"
        ),
    ]
    if register(con, functions):
        BOOSTERS.add_loader(loader)


def tree_margins(
    version_id: str, inputs: Sequence[TreeInput], margins: int
) -> tuple[exp.Expression, ...]:
    """Return the margins of a booster, computed natively; DuckDB shares the equal calls."""
    found = call(MARGINS, literal(version_id), _values(inputs))
    return tuple(
        call("list_extract", found.copy(), exp.Literal.number(place))
        for place in range(1, margins + 1)
    )


def tree_explanation(
    version_id: str, inputs: Sequence[TreeInput], features: Sequence[str], approximate: bool
) -> exp.Expression:
    """Return the part `explain` of a booster: see `goldloop.training.explanation`.

    `features` has the name that each input's contribution is shown under; those of
    one name, such as the columns of a one-hot encoding, are added up.
    """
    found = call(CONTRIBUTIONS, literal(version_id), _values(inputs), exp.Boolean(this=approximate))
    places: dict[str, list[int]] = {}
    for place, feature in enumerate(features, start=1):
        places.setdefault(feature, []).append(place)
    attributions = exp.array(
        *(
            struct({"feature": exp.Literal.string(feature), "attribution": _each(own)})
            for feature, own in places.items()
        )
    )
    total = call("list_transform", exp.column("c"), _of_margin(call("list_sum", exp.column("g"))))
    bias = _each([len(inputs) + 1])
    body = {"baseline": bias, "prediction": total, "attributions": attributions}
    return let("c", found, struct(body))


def input_value(value: TreeInput) -> exp.Expression:
    """Return an input of trees as the DOUBLE that the library is given."""
    if not isinstance(value, Numbered):
        return numeric(value.copy())
    if value.numbers is not None:
        numbers: dict[Label | None, float | None] = dict(value.numbered())
        return lookup_expression(value.category, numbers, value.otherwise)
    known = [literal(level) for level in value.levels if level is not None]
    position = call("list_position", exp.Array(expressions=known), value.category.copy())
    number: exp.Expression = call("coalesce", position, exp.Literal.number(0))
    if None in value.levels:
        place = exp.Literal.number(value.levels.index(None) + 1)
        number = exp.Case(default=number).when(is_null(value.category.copy()), place)
    return numeric(number)


def _values(inputs: Sequence[TreeInput]) -> exp.Expression:
    return exp.cast(exp.array(*map(input_value, inputs)), "DOUBLE[]", dialect="duckdb")


def _each(places: Sequence[int]) -> exp.Expression:
    items = [call("list_extract", exp.column("g"), exp.Literal.number(p)) for p in places]
    return call("list_transform", exp.column("c"), _of_margin(balanced_sum(items)))


def _of_margin(body: exp.Expression) -> exp.Lambda:
    return exp.Lambda(this=body, expressions=[exp.to_identifier("g")])


def _margins(versions: pa.Array, features: pa.Array) -> pa.Array:
    def answer(sums: TreeSums, rows: Floats, _key: Any) -> Floats:
        return sums.margins(rows)

    found = _by_version(versions.to_pylist(), features, answer)
    return pa.array(found, type=pa.list_(pa.float64()))


def _contributions(versions: pa.Array, features: pa.Array, approximate: pa.Array) -> pa.Array:
    def answer(sums: TreeSums, rows: Floats, key: Any) -> Floats:
        return sums.contributions(rows, key[1])

    keys = list(zip(versions.to_pylist(), approximate.to_pylist(), strict=True))
    found = _by_version(keys, features, answer)
    return pa.array(found, type=pa.list_(pa.list_(pa.float64())))


def _by_version(
    keys: Sequence[Any], features: pa.Array, answer: Callable[[TreeSums, Floats, Any], Floats]
) -> list[Any]:
    """Return the answer to each row of a batch, whose rows may be of several versions."""
    places: dict[Any, list[int]] = {}
    for row, key in enumerate(keys):
        places.setdefault(key, []).append(row)
    results: list[Any] = [None] * len(keys)
    for key, own in places.items():
        version_id = key[0] if isinstance(key, tuple) else key
        if version_id is None:
            continue
        given = features.take(pa.array(own)).to_pylist()
        rows = np.array(given, dtype=np.float64).reshape(len(own), -1)
        for row, values in zip(own, answer(BOOSTERS.find(version_id), rows, key), strict=True):
            results[row] = values.tolist()
    return results
