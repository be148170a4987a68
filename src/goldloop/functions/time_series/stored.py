"""Reading the tables of a time series model: its series, forecasts and limits, as sqlglot."""

from __future__ import annotations

from statistics import NormalDist

from sqlglot import exp

from goldloop.errors import OptionError
from goldloop.functions.call import Call
from goldloop.registry.cards import ModelCard
from goldloop.scoring.expressions import (
    add,
    case,
    double,
    logistic,
    multiply,
    subtract,
)
from goldloop.scoring.expressions import (
    call as function,
)

SERIES, FORECAST, HISTORY = "_s", "_f", "_h"


def column(name: str, table: str) -> exp.Column:
    """Return `table."name"`."""
    return exp.column(exp.to_identifier(name, quoted=True), table=table)


def alias(value: exp.Expr, name: str) -> exp.Expression:
    """Return `value AS "name"`."""
    return exp.Alias(this=value, alias=exp.to_identifier(name, quoted=True))


def star(table: str, *without: str) -> exp.Expression:
    """Return every column of a table but those named."""
    names = [exp.to_identifier(name, quoted=True) for name in without]
    return exp.column(exp.Star(except_=names) if names else exp.Star(), table=table)


def part(card: ModelCard, key: str, called: str) -> exp.Table:
    """Return a table of the model's version under an alias."""
    table = card.part(key)
    table.set("alias", exp.TableAlias(this=exp.to_identifier(called)))
    return table


def id_columns(card: ModelCard) -> list[str]:
    """Return the columns that tell the model's series apart."""
    named = card.options.get("time_series_id_col")
    return [named] if isinstance(named, str) else list(named or [])  # type: ignore[call-overload]


def time_column(card: ModelCard) -> str:
    """Return the column of the time points."""
    return str(card.options["time_series_timestamp_col"])


def data_column(card: ModelCard) -> str:
    """Return the column that is forecast."""
    return str(card.label)


def has_regressors(card: ModelCard) -> bool:
    """Return whether the model is an ARIMA_PLUS_XREG."""
    return card.model_type == "arima_plus_xreg"


def ids(card: ModelCard, table: str = SERIES) -> list[exp.Expression]:
    """Return the id columns of a table."""
    return [column(name, table) for name in id_columns(card)]


def same_series(left: str, right: str) -> exp.Expression:
    """Return the condition that two tables are of one series."""
    return exp.EQ(this=column("_series", left), expression=column("_series", right))


def joined_ids(card: ModelCard, rows: str) -> exp.Expr:
    """Return the condition that rows of a user's are of a series: their ids are equal, or NULL."""
    pairs = [
        exp.NullSafeEQ(this=column(name, rows), expression=column(name, SERIES))
        for name in id_columns(card)
    ]
    return exp.and_(*pairs) if pairs else exp.true()


def timestamp(value: exp.Expression) -> exp.Expression:
    """Return a stored time point as a TIMESTAMP of BigQuery: an instant."""
    return function("timezone", exp.Literal.string("UTC"), value)


def same_time(left: exp.Expression, right: exp.Expression) -> exp.Expression:
    """Return the condition that two dates or timestamps are one instant, those naive in UTC."""
    return exp.EQ(this=function("epoch_us", left), expression=function("epoch_us", right))


def quantile(probability: float) -> exp.Expression:
    """Return how many standard errors from the centre an interval of that probability reaches."""
    return double(NormalDist().inv_cdf((1.0 + probability) / 2.0))


def horizon(call: Call) -> int:
    """Return the horizon asked for, that of the model where it is not.

    Raises:
        OptionError: it is beyond that of the model.
    """
    card = call.card
    asked = call["horizon"] if call.function.parameter("horizon") else None
    trained = int(str(card.options.get("horizon", 1000)))
    if asked is None:
        return trained
    if asked > trained:
        raise OptionError(
            f"{call.name}: horizon {asked} is beyond that of model {card.name}, {trained}; ask for "
            "less, or train it with a longer HORIZON."
        )
    return int(asked)


class Scale:
    """The scale of a model: that of the data, or an unlimited one when its forecast is limited."""

    def __init__(self, card: ModelCard | None = None) -> None:
        options = card.options if card else {}
        bounds = [options.get(f"forecast_limit_{end}_bound") for end in ("lower", "upper")]
        self.lower, self.upper = (None if b is None else float(str(b)) for b in bounds)

    def to_data(self, value: exp.Expression) -> exp.Expression:
        """Return a value of the scale in the data's unit."""
        if self.lower is not None and self.upper is not None:
            return add(double(self.lower), multiply(self._width(), logistic(value)))
        if self.lower is not None:
            return add(double(self.lower), exp.Exp(this=value))
        if self.upper is not None:
            return subtract(double(self.upper), exp.Exp(this=exp.Neg(this=value)))
        return value

    def error_to_data(self, error: exp.Expression, value: exp.Expression) -> exp.Expression:
        """Return a standard error around `value` in the data's unit, by the delta method."""
        if self.lower is not None and self.upper is not None:
            p, one = logistic(value), double(1.0)
            slope = multiply(self._width(), exp.paren(multiply(p, subtract(one, p.copy()))))
            return multiply(error, exp.paren(slope))
        if self.lower is not None:
            return multiply(error, exp.Exp(this=value))
        if self.upper is not None:
            return multiply(error, exp.Exp(this=exp.Neg(this=value)))
        return error

    def from_data(self, value: exp.Expression) -> exp.Expression:
        """Return a value of the data on the scale, infinite at a limit or beyond."""
        if self.lower is None and self.upper is None:
            return value
        parts: list[exp.Expression] = []
        if self.lower is not None:
            parts.append(_log(subtract(value, double(self.lower))))
        if self.upper is not None:
            parts.append(exp.Neg(this=_log(subtract(double(self.upper), value.copy()))))
        return exp.paren(exp.Add(this=parts[0], expression=parts[1]) if parts[1:] else parts[0])

    def _width(self) -> exp.Expression:
        assert self.lower is not None
        assert self.upper is not None
        return double(self.upper - self.lower)


def _log(value: exp.Expression) -> exp.Expression:
    is_within = exp.GT(this=value.copy(), expression=double(0.0))
    infinite = exp.cast(exp.Literal.string("-Infinity"), exp.DType.DOUBLE)
    return case([(is_within, function("ln", value))], infinite)


def bounds(
    scale: Scale, center: exp.Expression, error: exp.Expression, probability: float
) -> tuple[exp.Expression, exp.Expression]:
    """Return the ends of the interval that holds a value with that probability."""
    reach = exp.paren(multiply(error.copy(), quantile(probability)))
    return (
        scale.to_data(subtract(center.copy(), reach)),
        scale.to_data(add(center.copy(), reach.copy())),
    )
