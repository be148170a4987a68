"""One battery for every estimator: fitted, exported, run by DuckDB and compared row by row."""

import warnings

import duckdb
import numpy as np
import pytest
import shop
from estimators import ESTIMATORS, NONE, NUMBER, POSITIVE, TWO
from sklearn.base import clone

from goldloop.registry.names import ModelName
from goldloop.scoring.function import create_function
from goldloop.scoring.inputs import training_frame
from goldloop.scoring.prediction import Classification, Clustering, Projection
from goldloop.scoring.sklearn import export_estimator

TRAINING_ROWS = 150
# XGBoost adds its leaves and takes its exponentials in single precision.
FLOAT32 = 1e-6
# Two ways to fill gaps: what differs between them depends on a missing value.
EMBEDDED = ["embedding_0", "embedding_1", "embedding_2"]
FILLERS = [
    {"opened_at": 1.7e9, "ratio": 0.1, "count": 0.0, "is_new": 0.0, "colour": "red", "size": "S"}
    | dict.fromkeys(EMBEDDED, -1.0),
    {"opened_at": 1.8e9, "ratio": 4.0, "count": 8.0, "is_new": 1.0, "colour": "grey", "size": "L"}
    | dict.fromkeys(EMBEDDED, 1.0),
]
NAME = ModelName("main", "scored")


def fitted(estimator, inputs, target):
    table = shop.rows(TRAINING_ROWS, seed=1)
    x = training_frame(table, inputs)
    y = shop.target(table)
    values = {
        NUMBER: y,
        POSITIVE: np.exp(y / 4),
        TWO: (y > 0).astype(int),
        "three": np.digitize(y, [-1, 1]),
        NONE: None,
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return clone(estimator).fit(x, values[target])


def scored(prediction, table):
    """Return a row of numbers for each row of `table`, NaN for NULL."""
    con = duckdb.connect(config={"threads": 1})
    con.execute(create_function(NAME, prediction, "y"))
    con.register("probes", table)
    query = "SELECT scored(src) FROM (SELECT * FROM probes {}) AS src"
    assert con.execute(query.format("LIMIT 0")).fetchall() == []
    rows = con.execute(query.format("")).fetchall()
    return np.array([_numbers(prediction, row) for (row,) in rows], dtype=float)


def _numbers(prediction, row):
    match prediction:
        case Classification(classes):
            shares = {pair["label"]: pair["prob"] for pair in row["predicted_y_probs"]}
            return [shares[label] for label in classes]
        case Clustering():
            return [pair["DISTANCE"] for pair in row["NEAREST_CENTROIDS_DISTANCE"]]
        case Projection():
            return list(row.values())
    return [row["predicted_y"]]


def expected(estimator, prediction, x):
    """Return what the estimator says of each row, NaN where it refuses the row."""
    asked = {
        Classification: getattr(estimator, "predict_proba", None),
        Clustering: lambda x: np.sort(estimator.transform(x))[:, :5],
        Projection: getattr(estimator, "transform", None),
    }.get(type(prediction), getattr(estimator, "predict", None))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        answers = _answers(asked, x)
    width = max(len(row) for row in answers if row is not None)
    return np.array([np.full(width, np.nan) if row is None else row for row in answers])


def _answers(asked, x):
    try:
        return list(np.asarray(asked(x), dtype=float).reshape(len(x), -1))
    except ValueError:
        if len(x) == 1:
            return [None]
        middle = len(x) // 2
        return _answers(asked, x.iloc[:middle]) + _answers(asked, x.iloc[middle:])


@pytest.mark.parametrize(
    ("estimator", "inputs", "target"),
    [pytest.param(*case[1:], id=case[0]) for case in ESTIMATORS],
)
def test_sql_scores_as_the_estimator_does(estimator, inputs, target):
    model = fitted(estimator, inputs, target)
    prediction = export_estimator(model, inputs)
    table = shop.probes()
    x = training_frame(table, inputs)
    scores, library = scored(prediction, table), expected(model, prediction, x)
    tolerance = FLOAT32 if "xgboost" in str(type(_last(model))) else 1e-9
    # A row the estimator refuses is NULL, unless its missing values make no difference.
    refused = np.isnan(library).all(axis=1) & ~np.isnan(scores).all(axis=1)
    for filler in FILLERS:
        if refused.any():
            library[refused] = expected(model, prediction, x[refused].fillna(filler))
        np.testing.assert_allclose(scores, library, rtol=tolerance, atol=tolerance)


def _last(model):
    return model.steps[-1][1] if hasattr(model, "steps") else model
