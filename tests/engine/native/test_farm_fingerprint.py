"""Fingerprint64 against published values, and against FarmHash's own library."""

import duckdb
import pytest

from goldloop.native import register_all

# Printed in BigQuery's reference (hash functions), in Redshift's of farmFingerprint64, in
# RcppFarmHash's readme, and by Guava's Hashing.farmHashFingerprint64.
PUBLISHED = {
    "1footrue": -1541654101129638711,
    "2applefalse": 2794438866806483259,
    "3true": -4880158226897771312,
    "Amazon Redshift": 8085098817162212970,
    "alphabet": -2427165924636348523,
    "foo": 6150913649986995171,
    "bar": -98778129085727977,
    "baz": 3758908700204700005,
}
# By google/farmhash through pyfarmhash 0.5.1, of "0123456789" * 40 cut to these lengths.
CUT = {
    0: -7286425919675154353,
    1: -3247774798456978881,
    3: 8347415407982900060,
    4: -8963627390303783289,
    7: 2092326130583504517,
    8: 7926118692302350582,
    16: 8258739028554035106,
    17: 6151968438873677206,
    32: 7236474711389311692,
    33: -5367366025425401451,
    64: -6810597084932495847,
    65: 3297966005566417389,
    127: -4657437852795929398,
    128: -2954098082998389573,
    129: -6706184154173712537,
    192: -2130637834858540907,
    193: 3296330357250818276,
    400: -1146416295094311553,
}


@pytest.fixture(scope="module")
def con():
    with duckdb.connect() as connection:
        register_all(connection)
        register_all(connection)  # again is harmless
        yield connection


def fingerprints(con, texts):
    query = "select goldloop_farm_fingerprint(t) from (select unnest($1::varchar[]) as t)"
    return [row[0] for row in con.execute(query, [texts]).fetchall()]


def test_the_published_fingerprints_are_met(con):
    assert dict(zip(PUBLISHED, fingerprints(con, list(PUBLISHED)), strict=True)) == PUBLISHED


def test_every_class_of_length_is_hashed_as_farmhash_does(con):
    texts = [("0123456789" * 40)[:length] for length in CUT]
    assert dict(zip(CUT, fingerprints(con, texts), strict=True)) == CUT


def test_a_long_value_is_the_same_alone_and_among_others(con):
    texts = [("é" * 31 + "x" * i) * 3 for i in range(0, 200, 7)]
    assert [fingerprints(con, [text])[0] for text in texts] == fingerprints(con, texts)


def test_a_null_has_none_and_bytes_have_that_of_their_text(con):
    found = con.execute(
        "select goldloop_farm_fingerprint(null), goldloop_farm_fingerprint_bytes('foo'::blob), "
        "goldloop_farm_fingerprint_bytes('\\xFF\\x00'::blob)"
    ).fetchall()[0]
    assert found[:2] == (None, PUBLISHED["foo"])
    assert found[2] == 220203550205093463


def test_many_rows_over_several_batches_keep_their_order(con):
    rows = con.execute(
        "select i, goldloop_farm_fingerprint(case when i % 3 > 0 then i::varchar end) as f "
        "from range(100_000) as t(i) order by i"
    ).fetchall()
    assert [i for i, f in rows if f is None] == list(range(0, 100_000, 3))
    assert rows[20_000][1] == fingerprints(con, ["20000"])[0]
