import pytest

from goldloop.errors import TrainingDataError

LINEAR = {"model_type": "linear_reg", "input_label_cols": ["y"]}


def points(rows, extra=""):
    return f"select i as x, i * 2 + 1 as y{extra} from range({rows}) as r(i)"


def sides(report):
    return report.training_rows, report.evaluation_rows


@pytest.mark.parametrize("rows", [20, 499])
def test_auto_split_trains_on_all_of_fewer_than_500_rows(warehouse, rows):
    assert sides(warehouse.build("m", points(rows), **LINEAR)) == (rows, 0)


@pytest.mark.parametrize("rows", [500, 20_000, 50_000])
def test_auto_split_holds_out_about_a_fifth_up_to_50_000_rows(warehouse, rows):
    trained, held_out = sides(warehouse.build("m", points(rows), **LINEAR))
    assert trained + held_out == rows
    # Four standard deviations of a draw of a fifth.
    assert abs(held_out - rows / 5) < 4 * (rows * 0.16) ** 0.5


def test_auto_split_holds_out_10_000_of_more_rows(warehouse):
    assert sides(warehouse.build("m", points(50_001), **LINEAR)) == (40_001, 10_000)


def test_rows_without_a_label_do_not_count_for_the_split(warehouse):
    query = "select i as x, if(i % 2 = 0, i, null) as y from range(900) as r(i)"
    assert sides(warehouse.build("m", query, **LINEAR)) == (450, 0)


def test_no_split_trains_on_all(warehouse):
    report = warehouse.build("m", points(2_000), data_split_method="no_split", **LINEAR)
    assert sides(report) == (2_000, 0)


@pytest.mark.parametrize("fraction", [0.1, 0.5])
def test_random_holds_out_about_the_fraction(warehouse, fraction):
    report = warehouse.build(
        "m",
        points(4_000),
        data_split_method="random",
        data_split_eval_fraction=fraction,
        **LINEAR,
    )
    spread = (4_000 * fraction * (1 - fraction)) ** 0.5
    assert abs(report.evaluation_rows - 4_000 * fraction) < 4 * spread


def test_random_holds_out_the_same_rows_in_any_order_and_on_any_number_of_threads(warehouse):
    noisy = "select i as x, hash(i) % 100 as y from range(3_000) as r(i)"
    reports = []
    for threads, order in [(1, "x"), (4, "x desc"), (2, "y, x")]:
        warehouse.con.execute(f"set threads = {threads}")
        reports.append(
            warehouse.build(
                "m",
                f"{noisy} order by {order}",
                data_split_method="random",
                retrain="always",
                **LINEAR,
            )
        )
    assert len({sides(report) for report in reports}) == 1
    # The metrics are of the held-out rows: equal only if these are the same.
    assert len({report.metrics["mean_squared_error"] for report in reports}) == 1


def test_custom_holds_out_true_and_null(warehouse):
    query = points(30, ", [true, false, null][i % 3 + 1] as is_test")
    report = warehouse.build(
        "m", query, data_split_method="custom", data_split_col="Is_Test", **LINEAR
    )
    assert sides(report) == (10, 20)
    assert [feature.name for feature in warehouse.card("m").features] == ["x"]


def test_seq_holds_out_the_last_fraction_and_trains_on_nulls(warehouse):
    query = """
        select i as x, if(day >= 80, 1000, (i % 2) / 1e12) as y, day
        from (select i, if(i < 20, null, (i * 37) % 80 + 20) as day from range(100) as r(i))
    """
    report = warehouse.build(
        "m",
        query,
        data_split_method="seq",
        data_split_col="day",
        data_split_eval_fraction=0.2,
        **LINEAR,
    )
    assert sides(report) == (80, 20)
    assert [feature.name for feature in warehouse.card("m").features] == ["x"]
    # Of days 20 to 99 the last twenty, 80 to 99, are all that have another label.
    assert warehouse.predict("m", "select 5 as x") == [(pytest.approx(0, abs=1e-9),)]
    assert report.metrics["mean_absolute_error"] == pytest.approx(1000)


def test_metrics_are_of_the_held_out_rows(warehouse):
    query = "select i as x, i + if(is_test, 10, 0) as y, is_test from (" + (
        "select i, i % 2 = 0 as is_test from range(60) as r(i))"
    )
    report = warehouse.build(
        "m", query, data_split_method="custom", data_split_col="is_test", **LINEAR
    )
    assert report.metrics["mean_absolute_error"] == pytest.approx(10)


FAULTS = {
    "unknown column": (
        {"data_split_method": "custom", "data_split_col": "is_tets"},
        "data_split_col names the column 'is_tets', which the query does not return.*'is_test'",
    ),
    "not BOOLEAN": (
        {"data_split_method": "custom", "data_split_col": "x"},
        "data_split_col 'x' is BIGINT; CUSTOM expects BOOLEAN",
    ),
    "nothing to train on": (
        {"data_split_method": "custom", "data_split_col": "is_test"},
        "leaves no row to train on",
    ),
}


@pytest.mark.parametrize(("options", "fault"), FAULTS.values(), ids=FAULTS)
def test_splits_that_cannot_be_made_say_why(warehouse, options, fault):
    with pytest.raises(TrainingDataError, match=f"Model main.m: .*{fault}"):
        warehouse.build("m", points(30, ", true as is_test"), **options, **LINEAR)
