"""ALTER MODEL … SET OPTIONS: what it sets is on the card, and holds."""

import pytest

import goldloop
from goldloop.errors import ModelNotFoundError, OptionError

TRAIN = (
    "create or replace model m options(model_type='linear_reg', input_label_cols=['y']) "
    "as select x, 2.0 * x + 1 as y from unnest(generate_array(1, 20)) as x"
)


@pytest.fixture
def session():
    with goldloop.connect() as opened:
        opened.sql(TRAIN)
        yield opened


def test_what_is_set_is_on_the_card_until_it_is_taken_back(session):
    session.sql("alter model m set options(description='costs', labels=[('team', 'bi')])")
    session.sql("alter model m set options(friendly_name='M', description='all costs')")
    expected = {"description": "all costs", "friendly_name": "M", "labels": {"team": "bi"}}
    assert session.model("m").card().settings == expected
    session.sql("alter model m set options(labels=null)")
    assert "labels" not in session.model("m").card().settings
    assert session.sql("select settings.description from m").fetchall() == [('"all costs"',)]


def test_a_model_that_expired_is_gone_until_it_is_trained_again(session):
    session.sql(
        "alter model m set options(expiration_timestamp=timestamp '2999-01-01 00:00:00 UTC')"
    )
    assert session.sql("select * from ml.evaluate(model m)") is not None
    session.sql(
        "alter model m set options(expiration_timestamp=timestamp '2020-01-01 00:00:00 UTC')"
    )
    with pytest.raises(ModelNotFoundError, match="expired at 2020-01-01"):
        session.sql("select * from ml.evaluate(model m)")
    assert session.models() == []
    session.sql(TRAIN.replace(" or replace", ""))
    assert session.model("m").card().settings == {}


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ("kms_key_name='k'", "kms_key_name is not available, as a DuckDB file has no keys"),
        ("vertex_ai_model_id='v'", "Vertex AI, a remote service"),
        ("deploy_model=true", "there is no endpoint"),
        ("endpoint_idle_ttl='1h'", "there is no endpoint"),
        ("descripton='d'", "Did you mean 'description'"),
        ("description=1", "description is 1; expected a text"),
        ("labels=['a']", "expected pairs of texts"),
        ("expiration_timestamp='soon'", "expected a TIMESTAMP"),
    ],
)
def test_an_option_that_cannot_be_set_is_refused_by_name(session, option, words):
    with pytest.raises(OptionError, match=words):
        session.sql(f"alter model m set options({option})")
    assert session.model("m").card().settings == {}


def test_a_model_that_is_not_there_is_an_error_unless_it_may_be_missing(session):
    with pytest.raises(ModelNotFoundError, match="No model"):
        session.sql("alter model n set options(description='d')")
    assert session.sql("alter model if exists n set options(description='d')") is None
