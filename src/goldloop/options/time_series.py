"""ARIMA_PLUS and ARIMA_PLUS_XREG."""

from __future__ import annotations

from typing import Any

from goldloop.errors import OptionError, nearest
from goldloop.options.declaration import Kind, ModelType, Option, Range, exclusive
from goldloop.options.shared import REFUSED

FREQUENCIES = (
    "auto_frequency",
    "per_minute",
    "hourly",
    "daily",
    "weekly",
    "monthly",
    "quarterly",
    "yearly",
)
SEASONALITIES = (
    "AUTO",
    "NO_SEASONALITY",
    "DAILY",
    "WEEKLY",
    "MONTHLY",
    "QUARTERLY",
    "YEARLY",
)
_GROUPS = "GLOBAL NA JAPAC EMEA LAC"
_COUNTRIES = """
    AE AR AT AU BE BR CA CH CL CN CO CZ DE DK DZ EC EE EG ES FI FR GB GR HK HU ID IE IL IN IR IT JP
    KR LV MA MX MY NG NL NO NZ PE PH PK PL PT RO RS RU SA SE SG SI SK TH TR TW UA US VE VN ZA
"""
HOLIDAY_REGIONS = tuple(f"{_GROUPS} {_COUNTRIES}".split())

_CLOUD = tuple(each for each in REFUSED if each.name.startswith(("model_reg", "vertex", "kms")))

_COLUMNS = (
    Option(
        "time_series_timestamp_col",
        Kind.COLUMN,
        None,
        "The column of the time points: DATE, TIMESTAMP or DATETIME. Required.",
    ),
    Option("time_series_data_col", Kind.COLUMN, None, "The column to forecast. Required."),
    Option(
        "time_series_id_col",
        Kind.COLUMNS,
        None,
        "The column or columns that tell series apart; unset: all rows are one series.",
    ),
)
_ARIMA = (
    Option(
        "horizon",
        Kind.INTEGER,
        1000,
        "Time points to forecast; ML.FORECAST may ask for fewer.",
        range=Range(1, 10_000),
    ),
    Option(
        "auto_arima",
        Kind.BOOLEAN,
        True,
        "Find d by KPSS tests, then p, q and drift by the least AIC.",
    ),
    Option(
        "auto_arima_max_order",
        Kind.INTEGER,
        2,
        "The most p + q that auto_arima tries.",
        range=Range(1, 5),
    ),
    Option(
        "auto_arima_min_order",
        Kind.INTEGER,
        0,
        "The least p + q that auto_arima tries.",
        range=Range(0, 4),
    ),
    Option(
        "non_seasonal_order",
        Kind.INTEGERS,
        None,
        "(p, d, q), without auto_arima: p and q from 0 to 5, d from 0 to 2.",
    ),
    Option(
        "include_drift",
        Kind.BOOLEAN,
        False,
        "A linear drift, without auto_arima and with d = 1.",
    ),
    Option(
        "data_frequency",
        Kind.CHOICE,
        "auto_frequency",
        "How far apart the time points are. AUTO_FREQUENCY infers it; coarser than the data, "
        "it averages the values of a unit.",
        choices=FREQUENCIES,
    ),
    Option(
        "holiday_region",
        Kind.TEXTS,
        None,
        "Whose holidays have effects: a country's code, GLOBAL, NA, JAPAC, EMEA or LAC, or a list. "
        "For daily and weekly series of more than a year; a region of several countries has the "
        "holidays that at least half of them keep.",
    ),
    Option(
        "clean_spikes_and_dips",
        Kind.BOOLEAN,
        True,
        "Replace outliers by interpolation.",
    ),
    Option(
        "adjust_step_changes",
        Kind.BOOLEAN,
        True,
        "Lift the history before a level shift to the level after it.",
    ),
    Option(
        "time_series_length_fraction",
        Kind.NUMBER,
        None,
        "The last fraction of a series that the trend is modelled on; the other parts use all.",
        range=Range(0, 1, low_open=True, high_open=True),
    ),
    Option(
        "min_time_series_length",
        Kind.INTEGER,
        20,
        "The fewest time points that time_series_length_fraction leaves.",
        range=Range(4),
    ),
    Option(
        "max_time_series_length",
        Kind.INTEGER,
        None,
        "The most time points, the last ones, that the trend is modelled on.",
        range=Range(4),
    ),
    Option(
        "trend_smoothing_window_size",
        Kind.INTEGER,
        None,
        "Points of the centred moving average that smooths the trend before it is modelled.",
        range=Range(1),
    ),
)
_PARTS = (
    Option(
        "decompose_time_series",
        Kind.BOOLEAN,
        True,
        "Keep the components of history and forecast, for ML.EXPLAIN_FORECAST.",
    ),
    Option(
        "seasonalities",
        Kind.TEXTS,
        ["AUTO"],
        "The seasonal periods: AUTO, NO_SEASONALITY, or any of DAILY, WEEKLY, MONTHLY, QUARTERLY "
        "and YEARLY that the series spans twice.",
    ),
    Option(
        "forecast_limit_lower_bound",
        Kind.NUMBER,
        None,
        "Forecasts and intervals stay above it: the series is modelled on the logarithm of the "
        "distance to it, or the logit between both limits.",
        range=Range(),
    ),
    Option(
        "forecast_limit_upper_bound",
        Kind.NUMBER,
        None,
        "Forecasts and intervals stay below it.",
        range=Range(),
    ),
    Option(
        "hierarchical_time_series_cols",
        Kind.COLUMNS,
        None,
        "Columns of time_series_id_col from the top of a hierarchy down; sums are forecast too, "
        "reconciled bottom-up.",
    ),
)
_XREG = (
    Option(
        "l2_reg",
        Kind.NUMBER,
        1.0,
        "Penalty on the squared weights of the standardised regressors.",
        range=Range(0),
    ),
)


