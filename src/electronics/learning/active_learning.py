"""Active learning against chance: the same budget, the same holdout, the same seeds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from electronics.factory import Photographs, fit_damage_model
from electronics.intervals import named_interval
from electronics.learning.asking import STRATEGIES, Strategy, Unlabelled


@dataclass(frozen=True)
class Pool:
    """Photographs that could be asked for, and what judges.

    Attributes:
        name: what it is called in the table.
        photographs: with the labels that people gave; hidden until asked for.
        devices: of which device each is.
        holdout: labelled by a panel; never asked for.
        known: what is learned from in any case.
    """

    name: str
    photographs: Photographs
    devices: NDArray[np.str_]
    holdout: Photographs
    known: Photographs | None = None


def active_learning_experiments(
    pools: list[Pool], n_seeds: int, n_rounds: int, step: int
) -> pd.DataFrame:
    """Ask, learn and ask again by every strategy, from the same first labels.

    Args:
        pools: each an experiment of its own.
        n_seeds: how often the first labels are drawn.
        n_rounds: how often is asked.
        step: photographs labelled at first, and asked for in every round.

    Returns:
        A row a pool, strategy and round from 1: pool, strategy, round, n_labels, n_seeds,
        n_holdout, accuracy with its 95 % interval over seeds, and what it is above random of the
        same seed and round, with its interval (Student's t).
    """
    rows = []
    for pool in pools:
        curves = {
            name: np.array([_curve(pool, ask, seed, n_rounds, step) for seed in range(n_seeds)])
            for name, ask in STRATEGIES.items()
        }
        for name, curve in curves.items():
            for number in range(1, n_rounds + 1):
                gain = curve[:, number] - curves["random"][:, number]
                rows.append(
                    {
                        "pool": pool.name,
                        "strategy": name,
                        "round": number,
                        "n_labels": step * (number + 1),
                        "n_seeds": n_seeds,
                        "n_holdout": len(pool.holdout),
                    }
                    | named_interval(curve[:, number], "accuracy")
                    | named_interval(gain, "over_random")
                )
    return pd.DataFrame(rows).round(4)


def _curve(pool: Pool, ask: Strategy, seed: int, n_rounds: int, step: int) -> list[float]:
    """Accuracies with the first labels, and after each round."""
    if len(pool.photographs) < step * (n_rounds + 1):
        raise ValueError(
            f"pool {pool.name}: {len(pool.photographs)} photographs, expected at least "
            f"{step * (n_rounds + 1)} for {n_rounds} rounds of {step}"
        )
    rng = np.random.default_rng(seed)
    is_labelled = np.zeros(len(pool.photographs), dtype=bool)
    is_labelled[rng.permutation(len(pool.photographs))[:step]] = True
    accuracies = []
    for number in range(n_rounds + 1):
        learned_from = pool.photographs.take(np.flatnonzero(is_labelled))
        if pool.known is not None:
            learned_from = learned_from + pool.known
        estimator = fit_damage_model(learned_from)
        is_right = estimator.predict(pool.holdout.embeddings) == pool.holdout.damage_types
        accuracies.append(float(is_right.mean()))
        if number < n_rounds:
            unlabelled = np.flatnonzero(~is_labelled)
            embeddings = pool.photographs.embeddings[unlabelled]
            open_to_ask = Unlabelled(
                estimator.predict_proba(embeddings), embeddings, pool.devices[unlabelled]
            )
            chosen = ask(open_to_ask, step, rng)
            is_labelled[unlabelled[chosen]] = True
    return accuracies
