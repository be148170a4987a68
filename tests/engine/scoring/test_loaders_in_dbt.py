"""The cursors on which dbt's macros run are none that other threads load models from.

A thread that asked such a cursor for one of its own, while it was being closed, made the closing
fail: "connection is busy with another call".
"""

import duckdb
import pytest

from goldloop.dbt.plugin import Plugin
from goldloop.scoring.native import ESTIMATORS

SCRIPT = """
create or replace model near
options(model_type='sklearn', model_class='sklearn.neighbors.KNeighborsRegressor',
        input_label_cols=['y']) as
select cast(i as float64) as x, 2.0 * i as y from unnest(generate_array(1, 40)) as i
"""


@pytest.fixture
def con():
    con = duckdb.connect()
    Plugin("goldloop", {}).configure_connection(con)
    yield con
    con.close()


@pytest.fixture
def loaders(con, monkeypatch):
    added = []
    add = ESTIMATORS.add_loader
    monkeypatch.setattr(
        ESTIMATORS, "add_loader", lambda loader: (added.append(loader), add(loader))
    )
    return added


def test_training_and_translating_add_no_place_to_load_from(con, loaders):
    con.execute("select goldloop_run(?)", [SCRIPT]).fetchall()
    query = "select * from ml.predict(model near, (select 3.0 as x))"
    for _ in range(3):
        con.execute("select goldloop_translate(?, 'bigquery')", [query]).fetchall()
    assert loaders == []


def test_what_dbt_trained_is_loaded_from_the_connection_itself(con):
    con.execute("select goldloop_run(?)", [SCRIPT]).fetchall()
    ESTIMATORS.clear()
    [(predicted,)] = con.execute(
        "select near(r).predicted_y from (select 3.0 as x) as r"
    ).fetchall()
    assert predicted == pytest.approx(6.0)
