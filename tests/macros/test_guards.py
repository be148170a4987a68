"""What the macros say of a wrong call: their name, what was expected and the fix."""

import json
import subprocess
import sys

import pytest

pytestmark = pytest.mark.pipeline

CASES = {
    "{{ goldloop.predict('price', ref('jobs')) }}": (
        'goldloop.predict: `model` must be a relation, got "price". Write ref('
    ),
    "{{ goldloop.predict(ref('price'), 'jobs') }}": (
        'goldloop.predict: `source` must be a relation or a query in parentheses, got "jobs"'
    ),
    "{{ goldloop.predict(ref('price'), ref('jobs'), threshold=2) }}": (
        "goldloop.predict: `threshold` must be a number from 0 to 1, got 2."
    ),
    "{{ goldloop.predict(ref('price'), ref('jobs'), columns='job_id') }}": (
        'goldloop.predict: `columns` must be a list of the source\'s columns, got "job_id"'
    ),
    "{{ goldloop.predict(ref('price'), ref('jobs'), version='first') }}": (
        'goldloop.predict: `version` must be the number of a version, 1 or more, got "first".'
    ),
    "{{ goldloop.predict(ref('price'), ref('jobs'), version=7) }}": (
        "goldloop.predict: the model main_ml.price has no version 7. It has 1"
    ),
    "{{ goldloop.infer(ref('price'), ref('jobs'), ['job_id', 'hours']) }}": (
        'goldloop.provenance: `entity_key` must be the name of one column, got ["job_id", "hours"]'
    ),
    "{{ goldloop.latest_inferences(ref('jobs'), ['job_id']) }}": (
        'goldloop.latest_inferences: `entity_key` must be the name of one column, got ["job_id"]'
    ),
    "{{ goldloop.earlier_inferences('jobs') }}": (
        'goldloop.earlier_inferences: `source` must be a relation, got "jobs". Write ref('
    ),
    "{{ goldloop.trace('jobs') }}": (
        'goldloop.trace: `relation` must be a relation, got "jobs". Write ref('
    ),
    "{{ goldloop.trace(ref('jobs')) }}": (
        "declares no lineage. Declare its key and its links under config.meta.goldloop.trace"
    ),
    "{{ goldloop.evaluate(ref('price'), ref('jobs'), threshold=0.5) }}": (
        "goldloop.evaluate: ML.EVALUATE: threshold serves binary_classification, but model"
    ),
    "{{ goldloop.evaluate(ref('acceptance'), ref('jobs'), threshold='low') }}": (
        "goldloop.evaluate: ML.EVALUATE: threshold is 'low'; expected a number in [0, 1]."
    ),
    "select {{ goldloop.robust_scaler('hours', with_median=false) }}": (
        "goldloop.robust_scaler: its arguments are positional; give those before false too."
    ),
    "select {{ goldloop.bucketize('hours', 'x') }}": "goldloop.bucketize: ",
    "{{ goldloop.evaluate('price') }}": (
        'goldloop.evaluate: `model` must be a relation, got "price". Write ref('
    ),
    "{{ goldloop.point_in_time_join(ref('jobs'), ref('jobs'), 'job_id', 'hours', 'hours', []) }}": (
        "goldloop.point_in_time_join: `columns` must be a list of the features' columns, got []."
    ),
    "{{ goldloop.default__predict(ref('price'), ref('jobs')) }}": (
        "goldloop.predict has no SQL for the adapter `duckdb`. Run it on DuckDB, or override it"
    ),
}

# One process for all: starting dbt costs more than compiling. What it says of a query that
# cannot be parsed comes as an event only.
COMPILE_EACH = """
import json, sys
from dbt.cli.main import dbtRunner
said = {}
for inline in json.load(sys.stdin):
    events = []
    done = dbtRunner(callbacks=[lambda event: events.append(event.info.msg)]).invoke(
        ["--quiet", "compile", "--inline", inline]
    )
    said[inline] = "" if done.success else " ".join([*events, str(done.exception)])
sys.stdout.write("\\n@@" + json.dumps(said))
"""


@pytest.fixture(scope="module")
def said(workshop):
    compiled = subprocess.run(
        [sys.executable, "-c", COMPILE_EACH],
        cwd=workshop.folder,
        env=workshop.environment,
        input=json.dumps(list(CASES)),
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    return json.loads(compiled.stdout.rpartition("@@")[2])


@pytest.mark.parametrize("call", CASES)
def test_a_wrong_call_names_the_macro_and_the_fix(said, call):
    assert CASES[call] in said[call]


def test_a_day_that_is_none_is_refused(workshop):
    shown = workshop.dbt("compile", "--select", "days", "--vars", "as_of: yesterday")
    assert shown.returncode != 0
    assert 'must be a day written YYYY-MM-DD, got "yesterday"' in shown.stdout


def test_a_bootstrapped_source_needs_the_types_of_its_columns(workshop):
    declared = workshop.folder / "models" / "untyped.yml"
    declared.write_text(
        "sources: [{name: untyped, tables: [{name: gap, columns: [{name: amount}],"
        " config: {meta: {goldloop: {bootstrap: true}}}}]}]"
    )
    try:
        built = workshop.dbt("run", "--select", "days")
    finally:
        declared.unlink()
    assert built.returncode != 0
    assert "the column `amount` of the source `untyped.gap` has no data_type" in built.stdout


@pytest.mark.parametrize(
    ("declared", "told"),
    [
        ({"key": "as_of", "form": []}, "`days` (models/days.sql) has `form`; expected key"),
        ({"key": "as_of", "shows": {"versoin": "kind"}}, "Did you mean `version`?"),
        (
            {"key": "as_of", "from": [{"to": "days", "columns": {"as_of": "as_of"}, "wher": "1"}]},
            "a link of `days` (models/days.sql) has `wher`; expected to, columns or where."
            " Did you mean `where`?",
        ),
        ({"key": "as_of", "from": ["days"]}, "a link of `days` (models/days.sql) is not complete"),
    ],
)
def test_a_declared_origin_with_an_unknown_key_is_refused(workshop, declared, told):
    declares = workshop.folder / "models" / "days.yml"
    meta = {"goldloop": {"trace": declared}}
    declares.write_text(json.dumps({"models": [{"name": "days", "config": {"meta": meta}}]}))
    try:
        compiled = workshop.dbt("compile", "--inline", "{{ goldloop.trace(ref('days')) }}")
    finally:
        declares.unlink()
    assert compiled.returncode != 0
    assert told in " ".join(compiled.stdout.split())
