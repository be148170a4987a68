"""A model's card: what people say of it, and the page of Markdown with what was measured."""

import pytest

import goldloop
from goldloop.card import card_page, card_pages
from goldloop.cli import main
from goldloop.errors import OptionError
from goldloop.registry.documenting import record_words

SCRIPT = """
create table repairs as
select cast(i as float64) as age, if(mod(i, 2) = 0, 'tab|let', 'phone') as kind, 2.0 * i as cost
from unnest(generate_array(1, 50)) as i;
create model cost options(model_type='linear_reg', input_label_cols=['cost'], l2_reg=0.5)
as select age, kind, cost from repairs;
create table scored as
select 1 as id, 'main.cost' as _model, 1 as _model_version, current_timestamp() as _predicted_at,
    'x' as _invocation_id, '1' as _entity_key, 'f' as _input_fingerprint;
create table of_others as select * replace ('main.price' as _model) from scored;
"""
WORDS = {
    "intended_use": "To quote\n  repairs.",
    "not_for": "Billing.",
    "evaluated_on": "A tenth of the repairs.",
    "limits": ["Knows no\nlaptops.", "Knows no | either."],
}


@pytest.fixture
def session():
    with goldloop.connect() as session:
        session.sql(SCRIPT)
        yield session


@pytest.fixture
def say(session):
    def say(**words):
        card = session.model("cost").card()
        record_words(session.connection, card.name, card.version, words)
        return session.model("cost").card()

    return say


def rows(page, title):
    """The cells of the table under a heading."""
    section = page.split(f"## {title}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_words_are_on_the_card_without_the_blanks_of_yaml(say):
    card = say(**WORDS)
    assert card.settings["intended_use"] == "To quote repairs."
    assert card.settings["limits"] == ["Knows no laptops.", "Knows no | either."]


def test_words_are_written_when_they_change_and_taken_back_when_they_go(session, say):
    def written():
        return session.connection.sql("select count(*) from goldloop.settings").fetchall()[0][0]

    say(**WORDS)
    assert written() == 4
    say(**WORDS)
    assert written() == 4
    card = say(**WORDS | {"not_for": None, "limits": ["None."]})
    assert written() == 6
    assert "not_for" not in card.settings
    assert card.settings["limits"] == ["None."]


def test_words_leave_what_alter_model_set(session, say):
    session.sql("alter model cost set options(friendly_name='Cost')")
    say(**WORDS)
    assert say().settings == {"friendly_name": "Cost"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"limits": "few"}, "limits is 'few'; expected a list of texts"),
        ({"limits": [1]}, "limits is [1]; expected a list of texts"),
        ({"intended_use": ["x"]}, "intended_use is ['x']; expected a text"),
    ],
)
def test_words_of_another_kind_are_an_error(say, words, told):
    with pytest.raises(OptionError) as raised:
        say(**words)
    assert told in str(raised.value)


def test_a_page_says_what_people_say(session, say):
    say(**WORDS)
    page = card_page(session, "cost")
    assert page.startswith("# main.cost\n")
    assert "## Intended use\n\nTo quote repairs.\n\nNot for: Billing.\n" in page
    assert "## Limits\n\n- Knows no laptops.\n- Knows no | either.\n" in page
    assert "## Metrics\n\nA tenth of the repairs.\n" in page


def test_a_page_says_what_the_warehouse_knows(session):
    session.sql("alter model cost set options(description='unused')")
    page = card_page(session, "cost")
    assert rows(page, "Inputs") == [["`age`", "`DOUBLE`"], ["`kind`", "`VARCHAR`"]]
    assert rows(page, "Outputs") == [["`predicted_cost`", "`DOUBLE`"]]
    assert ["`l2_reg`", "0.5"] in rows(page, "Options")
    assert rows(page, "Inferences") == [["`main.scored`", "1", "1"]]
    metrics = session.model("cost").card().metrics
    assert ["`r2_score`", f"{metrics['r2_score']:.4g}"] in rows(page, "Metrics")
    for absent in (
        "## Limits",
        "## Intended use",
        "## Lineage\n\n|  |  |\n| --- | --- |\n| trained",
    ):
        assert absent not in page


def test_a_page_has_the_metrics_of_versions_side_by_side(session):
    session.sql(
        SCRIPT[SCRIPT.index("create model") : SCRIPT.index("create table scored")]
        .replace("create model", "create or replace model")
        .replace("l2_reg=0.5", "l2_reg=1.5")
    )
    page = card_page(session, "cost")
    assert "| metric | v2 | v1 |" in page
    assert [row[:2] for row in rows(page, "Versions")] == [["2", "champion"], ["1", "retired"]]


def test_pages_without_dates_agree_between_trainings(session):
    dated, undated = (card_page(session, "cost", dated) for dated in (True, False))
    trained_at = f"{session.model('cost').card().trained_at:%Y-%m-%d}"
    assert trained_at in dated
    assert trained_at not in undated
    session.sql("drop model cost")
    session.sql(SCRIPT[SCRIPT.index("create model") : SCRIPT.index("create table scored")])
    assert card_page(session, "cost", dated=False) == undated


def test_a_model_that_scores_no_rows_has_a_page_without_outputs(session):
    session.sql("""
        create model days options(model_type='arima_plus', time_series_timestamp_col='day',
            time_series_data_col='n')
        as select date_add(date '2026-01-01', interval i day) as day, mod(i, 7) + i as n
        from unnest(generate_array(1, 60)) as i
    """)
    page = card_page(session, "days")
    assert "## Metrics" in page
    assert "## Outputs" not in page


def test_the_command_prints_a_page_or_writes_one_of_each_model(tmp_path, capsys):
    database, pages = str(tmp_path / "warehouse.duckdb"), tmp_path / "pages"
    assert main(["sql", "-d", database, "--quiet", "-c", SCRIPT]) == 0
    capsys.readouterr()
    assert main(["card", "-d", database, "--undated", "cost"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("# main.cost\n")
    pages.mkdir()
    assert main(["card", "-d", database, "--undated", "-o", str(pages)]) == 0
    assert (pages / "cost.md").read_text() == printed
    assert "[main.cost](cost.md)" in (pages / "README.md").read_text()
    assert main(["card", "-d", database]) == 1
    assert "Name one" in capsys.readouterr().err


def test_models_of_one_name_in_two_schemas_have_a_page_each(session):
    model = SCRIPT[SCRIPT.index("create model") : SCRIPT.index("create table scored")]
    session.sql("create schema test")
    for name in ("test.Cost", "test.other", "main.readme"):
        session.sql(model.replace("create model cost", f"create model {name}"))
    pages = card_pages(session)
    assert sorted(pages) == ["README", "main.cost", "main.readme", "other", "test.Cost"]
    for name, model in (("main.cost", "main.cost"), ("other", "test.other")):
        assert pages[name].startswith(f"# {model}\n")
        assert f"[{model}]({name}.md)" in pages["README"]
