"""A session in memory with two sets of rows: what was, and what is."""

import pytest

import goldloop

ROWS = """
    create or replace table was as select
        i as n, i * 0.5 as half, if(i % 3 = 0, null, 'c' || (i % 4)) as category,
        i % 2 = 0 as flag, [i, i + 1][1:i % 3] as numbers, ['u', 'v', 'u'][1:i % 4] as tags,
        {'x': i % 7, 'y': 'z'} as spot, [{'index': i % 3, 'value': i * 1.0::double}] as sparse,
        date '2026-01-01' + (i % 3)::int as day
    from range(1, 41) as r(i);
    create or replace table now_is as select
        i as n, i * 0.7 as half, 'c' || (i % 5) as category, true as flag, [i] as numbers,
        ['u'] as tags, {'x': i % 9, 'y': 'y'} as spot,
        [{'index': i % 3, 'value': i * 1.0::double}] as sparse, date '2026-01-01' as day
    from range(3, 60) as r(i);
"""


@pytest.fixture(scope="module")
def sql():
    """Return a function: the rows of a statement in DuckDB's dialect, as dicts."""
    with goldloop.connect() as session:
        session.connection.execute(ROWS)

        def sql(text, dialect="duckdb"):
            result = session.sql(text, dialect)
            if result is None:
                return None
            return [dict(zip(result.columns, row, strict=True)) for row in result.fetchall()]

        yield sql
