"""The trials of a tuned version: what each tried and came to, kept among the version's details."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from goldloop.training.fitted import Detail

SECTION = "trials"
SUCCEEDED, FAILED, INFEASIBLE = "SUCCEEDED", "FAILED", "INFEASIBLE"


@dataclass(frozen=True)
class Trial:
    """One trial: its hyperparameters, what it was judged by, and why it failed if it did.

    `judgement` is the objective's value on the rows that evaluate; `metrics` are those
    on the rows that test.
    """

    trial_id: int
    hyperparameters: Mapping[str, Any]
    objective: str
    judgement: float | None = None
    training_loss: float | None = None
    eval_loss: float | None = None
    status: str = SUCCEEDED
    error_message: str | None = None
    is_optimal: bool = False
    metrics: Mapping[str, float | None] = field(default_factory=dict)

    def detail(self) -> Detail:
        """Return the trial as a detail of its version."""
        return Detail(SECTION, str(self.trial_id), self.judgement, asdict(self))


def trials_of(rows: Sequence[Mapping[str, Any]]) -> list[Trial]:
    """Return the trials of the details' JSON, in their order."""
    return sorted((Trial(**row) for row in rows), key=lambda trial: trial.trial_id)
