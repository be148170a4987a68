"""A small shop's rows, on which every estimator is trained and scored."""

import numpy as np
import pyarrow as pa

from goldloop.scoring.inputs import Input

NUMBERS = (
    Input("opened_at", "DOUBLE"),
    Input("ratio", "DOUBLE"),
    Input("count", "INTEGER"),
    Input("is_new", "BOOLEAN"),
)
TEXTS = (Input("colour", "VARCHAR"), Input("size", "VARCHAR"))
ARRAY = (Input("embedding", "FLOAT[3]"),)
EVERYTHING = (*NUMBERS, *TEXTS, *ARRAY)

TYPES = pa.schema(
    [
        ("opened_at", pa.float64()),
        ("ratio", pa.float64()),
        ("count", pa.int32()),
        ("is_new", pa.bool_()),
        ("colour", pa.string()),
        ("size", pa.string()),
        ("embedding", pa.list_(pa.float32(), 3)),
    ]
)


def rows(n: int, seed: int, missing: float = 0.0) -> pa.Table:
    """Return `n` rows in which each value is missing with probability `missing`."""
    random = np.random.default_rng(seed)
    columns = {
        # Seconds since 1970: a large mean, whose digits a folded scaler must keep.
        "opened_at": 1.7e9 + 1e4 * random.normal(size=n),
        "ratio": np.round(random.gamma(2, 1, n), 2),
        "count": random.integers(0, 9, n),
        "is_new": random.random(n) < 0.4,
        "colour": random.choice(["red", "green", "it's blue", "grey", "teal"], n, p=RARE),
        "size": random.choice(["S", "M", "L"], n),
    }
    arrays = {
        name: pa.array(values, mask=random.random(n) < missing, type=TYPES.field(name).type)
        for name, values in columns.items()
    }
    vectors = random.normal(size=(n, 3)).round(3).tolist()
    kept = [None if random.random() < missing else vector for vector in vectors]
    arrays["embedding"] = pa.array(kept, type=TYPES.field("embedding").type)
    return pa.table(arrays, schema=TYPES)


RARE = [0.4, 0.3, 0.25, 0.03, 0.02]


def extremes() -> pa.Table:
    """Return rows far outside the training set, with a category it has not."""
    return pa.table(
        {
            "opened_at": [0.0, -1e12, 1e12, 1.7e9, 1.7e9],
            "ratio": [-1e6, 1e6, 0.0, 1e-300, -0.0],
            "count": [-(2**31), 2**31 - 1, 0, 0, 4],
            "is_new": [True, False, True, False, True],
            "colour": ["never seen", "red", "", "RED", "green"],
            "size": ["S", "M", "L", "S", "XXL"],
            "embedding": [[1e6, -1e6, 0], [0, 0, 0], [1, 1, 1], [-1, 0, 1], [0.5, 0.5, 0.5]],
        },
        schema=TYPES,
    )


def probes() -> pa.Table:
    """Return ordinary rows, rows with gaps, and extremes."""
    return pa.concat_tables([rows(60, seed=11), rows(60, seed=12, missing=0.15), extremes()])


def target(table: pa.Table) -> np.ndarray:
    """Return a number that depends on every column, with noise."""
    frame = table.to_pandas()
    random = np.random.default_rng(99)
    shift = frame["colour"].map({"red": 1.0, "green": -1.0}).fillna(0.3)
    score = frame["ratio"] - 0.4 * frame["count"] + shift + 0.8 * frame["is_new"]
    score += (frame["opened_at"] - 1.7e9) / 2e4 + np.stack(frame["embedding"])[:, 0]
    return (score + 0.5 * random.normal(size=len(frame))).to_numpy(dtype=float)
