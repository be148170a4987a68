"""VECTOR_SEARCH against NumPy."""

import numpy as np
import pytest

import goldloop
from goldloop.errors import OptionError, StatementError

BASE = np.random.default_rng(1).normal(size=(30, 4))
WANTED = np.random.default_rng(2).normal(size=(3, 4))


@pytest.fixture(scope="module")
def session():
    with goldloop.connect() as session:
        con = session.connection
        con.execute("create schema d")
        con.execute('create table d.base (id bigint, "The vector" double[], word varchar)')
        con.executemany(
            "insert into d.base values (?, ?, ?)",
            [*([i, row.tolist(), f"w{i}"] for i, row in enumerate(BASE)), [99, None, "none"]],
        )
        con.execute("create table d.queries (name varchar, embedding double[])")
        con.executemany(
            "insert into d.queries values (?, ?)",
            [*([f"q{i}", row.tolist()] for i, row in enumerate(WANTED)), ["empty", None]],
        )
        yield session


DISTANCES = {
    "EUCLIDEAN": lambda a, b: np.linalg.norm(a - b),
    "COSINE": lambda a, b: 1 - a @ b / np.linalg.norm(a) / np.linalg.norm(b),
    "DOT_PRODUCT": lambda a, b: -(a @ b),
}


@pytest.mark.parametrize("kind", DISTANCES)
def test_the_nearest_rows_of_each_query_are_found(session, kind):
    found = session.sql(
        "select query.name, base.id, base.word, distance from vector_search(table d.base, "
        f"'the VECTOR', table d.queries, top_k => 4, distance_type => '{kind}') "
        "order by query.name, distance"
    ).fetchall()
    expected = []
    for i, wanted in enumerate(WANTED):
        distances = [DISTANCES[kind](row, wanted) for row in BASE]
        for j in np.argsort(distances)[:4]:
            expected.append((f"q{i}", j, f"w{j}", pytest.approx(distances[j], rel=1e-9)))
    assert found == expected


def test_one_vector_is_searched_for_without_a_table(session):
    value = WANTED[0].tolist()
    found = session.sql(
        f"select * from vector_search(table d.base, 'The vector', query_value => {value})"
    )
    assert found.columns == ["base", "distance"]
    rows = sorted(found.fetchall(), key=lambda row: row[1])
    assert len(rows) == 10
    assert [row[0]["id"] for row in rows] == np.argsort(
        np.linalg.norm(BASE - WANTED[0], axis=1)
    ).tolist()[:10]


def test_of_rows_as_near_the_first_are_taken(session):
    same = "(select i as id, [1.0, 2.0] as v from unnest(generate_array(1, 50)) as i)"
    found = session.sql(
        f"select base.id from vector_search({same}, 'v', query_value => [0.0, 0.0], top_k => 3)"
    ).fetchall()
    assert len(set(found)) == 3


def test_queries_that_are_equal_are_answered_each(session):
    found = session.sql(
        "select query.n, count(*) from vector_search(table d.base, 'The vector', "
        "(select 1 as n, [1.0, 0.0, 0.0, 0.0] as v union all select 1, [1.0, 0.0, 0.0, 0.0]), "
        "top_k => 2) group by 1"
    ).fetchall()
    assert found == [(1, 4)]


@pytest.mark.parametrize(
    "options", ['{"use_brute_force": true}', '{"fraction_lists_to_search": 0.01}', "{}"]
)
def test_options_of_an_index_are_met_by_comparing_every_row(session, options):
    call = "select * from vector_search(table d.base, 'The vector', table d.queries{})"
    with_options = call.format(f", options => '{options}'")
    found, expected = (session.sql(each).fetchall() for each in (with_options, call.format("")))
    assert sorted(found, key=str) == sorted(expected, key=str)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("'vector', table d.queries", "names the column 'vector', which its rows do not have"),
        ("'word', table d.queries", "'word' of type VARCHAR; expected an array of numbers"),
        ("'The vector'", "give the vectors to search for once"),
        ("'The vector', table d.queries, query_value => [1.0]", "give the vectors to search for"),
        ("table d.queries", "column_to_search is missing"),
        ("'The vector', (select [1.0] as a, [2.0] as b)", r"2 columns of vectors \(a, b\)"),
        ("'The vector', (select 1 as a)", "0 columns of vectors"),
        ("'The vector', table d.queries, top_k => 0", "top_k is 0; expected"),
        ("'The vector', table d.queries, distance_type => 'MANHATTAN'", "one of euclidean, cosine"),
        ("'The vector', table d.queries, options => '{\"fast\": 1}'", "options names 'fast'"),
        ("'The vector', table d.queries, options => 'fast'", "expected a JSON object"),
        (
            "'The vector', table d.queries, "
            'options => \'{"use_brute_force": true, "fraction_lists_to_search": 0.1}\'',
            "exclude each other",
        ),
        (
            "'The vector', table d.queries, options => '{\"fraction_lists_to_search\": 2}'",
            r"expected a number in \(0, 1\]",
        ),
        (
            "'The vector', table d.queries, lexical_search_columns => ['word']",
            "lexical_search_columns is not supported",
        ),
    ],
)
def test_what_cannot_be_searched_is_refused(session, arguments, message):
    with pytest.raises((OptionError, StatementError), match=message):
        session.sql(f"select * from vector_search(table d.base, {arguments})")


def test_searching_by_text_tells_what_to_do_instead(session):
    with pytest.raises(StatementError, match="call VECTOR_SEARCH"):
        session.sql("select * from ai.search(table d.base, 'word', 'shoes')")
