import contextlib
import threading
import uuid

import duckdb
import numpy as np
import pyarrow as pa
import pytest
import shop
from sklearn import (
    compose,
    gaussian_process,
    impute,
    linear_model,
    neighbors,
    pipeline,
    preprocessing,
    svm,
)
from xgboost import XGBClassifier

from goldloop.errors import GoldloopError, NotExpressibleError
from goldloop.registry.names import ModelName
from goldloop.scoring.at_hand import AtHand
from goldloop.scoring.function import create_function
from goldloop.scoring.inputs import Input, training_frame
from goldloop.scoring.native import (
    ESTIMATORS as AT_HAND,
)
from goldloop.scoring.native import (
    NativeSignature,
    dump_estimator,
    load_estimator,
    native_call,
    native_prediction,
    register,
)

TABLE = shop.rows(200, seed=4)
TARGET = shop.target(TABLE)
PROBES = pa.concat_tables([shop.rows(3000, seed=5), shop.rows(100, seed=6, missing=0.1)])
MODEL = ModelName("main", "native_model")


def mixed(estimator):
    return pipeline.make_pipeline(
        compose.ColumnTransformer(
            [
                ("count", impute.SimpleImputer(), ["count"]),
                ("texts", preprocessing.OneHotEncoder(handle_unknown="ignore"), ["colour", "size"]),
                ("rest", preprocessing.StandardScaler(), ["opened_at", "embedding_2"]),
            ]
        ),
        estimator,
    )


ESTIMATORS = [
    (mixed(neighbors.KNeighborsRegressor()), shop.EVERYTHING, TARGET),
    (mixed(neighbors.KNeighborsClassifier(15)), shop.EVERYTHING, np.digitize(TARGET, [-1, 1])),
    (neighbors.KNeighborsClassifier(9), shop.ARRAY, np.where(TARGET > 0, "good", "bad")),
    (svm.SVR(), shop.NUMBERS, TARGET),
    (XGBClassifier(n_estimators=3, n_jobs=1), shop.NUMBERS, (TARGET > 0).astype(int)),
    (
        pipeline.make_pipeline(
            preprocessing.OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1),
            neighbors.KNeighborsRegressor(),
        ),
        shop.TEXTS,
        TARGET,
    ),
]


@pytest.fixture
def warehouse():
    """A connection, and where its stored estimators are."""
    con, stored = duckdb.connect(), {}
    con.register("shop_rows", PROBES)
    con.execute("CREATE TABLE probes AS FROM shop_rows")
    register(con, stored.__getitem__)
    yield con, stored
    con.close()


def fitted(estimator, inputs, target, names=True):
    x = training_frame(TABLE, inputs)
    return estimator.fit(x if names else x.to_numpy(), target)


def store(stored, estimator, inputs):
    version_id = str(uuid.uuid4())
    stored[version_id] = (dump_estimator(estimator), NativeSignature.of(inputs))
    return version_id


def scored(con, rows="probes"):
    query = f"SELECT {MODEL.sql()}(src) FROM (SELECT * FROM {rows}) AS src"
    return [row for (row,) in con.execute(query).fetchall()]


def expected(estimator, x):
    """Return a list of numbers per row, None where the estimator refuses the row."""
    ask = getattr(estimator, "predict_proba", estimator.predict)
    complete = ~x.isna().any(axis=1).to_numpy()
    answers = np.full(len(x), None, dtype=object)
    for i, answer in zip(np.flatnonzero(complete), ask(x[complete]), strict=True):
        answers[i] = np.atleast_1d(answer)
    for i in np.flatnonzero(~complete):
        with contextlib.suppress(ValueError):
            answers[i] = np.ravel(ask(x.iloc[[i]]))
    return answers


def numbers_of(row, classes):
    if classes is None:
        return None if row["predicted_y"] is None else [row["predicted_y"]]
    shares = {pair["label"]: pair["prob"] for pair in row["predicted_y_probs"]}
    return None if None in shares.values() else [shares[label] for label in classes.tolist()]


