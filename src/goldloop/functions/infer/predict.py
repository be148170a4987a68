"""ML.PREDICT: predicted columns first, then the source's own."""

from __future__ import annotations

from sqlglot import exp

from goldloop.functions.call import ROW, Call
from goldloop.functions.declaration import (
    Group,
    Output,
    Parameter,
    TableFunction,
    Warehouse,
    problems,
)
from goldloop.functions.model_calls import UNNESTED, prediction, scored_rows
from goldloop.functions.parameters import THRESHOLD, TRIAL_ID
from goldloop.options.declaration import Kind, Option

# Their components stand for the row, which is left out unless it is asked for.
_PROJECTIONS = frozenset({"projection", "pca"})
# Their functions look factors up, and DuckDB does not unnest what subqueries give.
_RECOMMENDATIONS = frozenset({"explicit_recommendation", "implicit_recommendation"})


def _query(call: Call, _warehouse: Warehouse) -> exp.Select:
    if call.card.problem_type in _RECOMMENDATIONS:
        rows = scored_rows(call.card, exp.select("*").from_(call.rows()))
        star = exp.column(exp.Star(), table=exp.to_identifier(ROW))
        return exp.select(UNNESTED.copy(), star).from_(rows)
    scored = prediction(call.card, call["threshold"])
    columns: list[exp.Expr] = [exp.Anonymous(this="UNNEST", expressions=[scored])]
    keeps = call.parameters.get("keep_original_columns", call.card.problem_type not in _PROJECTIONS)
    if keeps:
        columns.append(exp.column(exp.Star(), table=exp.to_identifier(ROW)))
    return exp.select(*columns).from_(call.rows())


PREDICT = TableFunction(
    "ML.PREDICT",
    Group.INFER,
    "Scores rows by the model's function.",
    _query,
    (
        Output("regression", (("predicted_<label>", "FLOAT64"), ("<input columns>", "as input"))),
        Output(
            "classification",
            (
                ("predicted_<label>", "type of label"),
                (
                    "predicted_<label>_probs",
                    "ARRAY<STRUCT<label <label type>, prob FLOAT64>>",
                ),
                ("<input columns>", "as input"),
            ),
        ),
        Output(
            "kmeans",
            (
                ("CENTROID_ID", "INT64"),
                (
                    "NEAREST_CENTROIDS_DISTANCE",
                    "ARRAY<STRUCT<CENTROID_ID INT64, DISTANCE FLOAT64>>",
                ),
                ("<input columns>", "as input"),
            ),
        ),
        Output(
            "autoencoder",
            (("latent_col_<1..n>", "FLOAT64"), ("<input columns>", "as input")),
        ),
        Output(
            "pca (input columns only with keep_original_columns)",
            (("principal_component_<1..n>", "FLOAT64"),),
        ),
        Output(
            "matrix factorization (pairs given; ML.RECOMMEND is the full form)",
            (("predicted_<rating>", "FLOAT64"), ("<input columns>", "as input")),
        ),
        Output(
            "imported TF/TFLite/ONNX/XGBoost",
            (("<model output fields>", "as declared"), ("<input columns>", "as input")),
        ),
    ),
    serves=problems(
        "regression",
        "binary_classification",
        "multiclass_classification",
        "clustering",
        "projection",
        "pca",
        "autoencoder",
        "imported",
        *_RECOMMENDATIONS,
    ),
    sources=(1, 1),
    parameters=(
        THRESHOLD,
        TRIAL_ID,
        Parameter(
            Option(
                "keep_original_columns",
                Kind.BOOLEAN,
                False,
                "Whether the source's own columns follow the components.",
            ),
            problems(*_PROJECTIONS),
        ),
    ),
)
