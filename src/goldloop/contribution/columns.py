"""The columns that each kind of metric adds, as SQL over a segment `s` and the population `p`.

`derived` columns read `test`, `control` and those of `measured` and before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from goldloop.contribution.metrics import MetricKind

# Of Gauss and Legendre: exact to the last digit where D changes by half.
_NODES = 10


@dataclass(frozen=True)
class Columns:
    """Columns measured against the population, those derived from them, and those shown."""

    measured: Mapping[str, str]
    derived: Mapping[str, str]
    shown: tuple[str, ...]


_DIFFERENCE = {
    "difference": "test - control",
    "relative_difference": "(test - control)::double / nullif(control::double, 0)",
}


def _ratio(numerator: str, denominator: str) -> str:
    return f"(({numerator})::double / nullif(({denominator})::double, 0))"


def _shapley() -> str:
    """Return the SQL of ∫ (a' / D - b' N / D²) dt, while all go straight from control to test.

    a and b are the segment's sums, N and D the population's: what the segment's change adds to the
    change of N / D (Aumann and Shapley, Values of Non-Atomic Games, 1974). By its closed form,
    but where D hardly changes: there it loses all digits, and a quadrature is exact.
    """
    d0, d1, n0, n1 = (f"p.{each}::double" for each in ("b_c", "b_t", "a_c", "a_t"))
    slope = f"(({n1} - {n0}) / ({d1} - {d0}))"
    inverse = f"(ln({d1} / {d0}) / ({d1} - {d0}))"
    squared = f"({slope} * {inverse} + ({n0} - {slope} * {d0}) / ({d0} * {d1}))"
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    quadratures = []
    for numerator, power in (("1", 1), (f"({n0} + {{t}} * ({n1} - {n0}))", 2)):
        terms = [
            f"{float(w) / 2!r}::double * {numerator.format(t=f'{(float(x) + 1) / 2!r}::double')} "
            f"/ pow({d0} + {(float(x) + 1) / 2!r}::double * ({d1} - {d0}), {power})"
            for x, w in zip(nodes, weights, strict=True)
        ]
        quadratures.append(f"({' + '.join(terms)})")
    a, b = "(s.a_t::double - s.a_c::double)", "(s.b_t::double - s.b_c::double)"
    return (
        f"case when {d0} = 0 or {d1} = 0 then null "
        f"when s.mask = 0 then {n1} / {d1} - {n0} / {d0} "
        f"when abs({d1} - {d0}) <= 0.5 * abs({d0}) "
        f"then {a} * {quadratures[0]} - {b} * {quadratures[1]} "
        f"else {a} * {inverse} - {b} * {squared} end"
    )


COLUMNS: Mapping[MetricKind, Columns] = MappingProxyType(
    {
        MetricKind.SUM: Columns(
            {
                # The population has no complement: it is expected to stay as it was.
                "expected": "if(s.mask = 0, s.a_c::double, s.a_c::double * "
                + _ratio("p.a_t - s.a_t", "p.a_c - s.a_c")
                + ")"
            },
            {
                **_DIFFERENCE,
                "unexpected_difference": "if(mask = 0, test - control, test::double - expected)",
                "relative_unexpected_difference": "(test::double - expected) / nullif(expected, 0)",
                "contribution": "abs(test - control)",
            },
            (
                "difference",
                "relative_difference",
                "unexpected_difference",
                "relative_unexpected_difference",
            ),
        ),
        MetricKind.RATIO: Columns(
            {
                "complement_test": _ratio("p.a_t - s.a_t", "p.b_t - s.b_t"),
                "complement_control": _ratio("p.a_c - s.a_c", "p.b_c - s.b_c"),
                "aumann_shapley_attribution": _shapley(),
            },
            {
                "metric_test_over_metric_control": "test / nullif(control, 0)",
                "metric_test_over_complement": "test / nullif(complement_test, 0)",
                "metric_control_over_complement": "control / nullif(complement_control, 0)",
                "contribution": "abs(aumann_shapley_attribution)",
            },
            (
                "metric_test_over_metric_control",
                "metric_test_over_complement",
                "metric_control_over_complement",
                "aumann_shapley_attribution",
            ),
        ),
        MetricKind.CATEGORY: Columns(
            {
                "population_test": _ratio("p.a_t", "p.b_t"),
                "population_control": _ratio("p.a_c", "p.b_c"),
            },
            {
                **_DIFFERENCE,
                "metric_test_over_population": "test / nullif(population_test, 0)",
                "metric_control_over_population": "control / nullif(population_control, 0)",
                "contribution": "abs(test - control)",
            },
            (
                "difference",
                "relative_difference",
                "metric_test_over_population",
                "metric_control_over_population",
            ),
        ),
    }
)
