"""A small training set and options for each model type, and the rows each is tried on.

`SUPPORT` is a SQL script; every recipe trains on a query over its tables.
"""

from dataclasses import dataclass

SUPPORT = """
create table rows as
select
    i as id,
    if(mod(i, 17) = 0, null, cast(mod(i * 37, 101) as float64) / 7) as amount,
    mod(i * 13, 29) as pieces,
    if(mod(i, 19) = 0, null, ['red', 'green', "it's blue"][offset(mod(i * 5, 3))]) as colour,
    mod(i, 4) = 1 as is_new,
    date_add(date '2026-01-01', interval mod(i, 3) day) as bought,
    timestamp_add(timestamp '2026-01-01 08:00:00', interval i * 7 hour) as seen_at,
    2.0 * mod(i * 37, 101) / 7 + mod(i * 13, 29) + if(mod(i * 5, 3) = 0, 5, 0) as price,
    if(mod(i * 37, 101) + mod(i * 7, 11) > 50, 'yes', 'no') as answer,
    ['low', 'mid', 'top'][offset(cast(floor(mod(i * 37, 101) / 34) as int64))] as class
from unnest(generate_array(1, 120)) as i;

create table ratings as
select
    concat('u', cast(mod(i, 12) as string)) as user,
    mod(i * 7, 10) as item,
    cast(mod(mod(i, 12) * mod(i * 7, 10), 5) + 1 as float64) as rating
from unnest(generate_array(1, 100)) as i;

create table days as
select
    series,
    timestamp_add(timestamp '2026-01-01 00:00:00', interval i day) as day,
    10.0 + i * 0.3 + 4 * sin(2 * acos(-1) * i / 7) + if(series = 'b', 20, 0) as sold,
    cast(mod(i * 3, 11) as float64) as price
from unnest(generate_array(1, 90)) as i, unnest(['a', 'b']) as series;

create table sales as
select
    ['north', 'south'][offset(mod(i, 2))] as region,
    ['pens', 'inks', 'pads'][offset(mod(i, 3))] as product,
    mod(i, 5) < 2 as is_test,
    cast(mod(i * 11, 17) + 1 as int64) as sold,
    cast(mod(i * 5, 7) + 1 as int64) as visits
from unnest(generate_array(1, 200)) as i;
"""

FEATURES = "amount, pieces, colour, is_new, bought"


@dataclass(frozen=True)
class Recipe:
    """How a type is trained here: OPTIONS' text and the query, and what its rows are."""

    options: str
    query: str
    clause: str = ""
    # Columns that the function needs beside the features; what is given to calls of functions.
    rows: str | None = None
    deterministic: bool = True

    @property
    def given(self):
        return self.rows or self.query


def supervised(label, options="", features=FEATURES):
    more = f", {options}" if options else ""
    return Recipe(f"input_label_cols=['{label}']{more}", f"select {features}, {label} from rows")


QUICK = "max_iterations=3"
SMALL_NET = "hidden_units=[4], max_iterations=3"
SERIES = "time_series_timestamp_col='day', time_series_data_col='sold', time_series_id_col='series'"

RECIPES = {
    "linear_reg": supervised("price", "enable_global_explain=true"),
    "logistic_reg": supervised("answer", "l2_reg=0.01, enable_global_explain=true"),
    "boosted_tree_regressor": supervised("price", QUICK + ", enable_global_explain=true"),
    "boosted_tree_classifier": supervised("class", QUICK + ", enable_global_explain=true"),
    "random_forest_regressor": supervised(
        "price", "num_parallel_tree=5, max_tree_depth=4, enable_global_explain=true"
    ),
    "random_forest_classifier": supervised(
        "answer", "num_parallel_tree=5, max_tree_depth=4, enable_global_explain=true"
    ),
    "dnn_regressor": supervised("price", SMALL_NET),
    "dnn_classifier": supervised("answer", SMALL_NET),
    "dnn_linear_combined_regressor": supervised("price", SMALL_NET),
    "dnn_linear_combined_classifier": supervised("class", SMALL_NET),
    "autoencoder": Recipe(
        "hidden_units=[6, 2, 6], max_iterations=3", f"select {FEATURES} from rows"
    ),
    "kmeans": Recipe("num_clusters=3", f"select {FEATURES} from rows"),
    "pca": Recipe("num_principal_components=3", f"select {FEATURES} from rows"),
    "matrix_factorization": Recipe(
        "user_col='user', item_col='item', rating_col='rating', num_factors=3, max_iterations=3",
        "select user, item, rating from ratings",
    ),
    "arima_plus": Recipe(SERIES + ", horizon=14", "select series, day, sold from days"),
    "arima_plus_xreg": Recipe(
        SERIES + ", horizon=14",
        "select series, day, sold, price from days",
        rows="select series, timestamp_add(day, interval 90 day) as day, sold, price from days",
    ),
    "contribution_analysis": Recipe(
        "contribution_metric='SUM(sold)', is_test_col='is_test', "
        "dimension_id_cols=['region', 'product'], min_apriori_support=0.0",
        "select region, product, is_test, sold from sales",
    ),
    "transform_only": Recipe(
        "",
        "select amount, colour from rows",
        clause="transform (ml.standard_scaler(amount) over () as scaled, colour)",
    ),
    "sklearn": supervised(
        "price", "model_class='sklearn.linear_model.Ridge', alpha=0.5", "amount, pieces, colour"
    ),
    "automl_regressor": supervised("price", "budget_hours=0.001", "amount, pieces, colour"),
    "automl_classifier": supervised("answer", "budget_hours=0.001", "amount, pieces, colour"),
}
# Trained from a file that a test makes first; tried by tests of their own.
FROM_FILES = {"onnx", "xgboost"}

# Parameters that a function cannot do without, and positional arguments, as SQL.
PARAMETERS = {"ML.DETECT_ANOMALIES": {"contamination": "0.1"}}
