"""What happens after each round of XGBoost: its losses are kept, and training may stop."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import xgboost

from goldloop.training.training_info import Iteration


class Rounds(xgboost.callback.TrainingCallback):
    """Keeps each round's losses, and stops after one of little progress.

    `least` is the fraction of the training loss that a round must take off it, None
    where all rounds are to be trained; `progress` takes a line a round.
    """

    def __init__(
        self, rounds: int, learn_rate: float, least: float | None, progress: Callable[[str], None]
    ) -> None:
        super().__init__()
        self.iterations: list[Iteration] = []
        self._rounds, self._learn_rate, self._least = rounds, learn_rate, least
        self._progress = progress
        self._started = time.monotonic()

    def after_iteration(self, model: xgboost.Booster, epoch: int, evals_log: Any) -> bool:
        """Return whether to stop."""
        losses = {name: next(iter(of_set.values())) for name, of_set in evals_log.items()}
        loss, held_out = losses["train"][-1], losses.get("held_out", [None])[-1]
        took = round((time.monotonic() - self._started) * 1000)
        self.iterations.append(Iteration(loss, held_out, self._learn_rate, took))
        self._progress(f"round {epoch + 1}/{self._rounds}: loss {loss:.6g}")
        self._started = time.monotonic()
        if self._least is None or epoch == 0:
            return False
        before = losses["train"][-2]
        return bool(before) and (before - loss) / abs(before) < self._least
