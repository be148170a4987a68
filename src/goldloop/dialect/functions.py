"""The queries that ML.PREDICT and ML.EVALUATE stand for, given a model's card and its source."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlglot
from sqlglot import exp

from goldloop.dialect.bigquery_to_duckdb import duckdb_sql
from goldloop.errors import ModelKindError, OptionError, StatementError, nearest
from goldloop.evaluation import EVALUATORS
from goldloop.evaluation.model import evaluate_query
from goldloop.registry.cards import ModelCard

Source = exp.Table | exp.Subquery
Separations = Sequence[tuple[int, int, float]]

# The alias of the source within a call; a whole row of it is what the model's function takes.
ROW = "_goldloop_row"

_BINARY = frozenset({"binary_classification"})
_PROJECTION = frozenset({"projection"})
_NONE: frozenset[str] = frozenset()

# Fields of a function's STRUCT argument, and the problem types each serves; those that serve
# none belong to tuned models and time series, which are not trained here yet.
PARAMETERS: Mapping[str, Mapping[str, frozenset[str]]] = {
    "ML.PREDICT": {"threshold": _BINARY, "keep_original_columns": _PROJECTION, "trial_id": _NONE},
    "ML.EVALUATE": {
        "threshold": _BINARY,
        "trial_id": _NONE,
        "perform_aggregation": _NONE,
        "horizon": _NONE,
        "confidence_level": _NONE,
    },
}


@dataclass(frozen=True)
class Call:
    """A call of a function over a model.

    `parameters` are its STRUCT, names in lower case; `ctes` the common table
    expressions that `source` may name.
    """

    function: str
    card: ModelCard
    source: Source | None
    parameters: Mapping[str, object]
    ctes: tuple[exp.Expr, ...] = ()

    def __post_init__(self) -> None:
        """Check the parameters against the function and the model's kind.

        Raises:
            OptionError: a parameter does not exist or has a bad value.
            ModelKindError: a parameter does not serve models of this kind.
        """
        known = PARAMETERS[self.function]
        for name in self.parameters:
            if name not in known:
                raise OptionError(
                    f"{self.function} has no parameter '{name}'; expected one of "
                    f"{', '.join(known)}.{nearest(name, known)}"
                )
            if self.card.problem_type not in known[name]:
                served = " and ".join(sorted(known[name])) or "types not available yet"
                raise ModelKindError(
                    f"{self.function}: {name} serves {served}, but model {self.card.name} is a "
                    f"{self.card.model_type} ({self.card.problem_type}). Leave it out."
                )

    @property
    def threshold(self) -> float | None:
        """The probability from which on the positive class is predicted, None where not given."""
        value = self.parameters.get("threshold")
        if value is None:
            return None
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not 0 <= float(value) <= 1:  # type: ignore[arg-type]
            raise OptionError(f"{self.function}: threshold is {value!r}; expected 0 to 1.")
        return float(value)  # type: ignore[arg-type]


def predict_query(call: Call) -> exp.Select:
    """Return the query of an `ML.PREDICT`: predicted columns first, then the source's own.

    Raises:
        StatementError: there is no source.
        OptionError: the threshold is not a probability.
    """
    if call.source is None:
        raise StatementError(
            f"ML.PREDICT needs the rows to score: ML.PREDICT(MODEL {call.card.name}, TABLE t) or "
            f"ML.PREDICT(MODEL {call.card.name}, (SELECT ...))."
        )
    columns: list[exp.Expr] = [exp.Anonymous(this="UNNEST", expressions=[_prediction(call)])]
    keeps = call.parameters.get("keep_original_columns", call.card.problem_type not in _PROJECTION)
    if keeps:
        columns.append(exp.column(exp.Star(), table=exp.to_identifier(ROW)))
    return exp.select(*columns).from_(_rows(call.source))


def metrics_query(call: Call, separations: Separations = ()) -> exp.Select:
    """Return the query of an `ML.EVALUATE`; without a source, of the metrics stored in training.

    Args:
        call: what is evaluated, over which labelled rows.
        separations: of a clustering model, see `evaluate_query`.

    Raises:
        ModelKindError: models of this kind are not evaluated.
        StatementError: a threshold without rows.
        OptionError: the threshold is not a probability.
    """
    card = call.card
    if card.problem_type not in EVALUATORS:
        raise ModelKindError(
            f"ML.EVALUATE serves {', '.join(EVALUATORS)}, but model {card.name} is a "
            f"{card.model_type} ({card.problem_type})."
        )
    if call.source is None:
        if call.threshold is not None:
            raise StatementError(
                f"ML.EVALUATE(MODEL {card.name}): threshold needs rows to evaluate; add TABLE t."
            )
        names = EVALUATORS[card.problem_type].metrics
        return exp.select(*(_metric(card, name) for name in names))
    rows = exp.select("*").from_(_rows(call.source))
    query = evaluate_query(
        card.name,
        card.problem_type,
        card.label,
        duckdb_sql(rows),
        threshold=call.threshold,
        separations=separations,
    )
    return sqlglot.parse_one(query, dialect="duckdb", into=exp.Select)


def _prediction(call: Call) -> exp.Expr:
    arguments: list[exp.Expr] = [exp.column(ROW)]
    if call.threshold is not None:
        arguments.append(_double(call.threshold))
    parts = call.card.name.table().parts
    function = exp.Anonymous(this=parts[-1], expressions=arguments)
    return exp.Dot.build([*parts[:-1], function])


def _rows(source: Source) -> exp.Expr:
    if isinstance(source, exp.Table):
        return exp.alias_(source.copy(), ROW, table=True)
    return exp.Subquery(this=source.this.copy(), alias=exp.TableAlias(this=exp.to_identifier(ROW)))


def _metric(card: ModelCard, name: str) -> exp.Expr:
    return exp.alias_(_double(card.metrics.get(name)), name)


def _double(value: float | None) -> exp.Expr:
    if value is None or math.isnan(value):
        return exp.cast(exp.null(), exp.DType.DOUBLE)
    return exp.cast(exp.Literal.string(repr(float(value))), exp.DType.DOUBLE)
