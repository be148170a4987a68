import numpy as np
import pytest
import statsmodels.api as sm

from goldloop.errors import GoldloopError, ModelKindError, OptionError, TrainingDataError

DUMMIES = {"category_encoding_method": "dummy_encoding", "calculate_p_values": True}
COMPLETE = "select * from bqml.penguins where sex in ('MALE', 'FEMALE')"
FEATURES = ["island", "species", "bill_depth_mm", "flipper_length_mm", "sex"]
CHOSEN = f"select {', '.join(FEATURES)}, body_mass_g from ({COMPLETE})"


@pytest.fixture(scope="module")
def linear(train):
    train("linear", "linear_reg")


def by_input(rows, call):
    return {row["processed_input"]: row for row in rows(f"select * from {call}")}


def test_raw_weights_score_rows_by_themselves(linear, rows):
    weights = by_input(rows, "ml.weights(model bqml.linear)")
    row = rows(
        "select *, ml_score from ml.predict(model bqml.linear, (select *, 1 as ml_score "
        "from bqml.penguins where sex = 'MALE' limit 1))"
    )[0]
    score = weights["__INTERCEPT__"]["weight"]
    for name, found in weights.items():
        if found["category_weights"] is not None:
            score += {w["category"]: w["weight"] for w in found["category_weights"]}[row[name]]
        elif name != "__INTERCEPT__":
            score += found["weight"] * row[name]
    assert score == pytest.approx(row["predicted_body_mass_g"], rel=1e-9)


def test_weights_are_in_the_order_of_the_inputs_the_intercept_last(linear, rows):
    names = [row["processed_input"] for row in rows("select * from ml.weights(model bqml.linear)")]
    assert names == [
        "species",
        "island",
        "bill_length_mm",
        "bill_depth_mm",
        "flipper_length_mm",
        "sex",
        "__INTERCEPT__",
    ]


def test_standardised_weights_differ_by_the_spread_of_the_column(linear, rows):
    raw = by_input(rows, "ml.weights(model bqml.linear)")
    standard = by_input(rows, "ml.weights(model bqml.linear, struct(true as standardize))")
    spread = rows("select stddev(flipper_length_mm) as s from bqml.penguins")[0]["s"]
    name = "flipper_length_mm"
    assert standard[name]["weight"] == pytest.approx(raw[name]["weight"] * spread, rel=1e-12)
    assert standard["sex"]["category_weights"] == raw["sex"]["category_weights"]


def test_a_category_of_nulls_is_called_null_filler(linear, rows):
    weights = by_input(rows, "ml.weights(model bqml.linear)")
    categories = [each["category"] for each in weights["sex"]["category_weights"]]
    assert categories == [".", "FEMALE", "MALE", "_null_filler"]


def test_a_multiclass_model_has_weights_a_class(train, rows):
    train("species", "logistic_reg", input_label_cols=["species"])
    found = rows("select distinct class_label from ml.weights(model bqml.species)")
    assert sorted(row["class_label"] for row in found) == ["Adelie", "Chinstrap", "Gentoo"]


def test_the_words_of_an_array_are_categories_of_it(session, rows):
    session.sql(
        "create or replace model bqml.tags options (model_type = 'linear_reg') as "
        "select if(mod(i, 2) = 0, ['even', 'any'], ['any']) as tags, mod(i, 2) as label "
        "from unnest(generate_array(1, 40)) as i"
    )
    found = by_input(rows, "ml.weights(model bqml.tags)")
    assert [each["category"] for each in found["tags"]["category_weights"]] == ["any", "even"]


def expected(session, scale):
    frame = session.connection.sql(CHOSEN).df()
    columns = {"__INTERCEPT__": np.ones(len(frame))}
    for name in FEATURES:
        if frame[name].dtype == object or str(frame[name].dtype) in ("str", "string"):
            counts = frame[name].value_counts()
            for level in sorted(set(frame[name]) - {counts.index[0]}):
                columns[f"{name}={level}"] = (frame[name] == level).to_numpy(float)
        else:
            values = frame[name].to_numpy(float)
            if scale:
                values = (values - values.mean()) / values.std(ddof=1)
            columns[name] = values
    return frame, columns


