"""ML.CONFUSION_MATRIX: how often a classifier takes each class for each class."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlglot import exp

from goldloop.functions.call import Call
from goldloop.functions.declaration import Group, Output, TableFunction, Warehouse, problems
from goldloop.functions.details import query
from goldloop.functions.evaluate.judged import judged
from goldloop.functions.parameters import THRESHOLD, TRIAL_ID
from goldloop.scoring.expressions import quoted


def _query(call: Call, warehouse: Warehouse) -> exp.Query:
    position = "position"
    if call["threshold"] is not None:
        position = f"if(probability >= {call['threshold']!r}::double, 2, 1)"
    counts = [
        f"coalesce(sum(cases) filter (where {position} = {number}), 0)::bigint as {quoted(name)}"
        for number, name in enumerate(column_names(call.card.classes), start=1)
    ]
    return query(
        f"""
        select label as expected_label, {", ".join(counts)}
        from judged
        group by label
        order by label
        """,
        judged=judged(call, warehouse),
    )


def column_names(classes: Iterable[object]) -> list[str]:
    """Return the names of the classes' columns, as BigQuery allows them.

    What is no letter, digit or underscore becomes an underscore, and a leading digit gets
    one before it: 0 is `_0`, ` <=50K` is `___50K`. Names that would be equal are numbered.
    """
    names: list[str] = []
    for value in classes:
        text = str(value).lower() if isinstance(value, bool) else str(value)
        name = re.sub(r"\W", "_", text)
        if not name or name[0].isdigit():
            name = f"_{name}"
        unique, number = name, 1
        while unique.casefold() in {"expected_label", *(each.casefold() for each in names)}:
            unique, number = f"{name}_{number}", number + 1
        names.append(unique)
    return names


CONFUSION_MATRIX = TableFunction(
    "ML.CONFUSION_MATRIX",
    Group.EVALUATE,
    "A row for each label, a column for each class: how often the label was taken for the class.",
    _query,
    (
        Output(
            "classifier",
            (("expected_label", "type of label"), ("<one per class, label ascending>", "INT64")),
        ),
    ),
    serves=problems("binary_classification", "multiclass_classification"),
    sources=(0, 1),
    parameters=(THRESHOLD, TRIAL_ID),
)
