"""Centroids as ML.CENTROIDS shows them, kept as a table of the version, and read back from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from goldloop.errors import OptionError
from goldloop.training.encoded_rows import CATEGORY_VALUES, feature_rows
from goldloop.training.family import Sample
from goldloop.training.matrix import Floats, Numbers
from goldloop.training.terms import Term, level_name
from goldloop.training.warm_start import Previous

_SCHEMA = pa.schema(
    [
        ("centroid_id", pa.int64()),
        ("feature", pa.string()),
        ("numerical_value", pa.float64()),
        ("standardized_value", pa.float64()),
        ("categorical_value", CATEGORY_VALUES),
    ]
)


def centroid_rows(found: Sequence[Term], centres: Floats) -> pa.Table:
    """Return a row a centroid and feature; numbers as they are and as the model scales them."""
    columns = {term.name: term.column for term in found}
    rows: list[dict[str, Any]] = []
    for number, centre in enumerate(centres, start=1):
        for row in feature_rows(found, centre):
            scaled, column = row["numerical_value"], columns[row["feature"]]
            if isinstance(column, Numbers):
                row["numerical_value"] = column.mean + column.std * scaled
            rows.append({"centroid_id": number, "standardized_value": scaled, **row})
    return pa.Table.from_pylist(rows, _SCHEMA)


def champion_centres(
    sample: Sample, found: Sequence[Term], earlier: Previous | None
) -> Floats | None:
    """Return the centroids that WARM_START continues, encoded as the new rows are.

    Means and deviations are the new rows'; a category that they lack is left out, one that the
    champion lacks is 0. None without WARM_START.

    Raises:
        OptionError: num_clusters is another than the champion's.
    """
    if earlier is None:
        return None
    stored = [
        (row["centroid_id"], row["feature"], row["numerical_value"], row["categorical_value"])
        for row in earlier.table("centroids").to_pylist()
    ]
    values = {(number, name): (scalar, levels) for number, name, scalar, levels in stored}
    clusters = max(number for number, *_ in stored)
    asked = sample.options["num_clusters"]
    if asked is not None and asked != clusters:
        raise OptionError(
            f"Model {sample.options.model}: num_clusters is {asked}, but warm_start continues "
            f"{clusters} clusters. Leave num_clusters out, or warm_start."
        )
    return np.array(
        [
            np.concatenate([_encoded(term, *values[number, term.name]) for term in found])
            for number in range(1, clusters + 1)
        ]
    )


def _encoded(term: Term, scalar: float | None, levels: list[dict[str, Any]]) -> Floats:
    if isinstance(term.column, Numbers):
        return np.array([((scalar or 0.0) - term.column.mean) / term.column.std])
    shares = {each["category"]: each["value"] for each in levels}
    return np.array([shares.get(level_name(level), 0.0) for level in term.levels or ()])
