"""What time series models and their functions refuse, and with which reason."""

import pytest
from series_rows import MODELS, QUERIES

from goldloop.errors import ModelKindError, OptionError, StatementError, TrainingDataError

REFUSED = {
    "ml.forecast(model s.one, struct(31 as horizon))": (OptionError, "horizon 31 is beyond"),
    "ml.forecast(model s.one, table s.later)": (StatementError, "forecasts without rows"),
    "ml.forecast(model s.regressed)": (StatementError, "needs its regressors (price, promotion)"),
    "ml.forecast(model s.one, struct(1.0 as confidence_level))": (OptionError, "[0, 1)"),
    "ml.forecast(model s.one, struct(1 as horzon))": (OptionError, "Did you mean 'horizon'?"),
    "ml.explain_forecast(model s.limited)": (ModelKindError, "has a forecast limit"),
    "ml.explain_forecast(model s.bare)": (ModelKindError, "decompose_time_series=FALSE"),
    "ml.detect_anomalies(model s.bare)": (ModelKindError, "decompose_time_series=FALSE"),
    "ml.evaluate(model s.one, struct(3 as horizon))": (StatementError, "horizon needs rows"),
    "ml.evaluate(model s.one, table s.later, struct(0.5 as threshold))": (
        ModelKindError,
        "threshold serves binary_classification",
    ),
    "ml.predict(model s.one, table s.later)": (ModelKindError, "is a arima_plus (time_series)"),
}


@pytest.mark.parametrize(("call", "fault"), REFUSED.items(), ids=REFUSED)
def test_what_a_model_cannot_do_is_refused(session, call, fault):
    kind, said = fault
    with pytest.raises(kind) as error:
        session.sql(f"select * from {call}")
    assert said in str(error.value)


BAD_DATA = {
    "select 'x' as day, 1.0 as units": "'day' is VARCHAR; expected a DATE",
    "select date '2024-01-01' as day, 'x' as units": "label 'units' is VARCHAR",
    "select null::date as day, 1.0 as units": "is NULL or infinite in 1 rows",
    "select date '2024-01-01' as day, 'nan'::double as units": "holds NaN or infinity",
    "select date '2024-01-01' as day, 1.0 as units": "a single time point",
    "select date '2024-01-01' as day, null::double as units": "every row's label is NULL",
    "select day, units, town from s.sales": "has no use for the columns town",
    "select day from s.sales": "names the column 'units', which the query does not return",
}


@pytest.mark.parametrize(("query", "said"), BAD_DATA.items(), ids=BAD_DATA)
def test_data_that_are_no_series_are_refused_with_the_reason(session, query, said):
    with pytest.raises(TrainingDataError) as error:
        session.sql(f"create model s.bad options({MODELS['one']}) as {query}", dialect="duckdb")
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("select 'US' as region", "has no column 'holiday_name'"),
        (
            "select 'US' as region, 'Fair' as holiday_name, current_date() as primary_date, "
            "-1 as preholiday_days, 0 as postholiday_days",
            "from 0 to 30 days",
        ),
    ],
)
def test_bad_custom_holidays_are_refused(session, query, said):
    with pytest.raises(TrainingDataError) as error:
        session.sql(
            f"create model s.bad options({MODELS['one']}) as (training_data as ({QUERIES['one']}), "
            f"custom_holiday as ({query}))"
        )
    assert said in str(error.value)
