"""ML.TRAINING_INFO: a row an iteration of training."""

from __future__ import annotations

from sqlglot import exp

from goldloop.errors import ModelKindError
from goldloop.functions.call import Call
from goldloop.functions.declaration import Group, Output, TableFunction, Warehouse
from goldloop.functions.details import details, query
from goldloop.registry.cards import ModelCard

_TYPES = {"INT64": "bigint", "FLOAT64": "double"}
_CLUSTERS = "ARRAY<STRUCT<centroid_id INT64, cluster_radius FLOAT64, cluster_size INT64>>"
_RUN, _ITERATION, _LOSS = ("training_run", "INT64"), ("iteration", "INT64"), ("loss", "FLOAT64")
_DURATION = ("duration_ms", "INT64")

_DEFAULT = Output(
    "default",
    (_RUN, _ITERATION, _LOSS, ("eval_loss", "FLOAT64"), ("learning_rate", "FLOAT64"), _DURATION),
)
_CLUSTERING = Output(
    "kmeans (page: no eval_loss; absence of learning_rate unverified)",
    (_RUN, _ITERATION, _LOSS, _DURATION, ("cluster_info", _CLUSTERS)),
)
_TIME_SERIES = Output("time series", (_RUN, _ITERATION, _DURATION))


def _query(call: Call, _warehouse: Warehouse) -> exp.Query:
    card = call.card
    if card.is_tuned:
        raise ModelKindError(
            f"ML.TRAINING_INFO: model {card.name} was tuned; each of its trials has a training of "
            "its own. See ML.TRIAL_INFO."
        )
    columns = ", ".join(_column(name, kind) for name, kind in _output(card).columns)
    return query(
        f"select {columns} from details order by training_run, iteration",
        details=details(card, "training_info"),
    )


def _output(card: ModelCard) -> Output:
    return {"clustering": _CLUSTERING, "time_series": _TIME_SERIES}.get(card.problem_type, _DEFAULT)


def _column(name: str, kind: str) -> str:
    if kind == _CLUSTERS:
        shape = '[{"centroid_id": "BIGINT", "cluster_radius": "DOUBLE", "cluster_size": "BIGINT"}]'
        return f"from_json(json_extract(json, '$.{name}'), '{shape}') as {name}"
    value = f"(json ->> '{name}')::{_TYPES[kind]}"
    return f"coalesce({value}, 0) as {name}" if name == "training_run" else f"{value} as {name}"


TRAINING_INFO = TableFunction(
    "ML.TRAINING_INFO",
    Group.EVALUATE,
    "Loss, learning rate and time of each iteration of training; newest training_run last.",
    _query,
    (_DEFAULT, _CLUSTERING, _TIME_SERIES),
    sources=(0, 0),
)
