"""AUTOENCODER: latent columns and losses against the trained network's own."""

import duckdb
import numpy as np
import pytest
from networks import losses
from rich_rows import FEATURES

import goldloop
from goldloop.errors import OptionError

SMALL = {"hidden_units": [9, 3, 9], "max_iterations": 3, "learn_rate": 0.01}
METRICS = ["mean_absolute_error", "mean_squared_error", "mean_squared_log_error"]


def reconstruction_losses(network, encoded):
    gap = network.outputs(encoded) - encoded
    logs = [np.log1p(np.maximum(x, 1e-7)) for x in (network.outputs(encoded), encoded)]
    sums = np.abs(gap).sum(1), (gap**2).sum(1), ((logs[0] - logs[1]) ** 2).sum(1)
    return np.array(sums) / len(FEATURES)


@pytest.mark.parametrize("activation", ["relu", "selu", "tanh"])
def test_latent_columns_are_the_middle_layers_activations(
    trained, scores, made, encoded, activation
):
    trained("autoencoder", activation_fn=activation, **SMALL)
    first, second, *_ = made[-1].layers
    act = made[-1].activation.value
    expected = act(act(encoded @ first.weights.T + first.bias) @ second.weights.T + second.bias)
    found = scores("latent_col_1, latent_col_2, latent_col_3")
    np.testing.assert_allclose(np.transpose(found), expected, rtol=1e-9, atol=1e-12)


def test_reconstruct_gives_the_losses_of_each_row_over_the_querys_columns(
    trained, warehouse, made, encoded
):
    trained("autoencoder", **SMALL)
    part = warehouse.card("m").part("reconstruct").sql("duckdb")
    found = warehouse.rows(
        f"select {', '.join('l.' + each for each in METRICS)} "
        f"from (select id, {part}(f) as l from fresh as f) order by id"
    )
    np.testing.assert_allclose(
        np.transpose(found), reconstruction_losses(made[-1], encoded), rtol=1e-9
    )


def test_the_metrics_are_the_mean_losses_of_the_training_rows(trained, warehouse):
    report = trained("autoencoder", **SMALL)
    part = warehouse.card("m").part("reconstruct").sql("duckdb")
    ((found,),) = warehouse.rows(f"select avg({part}(t).mean_squared_error) from training as t")
    assert list(report.metrics) == METRICS
    assert report.metrics["mean_squared_error"] == pytest.approx(found, rel=1e-12)


def test_an_autoencoder_tells_rows_it_knows_from_others(warehouse):
    warehouse.con.execute(
        "create table rows as select x, 2 * x as y, -x as z from (select random() as x "
        "from range(400))"
    )
    warehouse.build(
        "m", "from rows", model_type="autoencoder", hidden_units=[8, 2, 8], max_iterations=100,
        early_stop=False, learn_rate=0.01,
    )  # fmt: skip
    part = warehouse.card("m").part("reconstruct").sql("duckdb")
    usual, odd = warehouse.rows(
        f"select {part}(t).mean_squared_error from (values (0.5, 1.0, -0.5), (0.5, -1.0, 0.5)) "
        "as t(x, y, z)"
    )
    assert odd[0] > 50 * usual[0]


def test_l1_reg_activation_quiets_the_latent_space(trained, scores, warehouse):
    def latent(**options):
        trained("autoencoder", **SMALL | {"max_iterations": 10, "activation_fn": "tanh"} | options)
        return np.abs(scores("latent_col_1, latent_col_2, latent_col_3")).mean()

    assert latent(l1_reg_activation=1.0) < 0.3 * latent()


def test_training_info_is_the_loss_over_the_encoded_columns(
    trained, warehouse, made, training_rows
):
    trained("autoencoder", early_stop=False, **SMALL)
    found = losses(warehouse)
    assert len(found) == 3
    assert found[-1] < found[0]


def test_hidden_units_of_an_even_number_have_no_middle(trained):
    with pytest.raises(OptionError, match=r"hidden_units has 2 layers; expected an odd number"):
        trained("autoencoder", hidden_units=[4, 4])


def test_functions_over_an_autoencoder_return_the_columns_of_the_reference():
    with duckdb.connect() as con, goldloop.connect(con) as session:
        con.execute("create table t as select x, 'c' || x % 3 as c from range(50) as r(x)")
        session.sql(
            "create model main.a options (model_type='autoencoder', hidden_units=[4, 2, 4]) "
            "as select * from t"
        )
        columns = {
            "ml.predict(model main.a, table t)": ["latent_col_1", "latent_col_2", "x", "c"],
            "ml.reconstruction_loss(model main.a, table t)": [*METRICS, "x", "c"],
            "ml.evaluate(model main.a)": METRICS,
            "ml.evaluate(model main.a, table t)": METRICS,
        }
        for call, expected in columns.items():
            assert session.sql(f"select * from {call}").columns == expected
        stored = session.sql("select * from ml.evaluate(model main.a)").fetchall()
        assert session.sql("select * from ml.evaluate(model main.a, table t)").fetchall() == [
            pytest.approx(stored[0], rel=1e-12)
        ]
