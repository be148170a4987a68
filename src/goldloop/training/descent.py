"""Batch gradient descent with BigQuery ML's options, for linear and logistic regression.

scikit-learn has no full-batch descent with a line search and these stopping
rules; this file is the one place where Goldloop optimises by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from goldloop.errors import TrainingDataError
from goldloop.options.resolve import Options
from goldloop.training.matrix import Floats

Objective = Callable[[Floats], tuple[float, Floats]]
_SHRINK, _GROW, _LEAST_STEP = 0.5, 2.0, 1e-12


@dataclass(frozen=True)
class Descent:
    """Where a descent ended: the weights and the loss after each iteration."""

    weights: Floats
    losses: tuple[float, ...]
    steps: tuple[float, ...]


def descend(objective: Objective, start: Floats, penalised: Floats, options: Options) -> Descent:
    """Minimise objective(w) + l1 * sum(|w|) + l2 / 2 * sum(w²) by proximal gradient steps.

    Args:
        objective: the mean loss and its gradient at w.
        start: the first weights, of any shape.
        penalised: 1 for the weights that l1_reg and l2_reg act on, 0 for intercepts.
        options: learn_rate_strategy, learn_rate, ls_init_learn_rate, max_iterations, early_stop,
            min_rel_progress, l1_reg, l2_reg.

    LINE_SEARCH halves the step until the loss falls by Armijo's rule and doubles it for the next
    iteration; the L1 part is a soft threshold (Parikh & Boyd, Proximal Algorithms, 2014, §4.2).

    Raises:
        TrainingDataError: the loss grows beyond all numbers.
    """
    l1, l2 = options["l1_reg"] * penalised, options["l2_reg"] * penalised
    searches = options["learn_rate_strategy"] == "line_search"
    step = options["ls_init_learn_rate"] if searches else options["learn_rate"]

    def smooth(weights: Floats) -> tuple[float, Floats]:
        loss, gradient = objective(weights)
        return loss + float((l2 * weights**2).sum()) / 2, gradient + l2 * weights

    def total(weights: Floats) -> float:
        return smooth(weights)[0] + float((l1 * np.abs(weights)).sum())

    weights, losses, steps = start, [total(start)], []
    for _ in range(options["max_iterations"]):
        loss, gradient = smooth(weights)
        while True:
            moved = weights - step * gradient
            moved = np.sign(moved) * np.maximum(np.abs(moved) - step * l1, 0.0)
            if not searches or step < _LEAST_STEP:
                break
            gap = moved - weights
            bound = loss + float((gradient * gap).sum()) + float((gap**2).sum()) / (2 * step)
            if smooth(moved)[0] <= bound:
                break
            step *= _SHRINK
        weights = moved
        losses.append(total(weights))
        if not np.isfinite(losses[-1]):
            raise TrainingDataError(
                f"Model {options.model}: gradient descent diverges after {len(losses) - 1} "
                f"iterations; lower learn_rate (it is {step:g}) or use "
                "learn_rate_strategy='line_search'."
            )
        steps.append(step)
        if searches:
            step *= _GROW
        if options["early_stop"] and _progress(losses) < options["min_rel_progress"]:
            break
    return Descent(weights, tuple(losses), tuple(steps))


def _progress(losses: list[float]) -> float:
    before, after = losses[-2:]
    return (before - after) / abs(before) if before else 0.0
