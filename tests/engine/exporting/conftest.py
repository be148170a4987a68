"""Models of every kind that SQL says, and rows with gaps, ties and unseen categories."""

import numpy as np
import pandas as pd
import pytest
from exported_models import MODELS

import goldloop


@pytest.fixture(scope="session")
def session():
    random = np.random.default_rng(5)
    rows = pd.DataFrame(
        {
            "age": random.integers(0, 9, 150).astype(float),
            "flag": random.random(150) < 0.5,
            "brand": random.choice(["fix's", "nova", "zen"], 150),
        }
    )
    rows["y"] = rows["age"] * 2 + rows["flag"] + random.normal(size=150)
    rows["z"] = rows["y"] > 9
    with goldloop.connect() as session:
        session.sql("create schema ml")
        con = session.connection
        con.execute("create table t as select * from rows")
        con.execute("insert into t values (null, null, null, 1, true), (4, true, null, 2, false)")
        for name, (options, columns) in MODELS.items():
            session.sql(
                f"create model ml.{name} options (model_type = {options}) "
                f"as select {columns} from t"
            )
        con.execute(
            "create table fresh as select row_number() over () as id, * exclude (z) from t "
            "union all values (1000, 1e9, true, 'unseen', 3), (1001, null, null, null, null)"
        )
        yield session
