"""Scores of expressions over rows, as DuckDB computes them."""

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa


def score(expressions, rows: pd.DataFrame | pa.Table) -> np.ndarray:
    """Return one column per expression; NULL becomes NaN."""
    con = duckdb.connect(config={"threads": 1})
    con.register("rows", rows if isinstance(rows, pa.Table) else as_table(rows))
    selected = ", ".join(
        f"{expression.sql('duckdb')} AS c{i}" for i, expression in enumerate(expressions)
    )
    scores = con.execute(f"SELECT {selected} FROM rows AS _row").fetchnumpy()
    return np.column_stack(
        [np.ma.filled(np.ma.asarray(column).astype(float), np.nan) for column in scores.values()]
    )


def as_table(frame: pd.DataFrame) -> pa.Table:
    """Return `frame` with NaN and None as NULL."""
    return pa.Table.from_pandas(frame, preserve_index=False)
