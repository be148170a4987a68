"""Mini-batch training of a network: epochs, dropout, early stopping, seeded throughout."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from goldloop.errors import TrainingDataError
from goldloop.training.matrix import Floats
from goldloop.training.neural.losses import Loss
from goldloop.training.neural.network import Network, forward, gradients
from goldloop.training.neural.optimizers import Rule


@dataclass(frozen=True, eq=False)
class Rows:
    """Encoded rows, what the network is to give for each, and their weights."""

    inputs: Floats
    target: Floats
    weights: Floats

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.inputs)


@dataclass(frozen=True)
class Recipe:
    """How to train; `wide` is the rule of a network's linear part.

    `latent` is a hidden layer and the weight of its mean |activation|. `least_progress`
    is the relative improvement of the loss below which training stops; None: never.
    """

    loss: Loss
    deep: Rule
    wide: Rule
    batch_size: int
    dropout: float
    max_iterations: int
    least_progress: float | None
    latent: tuple[int, float] | None = None


@dataclass(frozen=True)
class Epoch:
    """A pass over the training rows: the losses after it, and how long it took."""

    loss: float
    eval_loss: float | None
    seconds: float


def train(
    model: str,
    network: Network,
    rows: Rows,
    held_out: Rows | None,
    recipe: Recipe,
    random: np.random.Generator,
    progress: Callable[[Epoch], None],
) -> list[Epoch]:
    """Train `network` in place and return its epochs.

    The loss after an epoch is over all rows, without dropout; progress is judged
    by the held-out rows where there are any.

    Raises:
        TrainingDataError: the loss leaves the numbers.
    """
    parameters = network.parameters()
    rules = [recipe.deep] * (2 * len(network.layers)) + [recipe.wide] * (2 if network.wide else 0)
    slots = [r.optimizer.memory(p) for p, r in zip(parameters, rules, strict=True)]
    epochs: list[Epoch] = []
    step = 0
    for _ in range(recipe.max_iterations):
        started = time.monotonic()
        order = random.permutation(len(rows))
        with np.errstate(over="ignore", invalid="ignore"):
            for start in range(0, len(rows), recipe.batch_size):
                step += 1
                batch = order[start : start + recipe.batch_size]
                found = _gradients(network, rows, batch, recipe, random)
                for weights, gradient, memory, rule in zip(
                    parameters, found, slots, rules, strict=True
                ):
                    rule.optimizer.update(weights, gradient, memory, rule, step)
            loss = _loss(network, rows, recipe)
            eval_loss = _loss(network, held_out, recipe) if held_out is not None else None
        epochs.append(Epoch(loss, eval_loss, time.monotonic() - started))
        if not np.isfinite([loss, eval_loss or 0.0]).all():
            raise TrainingDataError(
                f"Model {model}: training diverges in iteration {len(epochs)}; lower learn_rate "
                f"(it is {recipe.deep.learn_rate:g}) or use another optimizer."
            )
        progress(epochs[-1])
        if recipe.least_progress is not None and _improvement(epochs) < recipe.least_progress:
            break
    return epochs


def _gradients(
    network: Network,
    rows: Rows,
    batch: np.ndarray,
    recipe: Recipe,
    random: np.random.Generator,
) -> list[Floats]:
    made = forward(network, rows.inputs[batch], recipe.dropout, random)
    above = recipe.loss.gradient(made.outputs, rows.target[batch], rows.weights[batch])
    return gradients(network, made, above, recipe.latent)


def _loss(network: Network, rows: Rows, recipe: Recipe) -> float:
    made = forward(network, rows.inputs)
    loss = recipe.loss.mean(made.outputs, rows.target, rows.weights)
    if recipe.latent:
        layer, weight = recipe.latent
        loss += weight * float(np.abs(made.values[layer]).sum()) / len(rows)
    return loss


def _improvement(epochs: list[Epoch]) -> float:
    if len(epochs) < 2:
        return np.inf
    before, after = (e.loss if e.eval_loss is None else e.eval_loss for e in epochs[-2:])
    return (before - after) / abs(before) if before else 0.0
