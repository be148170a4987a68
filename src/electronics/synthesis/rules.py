"""Rules that a made row must keep, each a named condition in SQL."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray


def keeps_rules(table: pd.DataFrame, rules: Mapping[str, str]) -> NDArray[np.bool_]:
    """Which rows keep every rule; what is unknown breaks none.

    Args:
        table: a row each.
        rules: by name, a condition on the table's columns that must not be false.
    """
    kept = " and ".join(f"coalesce({condition}, true)" for condition in rules.values()) or "true"
    with duckdb.connect() as con:
        # The optimizer may not reorder: a projection keeps the order of a data frame.
        con.register("made", table)
        return con.sql(f"select {kept} as is_kept from made").df()["is_kept"].to_numpy(bool)
