"""PCA: the eigenvectors of the encoded rows, and the projection onto them as SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa
from sqlglot import exp

from goldloop.errors import TrainingDataError
from goldloop.scoring.expressions import call, double, let, transformed
from goldloop.scoring.function import struct
from goldloop.scoring.prediction import Projection
from goldloop.training.anomalies import training_scores
from goldloop.training.encoded_rows import FEATURES, feature_rows
from goldloop.training.family import Sample
from goldloop.training.fitted import Fitted
from goldloop.training.matrix import Floats, Numbers
from goldloop.training.principal_components import Components, components
from goldloop.training.terms import Term, design_matrix, linear_score, terms


def fit(sample: Sample) -> Fitted:
    """Find the principal components of the rows, encoded as for GLMs.

    Numbers are centred, and scaled with SCALE_FEATURES; NULLs are their mean. Categories are
    one-hot columns, not centred.

    Raises:
        TrainingDataError: more components than rows or encoded columns, or rows without variance.
    """
    options = sample.options
    found = _centred(terms(sample.columns()), options["scale_features"])
    matrix = design_matrix(found)
    count = options["num_principal_components"]
    if count is not None and count > min(matrix.shape):
        rows, columns = matrix.shape
        raise TrainingDataError(
            f"Model {options.model}: num_principal_components is {count}; expected at most "
            f"{min(rows, columns)}: there are {rows} rows and {columns} columns after one-hot "
            "encoding."
        )
    ratio = options["pca_explained_variance_ratio"]
    kept = components(matrix, options["pca_solver"], count, ratio)
    if not kept.total:
        raise TrainingDataError(
            f"Model {options.model}: no feature varies; expected at least one of two values."
        )
    projected = [linear_score(found, direction, 0.0) for direction in kept.directions]
    reconstruction = _reconstruction(found, kept, projected, len(sample.data.features))
    error = call("struct_extract", reconstruction, exp.Literal.string("mean_squared_error"))
    return Fitted(
        Projection(tuple(projected)),
        "pca",
        functions={
            "reconstruct": reconstruction.copy(),
            "embedding": exp.array(*(each.copy() for each in projected)),
        },
        tables={
            "principal_components": _component_rows(found, kept),
            "principal_component_info": _info_rows(kept),
            **training_scores(sample, error),
        },
    )


def _centred(found: Sequence[Term], is_scaled: bool) -> list[Term]:
    if is_scaled:
        return list(found)
    return [
        Term(column := replace(term.column, std=1.0), None, column.standardized()[:, None])
        if isinstance(term.column, Numbers)
        else term
        for term in found
    ]


def _reconstruction(
    found: Sequence[Term], kept: Components, projected: Sequence[exp.Expression], columns: int
) -> exp.Expression:
    """Return the SQL of what is left of a row beside its projection, and what is not.

    `mean_squared_error` is over the `columns` of the query, as BigQuery ML's, not over those of
    the encoding.
    """
    scores = exp.array(*(each.copy() for each in projected))
    encoded = exp.array(*(each for term in found for each in term.columns()))
    # Both are bound outside of any lambda: within one, DuckDB takes a feature that has the name of
    # its parameter for the parameter.
    x, r = exp.column("x"), exp.column("r")
    projection = call("list_extract", x, exp.Literal.number(1))
    row = call("list_extract", x.copy(), exp.Literal.number(2))
    loadings = exp.array(*(exp.array(*map(double, column)) for column in kept.directions.T))
    product = call("list_dot_product", exp.column("w"), projection)
    restored = transformed(loadings, "w", product)
    left = call("pow", call("list_distance", row, restored), double(2.0))
    fields = {
        "mean_squared_error": exp.Div(this=r, expression=double(float(columns))),
        "explained": call("list_dot_product", projection.copy(), projection.copy()),
        "unexplained": r.copy(),
    }
    return let("x", exp.array(scores, encoded), let("r", left, struct(fields)))


def _component_rows(found: Sequence[Term], kept: Components) -> pa.Table:
    rows = [
        {"principal_component_id": number, **row}
        for number, direction in enumerate(kept.directions)
        for row in feature_rows(found, direction)
    ]
    schema = pa.schema([("principal_component_id", pa.int64()), *FEATURES])
    return pa.Table.from_pylist(rows, schema)


def _info_rows(kept: Components) -> pa.Table:
    ratios: Floats = kept.ratios
    return pa.table(
        {
            "principal_component_id": pa.array(range(len(ratios)), pa.int64()),
            "eigenvalue": kept.eigenvalues,
            "explained_variance_ratio": ratios,
            "cumulative_explained_variance_ratio": ratios.cumsum(),
        }
    )
