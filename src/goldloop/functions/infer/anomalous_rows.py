"""ML.DETECT_ANOMALIES of rows: their scores, against all but a share of the training rows'."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from sqlglot import exp

from goldloop.errors import StatementError
from goldloop.functions.call import ROW, Call
from goldloop.functions.declaration import Output, Parameter, problems
from goldloop.functions.model_calls import called
from goldloop.options.declaration import Kind, Option, Range

_SCORES = "_goldloop_scores"


@dataclass(frozen=True)
class _Scored:
    """A kind of model that scores rows: the macro that does, and the fields it returns.

    The first field is the score, of which `anomaly_scores` holds the training rows'.
    """

    part: str
    fields: tuple[tuple[str, str], ...]


SCORED: Mapping[str, _Scored] = MappingProxyType(
    {
        "clustering": _Scored(
            "anomaly", (("normalized_distance", "FLOAT64"), ("centroid_id", "INT64"))
        ),
        "pca": _Scored("reconstruct", (("mean_squared_error", "FLOAT64"),)),
        "autoencoder": _Scored("reconstruct", (("mean_squared_error", "FLOAT64"),)),
    }
)


def anomalous_rows(call: Call) -> exp.Select:
    """Return the call's rows with their scores; anomalies score beyond the training's cut-off.

    Raises:
        StatementError: contamination or the rows are missing.
    """
    card, scored = call.card, SCORED[call.card.problem_type]
    if call.source is None or call["contamination"] is None:
        missing = "contamination" if call["contamination"] is None else "the rows to judge"
        raise StatementError(
            f"{call.name}: {missing} is missing; write {call.name}(MODEL {card.name}, "
            "STRUCT(0.02 AS contamination), {TABLE t | (query)})."
        )
    scores = called(card.part(scored.part), exp.column(ROW))
    star = exp.column(exp.Star(), table=exp.to_identifier(ROW))
    rows = exp.select(exp.alias_(scores, _SCORES), star).from_(call.rows()).subquery()
    fields = [
        exp.alias_(exp.Dot(this=exp.column(_SCORES), expression=exp.to_identifier(name)), name)
        for name, _ in scored.fields
    ]
    above = exp.GT(
        this=fields[0].this.copy(), expression=_cut_off(call, call["contamination"]).subquery()
    )
    rest = exp.Star(**{"except_": [exp.to_identifier(_SCORES)]})
    return exp.select(exp.alias_(above, "is_anomaly"), *fields, rest).from_(rows)


def _cut_off(call: Call, contamination: float) -> exp.Select:
    """Return the score that at most the share `contamination` of the training rows exceeds.

    The rank is counted exactly: 0.05 of 100 rows are 5, whatever 0.05 is in binary.
    """
    beyond = int(Fraction(repr(contamination)) * call.card.training_rows)
    scores = exp.select("score").from_(call.card.part("anomaly_scores"))
    return scores.order_by(exp.Ordered(this=exp.column("score"), desc=True)).offset(beyond).limit(1)


CONTAMINATION = Parameter(
    Option(
        "contamination",
        Kind.NUMBER,
        None,
        "The share of the training rows that count as anomalies: their scores set the cut-off.",
        range=Range(0, 0.5),
    ),
    problems(*SCORED),
)


def _output(variant: str, kind: str) -> Output:
    return Output(
        variant, (("is_anomaly", "BOOL"), *SCORED[kind].fields, ("<input columns>", "as input"))
    )


OUTPUTS = (_output("kmeans", "clustering"), _output("PCA / autoencoder", "pca"))
