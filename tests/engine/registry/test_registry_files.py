"""Databases on disk: where the registry is made, read-only files, several threads."""

import threading

import duckdb
import pytest

from goldloop.errors import GoldloopError
from goldloop.registry.builder import build_model
from goldloop.registry.names import ModelName
from goldloop.registry.read import find_model, list_models
from goldloop.registry.request import BuildRequest
from goldloop.registry.schema import TABLES, ensure_schema

QUERY = "select i as x, 2 * i as label from range(30) as r(i)"
LINEAR = {"model_type": "linear_reg"}


def in_parallel(count, work):
    """Run work(i) in `count` threads at once and return what they raised."""
    start, errors = threading.Barrier(count), []

    def run(i):
        start.wait()
        try:
            work(i)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(i,)) for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return errors


def test_a_database_called_goldloop_is_refused(tmp_path):
    with (
        duckdb.connect(str(tmp_path / "GoldLoop.duckdb")) as con,
        pytest.raises(GoldloopError, match=r"called 'GoldLoop'.*rename the file"),
    ):
        ensure_schema(con)


def test_the_registry_is_made_once_and_repaired_when_out_of_date(tmp_path):
    with duckdb.connect(str(tmp_path / "w.duckdb")) as con:
        ensure_schema(con)
        con.execute("insert into goldloop.builds values ('s', 'm', 1, 'trained', null, now(), 1)")
        con.execute("create or replace view goldloop.models as select 1 as old")
        con.execute("drop table goldloop.artifacts")
        ensure_schema(con)
        ensure_schema(con)
        assert con.execute("select count(*) from goldloop.builds").fetchall() == [(1,)]
        assert con.execute("select count(status) from goldloop.models").fetchall() == [(0,)]
        found = con.execute("select table_name from duckdb_tables()").fetchall()
        assert {name for (name,) in found} == set(TABLES)


def test_a_read_only_file_is_read_and_scored_without_being_touched(tmp_path):
    path = str(tmp_path / "w.duckdb")
    with duckdb.connect(path) as con:
        ensure_schema(con)
        build_model(con, BuildRequest(ModelName("main", "m"), QUERY, LINEAR))
    with duckdb.connect(path, read_only=True) as con:
        ensure_schema(con)
        assert find_model(con, ModelName("main", "m")).version == 1
        assert con.execute("select m(s).predicted_label from (select 4 as x) as s").fetchall() == [
            (pytest.approx(8),)
        ]


def test_a_read_only_file_without_a_registry_has_no_models(tmp_path):
    path = str(tmp_path / "w.duckdb")
    duckdb.connect(path).close()
    with duckdb.connect(path, read_only=True) as con:
        ensure_schema(con)
        assert list_models(con) == []


def test_a_database_without_a_registry_is_told_how_to_get_one(tmp_path):
    with (
        duckdb.connect(str(tmp_path / "w.duckdb")) as con,
        pytest.raises(GoldloopError, match=r"no registry of models.*goldloop\.dbt\.plugin"),
    ):
        build_model(con, BuildRequest(ModelName("main", "m"), QUERY, LINEAR))


def test_a_model_of_another_database_is_refused(tmp_path):
    with duckdb.connect(str(tmp_path / "w.duckdb")) as con:
        ensure_schema(con)
        with pytest.raises(GoldloopError, match="in the database 'other', and the session is in"):
            build_model(con, BuildRequest(ModelName("main", "m", "other"), QUERY, LINEAR))
        build_model(con, BuildRequest(ModelName("main", "m", "W"), QUERY, LINEAR))


def test_threads_that_make_the_registry_at_once_do_not_conflict(tmp_path):
    for attempt in range(5):
        with duckdb.connect(str(tmp_path / f"w{attempt}.duckdb")) as con:
            cursors = [con.cursor() for _ in range(4)]
            assert in_parallel(4, lambda i, cursors=cursors: ensure_schema(cursors[i])) == []
            assert list_models(con) == []


def test_two_threads_train_two_models_in_one_file(tmp_path):
    with duckdb.connect(str(tmp_path / "w.duckdb")) as con:
        ensure_schema(con)
        cursors = [con.cursor() for _ in range(2)]

        def work(i):
            for _ in range(5):
                cursors[i].begin()
                request = BuildRequest(
                    ModelName("main", f"m{i}"), QUERY.replace("2 *", f"{i + 3} *"), LINEAR, "always"
                )
                build_model(cursors[i], request)
                cursors[i].commit()

        assert in_parallel(2, work) == []
        for i in range(2):
            card = find_model(con, ModelName("main", f"m{i}"))
            assert (card.version, card.status) == (5, "champion")
            found = con.execute(f"select m{i}(s).predicted_label from (select 1 as x) as s")
            assert found.fetchall() == [(pytest.approx(i + 3),)]


def test_readers_see_the_old_model_until_the_new_one_is_committed(tmp_path):
    with duckdb.connect(str(tmp_path / "w.duckdb")) as con:
        ensure_schema(con)
        name = ModelName("main", "m")
        build_model(con, BuildRequest(name, QUERY, LINEAR))
        con.execute(
            "create view scored as select m(s).predicted_label as p from (select 1 as x) as s"
        )
        writer = con.cursor()
        writer.begin()
        build_model(writer, BuildRequest(name, QUERY.replace("2 *", "5 *"), LINEAR))
        before = con.execute("select p, (select max(version) from m) from scored").fetchall()
        writer.commit()
        after = con.execute("select p, (select max(version) from m) from scored").fetchall()
        assert before == [(pytest.approx(2), 1)]
        assert after == [(pytest.approx(5), 2)]
