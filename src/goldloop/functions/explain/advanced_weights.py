"""ML.ADVANCED_WEIGHTS: weights with standard errors and p-values."""

from __future__ import annotations

from sqlglot import exp

from goldloop.errors import ModelKindError
from goldloop.functions.call import Call
from goldloop.functions.declaration import Group, Output, TableFunction, Warehouse, types
from goldloop.functions.details import details, query
from goldloop.functions.parameters import STANDARDIZE


def _query(call: Call, _warehouse: Warehouse) -> exp.Query:
    card = call.card
    if not card.options.get("calculate_p_values"):
        raise ModelKindError(
            f"ML.ADVANCED_WEIGHTS: model {card.name} has no p-values; train it with "
            "CALCULATE_P_VALUES = TRUE and CATEGORY_ENCODING_METHOD = 'DUMMY_ENCODING'."
        )
    raw = "" if call["standardize"] else "raw_"
    weight = "value" if call["standardize"] else "(json ->> 'raw')::double"
    return query(
        f"""
        select
            json ->> 'feature' as processed_input,
            json ->> 'category' as category,
            {weight} as weight,
            (json ->> '{raw}standard_error')::double as standard_error,
            (json ->> '{raw}p_value')::double as p_value
        from details
        order by position
        """,
        details=details(card, "advanced_weights"),
    )


ADVANCED_WEIGHTS = TableFunction(
    "ML.ADVANCED_WEIGHTS",
    Group.EXPLAIN,
    "Weights with standard errors and p-values, of models with CALCULATE_P_VALUES.",
    _query,
    (
        Output(
            "linear / binary logistic with CALCULATE_P_VALUES",
            (
                ("processed_input", "STRING"),
                ("category", "STRING"),
                ("weight", "FLOAT64"),
                ("standard_error", "FLOAT64"),
                ("p_value", "FLOAT64"),
            ),
        ),
    ),
    serves=types("linear_reg", "logistic_reg"),
    sources=(0, 0),
    parameters=(STANDARDIZE,),
)