@pytest.mark.parametrize("scale", [False, True], ids=["raw", "standardised"])
def test_p_values_of_least_squares_are_statsmodels_by_the_normal_distribution(
    session, train, rows, scale
):
    train("tested", "linear_reg", CHOSEN, **DUMMIES)
    frame, columns = expected(session, scale)
    x = np.column_stack(list(columns.values()))
    assert_tested(rows, scale, columns, sm.OLS(frame["body_mass_g"], x).fit(use_t=False))


@pytest.mark.parametrize("scale", [False, True], ids=["raw", "standardised"])
def test_p_values_of_log_odds_are_statsmodels(session, train, rows, scale):
    kept = ["bill_depth_mm", "flipper_length_mm"]
    query = f"select {', '.join(kept)}, body_mass_g > 4200 as is_heavy from ({CHOSEN})"
    train("tested", "logistic_reg", query, **DUMMIES, input_label_cols=["is_heavy"])
    frame, columns = expected(session, scale)
    columns = {name: columns[name] for name in ["__INTERCEPT__", *kept]}
    heavy = (frame["body_mass_g"] > 4200).to_numpy(float)
    fitted = sm.Logit(heavy, np.column_stack(list(columns.values()))).fit(disp=0, tol=1e-12)
    assert_tested(rows, scale, columns, fitted)


def assert_tested(rows, scale, columns, fitted):
    call = f"ml.advanced_weights(model bqml.tested, struct({scale} as standardize))"
    found = {
        row["processed_input"] + (f"={row['category']}" if row["category"] else ""): row
        for row in rows(f"select * from {call}")
    }
    assert found.keys() == columns.keys()
    expectations = zip(
        columns, *map(np.asarray, (fitted.params, fitted.bse, fitted.pvalues)), strict=True
    )
    for name, weight, error, p_value in expectations:
        assert found[name]["weight"] == pytest.approx(weight, rel=1e-5)
        assert found[name]["standard_error"] == pytest.approx(error, rel=1e-5)
        assert found[name]["p_value"] == pytest.approx(p_value, rel=1e-3, abs=1e-12)


def test_p_values_are_of_models_that_calculated_them(linear, session):
    with pytest.raises(ModelKindError, match="CALCULATE_P_VALUES"):
        session.sql("select * from ml.advanced_weights(model bqml.linear)")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"calculate_p_values": True}, "needs category_encoding_method='dummy_encoding'"),
        ({**DUMMIES, "l2_reg": 0.1}, "needs l2_reg=0; it is 0.1"),
        ({**DUMMIES, "l1_reg": 0.1}, "needs l1_reg=0; it is 0.1"),
    ],
)
def test_p_values_need_weights_that_have_some(train, options, words):
    with pytest.raises(OptionError, match=words):
        train("refused", "linear_reg", **options)


def test_p_values_refuse_a_column_that_follows_from_others(train):
    query = f"select *, 2 * bill_depth_mm as twice from ({CHOSEN})"
    with pytest.raises(TrainingDataError, match=r"'(twice|bill_depth_mm)' does from the others"):
        train("refused", "linear_reg", query, **DUMMIES)


def test_p_values_refuse_a_label_of_three_classes(train):
    with pytest.raises(TrainingDataError, match="serves binary models"):
        train("refused", "logistic_reg", CHOSEN, **DUMMIES, input_label_cols=["species"])


def test_weights_are_refused_of_other_types(train, session):
    train("trees", "boosted_tree_regressor", max_iterations=2)
    with pytest.raises(GoldloopError, match="serves linear_reg, logistic_reg"):
        session.sql("select * from ml.weights(model bqml.trees)")
