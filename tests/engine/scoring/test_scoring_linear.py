import time

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from duckdb_scores import score
from sklearn import decomposition, linear_model, pipeline, preprocessing

from goldloop.errors import GoldloopError
from goldloop.scoring.bases import Element, Lookup, Scalar
from goldloop.scoring.expressions import double, feature
from goldloop.scoring.inputs import Input, training_frame
from goldloop.scoring.linear import Affine
from goldloop.scoring.sklearn import export_estimator

WIDTH = 512


def vectors(rows):
    random = np.random.default_rng(2)
    values = random.normal(size=(rows, WIDTH)).astype(np.float32)
    array = pa.FixedSizeListArray.from_arrays(pa.array(values.ravel()), WIDTH)
    return pa.table({"embedding": array}), values


def test_scaler_projection_and_regression_fold_into_one_weight_per_column_and_class():
    table, values = vectors(400)
    inputs = [Input("embedding", f"FLOAT[{WIDTH}]")]
    x = training_frame(table, inputs)
    y = np.digitize(values[:, 0] + values[:, 1], [-1, 1])
    model = pipeline.make_pipeline(
        preprocessing.StandardScaler(),
        decomposition.PCA(50, random_state=0),
        linear_model.LogisticRegression(),
    ).fit(x, y)
    start = time.process_time()
    scores = export_estimator(model, inputs).scores
    sql = [expression.sql("duckdb") for expression in scores]
    assert time.process_time() - start < 5
    assert [text.count("AS DOUBLE") // WIDTH for text in sql] == [1, 1, 1]
    assert max(map(len, sql)) < 50 * WIDTH
    np.testing.assert_allclose(score(scores, table), model.decision_function(x), 1e-9, 1e-9)


def test_a_large_mean_keeps_its_digits_through_a_scaler():
    x = 1.7e9 + np.arange(100) * 1e-3
    columns = Affine.identity([Scalar(feature("x"))]).shifted([x.mean()]).scaled([1 / x.std()])
    scores = score(columns.expressions(), pa.table({"x": x}))[:, 0]
    np.testing.assert_allclose(scores, (x - x.mean()) / x.std(), rtol=1e-12, atol=1e-15)


def test_zero_weights_leave_no_term():
    columns = Affine.identity([Scalar(feature("used")), Scalar(feature("unused"))])
    (expression,) = columns.mapped([[2.0, 0.0]], [1.0]).expressions()
    assert "unused" not in expression.sql()
    assert score([expression], pa.table({"used": [3.0]})) == [[7.0]]


def test_a_map_of_no_columns_is_its_bias():
    (expression,) = Affine.identity([]).mapped(np.zeros((1, 0)), [4.0]).expressions()
    assert score([expression], pa.table({"x": [1.0, 2.0]})).tolist() == [[4.0], [4.0]]


@pytest.mark.parametrize("sql_type", ["DOUBLE[]", "FLOAT[3]", "INTEGER[]"])
def test_a_null_list_or_element_gives_null_and_leaves_other_rows_alone(sql_type):
    columns = Affine.identity([Element(feature("v"), i, 3) for i in range(3)])
    (total,) = columns.shifted([1.0, 1.0, 1.0]).mapped([[1.0, 2.0, 3.0]]).expressions()
    values = "([1, 2, 3]), (NULL), ([1, NULL, 3]), ([4, 5, 6])"
    rows = duckdb.connect().execute(
        f"SELECT {total.sql('duckdb')} FROM (SELECT v::{sql_type} AS v FROM (VALUES {values}) t(v))"
        " AS _row"
    )
    assert rows.fetchall() == [(8.0,), (None,), (None,), (26.0,)]


def test_a_list_of_another_length_is_an_error():
    columns = Affine.identity([Element(feature("v"), i, 3) for i in range(3)])
    with pytest.raises(duckdb.InvalidInputException, match="dimensions must be equal"):
        score(columns.mapped([[1.0, 2.0, 3.0]]).expressions(), pa.table({"v": [[1.0, 2.0]]}))


def test_lookups_of_one_column_are_merged_into_one_case():
    keys = {"a": (1.0, 0.0), "b": (0.0, 1.0), None: (0.0, 0.0)}
    lookups = [Lookup(feature("k"), {k: v[i] for k, v in keys.items()}, None) for i in range(2)]
    (expression,) = Affine.identity(lookups).mapped([[5.0, 7.0]], [0.5]).expressions()
    assert expression.sql().count("CASE") == 1
    scores = score([expression], pa.table({"k": ["a", "b", None, "unknown"]}))[:, 0]
    np.testing.assert_array_equal(scores, [5.5, 7.5, 0.5, np.nan])


def test_a_weight_that_is_not_finite_is_refused():
    columns = Affine.identity([Scalar(double(1.0))]).mapped([[1.0]], [np.inf])
    with pytest.raises(GoldloopError, match="expected a finite number"):
        columns.expressions()
