"""A model with TRANSFORM scores raw rows as the same model, trained on transformed rows, does."""

import pytest

# Every statistic the functions below need is that of the training rows, written by hand.
CLAUSE = """
    ml.standard_scaler(age) over () as age,
    ml.quantile_bucketize(price, 3) over () as price,
    ml.imputer(colour, 'most_frequent') over () as colour,
    ml.bag_of_words(words, 3, 1) over () as words,
    ml.polynomial_expand(struct(spot.x as x, spot.y as y)) as spot,
    {kept}
"""
TRANSFORMED = """
    select id, (age - (select avg(age) from shop)) / (select stddev_samp(age) from shop) as age,
        case when price is null then null
            when price < (select quantile_disc(price, 0.333333333333) from shop) then 'bin_1'
            when price < (select quantile_disc(price, 0.666666666666) from shop) then 'bin_2'
            else 'bin_3' end as price,
        coalesce(colour, (select mode(colour) from shop)) as colour,
        list_sort(list_filter([
            {{'index': 0, 'value':
                len(list_filter(words, lambda w: w not in ('a', 'b', 'c')))::double}},
            {{'index': 1, 'value': len(list_filter(words, lambda w: w = 'a'))::double}},
            {{'index': 2, 'value': len(list_filter(words, lambda w: w = 'b'))::double}},
            {{'index': 3, 'value': len(list_filter(words, lambda w: w = 'c'))::double}}
        ], lambda e: e.value > 0)) as words,
        {{'x': spot.x::double, 'x_x': (spot.x * spot.x)::double, 'x_y': (spot.x * spot.y)::double,
            'y': spot.y::double, 'y_y': (spot.y * spot.y)::double}} as spot
        {kept}
    from {rows}
"""


def both(sql, train, columns, label=None, **options):
    """Return what the model with TRANSFORM says of raw rows, and the other of transformed ones."""
    kept = f", {label}" if label else ""
    if label and options["model_type"] != "kmeans":
        options["input_label_cols"] = [label]
    clause = CLAUSE.format(kept=label or "").rstrip(", \n")
    train(clause, "select * from shop", **options)
    training = TRANSFORMED.format(rows="shop", kept=kept)
    train(None, f"select * exclude (id) from ({training})", "plain", **options)
    fresh = TRANSFORMED.format(rows="fresh", kept="")
    given = sql(f"select {columns} from ml.predict(model m, table fresh) order by id")
    expected = sql(f"select {columns} from ml.predict(model plain, ({fresh})) order by id")
    assert len(given) == 4
    return given, expected


@pytest.mark.parametrize("model_type", ["linear_reg", "boosted_tree_regressor"])
def test_a_regressor_predicts_alike(sql, train, model_type):
    given, expected = both(sql, train, "predicted_y", "y", model_type=model_type)
    assert [row[0] for row in given] == pytest.approx([row[0] for row in expected], rel=1e-9)


@pytest.mark.parametrize("model_type", ["logistic_reg", "boosted_tree_classifier"])
def test_a_classifier_predicts_alike(sql, train, model_type):
    columns = "predicted_sold, predicted_sold_probs[1].prob"
    given, expected = both(sql, train, columns, "sold", model_type=model_type)
    assert [row[0] for row in given] == [row[0] for row in expected]
    assert [row[1] for row in given] == pytest.approx([row[1] for row in expected], rel=1e-9)


def test_an_estimator_that_is_scored_natively_predicts_alike(sql, train):
    options = {"model_type": "sklearn", "model_class": "sklearn.svm.SVR"}
    clause = "ml.min_max_scaler(age) over () as age, ml.imputer(price, 'mean') over () as price, y"
    train(clause, "select age, price, y from shop", **options)
    prepared = """select
        (age - (select min(age) from shop)) / (select max(age) - min(age) from shop) as age,
        coalesce(price, (select avg(price) from shop)) as price {} from shop"""
    train(None, prepared.format(", y"), "plain", **options)
    given = sql("select predicted_y from ml.predict(model m, table shop) order by all")
    rows = f"({prepared.format('')})"
    expected = sql(f"select predicted_y from ml.predict(model plain, {rows}) order by all")
    assert [row[0] for row in given] == pytest.approx([row[0] for row in expected], rel=1e-9)


def test_attributions_are_of_the_transformed_columns_and_add_up(sql, train):
    train("ml.standard_scaler(age) over () as z, y", "select age, y from shop")
    query = "ml.explain_predict(model m, (select 4.0 as age), struct(5 as top_k_features))"
    ((prediction, baseline, attributions),) = sql(
        f"select predicted_y, baseline_prediction_value, top_feature_attributions from {query}"
    )
    assert [each["feature"] for each in attributions] == ["z"]
    assert baseline + attributions[0]["attribution"] == pytest.approx(prediction)


def test_clusters_are_found_alike(sql, train):
    sql("alter table shop add column start boolean")
    sql("update shop set start = id in (1, 100, 200)")
    # Not their ids: those follow the order of the rows, which is by a hash of their content.
    columns = "nearest_centroids_distance[1].distance"
    options = {"kmeans_init_method": "custom", "kmeans_init_col": "start", "num_clusters": 3}
    given, expected = both(sql, train, columns, "start", model_type="kmeans", **options)
    assert [row[0] for row in given] == pytest.approx([row[0] for row in expected], rel=1e-9)


