"""Training rows with a column of every kind, and their design matrix, encoded here anew.

Nothing of Goldloop is used: what BigQuery ML documents is written down a second time.
"""

import datetime as dt
import math
import random

import numpy as np

CATEGORIES = ["red", "Red", "it's", 'a "b"; drop', "ünï", "", "back\\slash", "nul\x00l", "$1 {{x}}"]
WORDS = ["wifi", "dual sim", "o'neil"]
TYPES = {
    "id": "integer",
    "amount": "double",
    "count": "bigint",
    "price": "decimal(10, 2)",
    "is_new": "boolean",
    'Colour of; "it"': "varchar",
    "bought": "date",
    "seen_at": "timestamp",
    "sent_at": "timestamptz",
    "embedding": "double[3]",
    "tags": "varchar[]",
    "box": 'struct(width double, "in colour" varchar)',
    "constant": "double",
    "absent": "double",
    "missing text": "varchar",
}
FEATURES = [name for name in TYPES if name != "id"]
PARTS = {
    "seen_at": ["day", "dow", "month", "hour", "minute", "week", "year"],
    "sent_at": ["day", "dow", "month", "hour", "minute", "week", "year"],
}


def rich_rows(count, seed=1, nulls=0.1, unseen=False):
    """Return a list of rows (dicts); with `unseen`, some hold categories that no other has."""
    chance = random.Random(seed)
    return [_row(i, chance, nulls, unseen) for i in range(count)]


def _row(i, chance, nulls, unseen):
    start = dt.datetime(2023, 12, 30, 22, 10)

    def moment():
        steps = {"days": 4, "hours": 3, "minutes": 2, "seconds": 60}
        return start + dt.timedelta(**{unit: chance.randrange(n) for unit, n in steps.items()})

    def category(values):
        return chance.choice([*values, "never seen"] if unseen else values)

    row = {
        "id": i,
        "amount": chance.gauss(50, 20),
        "count": chance.randrange(-5, 6) * 10**12,
        "price": chance.randrange(0, 10_000) / 100,
        "is_new": chance.random() < 0.4,
        'Colour of; "it"': category(CATEGORIES),
        "bought": dt.date(2024, 2, 27) + dt.timedelta(days=chance.randrange(4)),
        "seen_at": moment(),
        "sent_at": moment().replace(tzinfo=dt.UTC),
        "embedding": [chance.gauss(0, 1) for _ in range(3)],
        "tags": chance.sample([*WORDS, "never seen"] if unseen else WORDS, chance.randrange(3)),
        "box": {"width": chance.gauss(0, 5), "in colour": category(["red", "blue"])},
        "constant": 0.1,
        "absent": 3.0 if i % 25 == 0 else None,
        "missing text": "once" if i % 25 == 0 else None,
    }
    if unseen and chance.random() < 0.5:
        row["missing text"] = "not so missing"
    for name in row:
        if name not in ("id", "absent", "missing text") and chance.random() < nulls:
            row[name] = None
    return row


def store(con, table, rows, labels=None, label_type="double"):
    """Write rows into a table in the order given, `labels` as the column `y`."""
    types = {**TYPES, **({"y": label_type} if labels is not None else {})}
    columns = ", ".join(f"{_quoted(name)} {kind}" for name, kind in types.items())
    con.execute(f"create or replace table {table} ({columns})")
    for i, row in enumerate(rows):
        values = [*row.values(), *([labels[i]] if labels is not None else [])]
        con.execute(f"insert into {table} values ({', '.join('?' * len(values))})", values)


def _quoted(name):
    return '"' + name.replace('"', '""') + '"'


def columns_of(rows):
    """Return name: (kind, values): the inputs that the features expand to."""
    found = {}
    for name in FEATURES:
        values = [row[name] for row in rows]
        if name in PARTS:
            found[name] = (
                "number",
                [_map(v, lambda v: v.replace(tzinfo=dt.UTC).timestamp()) for v in values],
            )
            for part in PARTS[name]:
                found[f"{part} of {name}"] = ("part", [_map(v, _part(part)) for v in values])
        elif name == "embedding":
            for k in range(3):
                found[f"{name} {k}"] = ("number", [_map(v, lambda v, k=k: v[k]) for v in values])
        elif name == "tags":
            for word in sorted(WORDS):
                found[f"{name} {word}"] = (
                    "flag",
                    [_map(v, lambda v, w=word: float(w in v)) for v in values],
                )
        elif name == "box":
            found["box width"] = ("number", [_map(v, lambda v: v["width"]) for v in values])
            found["box colour"] = ("category", [_map(v, lambda v: v["in colour"]) for v in values])
        elif name in ("is_new", 'Colour of; "it"', "bought", "missing text"):
            found[name] = ("category", values)
        else:
            found[name] = ("number", values)
    return found


def _map(value, function):
    return None if value is None else function(value)


def _part(part):
    return {
        "dow": lambda v: v.isoweekday() % 7 + 1,
        "week": lambda v: int(v.strftime("%U")),
    }.get(part, lambda v: getattr(v, part))


def standardised(train, rows, drop_most_frequent=False, scale=True):
    """Return the design matrix of `rows` with the statistics of `train` (GLMs, k-means)."""
    columns, known = columns_of(rows), columns_of(train)
    return np.hstack(
        [
            _encode(kind, known[name][1], values, drop_most_frequent, scale)
            for name, (kind, values) in columns.items()
        ]
    )


def _encode(kind, train, values, drop_most_frequent, scale):
    if kind == "flag":
        return _numbers(values, 0.0)[:, None]
    if kind == "number":
        known = np.array([v for v in train if v is not None], dtype=float)
        mean = known.mean() if len(known) else 0.0
        if not scale:
            return _numbers(values, mean)[:, None]
        std = known.std(ddof=1) if len(set(known)) > 1 else 1.0
        mean = known[0] if len(known) and len(set(known)) == 1 else mean
        return ((_numbers(values, mean) - mean) / std)[:, None]
    levels = sorted({v for v in train if v is not None})
    levels += [None] if None in train else []
    if drop_most_frequent and len(levels) > 1:
        levels.remove(max(levels, key=lambda level: train.count(level)))
    return np.array([[float(v == level) for level in levels] for v in values])


def numbered(train, rows, one_hot=False):
    """Return the matrix of `rows` as trees take it: raw numbers, NaN, label- or one-hot encoded."""
    columns, known = columns_of(rows), columns_of(train)
    parts = []
    for name, (kind, values) in columns.items():
        levels = sorted({v for v in known[name][1] if v is not None})
        if (kind == "category" and one_hot) or (kind == "part" and one_hot):
            levels += [None] if None in known[name][1] else []
            parts.append(np.array([[float(v == level) for level in levels] for v in values]))
        elif kind == "category":
            codes = {level: i for i, level in enumerate(levels, start=1)}
            parts.append(np.array([[float(codes.get(v, 0))] for v in values]))
        else:
            parts.append(_numbers(values, math.nan)[:, None])
    return np.hstack(parts)


def _numbers(values, missing):
    return np.array([missing if v is None else float(v) for v in values])
