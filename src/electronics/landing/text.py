"""Values as feeds write them: two decimals, ISO timestamps, lower-case booleans, empty gaps."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from electronics.landing.calendar import landing_days


def as_text(rows: pd.DataFrame, cents: Sequence[str] = ()) -> pd.DataFrame:
    """Rows with every column but `landing_day` as text; a missing value stays missing.

    Args:
        rows: typed rows.
        cents: columns written with two decimals.

    Returns:
        A frame of the same columns.
    """
    columns = {
        name: rows[name] if name == "landing_day" else _text(rows[name], name in cents)
        for name in rows.columns
    }
    return pd.DataFrame(columns, index=rows.index)


def as_json_lines(records: Sequence[str], known_at: np.ndarray) -> pd.DataFrame:
    """Lines in order of when they are known, each with its landing day."""
    rows = pd.DataFrame({"line": records, "landing_day": landing_days(known_at)})
    return rows.iloc[np.argsort(known_at, kind="stable")].reset_index(drop=True)


def _text(column: pd.Series, is_cents: bool) -> pd.Series:
    missing = column.isna().to_numpy()
    if is_cents:
        text = np.array([f"{value:.2f}" for value in column], dtype=object)
    elif pd.api.types.is_datetime64_dtype(column.dtype):
        times = column.to_numpy()
        is_date = bool((times == times.astype("datetime64[D]"))[~missing].all())
        text = np.datetime_as_string(times, unit="D" if is_date else "s").astype(object)
    elif pd.api.types.is_bool_dtype(column.dtype):
        text = np.where(column.fillna(False), "true", "false").astype(object)
    else:
        text = column.astype(object).map(str, na_action="ignore").to_numpy(dtype=object)
    text[missing] = None
    return pd.Series(text, index=column.index, dtype=object)
