"""ML.VALIDATE_DATA_DRIFT and ML.VALIDATE_DATA_SKEW: how far rows are from others, by column."""

from __future__ import annotations

from sqlglot import exp

from goldloop.errors import ModelKindError, OptionError, StatementError
from goldloop.functions.call import Call
from goldloop.functions.declaration import (
    Group,
    Need,
    Output,
    Parameter,
    TableFunction,
    Warehouse,
)
from goldloop.functions.monitor.measuring import described, measured, query_of
from goldloop.functions.monitor.parameters import BUCKETS, CRITERIA, criteria_of, sizes_of
from goldloop.monitoring.divergence import Criteria, comparison_query
from goldloop.monitoring.statistics import STATISTICS, Sizes
from goldloop.options.declaration import Kind, Option

_LINKS = "links are to Vertex AI's model monitoring, which Goldloop does not have"


def _drift(call: Call, warehouse: Warehouse) -> exp.Query:
    if call.model is not None:
        raise StatementError(f"{call.name}: MODEL asks for links, and {_LINKS}; leave it out.")
    base_names = {each.name.casefold() for each in described(call, warehouse, 0)}
    shared = {
        each.name.casefold()
        for each in described(call, warehouse, 1)
        if each.name.casefold() in base_names
    }
    if not shared:
        raise StatementError(f"{call.name}: the two sets of rows have no column in common.")
    sizes = sizes_of(call)
    base, columns = measured(call, warehouse, sizes, 0, shared)
    study, _ = measured(call, warehouse, sizes, 1, shared)
    return _validated(base, study, criteria_of(call, [each.name for each in columns]))


def _skew(call: Call, warehouse: Warehouse) -> exp.Query:
    if call["enable_visualization_link"]:
        raise OptionError(f"{call.name}: enable_visualization_link is not supported: {_LINKS}.")
    card = call.card
    if not warehouse.find_details(card, STATISTICS):
        raise ModelKindError(
            f"{call.name}: model {card.name} keeps no statistics of its training rows; a model "
            "trained by a SELECT of the types that learn from features does, as of this version. "
            "Train it again, or compare two sets of rows by ML.VALIDATE_DATA_DRIFT."
        )
    features = {feature.name.casefold() for feature in card.features}
    given = {each.name.casefold() for each in described(call, warehouse)}
    if not features & given:
        raise StatementError(
            f"{call.name}: the rows have none of the features of model {card.name}: "
            f"{', '.join(feature.name for feature in card.features)}."
        )
    study, columns = measured(call, warehouse, Sizes(), 0, features)
    stored = card.part(STATISTICS).sql("duckdb")
    criteria = criteria_of(call, [each.name for each in columns])
    return _validated(f"select * from {stored}", study, criteria)


def _validated(base: str, study: str, criteria: Criteria) -> exp.Query:
    return query_of(
        f"with compared as materialized ({comparison_query(base, study, criteria)}) "
        "select name as input, metric, threshold, value, value > threshold as is_anomaly "
        "from compared order by position"
    )


_COLUMNS = (
    ("input", "STRING"),
    ("metric", "STRING"),
    ("threshold", "FLOAT64"),
    ("value", "FLOAT64"),
    ("is_anomaly", "BOOL"),
)

VALIDATE_DATA_DRIFT = TableFunction(
    "ML.VALIDATE_DATA_DRIFT",
    Group.MONITOR,
    "How far the columns of some rows are from those of others.",
    _drift,
    (
        Output(
            "row per column",
            (*_COLUMNS, ("visualization_link (with MODEL)", "STRING")),
        ),
    ),
    need=Need.OPTIONAL,
    sources=(2, 2),
    source_names=("base", "study"),
    parameters=(*BUCKETS, *CRITERIA),
    arrangement=("sources", "parameters", "model"),
)
VALIDATE_DATA_SKEW = TableFunction(
    "ML.VALIDATE_DATA_SKEW",
    Group.MONITOR,
    "How far the features in some rows are from those that the model was trained on.",
    _skew,
    (
        Output(
            "row per column",
            (*_COLUMNS, ("visualization_link (optional)", "STRING")),
        ),
    ),
    sources=(1, 1),
    parameters=(
        *CRITERIA,
        Parameter(
            Option(
                "enable_visualization_link",
                Kind.BOOLEAN,
                False,
                "FALSE; links to Vertex AI are refused.",
            )
        ),
    ),
)
