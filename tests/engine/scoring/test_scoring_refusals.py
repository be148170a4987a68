"""What has no SQL form is refused by name, and still scored natively."""

import numpy as np
import pytest
import shop
from sklearn import (
    calibration,
    compose,
    ensemble,
    linear_model,
    multioutput,
    neighbors,
    pipeline,
    preprocessing,
    svm,
)
from sklearn.base import is_classifier
from xgboost import XGBClassifier, XGBRegressor

from goldloop.errors import GoldloopError, NotExpressibleError
from goldloop.scoring.inputs import Input, training_frame
from goldloop.scoring.sklearn import export_estimator

TABLE = shop.rows(120, seed=3)
X = training_frame(TABLE, shop.NUMBERS)
Y = shop.target(TABLE)

REFUSED = [
    (neighbors.KNeighborsRegressor(), "KNeighborsRegressor: it has no SQL form"),
    (calibration.CalibratedClassifierCV(cv=2), "CalibratedClassifierCV: it has no SQL form"),
    (svm.LinearSVC(), "LinearSVC: it has no SQL form"),
    (linear_model.SGDClassifier(), "loss='hinge' has no probabilities"),
    (
        pipeline.Pipeline([("bend", preprocessing.PowerTransformer()), ("fit", svm.SVR())]),
        "Step 'bend': PowerTransformer: it has no SQL form",
    ),
    (
        pipeline.make_pipeline(
            compose.ColumnTransformer(
                [("rank", preprocessing.QuantileTransformer(n_quantiles=9), [0])]
            ),
            linear_model.Ridge(),
        ),
        "Step 'columntransformer': Step 'rank': QuantileTransformer",
    ),
    (
        pipeline.make_pipeline(preprocessing.FunctionTransformer(np.abs), linear_model.Ridge()),
        "a Python function has no SQL form",
    ),
    (
        ensemble.GradientBoostingRegressor(init=linear_model.Ridge(), n_estimators=2),
        "init=Ridge is not a constant",
    ),
    (
        ensemble.HistGradientBoostingRegressor(max_iter=2, categorical_features=[2]),
        "splits on categories",
    ),
    (ensemble.ExtraTreesRegressor(300), "its SQL would have"),
    (XGBRegressor(objective="reg:logistic", n_estimators=2), "'reg:logistic' is not supported"),
    (XGBRegressor(missing=0.0, n_estimators=2), "missing=0.0"),
    (XGBClassifier(booster="gblinear", n_estimators=2), "'gblinear'"),
]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("estimator", "message"), REFUSED, ids=[message for _, message in REFUSED])
def test_what_has_no_sql_form_is_refused_by_name(estimator, message):
    y = np.where(Y > 0, 1, 0) if is_classifier(estimator) else np.clip(Y, 0, 1)
    with pytest.raises(NotExpressibleError, match=message):
        export_estimator(estimator.fit(X, y), shop.NUMBERS)


@pytest.mark.parametrize(
    "estimator", [linear_model.LinearRegression(), ensemble.RandomForestRegressor(2)]
)
def test_several_targets_are_refused(estimator):
    with pytest.raises(NotExpressibleError, match="2 targets, one is supported"):
        export_estimator(estimator.fit(X, np.column_stack([Y, Y])), shop.NUMBERS)


def test_several_labels_are_refused():
    forest = ensemble.RandomForestClassifier(2).fit(X, np.column_stack([Y > 0, Y > 1]))
    with pytest.raises(NotExpressibleError, match="several targets"):
        export_estimator(forest, shop.NUMBERS)
    several = multioutput.MultiOutputClassifier(linear_model.LogisticRegression())
    with pytest.raises(NotExpressibleError, match="MultiOutputClassifier"):
        export_estimator(several.fit(X, np.column_stack([Y > 0, Y > 1])), shop.NUMBERS)


def test_an_estimator_that_is_not_fitted_is_refused():
    with pytest.raises(GoldloopError, match="Ridge is not fitted"):
        export_estimator(linear_model.Ridge(), shop.NUMBERS)


def test_a_column_missing_from_the_inputs_is_named_with_the_nearest():
    model = linear_model.Ridge().fit(X.rename(columns={"ratio": "ratios"}), Y)
    with pytest.raises(GoldloopError, match=r"column 'ratios'.* Did you mean 'ratio'"):
        export_estimator(model, shop.NUMBERS)


def test_another_number_of_columns_is_refused():
    model = linear_model.Ridge().fit(X.to_numpy(), Y)
    with pytest.raises(GoldloopError, match="fitted on 4 columns, but the inputs expand to 7"):
        export_estimator(model, (*shop.NUMBERS, *shop.ARRAY))


def test_text_where_numbers_go_in_is_refused():
    model = linear_model.Ridge().fit(X[["ratio"]].to_numpy(), Y)
    with pytest.raises(NotExpressibleError, match="text where numbers go in"):
        export_estimator(model, shop.TEXTS[:1])


@pytest.mark.parametrize("sql_type", ["DATE", "STRUCT(a INTEGER)", "VARCHAR[]", "BLOB"])
def test_a_type_no_estimator_takes_is_refused(sql_type):
    with pytest.raises(NotExpressibleError, match="Cast it in the query"):
        _ = Input("seen_on", sql_type).kind


def test_a_list_without_a_length_is_refused():
    with pytest.raises(NotExpressibleError, match=r"such as DOUBLE\[512\]"):
        _ = Input("embedding", "DOUBLE[]").columns


def test_lists_of_other_lengths_are_refused():
    with pytest.raises(GoldloopError, match=r"lists of lengths \[3\], expected 4"):
        training_frame(TABLE, [Input("embedding", "FLOAT[]", width=4)])
