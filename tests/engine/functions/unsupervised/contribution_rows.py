"""Rows for contribution analysis, and the insights of a model of them."""

import random

DIMENSIONS = ("shop", "kind", "size")


def made_rows(count=300, seed=3, names=DIMENSIONS, levels=3):
    chance = random.Random(seed)
    rows = []
    for _ in range(count):
        values = [chance.choice("abcdef"[:levels]) for _ in names]
        values[-1] = values[0] if chance.random() < 0.5 else values[-1]
        rows.append(
            {
                **dict(zip(names, values, strict=True)),
                "x": chance.randrange(100),
                "n": chance.randrange(1, 9),
                "month": chance.choice(["jan", "feb", "mar", None]),
                "is_test": chance.random() < 0.6,
            }
        )
    return rows


def store(session, table, rows):
    names = list(rows[0])
    kinds = {"x": "bigint", "n": "bigint", "is_test": "boolean"}
    columns = ", ".join(f"{name} {kinds.get(name, 'varchar')}" for name in names)
    session.connection.execute(f"create or replace table shop.{table} ({columns})")
    session.connection.executemany(
        f"insert into shop.{table} values ({', '.join('?' * len(names))})",
        [list(row.values()) for row in rows],
    )


def insights(session, metric, rows="shop.sales", columns="*", **options):
    given = "".join(f", {name} = {value!r}" for name, value in options.items())
    session.sql(
        "create or replace model shop.why options(model_type='contribution_analysis', "
        f"contribution_metric='{metric}', is_test_col='is_test'{given}) as "
        f"select {columns} from {rows}"
    )
    found = session.sql("select * from ml.get_insights(model shop.why)")
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
