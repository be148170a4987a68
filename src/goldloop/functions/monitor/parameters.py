"""Parameters of the functions that describe and compare rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from goldloop.errors import OptionError, nearest
from goldloop.functions.call import Call
from goldloop.functions.declaration import Parameter
from goldloop.monitoring.divergence import JENSEN_SHANNON, L_INFTY, Criteria
from goldloop.monitoring.statistics import Sizes
from goldloop.options.declaration import Kind, Option, Range

_SHARE = Range(0, 1, high_open=True)


def _size(name: str, default: int, most: int, meaning: str) -> Parameter:
    return Parameter(Option(name, Kind.INTEGER, default, meaning, range=Range(1, most)))


BUCKETS = (
    _size("num_histogram_buckets", 10, 1_000, "Buckets of equal width, of numbers."),
    _size("num_quantiles_histogram_buckets", 10, 1_000, "Buckets of equal mass, of numbers."),
    _size("num_values_histogram_buckets", 10, 1_000, "Buckets of the lengths of arrays."),
    _size("num_rank_histogram_buckets", 50, 10_000, "Most frequent values, of categories."),
)
CRITERIA = (
    Parameter(
        Option(
            "categorical_default_threshold",
            Kind.NUMBER,
            0.3,
            "The largest value of a categorical column that is no anomaly.",
            range=_SHARE,
        )
    ),
    Parameter(
        Option(
            "categorical_metric_type",
            Kind.CHOICE,
            "l_infty",
            "L_INFTY, or JENSEN_SHANNON_DIVERGENCE, of categorical columns.",
            choices=("l_infty", "jensen_shannon_divergence"),
        )
    ),
    Parameter(
        Option(
            "numerical_default_threshold",
            Kind.NUMBER,
            0.3,
            "The largest value of a numerical column that is no anomaly.",
            range=_SHARE,
        )
    ),
    Parameter(
        Option(
            "numerical_metric_type",
            Kind.CHOICE,
            "jensen_shannon_divergence",
            "JENSEN_SHANNON_DIVERGENCE, of numerical columns.",
            choices=("jensen_shannon_divergence",),
        )
    ),
    Parameter(
        Option(
            "thresholds",
            Kind.VALUE,
            None,
            "Thresholds of single columns: [('column', threshold), …].",
        )
    ),
)


def sizes_of(call: Call) -> Sizes:
    """Return the sizes of histograms that a call asks for."""
    return Sizes(*(call[parameter.option.name] for parameter in BUCKETS))


def criteria_of(call: Call, columns: Iterable[str]) -> Criteria:
    """Return what a call compares by; `columns` are those there are.

    Raises:
        OptionError: thresholds is no list of pairs, or one is of no column or out of range.
    """
    metrics = {each.casefold(): each for each in (L_INFTY, JENSEN_SHANNON)}
    return Criteria(
        metrics[call["categorical_metric_type"]],
        call["categorical_default_threshold"],
        call["numerical_default_threshold"],
        thresholds_of(call.name, call["thresholds"], columns),
    )


def thresholds_of(function: str, given: object, columns: Iterable[str] | None) -> dict[str, float]:
    """Return thresholds by column in lower case; `columns` None: those there are are unknown.

    Raises:
        OptionError: see `criteria_of`.
    """
    known = None if columns is None else {each.casefold(): each for each in columns}
    pairs = list(given.items()) if isinstance(given, Mapping) else given or []
    if not isinstance(pairs, list | tuple):
        raise _no_pairs(function, given)
    found: dict[str, float] = {}
    for pair in pairs:
        items = list(pair.values()) if isinstance(pair, Mapping) else pair
        match items:
            case [str() as name, int() | float() as threshold] if threshold in _SHARE:
                pass
            case _:
                raise _no_pairs(function, pair)
        if known is not None and name.casefold() not in known:
            raise OptionError(
                f"{function}: thresholds names the column '{name}', which is not compared; there "
                f"are {', '.join(known.values())}.{nearest(name, known.values())}"
            )
        if name.casefold() in found:
            raise OptionError(f"{function}: thresholds names the column '{name}' twice.")
        found[name.casefold()] = float(threshold)
    return found


def _no_pairs(function: str, given: object) -> OptionError:
    return OptionError(
        f"{function}: thresholds has {given!r}; expected [('column', threshold), …], each in "
        f"{_SHARE}."
    )