@pytest.mark.parametrize(("estimator", "inputs", "target"), ESTIMATORS)
def test_a_stored_estimator_scores_as_it_does_in_python(warehouse, estimator, inputs, target):
    con, stored = warehouse
    model = fitted(estimator, inputs, target)
    version_id = store(stored, model, inputs)
    con.execute(create_function(MODEL, native_prediction(version_id, inputs, model), "y"))
    rows = scored(con)
    library = expected(model, training_frame(PROBES, inputs))
    classes = getattr(model, "classes_", None)
    for row, answer in zip(rows, library, strict=True):
        scores = numbers_of(row, classes)
        assert (scores is None) == (answer is None)
        np.testing.assert_allclose(scores or [], [] if answer is None else answer, atol=1e-9)
    assert scored(con, "probes LIMIT 0") == []


def test_an_estimator_fitted_without_names_is_scored_by_position(warehouse):
    con, stored = warehouse
    inputs = (*shop.NUMBERS[:1], *shop.ARRAY)
    model = fitted(neighbors.KNeighborsRegressor(), inputs, TARGET, names=False)
    version_id = store(stored, model, inputs)
    con.execute(create_function(MODEL, native_prediction(version_id, inputs, model), "y"))
    x = training_frame(PROBES, inputs)
    complete = ~x.isna().any(axis=1).to_numpy()
    scores = np.array([row["predicted_y"] for row in scored(con)], dtype=float)
    np.testing.assert_allclose(scores[complete], model.predict(x[complete].to_numpy()))
    assert np.isnan(scores[~complete]).all()


@pytest.mark.parametrize("classes", [2, 5])
def test_a_classifier_is_called_once_a_row_however_many_classes(warehouse, classes, monkeypatch):
    con, _ = warehouse
    target = np.digitize(TARGET, np.quantile(TARGET, np.linspace(0, 1, classes + 1)[1:-1]))
    model = fitted(neighbors.KNeighborsClassifier(), shop.ARRAY, target)
    asked = []
    predict_proba = model.predict_proba
    monkeypatch.setattr(
        model, "predict_proba", lambda x: (asked.append(len(x)), predict_proba(x))[1]
    )
    AT_HAND.put("counted", (model, NativeSignature.of(shop.ARRAY)))
    con.execute(create_function(MODEL, native_prediction("counted", shop.ARRAY, model), "y"))
    con.execute(f"CREATE TABLE o AS SELECT unnest({MODEL.sql()}(s)) FROM probes AS s").fetchall()
    assert sum(asked) == len(PROBES)


def test_rows_of_several_versions_and_of_none_are_scored_in_one_batch(warehouse):
    con, stored = warehouse
    inputs = shop.NUMBERS[1:2]
    x = training_frame(TABLE, inputs)
    versions = [
        store(stored, linear_model.LinearRegression().fit(x, x["ratio"] * factor), inputs)
        for factor in (1.0, 10.0)
    ]
    con.execute("CREATE TABLE mixed (version VARCHAR, ratio DOUBLE)")
    con.executemany(
        "INSERT INTO mixed VALUES (?, ?)",
        [
            (versions[0], 1.0),
            (versions[1], 1.0),
            (None, 1.0),
            (versions[0], 2.0),
            (versions[1], 3.0),
        ],
    )
    rows = con.execute("SELECT goldloop_native(version, [ratio], [], []).value FROM mixed")
    values = [value for (value,) in rows.fetchall()]
    assert values[2] is None
    assert [value for value in values if value is not None] == pytest.approx([1, 10, 2, 30])


def test_registering_again_is_harmless_and_newer_loaders_are_asked(warehouse):
    con, stored = warehouse
    model = fitted(svm.SVR(), shop.NUMBERS, TARGET)
    version_id = store(stored, model, shop.NUMBERS)
    later = {}
    register(con, later.__getitem__)
    later_id = store(later, model, shop.NUMBERS)
    for each in (version_id, later_id):
        call = native_call(each, shop.NUMBERS).sql("duckdb")
        assert con.execute(f"SELECT {call} FROM probes AS _row LIMIT 1").fetchall()[0][0]


def test_the_loader_of_a_closed_connection_is_forgotten(warehouse):
    con, stored = warehouse
    closed = duckdb.connect()
    register(closed, lambda version_id: closed.cursor().execute("SELECT 1").fetchall()[0])
    closed.close()
    version_id = store(stored, fitted(svm.SVR(), shop.NUMBERS, TARGET), shop.NUMBERS)
    call = native_call(version_id, shop.NUMBERS).sql("duckdb")
    assert con.execute(f"SELECT {call} FROM probes AS _row LIMIT 1").fetchall()[0][0]


