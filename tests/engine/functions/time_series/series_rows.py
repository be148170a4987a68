"""Time series models and the queries they learn from, and the rows of a call over them."""

SERIES = "time_series_timestamp_col='day', time_series_data_col='units', horizon=30"
MODELS = {
    "one": f"model_type='ARIMA_PLUS', {SERIES}",
    "many": f"model_type='ARIMA_PLUS', {SERIES}, time_series_id_col='shop'",
    "regressed": f"model_type='ARIMA_PLUS_XREG', {SERIES}, time_series_id_col=['shop']",
    "limited": f"model_type='ARIMA_PLUS', {SERIES}, forecast_limit_lower_bound=0",
    "summed": f"model_type='ARIMA_PLUS', {SERIES}, time_series_id_col=['town', 'shop'], "
    "hierarchical_time_series_cols=['town', 'shop']",
    "bare": f"model_type='ARIMA_PLUS', {SERIES}, decompose_time_series=false",
}
QUERIES = {
    "one": "select day, units from s.sales where shop = 'a'",
    "many": "select day, shop, units from s.sales",
    "regressed": "select day, shop, units, price, promotion from s.sales",
    "limited": "select day, units from s.sales where shop = 'a'",
    "summed": "select day, town, shop, units from s.sales",
    "bare": "select day, units from s.sales where shop = 'a'",
}


def rows(session, call, columns="*", rest=""):
    return session.sql(f"select {columns} from {call} {rest}").fetchall()
