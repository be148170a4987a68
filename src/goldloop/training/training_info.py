"""The iterations of a training, as ML.TRAINING_INFO shows them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from goldloop.training.fitted import Detail
from goldloop.training.warm_start import Previous

SECTION = "training_info"


@dataclass(frozen=True)
class Iteration:
    """What one iteration came to; `eval_loss` is that of the rows held out.

    `more` are further columns of ML.TRAINING_INFO, of some model types.
    """

    loss: float
    eval_loss: float | None = None
    learning_rate: float | None = None
    duration_ms: int = 0
    more: Mapping[str, Any] = field(default_factory=dict)


def training_info(
    iterations: Sequence[Iteration], previous: Previous | None = None
) -> tuple[Detail, ...]:
    """Return the details of a training, after those of the runs that it continues."""
    earlier = previous.details(SECTION) if previous else ()
    run = 1 + max((_run(detail) for detail in earlier), default=0) if previous else 0
    return (
        *earlier,
        *(
            Detail(
                SECTION,
                f"{run}.{i}" if run else str(i),
                iteration.loss,
                {
                    "training_run": run,
                    "iteration": i,
                    "loss": _finite(iteration.loss),
                    "eval_loss": _finite(iteration.eval_loss),
                    "learning_rate": iteration.learning_rate,
                    "duration_ms": iteration.duration_ms,
                    **iteration.more,
                },
            )
            for i, iteration in enumerate(iterations)
        ),
    )


def _finite(loss: float | None) -> float | None:
    # JSON has no others.
    return loss if loss is not None and math.isfinite(loss) else None


def _run(detail: Detail) -> int:
    return int((detail.json or {}).get("training_run") or 0)
