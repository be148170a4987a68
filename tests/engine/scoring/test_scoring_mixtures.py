"""A mixture of regressions: better where the number depends on a class, and in SQL alike."""

import numpy as np
import pyarrow as pa
import pytest
from duckdb_scores import score
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from goldloop import MixtureRegressor
from goldloop.errors import NotExpressibleError
from goldloop.scoring.inputs import Input, training_frame
from goldloop.scoring.sklearn import export_estimator

WIDTH = 16


def three_slopes(rows=600):
    random = np.random.default_rng(5)
    values = random.normal(size=(rows, WIDTH)).astype(np.float32)
    array = pa.FixedSizeListArray.from_arrays(pa.array(values.ravel()), WIDTH)
    classes = np.digitize(values[:, 0], [-0.5, 0.5])
    slopes = np.array([-2.0, 0.0, 3.0])[classes]
    y = slopes * values[:, 1] + classes + random.normal(size=rows) * 0.1
    return pa.table({"embedding": array}), y, np.array(["low", "none", "high"])[classes]


def fitted(table, y, classes):
    inputs = [Input("embedding", f"FLOAT[{WIDTH}]")]
    x = training_frame(table, inputs)
    model = make_pipeline(
        StandardScaler(),
        PCA(12, random_state=0),
        MixtureRegressor(LogisticRegression(), Ridge(1.0)),
    )
    return model.fit(x, y, mixtureregressor__classes=classes), x, inputs


def test_sql_predicts_what_the_mixture_predicts():
    table, y, classes = three_slopes()
    model, x, inputs = fitted(table, y, classes)
    expression = export_estimator(model, inputs).value
    found = score([expression], table)[:, 0]
    np.testing.assert_allclose(found, model.predict(x), rtol=1e-9, atol=1e-9)


def test_a_mixture_explains_slopes_that_one_regression_cannot():
    table, y, classes = three_slopes()
    model, x, _ = fitted(table, y, classes)
    assert model.score(x, y) > Ridge().fit(x, y).score(x, y) + 0.2


def test_two_classes_are_refused_with_the_reason():
    table, y, classes = three_slopes()
    model, _, inputs = fitted(table, y, classes == "none")
    with pytest.raises(NotExpressibleError, match="three or more"):
        export_estimator(model, inputs)
