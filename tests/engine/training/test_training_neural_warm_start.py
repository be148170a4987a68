"""WARM_START of networks: they go on from the weights that serve, whatever the new rows' scale."""

import numpy as np
import pytest

from goldloop.errors import TrainingDataError

# A step that changes nothing: what differs then is only how rows and labels are scaled.
STILL = {"optimizer": "sgd", "learn_rate": 1e-14, "max_iterations": 1, "warm_start": True}
FIRST = {"hidden_units": [6, 3, 6], "max_iterations": 3, "learn_rate": 0.02}


@pytest.fixture
def rows(warehouse):
    warehouse.con.execute(
        "create table first as select x, case when x % 9 = 0 then null else x * 2.5e0 end as z, "
        "'c' || x % 3 as c, x % 2 = 0 as flag, 1e2 + x as y, 'k' || x % 3 as k "
        "from range(60) t(x)"
    )
    # Other means, deviations and labels; a category is new and one is gone.
    warehouse.con.execute(
        "create table later as select * replace (x * 7 + 30 as x, z / 3 as z, "
        "'c' || (x % 3 + 1) as c, y * 4 as y) from first"
    )
    return warehouse


def build(warehouse, kind, table, **options):
    columns = "x, z, c, flag"
    if kind != "autoencoder":
        label = "k" if "classifier" in kind else "y"
        columns, options = f"{columns}, {label}", {"input_label_cols": [label], **options}
    return warehouse.build(
        "m", f"select {columns} from {table}", model_type=kind, retrain="always", **options
    )


def scores(warehouse, kind):
    part = warehouse.card("m").part("reconstruct" if kind == "autoencoder" else "explain")
    said = f"{part.sql('duckdb')}(f)"
    item = f"struct_pack(l := {said}).l" if kind == "autoencoder" else f"{said}.prediction"
    found = warehouse.rows(f"select {item} from first as f where c in ('c1', 'c2') order by x")
    return [list(v.values()) if isinstance(v, dict) else v for (v,) in found]


SUPERVISED = ["dnn_regressor", "dnn_linear_combined_regressor", "dnn_classifier"]


@pytest.mark.parametrize("kind", SUPERVISED)
def test_a_network_that_goes_on_scores_as_before_until_it_learns(rows, kind):
    build(rows, kind, "first", **FIRST)
    before = scores(rows, kind)
    build(rows, kind, "later", **STILL)
    # NULL stands for the mean, which is another one now.
    known = [row[0] is not None for row in rows.rows(
        "select z from first where c in ('c1', 'c2') order by x"
    )]  # fmt: skip
    np.testing.assert_allclose(
        np.array(scores(rows, kind))[known], np.array(before)[known], rtol=1e-9
    )


def test_an_autoencoder_that_goes_on_rebuilds_the_same_rows(rows):
    build(rows, "autoencoder", "first", **FIRST)
    before = rows.rows("select m(f).latent_col_1 from first as f where c = 'c1' and z is not null")
    build(rows, "autoencoder", "later", **STILL)
    after = rows.rows("select m(f).latent_col_1 from first as f where c = 'c1' and z is not null")
    np.testing.assert_allclose(after, before, rtol=1e-9)


def test_the_same_rows_lose_as_much_as_before(rows):
    build(rows, "autoencoder", "first", **FIRST)
    before = scores(rows, "autoencoder")
    build(rows, "autoencoder", "first", **STILL)
    np.testing.assert_allclose(scores(rows, "autoencoder"), before, rtol=1e-9)


def test_a_warm_start_learns_on_and_is_a_run_of_its_own(rows):
    first = build(rows, "dnn_regressor", "first", **FIRST)
    then = build(rows, "dnn_regressor", "first", warm_start=True)
    assert then.metrics["mean_squared_error"] < first.metrics["mean_squared_error"]
    info = rows.rows(
        "select json ->> 'training_run', count(*) from goldloop.metrics "
        "where section = 'training_info' and version = 2 group by all order by all"
    )
    assert info == [("0", 3), ("1", 3)]


def test_other_hidden_units_cannot_go_on(rows):
    build(rows, "dnn_regressor", "first", **FIRST)
    with pytest.raises(TrainingDataError, match=r"whose hidden_units are \[6, 3, 6\]; keep them"):
        build(rows, "dnn_regressor", "first", warm_start=True, hidden_units=[6])
    with pytest.raises(TrainingDataError, match=r"keep them and the width of activation_fn"):
        build(rows, "dnn_regressor", "first", warm_start=True, activation_fn="crelu")


def test_other_classes_cannot_go_on(rows):
    build(rows, "dnn_classifier", "first", **FIRST)
    rows.con.execute("update first set k = 'k9' where k = 'k2'")
    with pytest.raises(
        TrainingDataError, match="whose classes are k0, k1, k2; the data has k0, k1"
    ):
        build(rows, "dnn_classifier", "first", warm_start=True)
