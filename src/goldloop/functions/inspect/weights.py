"""ML.WEIGHTS: a row an input, its weight or those of its categories."""

from __future__ import annotations

from dataclasses import replace

from sqlglot import exp

from goldloop.functions.call import Call
from goldloop.functions.declaration import Group, Output, TableFunction, Warehouse, types
from goldloop.functions.details import details, query
from goldloop.functions.inspect.factor_weights import OUTPUT, factor_weights
from goldloop.functions.parameters import STANDARDIZE, TRIAL_ID

_COLUMNS = (
    ("processed_input", "STRING"),
    ("weight", "FLOAT64"),
    ("category_weights", "ARRAY<STRUCT<category STRING, weight FLOAT64>>"),
    ("class_label (multiclass)", "STRING"),
)


def _query(call: Call, _warehouse: Warehouse) -> exp.Query:
    if call.card.model_type == "matrix_factorization":
        return factor_weights(call)
    is_multiclass = call.card.problem_type == "multiclass_classification"
    weight = "value" if call["standardize"] else "(json ->> 'raw')::double"
    return query(
        f"""
        with weights as (
            select
                position,
                json ->> 'feature' as processed_input,
                json ->> 'category' as category,
                json ->> 'class_label' as class_label,
                {weight} as weight
            from details
        )
        select
            processed_input,
            max(weight) filter (where category is null) as weight,
            list(struct_pack(category := category, weight := weight) order by position)
                filter (where category is not null) as category_weights
            {", class_label" if is_multiclass else ""}
        from weights
        group by processed_input, class_label
        order by min(position)
        """,
        details=details(call.card, "weights"),
    )


WEIGHTS = TableFunction(
    "ML.WEIGHTS",
    Group.INSPECT,
    "The weights of a linear or logistic model, or the factors of users and items.",
    _query,
    (Output("linear / logistic", _COLUMNS), OUTPUT),
    serves=types("linear_reg", "logistic_reg", "matrix_factorization"),
    sources=(0, 0),
    parameters=(replace(STANDARDIZE, serves=types("linear_reg", "logistic_reg")), TRIAL_ID),
)
