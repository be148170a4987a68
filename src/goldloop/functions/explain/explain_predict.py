"""ML.EXPLAIN_PREDICT: a prediction, and what each feature adds to it.

It serves every version with the part `explain(_row)`, a macro that returns
STRUCT(baseline DOUBLE[], prediction DOUBLE[], attributions STRUCT(feature VARCHAR,
attribution DOUBLE[])[]). Lists have an item a score: a regression's value, the log-odds of
the larger class of two, or the logit of each class in ascending order. Trees have a part
`explain_approx` of the same form for approx_feature_contrib.
"""

from __future__ import annotations

from sqlglot import exp

from goldloop.errors import ModelKindError
from goldloop.functions.call import ROW, Call
from goldloop.functions.declaration import (
    Group,
    Output,
    Parameter,
    TableFunction,
    Warehouse,
    problems,
)
from goldloop.functions.details import query
from goldloop.functions.explain.feature_importance import TREES
from goldloop.functions.model_calls import called, prediction
from goldloop.functions.parameters import THRESHOLD
from goldloop.options.declaration import Kind, Option, Range
from goldloop.registry.cards import ModelCard
from goldloop.scoring.expressions import quoted

_PART, _APPROXIMATE = "explain", "explain_approx"
# Integrated gradients are sums over steps; other attributions add up exactly.
_ADD_UP_NEARLY = "dnn_"

_EXPLAINED = (
    ("top_feature_attributions", "ARRAY<STRUCT<feature STRING, attribution FLOAT64>>"),
    ("baseline_prediction_value", "FLOAT64"),
    ("prediction_value", "FLOAT64"),
    ("approximation_error", "FLOAT64"),
    ("<input columns>", "as input"),
)


def _query(call: Call, warehouse: Warehouse) -> exp.Query:
    card = call.card
    part = _APPROXIMATE if call["approx_feature_contrib"] else _PART
    if not warehouse.has_part(card, part):
        raise ModelKindError(
            f"ML.EXPLAIN_PREDICT: model {card.name} is a {card.model_type}, whose predictions are "
            "not explained, or was trained before they were; train it again in SQL."
        )
    scored = exp.select(
        exp.alias_(exp.column(ROW), "r"),
        exp.alias_(prediction(card, call["threshold"]), "p"),
        exp.alias_(called(card.part(part), exp.column(ROW)), "e"),
    ).from_(call.rows())
    return query(_sql(card, call["top_k_features"]), scored=scored)


def _sql(card: ModelCard, top: int) -> str:
    """Return the query over scored: r, the row; p, its prediction; e, its explanation."""
    label, chosen = f"predicted_{card.label}", _chosen(card)
    error = "0::double"
    if card.model_type.startswith(_ADD_UP_NEARLY):
        gap = "value - baseline"
        error = f"abs({gap} - list_sum(list_transform(parts, lambda a: a.attribution)))"
        error = f"coalesce({error} / nullif(abs({gap}), 0), 0)"
    probability = "" if card.problem_type == "regression" else "probability,"
    return f"""
        with chosen as ({chosen}),
        parts as (
            select
                r, p, probability,
                if(is_larger, value, 0 - value) as value,
                if(is_larger, e.baseline[score], 0 - e.baseline[score]) as baseline,
                list_transform(e.attributions, lambda a, i: struct_pack(
                    size := 0 - abs(a.attribution[score]),
                    place := i,
                    feature := a.feature,
                    attribution :=
                        if(is_larger, a.attribution[score], 0 - a.attribution[score])
                )) as parts
            from chosen
        )
        select
            p.{quoted(label)},
            {probability}
            list_transform(
                list_slice(list_sort(parts), 1, {top}),
                lambda a: struct_pack(feature := a.feature, attribution := a.attribution)
            ) as top_feature_attributions,
            baseline as baseline_prediction_value,
            value as prediction_value,
            {error} as approximation_error,
            unnest(r)
        from parts
    """


def _chosen(card: ModelCard) -> str:
    """Return the query that adds the score explained: that of the predicted class.

    The one score of two classes counts with the other sign for the smaller. A number is
    explained as it is predicted, whatever the precision of the attributions.
    """
    label = quoted(f"predicted_{card.label}")
    if card.problem_type == "regression":
        return (
            "select r, p, e, null as probability, 1 as score, true as is_larger, "
            f"p.{label} as value from scored"
        )
    # Probabilities are listed from the larger class down, scores from the smaller up.
    probs = f"p.{quoted(f'predicted_{card.label}_probs')}"
    is_binary = card.problem_type == "binary_classification"
    score = "1" if is_binary else f"len({probs}) + 1 - entry"
    return f"""
        select
            r, p, e, {probs}[entry].prob as probability, {score} as score,
            {"entry = 1" if is_binary else "true"} as is_larger,
            e.prediction[{score}] as value
        from (
            select
                *, list_position(list_transform({probs}, lambda c: c.label), p.{label}) as entry
            from scored
        ) as placed
    """


EXPLAIN_PREDICT = TableFunction(
    "ML.EXPLAIN_PREDICT",
    Group.INFER,
    "Scores rows, and tells what each feature adds to the score of the class or number predicted.",
    _query,
    (
        Output("regression", (("predicted_<label>", "FLOAT64"), *_EXPLAINED)),
        Output(
            "classification",
            (("predicted_<label>", "type of label"), ("probability", "FLOAT64"), *_EXPLAINED),
        ),
    ),
    serves=problems("regression", "binary_classification", "multiclass_classification"),
    sources=(1, 1),
    parameters=(
        Parameter(
            Option(
                "top_k_features",
                Kind.INTEGER,
                5,
                "How many features are told of, those of the largest attributions.",
                range=Range(1),
            )
        ),
        THRESHOLD,
        Parameter(
            Option(
                "approx_feature_contrib",
                Kind.BOOLEAN,
                False,
                "Saabas' approximation instead of Tree SHAP.",
            ),
            TREES,
        ),
        Parameter(
            Option(
                "integrated_gradients_num_steps",
                Kind.INTEGER,
                None,
                "Steps of integrated gradients.",
                refused="the steps are those that CREATE MODEL was given as "
                "INTEGRATED_GRADIENTS_NUM_STEPS; set them there",
            )
        ),
    ),
)