def test_an_unknown_version_is_an_error_that_names_it(warehouse):
    con, _ = warehouse
    call = native_call("lost-version", shop.NUMBERS).sql("duckdb")
    with pytest.raises(duckdb.Error, match=r"No estimator of version lost-version is stored"):
        con.execute(f"SELECT {call} FROM probes AS _row").fetchall()


def test_a_call_with_too_few_values_is_an_error_that_names_the_inputs(warehouse):
    con, stored = warehouse
    version_id = store(stored, fitted(svm.SVR(), shop.NUMBERS, TARGET), shop.NUMBERS)
    with pytest.raises(duckdb.Error, match=r"lengths \[1\], expected 4 \(opened_at, ratio"):
        con.execute("SELECT goldloop_native(?, [1.0], [], [])", [version_id]).fetchall()


def test_cursors_on_two_threads_load_and_score_at_once(warehouse):
    con, _ = warehouse
    con.execute("CREATE TABLE artifacts (version_id VARCHAR, estimator BLOB)")
    model = fitted(neighbors.KNeighborsClassifier(), shop.ARRAY, (TARGET > 0).astype(int))
    version_ids = [str(uuid.uuid4()) for _ in range(4)]
    blob = dump_estimator(model)
    con.executemany("INSERT INTO artifacts VALUES (?, ?)", [(each, blob) for each in version_ids])

    def load(version_id):
        query = "SELECT estimator FROM artifacts WHERE version_id = ?"
        found = con.cursor().execute(query, [version_id]).fetchall()
        if not found:
            raise LookupError(version_id)
        return found[0][0], NativeSignature.of(shop.ARRAY)

    register(con, load)
    call = {each: native_call(each, shop.ARRAY).sql("duckdb") for each in version_ids}
    counts, errors = [], []

    def work():
        cursor = con.cursor()
        try:
            for each in version_ids:
                query = f"SELECT count({call[each]}.scores[1]) FROM probes AS _row"
                counts.extend(cursor.execute(query).fetchall())
        except Exception as error:  # the main thread asserts there is none
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert errors == []
    assert len(counts) == 8
    assert len(set(counts)) == 1


def test_the_least_used_estimators_leave_the_cache():
    at_hand = AtHand("estimator", str, capacity=2)
    at_hand.put("first", "first")
    at_hand.put("second", "second")
    at_hand.find("first")
    at_hand.put("third", "third")
    assert at_hand.find("first") == "first"
    with pytest.raises(GoldloopError, match="No estimator of version second"):
        at_hand.find("second")


def test_what_is_not_at_hand_is_loaded_from_the_warehouse_that_has_it():
    def closed(version_id):
        raise duckdb.ConnectionException("closed")

    def elsewhere(version_id):
        raise LookupError("not here")

    at_hand = AtHand("estimator", str.upper)
    for loader in ({"first": "stored"}.__getitem__, elsewhere, closed):
        at_hand.add_loader(loader)
    assert at_hand.find("first") == "STORED"
    with pytest.raises(GoldloopError, match="not here"):
        at_hand.find("second")


def test_a_signature_survives_json():
    signature = NativeSignature.of([*shop.EVERYTHING, Input("list", "DOUBLE[]", 7)])
    assert NativeSignature.from_json(signature.to_json()) == signature


def test_a_stored_estimator_survives_with_classes_of_several_libraries():
    model = pipeline.make_pipeline(
        preprocessing.FunctionTransformer(np.log1p),
        gaussian_process.GaussianProcessRegressor(optimizer=None),
    )
    x = np.random.default_rng(0).random((30, 2))
    model.fit(x, x[:, 0])
    np.testing.assert_array_equal(
        load_estimator(dump_estimator(model)).predict(x), model.predict(x)
    )


def harmless(x):
    return x


@pytest.mark.parametrize("function", [harmless, np.load], ids=["of the user", "of NumPy"])
def test_an_estimator_that_would_run_a_function_is_not_stored(function):
    step = preprocessing.FunctionTransformer(function)
    with pytest.raises(GoldloopError, match=function.__name__):
        dump_estimator(pipeline.make_pipeline(step, svm.SVR()))


def test_a_classifier_without_probabilities_is_refused_with_the_way_out():
    model = svm.LinearSVC().fit(training_frame(TABLE, shop.ARRAY), TARGET > 0)
    with pytest.raises(NotExpressibleError, match=r"LinearSVC.*CalibratedClassifierCV"):
        native_prediction("v", shop.ARRAY, model)
