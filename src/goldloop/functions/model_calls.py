"""A model's function called over rows, as the queries of functions write it."""

from __future__ import annotations

from sqlglot import exp

from goldloop.functions.call import ROW
from goldloop.registry.cards import ModelCard
from goldloop.scoring.expressions import double

_SCORED = "_goldloop_scored"
UNNESTED = exp.Anonymous(this="UNNEST", expressions=[exp.column(_SCORED)])


def prediction(card: ModelCard, threshold: float | None = None, row: str = ROW) -> exp.Expr:
    """Return the call of a model's function over the row `row`: a struct."""
    arguments: list[exp.Expr] = [exp.column(row)]
    if threshold is not None:
        arguments.append(double(threshold))
    return called(card.name.table(), *arguments)


def called(name: exp.Table, *arguments: exp.Expr) -> exp.Expr:
    """Return the call of the macro of that qualified name."""
    parts = name.parts
    function = exp.Anonymous(this=parts[-1], expressions=list(arguments))
    return exp.Dot.build([*parts[:-1], function])


def scored_rows(card: ModelCard, rows: exp.Select) -> exp.Subquery:
    """Return each of `rows` as the struct `ROW`, beside what is `UNNESTED`: the prediction."""
    scored = exp.alias_(prediction(card), _SCORED)
    return exp.select(exp.column(ROW), scored).from_(rows.subquery(ROW)).subquery()
