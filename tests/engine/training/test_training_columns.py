"""Names, types and values of columns that could trip a trainer or the function it leaves."""

import pytest
from rich_rows import rich_rows, store

from goldloop.errors import TrainingDataError

TYPES = ["linear_reg", "logistic_reg", "boosted_tree_regressor", "boosted_tree_classifier"]
NAMES = [
    "with space",
    'with "quotes"',
    "semi;colon -- comment",
    "it's",
    "MixedCase",
    "select",
    "threshold",
    "p",
    "z",
    "ünïcödé",
    "1st",
    "a.b",
    "{{ jinja }}",
]


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("model_type", TYPES)
def test_any_column_name_can_be_feature_and_label(warehouse, model_type, name):
    query = f"select i % 7 as {quoted(name)}, i % 7 > 3 as label from range(40) as r(i)"
    if model_type.endswith(("reg", "regressor")) and "logistic" not in model_type:
        query = query.replace("> 3", "* 2")
    warehouse.build("feature", query, model_type=model_type)
    assert len(set(warehouse.predict("feature", query, "predicted_label"))) > 1
    query = query.replace("as label", "as x").replace(quoted(name), '"y"')
    query = query.replace("as x", f"as {quoted(name)}").replace('"y"', "feature")
    warehouse.build("label", query, model_type=model_type, input_label_cols=[name])
    assert len(set(warehouse.predict("label", query, quoted(f"predicted_{name}")))) > 1


def test_features_are_found_by_name_in_any_case_order_and_company(warehouse):
    query = "select i as Alpha, i % 3 as beta, i * 2 as label from range(40) as r(i)"
    warehouse.build("m", query, model_type="linear_reg")
    plain = warehouse.predict("m", "select 5 as alpha, 2 as beta")
    other = warehouse.predict("m", "select 2::utinyint as BETA, 'extra' as label, 5.0 as ALPHA")
    assert plain == other == [(pytest.approx(10),)]


def test_a_missing_feature_is_an_error_that_names_it(warehouse):
    query = "select i as alpha, i % 3 as beta, i as label from range(40) as r(i)"
    warehouse.build("m", query, model_type="linear_reg")
    with pytest.raises(Exception, match='"beta"'):
        warehouse.predict("m", "select 5 as alpha")


@pytest.mark.parametrize("model_type", [*TYPES, "kmeans"])
def test_no_rows_give_no_predictions(warehouse, model_type):
    query = "select i as x, i % 2 as label from range(40) as r(i)"
    options = {} if model_type != "kmeans" else {"num_clusters": 2}
    warehouse.build("m", query, model_type=model_type, **options)
    assert warehouse.predict("m", f"{query} where false") == []


@pytest.mark.parametrize("model_type", [*TYPES, "kmeans"])
def test_constant_features_train_and_score(warehouse, model_type):
    query = """
        select i as x, 7 as constant, 'same' as word, i % 2 as label
        from range(40) as r(i)
    """
    if model_type == "kmeans":
        query = query.replace(", i % 2 as label", "")
    warehouse.build("m", query, model_type=model_type)
    (known,) = warehouse.predict("m", f"{query} limit 1")
    assert None not in known
    novel = """
        select 1e6 as x, 8 as constant, 'other' as word
    """
    assert None not in warehouse.predict("m", novel)[0]


@pytest.mark.parametrize("model_type", TYPES)
def test_extreme_numbers_keep_predictions_finite(warehouse, model_type):
    query = """
        select i * 1e-250 as tiny, i * 1e30 as huge, (i % 3)::hugeint * 10::hugeint ** 30 as wide,
            1e9 + (i % 5) * 1e-6 as narrow, -i as x, i % 2 as label
        from range(60) as r(i)
    """
    warehouse.build("m", query, model_type=model_type)
    columns = "predicted_label_probs[1].prob" if "logistic" in model_type else "*"
    for row in warehouse.predict("m", query, columns):
        assert all(value == value and abs(value) < 1e6 for value in row if type(value) is float)


@pytest.mark.parametrize("scale", ["1e300", "1e-300", "1e-250"])
def test_a_line_is_found_at_any_scale(warehouse, scale):
    query = f"select (i - 20) * {scale} as x, i as label from range(60) as r(i)"
    warehouse.build("m", query, model_type="linear_reg")
    found = warehouse.predict("m", query)
    assert found == [(pytest.approx(i, abs=1e-9),) for i in range(60)]


