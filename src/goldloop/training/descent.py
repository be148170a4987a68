"""Batch gradient descent with BigQuery ML's options, for linear and logistic regression.

scikit-learn has no full-batch descent with a line search and these stopping
rules; this file is the one place where Goldloop optimises linear models by itself.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from goldloop.errors import TrainingDataError
from goldloop.training.family import Sample
from goldloop.training.matrix import Floats
from goldloop.training.training_info import Iteration

Objective = Callable[[Floats], tuple[float, Floats]]
Losses = Callable[[Floats], tuple[float, float | None]]
_SHRINK, _GROW, _LEAST_STEP = 0.5, 2.0, 1e-12


@dataclass(frozen=True)
class Descent:
    """Where a descent ended, and what each iteration came to."""

    weights: Floats
    iterations: tuple[Iteration, ...]


def descend(
    objective: Objective, start: Floats, penalised: Floats, sample: Sample, losses: Losses
) -> Descent:
    """Minimise objective(w) + l1 * sum(|w|) + l2 / 2 * sum(w²) by proximal gradient steps.

    Args:
        objective: the mean loss and its gradient at w.
        start: the first weights, of any shape.
        penalised: 1 for the weights that l1_reg and l2_reg act on, 0 for intercepts.
        sample: its options: learn_rate_strategy, learn_rate, ls_init_learn_rate, max_iterations,
            early_stop, min_rel_progress, l1_reg, l2_reg.
        losses: what ML.TRAINING_INFO shows at w: the loss of the training rows and, if there are
            any, of those held out.

    LINE_SEARCH halves the step until the loss falls by Armijo's rule and doubles it for the next
    iteration; the L1 part is a soft threshold (Parikh & Boyd, Proximal Algorithms, 2014, §4.2).

    Raises:
        TrainingDataError: the loss grows beyond all numbers.
    """
    options = sample.options
    l1, l2 = options["l1_reg"] * penalised, options["l2_reg"] * penalised
    searches = options["learn_rate_strategy"] == "line_search"
    step = options["ls_init_learn_rate"] if searches else options["learn_rate"]

    def smooth(weights: Floats) -> tuple[float, Floats]:
        loss, gradient = objective(weights)
        return loss + float((l2 * weights**2).sum()) / 2, gradient + l2 * weights

    def total(weights: Floats) -> float:
        return smooth(weights)[0] + float((l1 * np.abs(weights)).sum())

    weights, before, iterations = start, total(start), list[Iteration]()
    for number in range(options["max_iterations"]):
        started = time.monotonic()
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
        after = total(weights)
        if not np.isfinite(after):
            raise TrainingDataError(
                f"Model {options.model}: gradient descent diverges after {number + 1} "
                f"iterations; lower learn_rate (it is {step:g}) or use "
                "learn_rate_strategy='line_search'."
            )
        shown, held_out = losses(weights)
        took = round((time.monotonic() - started) * 1000)
        iterations.append(Iteration(shown, held_out, step, took))
        sample.progress(f"iteration {number + 1}/{options['max_iterations']}: loss {shown:.6g}")
        if searches:
            step *= _GROW
        progress = (before - after) / abs(before) if before else 0.0
        if options["early_stop"] and progress < options["min_rel_progress"]:
            break
        before = after
    return Descent(weights, tuple(iterations))
