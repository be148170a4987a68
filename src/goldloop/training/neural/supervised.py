"""DNN_* and DNN_LINEAR_COMBINED_*: a network for a number or a class."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goldloop.errors import TrainingDataError
from goldloop.registry.cards import ModelCard
from goldloop.scoring.activations import ACTIVATIONS
from goldloop.scoring.expressions import feature, numeric
from goldloop.scoring.networks import Dense
from goldloop.scoring.prediction import Classification, Link, Regression
from goldloop.training.family import Sample
from goldloop.training.fitted import Detail, Fitted
from goldloop.training.labels import Classes, class_label, numeric_label
from goldloop.training.matrix import Floats, select
from goldloop.training.neural.encoding import Encoding, encode
from goldloop.training.neural.explanation import explanation
from goldloop.training.neural.network import Network, initial
from goldloop.training.neural.recipe import SEED, hidden_units, recipe, trained
from goldloop.training.neural.scoring import output, outputs
from goldloop.training.neural.storage import continued, stored
from goldloop.training.neural.trainer import Rows
from goldloop.training.warm_start import previous


def fit(sample: Sample) -> Fitted:
    """Train a network, with a linear model beside it for wide and deep."""
    is_classifier = sample.options.type.problem == "classification"
    return _classifier(sample) if is_classifier else _regressor(sample)


def _regressor(sample: Sample) -> Fitted:
    """Minimise the squared error of the standardised label; the output layer scales it back.

    TensorFlow's estimators train on the label as it is, which a learn rate of 0.001
    does not bring far where labels are in the thousands.
    """
    label = numeric_label(sample)
    mean, std = float(label.mean()), float(label.std()) or 1.0
    encoding = encode(sample)
    rows = Rows(encoding.matrix, (label[:, None] - mean) / std, np.ones(len(label)))
    held_out = None
    if sample.data.evaluation_rows:
        truth = _held_out_label(sample)
        matrix = encoding.held_out(sample)
        held_out = Rows(matrix, (truth[:, None] - mean) / std, np.ones(len(truth)))
    label_scale = _LabelScale(mean, std)
    network, details = _train(sample, encoding, rows, held_out, "squared_error", label_scale)
    network = label_scale.applied(network)
    return Fitted(
        Regression(output(network, encoding)),
        "regression",
        details=details,
        functions={"explain": explanation(network, encoding, _steps(sample))},
        tables=stored(network, encoding),
    )


def _classifier(sample: Sample) -> Fitted:
    classes = class_label(sample)
    encoding = encode(sample)
    is_binary = len(classes.values) == 2
    rows = Rows(encoding.matrix, _target(classes.codes, classes), classes.weights)
    held_out = _held_out_classes(sample, classes, encoding) if sample.data.evaluation_rows else None
    if sample.champion and sample.options["warm_start"]:
        _require_classes(sample.options.model, sample.champion, classes)
    loss = "logistic" if is_binary else "softmax"
    network, details = _train(sample, encoding, rows, held_out, loss, _LabelScale())
    link = Link.LOGISTIC if is_binary else Link.SOFTMAX
    return Fitted(
        Classification(classes.values, outputs(network, encoding), link),
        classes.problem_type,
        classes.values,
        details,
        functions={"explain": explanation(network, encoding, _steps(sample))},
        tables=stored(network, encoding),
    )


@dataclass(frozen=True)
class _LabelScale:
    """What a label's standardised values are in its own unit."""

    mean: float = 0.0
    std: float = 1.0

    def applied(self, network: Network) -> Network:
        """Return the network whose outputs are in the label's unit."""
        return self._mapped(network, self.std, self.mean)

    def removed(self, network: Network) -> Network:
        """Return the network whose outputs are standardised."""
        return self._mapped(network, 1 / self.std, -self.mean / self.std)

    @staticmethod
    def _mapped(network: Network, factor: float, shift: float) -> Network:
        *hidden, last = network.layers
        wide = network.wide
        return Network(
            (*hidden, Dense(last.weights * factor, last.bias * factor + shift)),
            network.activation,
            Dense(wide.weights * factor, wide.bias * factor) if wide else None,
        )


def _train(
    sample: Sample,
    encoding: Encoding,
    rows: Rows,
    held_out: Rows | None,
    loss: str,
    scale: _LabelScale,
) -> tuple[Network, tuple[Detail, ...]]:
    options, random = sample.options, np.random.default_rng(SEED)
    activation, before = ACTIVATIONS[options["activation_fn"]], previous(sample)
    width, targets = encoding.width, rows.target.shape[1]
    units = hidden_units(options, len(rows), width, targets)
    if before:
        network = scale.removed(
            continued(options.model, before, encoding, activation, options["hidden_units"])
        )
    else:
        is_wide = options.type.name.startswith("dnn_linear_combined")
        network = initial(width, units, targets, activation, random, is_wide=is_wide)
    how = recipe(options, len(rows), loss)
    details = trained(sample, network, rows, held_out, how, random, scale.std**2, before)
    return network, details


def _require_classes(model: str, champion: ModelCard, classes: Classes) -> None:
    if [*map(str, champion.classes)] != [*map(str, classes.values)]:
        raise TrainingDataError(
            f"Model {model}: warm_start continues version {champion.version}, whose classes are "
            f"{', '.join(map(str, champion.classes))}; the data has "
            f"{', '.join(map(str, classes.values))}. Train without warm_start."
        )


def _steps(sample: Sample) -> int:
    return sample.options["integrated_gradients_num_steps"]


def _target(codes: np.ndarray, classes: Classes) -> Floats:
    one_hot = np.eye(len(classes.values))[codes]
    return one_hot[:, 1:] if len(classes.values) == 2 else one_hot


def _held_out_label(sample: Sample) -> Floats:
    value = numeric(feature(sample.label.name))
    return select(sample.con, sample.data, [value], held_out=True).column(0).to_numpy()


def _held_out_classes(sample: Sample, classes: Classes, encoding: Encoding) -> Rows | None:
    """Return the rows that evaluate, but those of a class that training has not seen."""
    value = feature(sample.label.name)
    labels = select(sample.con, sample.data, [value], held_out=True).column(0).to_pylist()
    rank = {each: code for code, each in enumerate(classes.values)}
    codes = np.array([rank.get(each, -1) for each in labels], dtype=np.int64)
    known = codes >= 0
    if not known.any():
        return None
    weight = np.zeros(len(rank))
    weight[classes.codes] = classes.weights
    seen = codes[known]
    return Rows(encoding.held_out(sample)[known], _target(seen, classes), weight[seen])
