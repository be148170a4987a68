"""DNN_* and DNN_LINEAR_COMBINED_*: a network for a number or a class."""

from __future__ import annotations

import numpy as np

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
from goldloop.training.neural.trainer import Rows


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
    network, details = _train(sample, rows, held_out, "squared_error", std**2)
    network = _rescaled(network, mean, std)
    return Fitted(
        Regression(output(network, encoding)),
        "regression",
        details=details,
        functions={"explain": explanation(network, encoding, _steps(sample))},
    )


def _classifier(sample: Sample) -> Fitted:
    classes = class_label(sample)
    encoding = encode(sample)
    is_binary = len(classes.values) == 2
    rows = Rows(encoding.matrix, _target(classes.codes, classes), classes.weights)
    held_out = _held_out_classes(sample, classes, encoding) if sample.data.evaluation_rows else None
    network, details = _train(sample, rows, held_out, "logistic" if is_binary else "softmax")
    link = Link.LOGISTIC if is_binary else Link.SOFTMAX
    return Fitted(
        Classification(classes.values, outputs(network, encoding), link),
        classes.problem_type,
        classes.values,
        details,
        functions={"explain": explanation(network, encoding, _steps(sample))},
    )


def _train(
    sample: Sample, rows: Rows, held_out: Rows | None, loss: str, scale: float = 1.0
) -> tuple[Network, tuple[Detail, ...]]:
    options, random = sample.options, np.random.default_rng(SEED)
    width, targets = rows.inputs.shape[1], rows.target.shape[1]
    network = initial(
        width,
        hidden_units(options, len(rows), width, targets),
        targets,
        ACTIVATIONS[options["activation_fn"]],
        random,
        is_wide=options.type.name.startswith("dnn_linear_combined"),
    )
    how = recipe(options, len(rows), loss)
    return network, trained(sample, network, rows, held_out, how, random, scale)


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


def _rescaled(network: Network, mean: float, std: float) -> Network:
    *hidden, last = network.layers
    wide = network.wide
    return Network(
        (*hidden, Dense(last.weights * std, last.bias * std + mean)),
        network.activation,
        Dense(wide.weights * std, wide.bias * std) if wide else None,
    )
