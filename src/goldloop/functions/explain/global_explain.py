"""ML.GLOBAL_EXPLAIN: what each feature contributes over the rows that evaluate."""

from __future__ import annotations

from sqlglot import exp

from goldloop.errors import ModelKindError
from goldloop.functions.call import Call
from goldloop.functions.declaration import (
    Group,
    Output,
    Parameter,
    TableFunction,
    Warehouse,
    problems,
)
from goldloop.functions.details import details, query
from goldloop.options.declaration import Kind, Option

_MOST_OF_A_CLASS = 10
_CLASSIFIERS = problems("binary_classification", "multiclass_classification")


def _query(call: Call, _warehouse: Warehouse) -> exp.Query:
    card = call.card
    if not card.options.get("enable_global_explain"):
        raise ModelKindError(
            f"ML.GLOBAL_EXPLAIN: model {card.name} was not explained when it was trained; train it "
            "with ENABLE_GLOBAL_EXPLAIN = TRUE."
        )
    found = details(card, "global_explain")
    if not call["class_level_explain"]:
        return query(
            """
            select key as feature, value as attribution
            from details
            where json ->> 'class_label' is null
            order by attribution desc nulls last, position
            """,
            details=found,
        )
    label = exp.to_identifier(str(card.label), quoted=True).sql("duckdb")
    return query(
        f"""
        select json ->> 'class_label' as {label}, key as feature, value as attribution
        from details
        where json ->> 'class_label' is not null
        qualify {_MOST_OF_A_CLASS} >= row_number() over (
            partition by json ->> 'class_label' order by value desc nulls last, position
        )
        order by json ->> 'class_label', attribution desc nulls last, position
        """,
        details=found,
    )


GLOBAL_EXPLAIN = TableFunction(
    "ML.GLOBAL_EXPLAIN",
    Group.EXPLAIN,
    "The mean absolute attribution of each feature, of models with ENABLE_GLOBAL_EXPLAIN.",
    _query,
    (
        Output(
            "regression, or class_level_explain FALSE",
            (("feature", "STRING"), ("attribution", "FLOAT64")),
        ),
        Output(
            "class_level_explain TRUE (top 10 features per class)",
            (("<label column>", "STRING"), ("feature", "STRING"), ("attribution", "FLOAT64")),
        ),
    ),
    serves=problems("regression", "binary_classification", "multiclass_classification"),
    sources=(0, 0),
    parameters=(
        Parameter(
            Option(
                "class_level_explain",
                Kind.BOOLEAN,
                False,
                "Whether to tell the features of each class, at most 10, instead of the model's.",
            ),
            _CLASSIFIERS,
        ),
    ),
)