def _check(model: str, options: dict[str, Any], given: set[str]) -> None:
    for name in ("time_series_timestamp_col", "time_series_data_col"):
        if name not in given:
            raise OptionError(f"Model {model}: option {name} is missing; expected a column name.")
    _check_order(model, options, given)
    exclusive(model, given, "time_series_length_fraction", "max_time_series_length")
    if "min_time_series_length" in given and "time_series_length_fraction" not in given:
        raise OptionError(
            f"Model {model}: option min_time_series_length needs time_series_length_fraction."
        )
    _check_words(model, "holiday_region", options["holiday_region"], HOLIDAY_REGIONS)
    if "seasonalities" in options:
        _check_parts(model, options, given)


def _check_order(model: str, options: dict[str, Any], given: set[str]) -> None:
    if options["auto_arima"]:
        for name in ("non_seasonal_order", "include_drift"):
            if name in given and options[name]:
                raise OptionError(f"Model {model}: option {name} needs auto_arima=FALSE.")
        if options["auto_arima_min_order"] > options["auto_arima_max_order"]:
            raise OptionError(
                f"Model {model}: auto_arima_min_order {options['auto_arima_min_order']} is more "
                f"than auto_arima_max_order {options['auto_arima_max_order']}."
            )
        return
    for name in ("auto_arima_max_order", "auto_arima_min_order"):
        if name in given:
            raise OptionError(f"Model {model}: option {name} needs auto_arima=TRUE.")
    order = options["non_seasonal_order"]
    if order is None:
        raise OptionError(f"Model {model}: auto_arima=FALSE needs non_seasonal_order=(p, d, q).")
    limits = (5, 2, 5)
    is_order = len(order) == 3 and all(
        0 <= value <= most for value, most in zip(order, limits, strict=True)
    )
    if not is_order:
        raise OptionError(
            f"Model {model}: option non_seasonal_order is {tuple(order)}; expected (p, d, q) with "
            "p and q from 0 to 5 and d from 0 to 2."
        )
    if options["include_drift"] and order[1] != 1:
        raise OptionError(
            f"Model {model}: include_drift needs d = 1 in non_seasonal_order; it is {order[1]}."
        )


def _check_parts(model: str, options: dict[str, Any], given: set[str]) -> None:
    _check_words(model, "seasonalities", options["seasonalities"], SEASONALITIES)
    chosen = {each.upper() for each in options["seasonalities"]}
    if len(chosen) > 1 and chosen & {"AUTO", "NO_SEASONALITY"}:
        raise OptionError(
            f"Model {model}: option seasonalities is {options['seasonalities']!r}; AUTO and "
            "NO_SEASONALITY stand alone."
        )
    low, high = options["forecast_limit_lower_bound"], options["forecast_limit_upper_bound"]
    if low is not None and high is not None and low >= high:
        raise OptionError(
            f"Model {model}: forecast_limit_lower_bound {low:g} is not below "
            f"forecast_limit_upper_bound {high:g}."
        )
    if "trend_smoothing_window_size" in given and not options["decompose_time_series"]:
        raise OptionError(
            f"Model {model}: option trend_smoothing_window_size needs decompose_time_series=TRUE."
        )
    levels, ids = options["hierarchical_time_series_cols"], options["time_series_id_col"] or []
    known = {each.casefold() for each in ids}
    for level in levels or []:
        if level.casefold() not in known:
            raise OptionError(
                f"Model {model}: hierarchical_time_series_cols names '{level}', which is not in "
                f"time_series_id_col ({', '.join(ids) or 'unset'}).{nearest(level, ids)}"
            )


def _check_words(
    model: str, option: str, words: list[str] | None, expected: tuple[str, ...]
) -> None:
    for word in words or []:
        if word.upper() not in expected:
            raise OptionError(
                f"Model {model}: option {option} has '{word}'; expected any of "
                f"{', '.join(expected)}.{nearest(word, expected)}"
            )


ARIMA_PLUS = ModelType(
    "arima_plus",
    "time_series",
    "Forecasts one or many series: holidays, outliers and steps taken out, seasonality by STL, "
    "the trend by auto.ARIMA.",
    (*_COLUMNS, *_ARIMA, *_PARTS, *_CLOUD),
    _check,
    label_option="time_series_data_col",
    needs_features=False,
    queries=("custom_holiday",),
)
ARIMA_PLUS_XREG = ModelType(
    "arima_plus_xreg",
    "time_series",
    "ARIMA_PLUS of what a linear regression on every other column leaves.",
    (*_COLUMNS, *_ARIMA, *_XREG, *_CLOUD),
    _check,
    label_option="time_series_data_col",
    queries=("custom_holiday",),
)
