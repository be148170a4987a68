"""MODEL_TYPE SKLEARN: any estimator, its parameters as options, its scores the library's."""

import sys
import types

import numpy as np
import pandas as pd
import pytest
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.calibration import CalibratedClassifierCV
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.svm import SVR

from goldloop.errors import OptionError, TrainingDataError
from goldloop.scoring import allowed_estimators
from goldloop.scoring.stored_estimators import load_estimator

ROWS = 120
FEATURES = ["age", "flag", "brand"]


@pytest.fixture
def frame(warehouse):
    random = np.random.default_rng(0)
    frame = pd.DataFrame(
        {
            "age": np.where(random.random(ROWS) < 0.1, np.nan, random.normal(3, 2, ROWS)),
            "flag": random.random(ROWS) < 0.5,
            "brand": random.choice(["fix", "nova", None], ROWS),
            "wear": [list(map(float, random.normal(size=3))) for _ in range(ROWS)],
        }
    )
    frame["cost"] = frame["age"].fillna(3) * 2 + frame["flag"] * 3 + random.normal(size=ROWS)
    frame["tier"] = np.select([frame["cost"] < 4, frame["cost"] < 9], ["low", "mid"], "top")
    warehouse.con.execute("create table t as select * from frame order by cost")
    return frame.sort_values("cost", ignore_index=True)


def build(warehouse, model_class, label="cost", columns="age, flag, brand", **options):
    labelled = {"input_label_cols": [label]} if label else {}
    warehouse.build(
        "m",
        f"select {columns}{', ' + label if label else ''} from t",
        model_type="sklearn",
        model_class=model_class,
        data_split_method="no_split",
        **labelled,
        **options,
    )


def prepared(estimator):
    numbers = make_pipeline(SimpleImputer(), StandardScaler())
    encoder = OneHotEncoder(handle_unknown="ignore", sparse_output=False)
    columns = [("n", numbers, ["age", "flag"]), ("c", encoder, ["brand"])]
    return make_pipeline(ColumnTransformer(columns), estimator)


def features(frame):
    brand = [np.nan if brand is None else brand for brand in frame["brand"]]
    return frame[["age", "flag"]].astype(float).assign(brand=pd.Series(brand, dtype=object))


SCORED = "select age, flag, brand from t union all values (null, null, null), (1e6, true, 'unseen')"


def scored_frame(frame):
    extra = pd.DataFrame({"age": [np.nan, 1e6], "flag": [np.nan, 1.0], "brand": [np.nan, "unseen"]})
    return pd.concat([features(frame), extra], ignore_index=True)


@pytest.mark.parametrize(
    ("model_class", "estimator", "options", "scoring"),
    [
        ("sklearn.linear_model.Ridge", Ridge(2.5), {"alpha": 2.5}, "sql"),
        ("sklearn.svm.SVR", SVR(kernel="rbf", C=3), {"kernel": "rbf", "c": 3}, "native"),
    ],
)
def test_a_regressor_scores_as_the_library_does(
    warehouse, frame, model_class, estimator, options, scoring
):
    from goldloop.registry.artifacts import register_native

    register_native(warehouse.con)
    build(warehouse, model_class, **options)
    fitted = prepared(estimator).fit(features(frame), frame["cost"])
    found = [row[0] for row in warehouse.predict("m", SCORED)]
    assert warehouse.card("m").scoring == scoring
    assert found == pytest.approx(fitted.predict(scored_frame(frame)), rel=1e-9)


def test_a_classifier_without_probabilities_is_calibrated(warehouse, frame):
    from goldloop.registry.artifacts import register_native

    register_native(warehouse.con)
    build(warehouse, "sklearn.svm.SVC", "tier", C=2)
    card = warehouse.card("m")
    assert (card.scoring, card.classes) == ("native", ("low", "mid", "top"))
    assert card.problem_type == "multiclass_classification"
    found = warehouse.predict("m", SCORED, "predicted_tier, predicted_tier_probs")
    (blob,) = warehouse.rows("select estimator from goldloop.artifacts")[0]
    stored = load_estimator(blob)
    assert isinstance(stored[-1], CalibratedClassifierCV)
    assert stored[-1].estimator.C == 2
    theirs = stored.predict_proba(scored_frame(frame))
    classes = np.array(["low", "mid", "top"])
    for (predicted, shares), row in zip(found, theirs, strict=True):
        by_label = {each["label"]: each["prob"] for each in shares}
        assert [by_label[label] for label in classes] == pytest.approx(row, rel=1e-9)
        assert predicted == classes[row.argmax()]
    assert np.mean(classes[theirs.argmax(axis=1)][:ROWS] == frame["tier"]) > 0.6


def test_a_classifier_with_an_sql_form_is_written_in_sql(warehouse, frame):
    build(warehouse, "sklearn.tree.DecisionTreeClassifier", "tier", max_depth=3)
    assert warehouse.card("m").scoring == "sql"
    metrics = warehouse.card("m").metrics
    assert metrics["accuracy"] > 0.8


def test_a_clusterer_and_a_transformer_need_no_label(warehouse, frame):
    build(warehouse, "sklearn.cluster.KMeans", None, n_clusters=3)
    assert warehouse.card("m").problem_type == "clustering"
    assert {row[0] for row in warehouse.predict("m", SCORED)} <= {1, 2, 3}
    build(warehouse, "sklearn.decomposition.PCA", None, n_components=2)
    assert warehouse.card("m").problem_type == "projection"
    assert len(warehouse.predict("m", SCORED)[0]) == 2


