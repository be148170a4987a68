"""Rows of a table that never happened: a neural generator, and what it must beat."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtri
from sklearn.neural_network import MLPRegressor

from electronics.synthesis.encoding import TableEncoder

Array = NDArray[np.float64]
HIDDEN = (128, 128)
PAIRS_SEEN, PAIRS_AT_ONCE = 80_000, 10_000
"""The network sees so many pairs of a row and noise, drawn anew so many at a time."""
STEPS = 25
REDRAWN, JITTER = 0.1, 0.15
"""The bootstrap draws this share of values anew, and moves numbers by this much of a deviation."""


def synthesise_table(
    table: pd.DataFrame, n: int, seed: int, generator: str = "flow_matching"
) -> pd.DataFrame:
    """Make rows like a table's.

    Args:
        table: numeric columns (nulls allowed) and categories (no nulls).
        n: how many rows to make.
        seed: of all that is drawn; the same seed makes the same rows.
        generator: a key of `TABLE_GENERATORS`.

    Returns:
        n rows with the table's columns and types; numbers within its range, of its decimals.

    Raises:
        ValueError: No such generator.
    """
    if generator not in TABLE_GENERATORS:
        raise ValueError(f"no generator {generator!r}; there are {', '.join(TABLE_GENERATORS)}")
    return TABLE_GENERATORS[generator](table, n, np.random.default_rng(seed))


def _flow_matching(table: pd.DataFrame, n: int, rng: np.random.Generator) -> pd.DataFrame:
    """A network that says which way noise must move to become rows.

    Lipman and others (2023), "Flow matching for generative modeling", with straight paths: at time
    t between noise and row, the network learns their difference; rows are made by Euler's steps.
    """
    encoder = TableEncoder(table)
    rows = encoder.encode(table)
    network = MLPRegressor(
        hidden_layer_sizes=HIDDEN, batch_size=128, learning_rate_init=4e-3, random_state=0
    )
    for _ in range(PAIRS_SEEN // PAIRS_AT_ONCE):
        row = rows[rng.integers(0, len(rows), PAIRS_AT_ONCE)]
        noise = rng.standard_normal(row.shape)
        time = rng.random((PAIRS_AT_ONCE, 1))
        at = np.hstack([(1 - time) * noise + time * row, _clock(time)])
        network.partial_fit(at.astype(np.float32), (row - noise).astype(np.float32))
    made = rng.standard_normal((n, rows.shape[1]))
    for step in range(STEPS):
        clock = _clock(np.full((n, 1), (step + 0.5) / STEPS))
        made = made + network.predict(np.hstack([made, clock]).astype(np.float32)) / STEPS
    return encoder.decode(made)


def _copula(table: pd.DataFrame, n: int, rng: np.random.Generator) -> pd.DataFrame:
    """A Gaussian copula: columns as they are, tied by the correlation of their normal scores."""
    columns = {str(name): _ranked(table[name], rng) for name in table.columns}
    scores = ndtri(np.column_stack([uniform for uniform, _ in columns.values()]))
    correlation = np.corrcoef(scores, rowvar=False)
    drawn = rng.multivariate_normal(np.zeros(len(columns)), correlation, n, check_valid="ignore")
    made = {}
    for (name, (uniform, order)), column in zip(columns.items(), drawn.T, strict=True):
        picks = np.searchsorted(np.sort(ndtri(uniform)), column).clip(0, len(table) - 1)
        made[name] = table[name].iloc[order[picks]].to_numpy()
    return pd.DataFrame(made).astype(table.dtypes.to_dict())


def _bootstrap(table: pd.DataFrame, n: int, rng: np.random.Generator) -> pd.DataFrame:
    """Known rows, a few values of each drawn anew and numbers moved a little."""
    encoder = TableEncoder(table)
    picks = rng.integers(0, len(table), n)
    rows = table.iloc[picks].reset_index(drop=True)
    for name in table.columns:
        redrawn = rng.random(n) < REDRAWN
        rows.loc[redrawn, name] = table[name].to_numpy()[rng.integers(0, len(table), redrawn.sum())]
    numbers = encoder.encode(rows.astype(table.dtypes.to_dict()))
    return encoder.decode(numbers + JITTER * rng.standard_normal(numbers.shape))


TABLE_GENERATORS: dict[str, Callable[[pd.DataFrame, int, np.random.Generator], pd.DataFrame]] = {
    "flow_matching": _flow_matching,
    "copula": _copula,
    "bootstrap": _bootstrap,
}
NEURAL_OF_TABLE = "flow_matching"


def _clock(time: Array) -> Array:
    return np.hstack([time, np.sin(2 * np.pi * time), np.cos(2 * np.pi * time)])


def _ranked(values: pd.Series, rng: np.random.Generator) -> tuple[Array, NDArray[np.intp]]:
    """Uniform ranks, ties broken at random, and the rows in order; nulls come last."""
    codes = values.astype("category").cat.codes.to_numpy().astype(np.float64)
    codes[codes < 0] = np.inf
    order = np.lexsort([rng.random(len(codes)), codes])
    uniform = np.empty(len(codes))
    uniform[order] = (np.arange(len(codes)) + 1) / (len(codes) + 1)
    return uniform, order
