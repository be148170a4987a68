"""Ways in which rows go wrong, each drawn from the feed's own stream."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray


def chosen(rng: np.random.Generator, size: int, share: float) -> NDArray[np.bool_]:
    """A mask of exactly `share` of `size` rows (rounded, at least one)."""
    mask = np.zeros(size, dtype=bool)
    mask[rng.choice(size, max(1, round(size * share)), replace=False)] = True
    return mask


def blank(rng: np.random.Generator, rows: pd.DataFrame, column: str, share: float) -> pd.DataFrame:
    """Rows with `share` of one column missing, as when a form's field is optional."""
    return rows.assign(**{column: rows[column].mask(chosen(rng, len(rows), share))})


def repeated(rng: np.random.Generator, rows: pd.DataFrame, share: float) -> pd.DataFrame:
    """Rows followed by exact copies of `share` of them, as when an export is sent twice."""
    return pd.concat([rows, rows[chosen(rng, len(rows), share)]], ignore_index=True)


def replaced(rows: pd.DataFrame, column: str, mask: NDArray[np.bool_], value: str) -> pd.DataFrame:
    """Rows whose `column` holds `value` as text where `mask` says so."""
    return rows.assign(**{column: rows[column].astype(object).where(~mask, value)})
