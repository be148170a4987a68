"""A repair shop's warehouse, with two models, that sessions are tried on."""

import pytest

import goldloop

REPAIRS = """
create schema shop;
create table shop.repairs as
select
    i as repair_id,
    cast(mod(i * 37, 100) as float64) as age,
    if(mod(i, 3) = 0, 'Aurora', 'Borealis') as brand,
    2.0 * mod(i * 37, 100) + if(mod(i, 3) = 0, 10, 0) as cost,
    mod(i * 37, 100) > 40 as accepted
from unnest(generate_array(1, 200)) as i;
"""
TRAIN_COST = """
create or replace model shop.cost
options(model_type='linear_reg', input_label_cols=['cost'])
as select age, brand, cost from shop.repairs
"""
TRAIN_ACCEPTED = """
create or replace model shop.accepted
options(model_type='logistic_reg', input_label_cols=['accepted'], l2_reg=1.0)
as select age, brand, accepted from shop.repairs
"""


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    path = tmp_path_factory.mktemp("session") / "warehouse.duckdb"
    with goldloop.connect(path) as session:
        session.sql(REPAIRS + TRAIN_COST + ";" + TRAIN_ACCEPTED)
    return path


@pytest.fixture
def shop(trained, tmp_path):
    copy = tmp_path / "warehouse.duckdb"
    copy.write_bytes(trained.read_bytes())
    with goldloop.connect(copy) as session:
        yield session


def served(session):
    """What shop.cost says of one row, and as which version."""
    row = "(select 10.0 as age, 'Aurora' as brand)"
    predicted = session.sql(f"select predicted_cost from ml.predict(model shop.cost, {row})")
    return predicted.fetchall()[0][0], session.model("shop.cost").card().version
