"""The part `explain` of networks: integrated gradients against the same sum over arrays."""

import numpy as np
import pytest

from goldloop.training.neural.network import forward

STEPS = 6
SMALL = {
    "hidden_units": [5, 4],
    "max_iterations": 3,
    "learn_rate": 0.01,
    "integrated_gradients_num_steps": STEPS,
}


def explained(warehouse, model="m"):
    """Return baselines, predictions and attributions over the fresh rows, as arrays."""
    part = warehouse.card(model).part("explain").sql("duckdb")
    rows = warehouse.rows(
        "select e.baseline, e.prediction, list_transform(e.attributions, lambda a: a.attribution) "
        f"from (select id, {part}(f) as e from fresh as f) order by id"
    )
    return tuple(np.array(column) for column in zip(*rows, strict=True))


def integrated_gradients(network, encoded, steps):
    """Return attributions by row, encoded column and output."""
    found = []
    for output in range(network.layers[-1].units):
        total = np.zeros_like(encoded)
        for point in (np.arange(steps) + 0.5) / steps:
            made = forward(network, point * encoded)
            down = np.zeros_like(made.outputs)
            down[:, output] = 1.0
            above = down
            for position in reversed(range(1, len(network.layers))):
                down = down @ network.layers[position].weights
                down = network.activation.gradient(made.sums[position - 1], down)
            total += down @ network.layers[0].weights
            if network.wide:
                total += above @ network.wide.weights
        found.append(encoded * total / steps)
    return np.stack(found, axis=2)


@pytest.mark.parametrize("activation", ["relu", "relu6", "crelu", "elu", "sigmoid", "tanh"])
def test_attributions_are_integrated_gradients_summed_by_feature(
    trained, warehouse, made, encoded, activation
):
    trained(
        "dnn_linear_combined_classifier",
        label=lambda s: np.digitize(s, [-0.5, 0.5]),
        label_type="integer",
        activation_fn=activation,
        **SMALL,
    )
    baselines, predictions, attributions = explained(warehouse)
    expected = integrated_gradients(made[-1], encoded, STEPS)
    np.testing.assert_allclose(predictions, made[-1].outputs(encoded), rtol=1e-9)
    start = made[-1].outputs(np.zeros((1, encoded.shape[1])))
    np.testing.assert_allclose(baselines, np.repeat(start, len(encoded), axis=0), rtol=1e-9)
    np.testing.assert_allclose(attributions.sum(axis=1), expected.sum(axis=1), rtol=1e-9)
    # The first feature is a number: one column.
    np.testing.assert_allclose(attributions[:, 0], expected[:, 0], rtol=1e-9, atol=1e-13)


def test_more_steps_bring_attributions_to_prediction_minus_baseline(trained, warehouse):
    def error(steps):
        trained("dnn_regressor", **SMALL | {"integrated_gradients_num_steps": steps})
        baselines, predictions, attributions = explained(warehouse)
        gap = attributions.sum(axis=1) - (predictions - baselines)
        return np.abs(gap).max()

    assert error(200) < 0.05 * error(2)


def test_a_regressions_prediction_value_is_its_prediction(trained, warehouse, scores):
    trained("dnn_regressor", **SMALL)
    _, predictions, _ = explained(warehouse)
    np.testing.assert_allclose(predictions[:, 0], scores("predicted_y")[0], rtol=1e-12)


def test_gradients_are_written_once_for_all_classes(trained, warehouse):
    def size(classes):
        edges = np.linspace(-1, 1, classes - 1)
        trained(
            "dnn_classifier", label=lambda s: np.digitize(s, edges), label_type="integer", **wide
        )
        name = warehouse.card("m").part("explain").name
        ((found,),) = warehouse.rows(
            f"select len(macro_definition) from duckdb_functions() where function_name = '{name}'"
        )
        return found

    wide = {"hidden_units": [60, 40], "max_iterations": 1}
    assert size(6) < 1.5 * size(3)