def test_a_threshold_reaches_the_transformed_row(sql, train):
    train("ml.min_max_scaler(age) over () as age, sold", "select age, sold from shop",
          model_type="logistic_reg", input_label_cols=["sold"])  # fmt: skip
    certain, never = (
        sql(
            "select distinct predicted_sold from ml.predict(model m, table fresh, "
            f"struct({threshold} as threshold)) where age is not null"
        )
        for threshold in (0.0, 1.0)
    )
    assert (certain, never) == ([(True,)], [(False,)])


def test_raw_rows_are_evaluated_and_the_label_is_not_needed_to_predict(sql, train):
    ((*_, metrics),) = train("*, ml.max_abs_scaler(age) over () as part", "select age, y from shop")
    ((mae, *_),) = sql("select * from ml.evaluate(model m, table shop)")
    assert mae == pytest.approx(metrics["mean_absolute_error"])
    assert len(sql("select predicted_y from ml.predict(model m, (select age from fresh))")) == 4


def test_the_card_has_the_raw_columns_that_scoring_reads(session, train):
    train("ml.imputer(price, 'mean') over () + age as both, y")
    features = session.model("m").card().features
    assert [(each.name, each.sql_type) for each in features] == [
        ("age", "DECIMAL(21,1)"), ("price", "BIGINT")
    ]  # fmt: skip


def test_statistics_are_of_the_training_rows_only(sql, train):
    train(
        "ml.min_max_scaler(age) over () as age, y, held",
        "select age, y, id > 150 as held from shop",
        data_split_method="custom",
        data_split_col="held",
    )
    ((age,),) = sql("select age from ml.transform(model m, (select 75.75 as age))")
    # Rows 1 to 150 train: ages 1.5 to 225.
    assert age == pytest.approx((75.75 - 1.5) / (225 - 1.5))


def test_statistics_stay_when_the_table_changes(sql, train):
    train("ml.standard_scaler(age) over () as age, y", "select age, y from shop")
    before = sql("select * from ml.transform(model m, table fresh)")
    sql("delete from shop where id > 2")
    assert sql("select * from ml.transform(model m, table fresh)") == before


def test_functions_of_all_rows_nest(sql, train):
    train("ml.standard_scaler(ml.imputer(price, 'median') over ()) over () as price, y")
    ((of_null,), (of_median,)) = sql(
        "select price from ml.transform(model m, (select unnest([null, 5]) as price))"
    )
    assert of_null == of_median


def test_transformed_columns_are_in_the_list_s_order_and_the_label_only_if_it_is_given(sql, train):
    train("y, ml.bucketize(age, [10, 100]) as bin, colour")
    assert sql("select * from ml.transform(model m, (select 5 as age, 'red' as colour))") == [
        ("bin_1", "red")
    ]
    given = "(select 1 as y, 'red' as colour, 50 as age, 0 as other)"
    assert sql(f"select * from ml.transform(model m, {given})") == [(1, "bin_2", "red")]


def test_a_tuned_model_is_transformed_in_every_trial(sql, train):
    train(
        "ml.min_max_scaler(age) over () as age, y",
        "select age, y from shop",
        num_trials=2,
        max_parallel_trials=1,
    )
    for trial in (1, 2):
        query = f"ml.predict(model m, table fresh, struct({trial} as trial_id))"
        ((predicted,),) = sql(f"select predicted_y from {query} where id = 1")
        assert predicted is not None


def test_bigquery_s_sql_is_read_as_bigquery_means_it(sql):
    sql(
        "create model m transform(extract(dayofweek from d) as day, y) "
        "options(model_type = 'linear_reg', input_label_cols = ['y']) as "
        "select date_add(date '2026-11-22', interval i day) as d, i * 1.0 as y "
        "from unnest([0, 1, 2, 3]) as i",
        "bigquery",
    )
    given = "(select date '2026-11-22' as d)"
    assert sql(f"select * from ml.transform(model m, {given})") == [(1,)]  # a Sunday


def test_hostile_names_are_names(sql, train):
    name = '"x""; drop table shop; --"'
    train(f'{name}, {name} * 2 as "a\'b", y', f"select age as {name}, y from shop")
    ((twice,),) = sql(f'select "a\'b" from ml.transform(model m, (select 2.0 as {name}))')
    assert twice == 4.0
    assert sql("select count(*) from shop") == [(300,)]


def test_a_model_of_nothing_but_a_transformation(sql, train):
    ((_, _, outcome, rows, *_),) = train(
        "ml.standard_scaler(age) over () as age, colour, y", model_type="transform_only"
    )
    assert (outcome, rows) == ("trained", 300)
    ((mean, std),) = sql("select avg(age), stddev_samp(age) from ml.transform(model m, table shop)")
    assert mean == pytest.approx(0, abs=1e-12)
    assert std == pytest.approx(1)


def test_its_parts_go_with_the_model(sql, train):
    train("age, y")
    count = "select count(*) from duckdb_functions() where function_name like 'transform_%'"
    assert sql(count) == [(1,)]
    sql("drop model m")
    assert sql(count) == [(0,)]
