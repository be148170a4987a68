"""A session with time series models of every kind, over daily sales of three shops."""

import datetime as dt

import duckdb
import numpy as np
import pytest
from series_rows import MODELS, QUERIES

import goldloop


@pytest.fixture(scope="package")
def session():
    random = np.random.default_rng(4)
    with duckdb.connect() as con:
        found = goldloop.connect(con)
        con.execute("create schema s")
        rows = []
        for shop, level in (("a", 100), ("b", 50), (None, 20)):
            for i in range(190):
                day = dt.date(2024, 1, 1) + dt.timedelta(days=i)
                price, promotion = float(random.normal(10, 1)), ["yes", "no"][i % 5 > 0]
                units = level + 0.1 * i + 6 * (i % 7 == 2) - 3 * price
                units += 8 * (promotion == "yes") + random.normal()
                town = "north" if shop == "a" else "south"
                rows.append((day, town, shop, units, price, promotion))
        con.execute(
            "create table s.every (day date, town text, shop text, units double, price double, "
            "promotion text)"
        )
        con.executemany("insert into s.every values (?, ?, ?, ?, ?, ?)", rows)
        con.execute("create table s.sales as from s.every where day < '2024-06-29'")
        con.execute("create table s.later as from s.every where day >= '2024-06-29'")
        con.execute("update s.sales set shop = 'c' where shop is null")
        con.execute("update s.later set shop = 'c' where shop is null")
        for name, options in MODELS.items():
            found.sql(f"create model s.{name} options({options}) as {QUERIES[name]}")
        yield found
