"""The declarations against BigQuery ML's reference: every function, its columns and their types."""

import json
from pathlib import Path

import pytest

from goldloop.functions.catalogue import FUNCTIONS
from goldloop.functions.declaration import TableFunction

REFERENCE = json.loads((Path(__file__).parent / "bigquery_ml_functions.json").read_text())
SERVED = [each for each in FUNCTIONS.values() if isinstance(each, TableFunction)]


def test_every_function_of_the_reference_is_declared_and_no_other():
    assert sorted(FUNCTIONS) == sorted(entry["name"] for entry in REFERENCE)


@pytest.mark.parametrize("entry", REFERENCE, ids=lambda entry: entry["name"])
def test_a_function_is_of_its_group(entry):
    assert FUNCTIONS[entry["name"]].group.value == entry["group"]


@pytest.mark.parametrize("function", SERVED, ids=lambda function: function.name)
def test_a_declared_variant_has_the_columns_of_the_reference(function):
    entry = next(entry for entry in REFERENCE if entry["name"] == function.name)
    known = [tuple(map(tuple, output["columns"])) for output in entry["outputs"]]
    assert function.outputs
    for output in function.outputs:
        assert output.columns in known, output.variant
