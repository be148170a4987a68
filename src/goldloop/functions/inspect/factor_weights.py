"""ML.WEIGHTS of matrix factorization: a row a user and item, and one of the mean."""

from __future__ import annotations

from sqlglot import exp

from goldloop.functions.call import Call
from goldloop.functions.declaration import Output
from goldloop.functions.details import query
from goldloop.recommendation.score import FACTORS, INTERCEPT, ITEMS, USERS

_GLOBAL = "global__INTERCEPT__"


def factor_weights(call: Call) -> exp.Select:
    """Return the factors and intercepts of all users and items, and the global intercept."""
    options = {"user_col": "user", "item_col": "item", **call.card.options}
    sides = "\nunion all\n".join(
        f"""
        select
            {exp.Literal.string(str(options[option])).sql("duckdb")} as processed_input,
            id::varchar as feature,
            list_transform(
                {FACTORS},
                lambda w, i: struct_pack(factor := i::bigint, weight := w)
            ) as factor_weights,
            intercept
        from {call.card.part(part).sql("duckdb")}
        """
        for option, part in (("user_col", USERS), ("item_col", ITEMS))
    )
    return query(
        f"""
        select * from ({sides}
        union all
        select null, '{_GLOBAL}', null, intercept from {call.card.part(INTERCEPT).sql("duckdb")}
        ) as weights
        """
    )


OUTPUT = Output(
    "matrix factorization",
    (
        ("processed_input", "STRING"),
        ("feature", "STRING"),
        ("factor_weights", "ARRAY<STRUCT<factor INT64, weight FLOAT64>>"),
        ("intercept", "FLOAT64"),
    ),
)
