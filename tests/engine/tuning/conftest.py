"""A session with a table that noise makes worth regularising."""

import pytest

import goldloop


@pytest.fixture
def session():
    with goldloop.connect() as session:
        session.sql("create schema ml")
        session.connection.execute(
            """
            create table t as
            select i % 7 as a, (i * 37 % 101) / 10.0 as b, ['x', 'y', 'z'][i % 3 + 1] as c,
                case when i % 10 < 7 then 'TRAIN' when i % 10 < 9 then 'eval' else 'TEST' end
                    as part,
                (i % 7) * 2 + (i * 37 % 101) / 20.0 + sin(i) * 3 as y,
                (i % 7) + sin(i) * 4 > 3 as z
            from range(1, 401) as r(i)
            """
        )
        yield session