@pytest.mark.parametrize("value", ["'nan'::double", "'infinity'::double", "'-infinity'::float"])
@pytest.mark.parametrize("model_type", ["linear_reg", "boosted_tree_regressor", "kmeans"])
def test_nan_and_infinity_are_refused_by_name(warehouse, model_type, value):
    query = f"select if(i = 3, {value}, i) as x, i % 2 as label from range(40) as r(i)"
    with pytest.raises(TrainingDataError, match=r"feature 'x' holds NaN or infinity"):
        warehouse.build("m", query, model_type=model_type)


@pytest.mark.parametrize("value", ["'nan'::double", "'infinity'::double"])
@pytest.mark.parametrize("model_type", ["linear_reg", "boosted_tree_regressor"])
def test_a_label_that_is_not_finite_is_refused(warehouse, model_type, value):
    query = f"select i as x, if(i = 3, {value}, i) as label from range(40) as r(i)"
    with pytest.raises(TrainingDataError, match="label 'label' holds NaN or infinity"):
        warehouse.build("m", query, model_type=model_type)


@pytest.mark.parametrize("label", ["'a'", "true", "current_date", "[1]", "uuid()"])
def test_a_regressor_refuses_a_label_that_is_no_number(warehouse, label):
    query = f"select i as x, {label} as label from range(40) as r(i)"
    with pytest.raises(TrainingDataError, match="linear_reg expects a number"):
        warehouse.build("m", query, model_type="linear_reg")


UNFIT = {
    "interval": "to_days(i::int)",
    "map": "map {'a': i}",
    "list of lists": "[[i]]",
    "json": "to_json(i)",
}


@pytest.mark.parametrize("value", UNFIT.values(), ids=UNFIT)
def test_types_that_no_model_takes_are_refused_by_name(warehouse, value):
    query = f"select i as x, {value} as odd, i as label from range(40) as r(i)"
    with pytest.raises(TrainingDataError, match=r"feature 'odd' is of type .* cast it"):
        warehouse.build("m", query, model_type="linear_reg")


KINDS = {
    "enum": "(['small', 'large'][i % 2 + 1])::enum('small', 'large')",
    "uuid": "['5f0b2f2a-0000-4000-8000-000000000000', '5f0b2f2a-0000-4000-8000-000000000001']"
    "[i % 2 + 1]::uuid",
    "blob": r"['\xAA'::blob, 'text'::blob][i % 2 + 1]",
    "time": "time '01:00' + to_hours((i % 2)::int)",
    "boolean": "i % 2 = 0",
    "decimal": "(i % 2)::decimal(30, 20)",
    "hugeint": "(i % 2)::hugeint",
    "float array": "[i % 2, 1]::float[2]",
    "list of enums": "(if(i % 2 = 0, ['a'], ['b', 'a']))::enum('a', 'b')[]",
    "list of dates": "[date '2024-01-01' + (i % 2)::int]",
    "list of booleans": "[i % 2 = 0]",
    "struct in struct": "{'outer': {'in \"side\"': i % 2}}",
    "timestamp_ns": "(timestamp '2024-01-01' + to_hours((i % 2)::int))::timestamp_ns",
    "timestamp_s": "(timestamp '2024-01-01' + to_hours((i % 2)::int))::timestamp_s",
    "timestamptz": "(timestamptz '2024-01-01 00:00:00+00' + to_hours((i % 2)::int))",
}


