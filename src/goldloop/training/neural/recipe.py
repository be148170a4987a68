"""A model's options as a network and a recipe, and its epochs as details."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from goldloop.errors import OptionError
from goldloop.options.resolve import Options
from goldloop.scoring.activations import ACTIVATIONS
from goldloop.training.family import Sample
from goldloop.training.fitted import Detail
from goldloop.training.neural.losses import LOSSES
from goldloop.training.neural.network import Network
from goldloop.training.neural.optimizers import OPTIMIZERS, Rule
from goldloop.training.neural.trainer import Epoch, Recipe, Rows, train
from goldloop.training.training_info import Iteration, training_info
from goldloop.training.warm_start import Previous

SEED = 0
_MOST_WEIGHTS = 2_000_000
_MOST_UNITS, _ROWS_A_UNIT, _BATCH = 128, 10, 32


def hidden_units(options: Options, rows: int, inputs: int, outputs: int) -> list[int]:
    """Return HIDDEN_UNITS, or BigQuery ML's default: a layer as wide as the rows warrant.

    Raises:
        OptionError: the network has more weights than a query can plan with.
    """
    warranted = rows // (_ROWS_A_UNIT * (inputs + outputs))
    units = options["hidden_units"] or [max(1, min(_MOST_UNITS, warranted))]
    widen = ACTIVATIONS[options["activation_fn"]].width
    below, above = [inputs, *map(widen, units)], [*units, outputs]
    weights = sum(one * other for one, other in zip(below, above, strict=True))
    if weights > _MOST_WEIGHTS:
        raise OptionError(
            f"Model {options.model}: hidden_units {units} over {inputs} encoded inputs make "
            f"{weights:,} weights; at most {_MOST_WEIGHTS:,} score as SQL. Use fewer units, or "
            "features with fewer categories."
        )
    return units


def recipe(
    options: Options, rows: int, loss: str, latent: tuple[int, float] | None = None
) -> Recipe:
    """Return how the options say to train."""
    return Recipe(
        LOSSES[loss],
        _rule(options, "dnn"),
        _rule(options, "linear"),
        options["batch_size"] or min(_BATCH, rows),
        options["dropout"],
        options["max_iterations"],
        options["min_rel_progress"] if options["early_stop"] else None,
        latent,
    )


def _rule(options: Options, part: str) -> Rule:
    name, rate = options["optimizer"], options["learn_rate"]
    if isinstance(name, dict):
        name, rate = name[part], rate[part]
    optimizer = OPTIMIZERS[name]
    l1, l2 = options.get("l1_reg", 0.0), options.get("l2_reg", 0.0)
    # Of two parts, those whose optimizer has penalties take them.
    return Rule(optimizer, rate, *((l1, l2) if optimizer.takes_penalty else (0.0, 0.0)))


def trained(
    sample: Sample,
    network: Network,
    rows: Rows,
    held_out: Rows | None,
    how: Recipe,
    random: np.random.Generator,
    scale: float = 1.0,
    before: Previous | None = None,
) -> tuple[Detail, ...]:
    """Train `network` in place and return training_info, after that of the version `before`.

    `scale` gives losses their unit.
    """
    done: list[Epoch] = []

    def show(epoch: Epoch) -> None:
        done.append(epoch)
        evaluated = "" if epoch.eval_loss is None else f", eval_loss {epoch.eval_loss * scale:.6g}"
        sample.progress(
            f"iteration {len(done)} of {how.max_iterations}: "
            f"loss {epoch.loss * scale:.6g}{evaluated}"
        )

    epochs = train(sample.options.model, network, rows, held_out, how, random, show)
    return _details(network, epochs, how, scale, before)


def _details(
    network: Network,
    epochs: Sequence[Epoch],
    how: Recipe,
    scale: float,
    before: Previous | None,
) -> tuple[Detail, ...]:
    units = [layer.units for layer in network.layers[:-1]]
    iterations = [
        Iteration(
            epoch.loss * scale,
            None if epoch.eval_loss is None else epoch.eval_loss * scale,
            how.deep.learn_rate,
            round(epoch.seconds * 1000),
        )
        for epoch in epochs
    ]
    return (
        Detail("training", "hidden_units", json={"value": units}),
        Detail("training", "batch_size", float(how.batch_size)),
        *training_info(iterations, before),
    )
