"""ML.RECONSTRUCTION_LOSS: how far each row is from what an autoencoder makes of it."""

from __future__ import annotations

from sqlglot import exp

from goldloop.evaluation.evaluators import RECONSTRUCTION_METRICS
from goldloop.functions.call import ROW, Call
from goldloop.functions.declaration import Group, Output, TableFunction, Warehouse, problems
from goldloop.functions.model_calls import called

_LOSSES = "_goldloop_losses"


def _query(call: Call, _warehouse: Warehouse) -> exp.Select:
    # Within a subquery, so that the network is run once a row and not once a loss.
    losses = called(call.card.part("reconstruct"), exp.column(ROW))
    scored = exp.select(
        exp.column(exp.Star(), table=exp.to_identifier(ROW)), exp.alias_(losses, _LOSSES)
    ).from_(call.rows())
    rest = exp.Star(**{"except_": [exp.to_identifier(_LOSSES)]})
    return exp.select(
        *(exp.column(metric, table=_LOSSES) for metric in RECONSTRUCTION_METRICS), rest
    ).from_(scored.subquery())


RECONSTRUCTION_LOSS = TableFunction(
    "ML.RECONSTRUCTION_LOSS",
    Group.EVALUATE,
    "The errors of an autoencoder's reconstruction of each row.",
    _query,
    (
        Output(
            "autoencoder, per row",
            (
                *((metric, "FLOAT64") for metric in RECONSTRUCTION_METRICS),
                ("<input columns>", "as input"),
            ),
        ),
    ),
    serves=problems("autoencoder"),
    sources=(1, 1),
)