def test_an_array_counts_as_its_elements(warehouse, frame):
    build(warehouse, "sklearn.linear_model.LinearRegression", columns="wear, age")
    found = [row[0] for row in warehouse.predict("m", "select wear, age from t limit 5")]
    assert all(value is not None for value in found)


def test_the_same_build_is_the_same_model(warehouse, frame):
    options = {"n_estimators": 5, "max_depth": 2}
    build(warehouse, "sklearn.ensemble.RandomForestRegressor", **options)
    first = warehouse.predict("m", SCORED)
    build(warehouse, "sklearn.ensemble.RandomForestRegressor", **options, retrain="always")
    assert warehouse.predict("m", SCORED) == first


class Constant(RegressorMixin, BaseEstimator):
    """A user's own estimator."""

    def __init__(self, value=1.0):
        self.value = value

    def fit(self, x, y):
        self.is_fitted_ = True
        return self

    def predict(self, x):
        return np.full(len(x), self.value)


@pytest.fixture
def own_package(monkeypatch):
    module = types.ModuleType("own_package")
    module.Constant = Constant
    monkeypatch.setattr(Constant, "__module__", "own_package")
    monkeypatch.setitem(sys.modules, "own_package", module)
    monkeypatch.setattr(allowed_estimators, "_allowed", {"sklearn"})


def test_an_estimator_of_another_package_must_be_allowed(warehouse, frame, own_package):
    from goldloop.registry.artifacts import register_native
    from goldloop.scoring.estimator_cache import ESTIMATORS

    with pytest.raises(OptionError, match="which is not allowed; expected a class of sklearn"):
        build(warehouse, "own_package.Constant")
    allowed_estimators.allow_estimators(["own_package"])
    register_native(warehouse.con)
    build(warehouse, "own_package.Constant", value=7.5)
    ESTIMATORS.clear()  # as another process would, it reads what is stored
    assert warehouse.predict("m", SCORED)[0] == (7.5,)


@pytest.mark.parametrize("name", ["os.system", "sklearn.utils.Bunch", "sklearn.nothing.Here"])
def test_what_is_no_estimator_is_refused(warehouse, frame, name):
    with pytest.raises(OptionError, match=f"option model_class is '{name}'"):
        build(warehouse, name)


REFUSED = {
    "no class": ({"model_class": None}, "sklearn needs option model_class"),
    "not dotted": ({"model_class": "SVC"}, "Did you mean 'sklearn.svm.SVC'?"),
    "another module": (
        {"model_class": "sklearn.linear.Ridge"},
        "Did you mean 'sklearn.linear_model.Ridge'?",
    ),
    "an unknown parameter": ({"alhpa": 1}, "sklearn has no option 'alhpa'"),
    "the nearest parameter": ({"alhpa": 1}, "Did you mean 'alpha'?"),
    "a bad value": ({"alpha": "much"}, "The 'alpha' parameter of Ridge must be"),
    "no label": ({"input_label_cols": None}, "learns from a label; name its column"),
    "a label too many": (
        {"model_class": "sklearn.cluster.KMeans"},
        "KMeans learns without a label; drop input_label_cols",
    ),
}


@pytest.mark.parametrize(("options", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_refused(warehouse, frame, options, said):
    given = {
        "model_type": "sklearn",
        "model_class": "sklearn.linear_model.Ridge",
        "input_label_cols": ["cost"],
        **options,
    }
    with pytest.raises((OptionError, TrainingDataError)) as raised:
        warehouse.build("m", "select age, flag, brand, cost from t", **given)
    assert said in str(raised.value)


def test_a_column_of_another_type_is_refused_with_the_fix(warehouse, frame):
    with pytest.raises(TrainingDataError, match=r"'day' is of type DATE, .* Cast it"):
        build(warehouse, "sklearn.linear_model.Ridge", columns="age, current_date as day")


def test_a_profile_allows_estimators_through_the_plugin(own_package):
    from goldloop.dbt.plugin import Plugin

    Plugin("goldloop", {"allowed_estimators": ["own_package.Constant"]})
    assert allowed_estimators.is_allowed("own_package.Constant")
    assert not allowed_estimators.is_allowed("own_package.Other")
    with pytest.raises(OptionError, match="has no config 'allowed_estimator'; expected"):
        Plugin("goldloop", {"allowed_estimator": ["own_package"]})


def test_a_session_allows_estimators(own_package):
    import goldloop

    goldloop.connect(allowed_estimators=["own_package"]).close()
    assert allowed_estimators.is_allowed("own_package.Constant")
    with pytest.raises(OptionError, match="allowed_estimators has 'own package'"):
        goldloop.connect(allowed_estimators=["own package"])


def test_a_session_scores_natively_what_it_trained(warehouse, frame):
    import goldloop

    session = goldloop.connect(warehouse.con)
    session.sql(
        "create model main.m options (model_type = 'sklearn', model_class = 'sklearn.svm.SVC',"
        " input_label_cols = ['tier']) as select age, flag, tier from t"
    )
    found = session.sql("select predicted_tier from ml.predict(model main.m, table t)").fetchall()
    assert {tier for (tier,) in found} <= {"low", "mid", "top"}