@pytest.mark.parametrize("value", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("model_type", ["linear_reg", "boosted_tree_regressor"])
def test_a_feature_of_any_kind_tells_its_two_values_apart(warehouse, model_type, value):
    query = f"select {value} as odd, i % 2 as label from range(60) as r(i)"
    options = {} if model_type == "linear_reg" else {"early_stop": False}
    warehouse.build("m", query, model_type=model_type, **options)
    zero, one = warehouse.predict("m", f"{query} limit 2")
    assert zero[0] == pytest.approx(0, abs=0.05)
    assert one[0] == pytest.approx(1, abs=0.05)
    assert (
        None
        not in warehouse.predict(
            "m", f"select odd from ({query}) where false union all select null"
        )[0]
    )


def test_lists_of_different_lengths_and_of_no_length_are_refused(warehouse):
    query = "select if(i = 3, [1], [1, 2]) as v, i as label from range(40) as r(i)"
    with pytest.raises(TrainingDataError, match=r"array of 2 different lengths \(1, 2\)"):
        warehouse.build("m", query, model_type="linear_reg")
    query = "select null::double[] as v, i as label from range(40) as r(i)"
    with pytest.raises(TrainingDataError, match="feature 'v' is an array that is NULL in every"):
        warehouse.build("m", query, model_type="linear_reg")
    query = "select []::varchar[] as v, i as label from range(40) as r(i)"
    with pytest.raises(TrainingDataError, match="every feature is an array without an element"):
        warehouse.build("m", query, model_type="linear_reg")


def test_dates_out_of_range_are_refused_by_name(warehouse):
    query = (
        "select if(i = 3, 'infinity', '2024-01-01')::date as d, i as label from range(40) as r(i)"
    )
    with pytest.raises(TrainingDataError, match="feature 'd' holds a date that is infinite"):
        warehouse.build("m", query, model_type="linear_reg")


@pytest.mark.parametrize("model_type", TYPES)
def test_functions_and_scores_do_not_depend_on_the_sessions_time_zone(warehouse, model_type):
    rows = rich_rows(600, seed=8)
    labels = [float(row["id"] % 2) for row in rows]
    store(warehouse.con, "training", rows, labels)
    query = "select * exclude (id) from training"
    options = {"max_iterations": 4} if "tree" in model_type else {}
    told = []
    for zone in ("UTC", "Asia/Tokyo", "America/St_Johns"):
        warehouse.con.execute(f"set timezone = '{zone}'")
        warehouse.build(
            "m", query, retrain="always", model_type=model_type, input_label_cols=["y"], **options
        )
        told.append(
            (
                warehouse.rows("select function_sql from goldloop.model_versions order by version")[
                    -1
                ],
                warehouse.rows("select m(t) from training as t order by id"),
            )
        )
    assert told[0] == told[1] == told[2]


@pytest.mark.parametrize("model_type", [*TYPES, "kmeans"])
@pytest.mark.parametrize("settings", [{}, {"preserve_insertion_order": False}])
def test_another_order_of_rows_trains_the_very_same_function(warehouse, model_type, settings):
    rows = rich_rows(600, seed=9)
    store(warehouse.con, "training", rows, [float(row["id"] % 3) for row in rows])
    options = {"max_iterations": 4} if "tree" in model_type else {}
    options |= {} if model_type == "kmeans" else {"input_label_cols": ["y"]}
    for name, value in settings.items():
        warehouse.con.execute(f"set {name} = {value}")
    for order in ("id", "id desc", "hash(id)"):
        warehouse.build(
            "m",
            f"select * exclude (id) from training order by {order}",
            model_type=model_type,
            retrain="always",
            **options,
        )
    found = warehouse.rows(
        "select count(*), count(distinct function_sql) from goldloop.model_versions"
    )
    assert found == [(3, 1)]


QUERIES = {
    "repeated": ("select 1 as x, 2 as x, 3 as label", "column name 'x' is repeated"),
    "repeated in another case": (
        "select 1 as x, 2 as X, 3 as label",
        "column name 'X' is repeated",
    ),
    "reserved": ("select 1 as _row, 3 as label", "column name '_row' is reserved"),
    "no label": ("select 1 as x, 2 as lable", "'label', which the query does not return.*'lable'"),
    "no features": ("select 1 as label", "no feature is left beside label"),
    "no rows": ("select 1 as x, 2 as label where false", "the query returned no rows"),
    "no labels": ("select 1 as x, null::int as label", "every row's label is NULL"),
}


@pytest.mark.parametrize(("query", "fault"), QUERIES.values(), ids=QUERIES)
def test_training_sets_that_cannot_train_say_why(warehouse, query, fault):
    with pytest.raises(TrainingDataError, match=f"Model main.m: .*{fault}"):
        warehouse.build("m", query, model_type="linear_reg")


# From 0.5 on, each of 20 rounds takes 0.3 of the gap, halved by the penalty of 1 on one row's leaf.
SINGLE = {"linear_reg": 7, "boosted_tree_regressor": 7 - 6.5 * (1 - 0.3 / 2) ** 20}


@pytest.mark.parametrize("model_type", SINGLE)
def test_a_single_row_trains(warehouse, model_type):
    query = "select 1 as x, 'a' as word, 7 as label -- a comment at the end"
    warehouse.build("m", query, model_type=model_type)
    (said,) = warehouse.predict("m", "select 1 as x, 'a' as word")
    assert said[0] == pytest.approx(SINGLE[model_type], rel=1e-6)


def test_rows_without_a_label_do_not_train_and_are_counted(warehouse):
    query = "select i as x, if(i < 10, null, i) as label from range(40) as r(i)"
    report = warehouse.build("m", query, model_type="linear_reg")
    assert report.training_rows == 30
    assert ("rows_without_label", 10.0, None) in warehouse.details("m", "training")
