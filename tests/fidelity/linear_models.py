"""LINEAR_REG and LOGISTIC_REG on the penguins."""

from .case import Case

_TUTORIAL = "https://cloud.google.com/bigquery/docs/linear-regression-tutorial"
_TESTS = (
    "https://github.com/googleapis/python-bigquery-dataframes/blob/main/tests/system/small/ml/"
    "test_linear_model.py"
)
_MODEL = """
create schema if not exists bqml_tutorial;
create or replace model bqml_tutorial.penguins_model
options (model_type = 'linear_reg', input_label_cols = ['body_mass_g'],
    enable_global_explain = true)
as select * from ml_datasets.penguins where body_mass_g is not null
"""
_SEXES = """
create schema if not exists bqml_tutorial;
create or replace model bqml_tutorial.penguins_sex
options (model_type = 'logistic_reg', input_label_cols = ['sex'], data_split_method = 'NO_SPLIT')
as select * from ml_datasets.penguins where sex is not null
"""
_NOT_UNIQUE = (
    "every category of species, island and sex has a column, so that columns add up to each other "
    "and many sets of weights predict alike. BigQuery finds one of them, Goldloop the one of least "
    "norm; predictions and the numeric features' attributions are the same."
)

CASES = (
    Case(
        "ML.EVALUATE of a linear model",
        _TUTORIAL,
        _MODEL,
        "select * from ml.evaluate(model bqml_tutorial.penguins_model)",
        {
            "mean_absolute_error": 227.01223667447218,
            "mean_squared_error": 81838.15989216768,
            "mean_squared_log_error": 0.0050704473735013,
            "median_absolute_error": 173.08081641661738,
            "r2_score": 0.8723772534253441,
            "explained_variance": 0.8723772534253442,
        },
        1e-9,
    ),
    Case(
        "ML.EVALUATE of a linear model over complete rows",
        _TESTS,
        _MODEL,
        "select * from ml.evaluate(model bqml_tutorial.penguins_model, "
        "table ml_datasets.complete_penguins)",
        {
            "mean_absolute_error": 225.817334,
            "mean_squared_error": 80540.705944,
            "mean_squared_log_error": 0.004972,
            "median_absolute_error": 173.080816,
            "r2_score": 0.87529,
            "explained_variance": 0.87529,
        },
        1e-4,
    ),
    Case(
        "ML.PREDICT by a linear model, of rows with missing values",
        _TUTORIAL,
        _MODEL,
        """
        select
            case
                when culmen_length_mm is null then 'all measures missing'
                else concat('sex missing, flipper of ', cast(flipper_length_mm as string))
            end as bird,
            predicted_body_mass_g
        from ml.predict(model bqml_tutorial.penguins_model,
            (select * from ml_datasets.penguins where island = 'Biscoe' and sex is null
                and (culmen_length_mm is null or culmen_length_mm in (46.2, 44.5))))
        """,
        {
            "all measures missing": 4681.782896,
            "sex missing, flipper of 214": 4740.7907,
            "sex missing, flipper of 216": 4731.310452,
        },
        1e-7,
    ),
    Case(
        "ML.PREDICT by a linear model, of new rows",
        _TESTS,
        _MODEL,
        "select cast(tag_number as string), predicted_body_mass_g "
        "from ml.predict(model bqml_tutorial.penguins_model, table ml_datasets.new_penguins)",
        {"1633": 4030.1, "1672": 3280.8, "1690": 3177.9},
        1e-4,
    ),
    Case(
        "ML.EXPLAIN_PREDICT by a linear model: predictions",
        _TUTORIAL,
        _MODEL,
        """
        select concat('culmen of ', cast(culmen_length_mm as string)), prediction_value
        from ml.explain_predict(model bqml_tutorial.penguins_model,
            (select * from ml_datasets.penguins where island = 'Biscoe' and
                (culmen_length_mm, culmen_depth_mm) in
                ((45.2, 16.4), (46.5, 14.5), (37.7, 16.0), (46.4, 15.6), (46.1, 13.2))),
            struct(3 as top_k_features))
        """,
        {
            "culmen of 45.2": 5413.510134,
            "culmen of 46.5": 4768.351092,
            "culmen of 37.7": 3235.896372,
            "culmen of 46.4": 5349.603734,
            "culmen of 46.1": 4637.165037,
        },
        1e-7,
    ),
    Case(
        "ML.EXPLAIN_PREDICT by a linear model: baseline",
        _TUTORIAL,
        _MODEL,
        """
        select baseline_prediction_value, attribution as attribution_of_island
        from ml.explain_predict(model bqml_tutorial.penguins_model,
            (select * from ml_datasets.penguins where culmen_length_mm = 45.2
                and culmen_depth_mm = 16.4), struct(6 as top_k_features)),
            unnest(top_feature_attributions)
        where feature = 'island'
        """,
        {"baseline_prediction_value": -5320.222128, "attribution_of_island": 7348.877},
        None,
        _NOT_UNIQUE,
    ),
    Case(
        "ML.GLOBAL_EXPLAIN of a linear model: measures",
        _TUTORIAL,
        _MODEL,
        "select * from ml.global_explain(model bqml_tutorial.penguins_model) "
        "where feature like '%_mm'",
        {
            "flipper_length_mm": 193.612051,
            "culmen_depth_mm": 117.084944,
            "culmen_length_mm": 94.366793,
        },
        1e-6,
    ),
    Case(
        "ML.GLOBAL_EXPLAIN of a linear model: categories",
        _TUTORIAL,
        _MODEL,
        "select * from ml.global_explain(model bqml_tutorial.penguins_model) "
        "where feature not like '%_mm'",
        {"island": 5737.315921, "species": 4073.280549, "sex": 622.070896},
        None,
        _NOT_UNIQUE,
    ),
    Case(
        "ML.EVALUATE of a logistic model of three classes",
        _TESTS,
        _SEXES,
        "select * from ml.evaluate(model bqml_tutorial.penguins_sex, "
        "table ml_datasets.complete_penguins)",
        {
            "precision": 0.616753,
            "recall": 0.618615,
            "accuracy": 0.92515,
            "f1_score": 0.617681,
            "log_loss": 1.498832,
            "roc_auc": 0.975807,
        },
        None,
        "BigQuery stops gradient descent after a few iterations, by its rule of relative progress; "
        "Goldloop converges (decision 0006), so that the one bird whose sex is `.` is told apart.",
    ),
)
