"""docs/reference/coverage.md says what the declarations say, of all that BigQuery ML has."""

import json
from pathlib import Path

import pytest

from goldloop.coverage import coverage
from goldloop.options.types import MODEL_TYPES, REFUSED_TYPES

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "coverage.md"
REFERENCE = json.loads((Path(__file__).parent / "bigquery_ml_options.json").read_text())


def test_the_coverage_page_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == coverage(), (
        "run: python -m goldloop.coverage > docs/reference/coverage.md"
    )


@pytest.mark.parametrize("model_type", REFERENCE)
def test_every_option_of_the_reference_is_honoured_or_refused_by_name(model_type):
    declared = MODEL_TYPES.get(model_type)
    if declared is None:
        assert model_type in REFUSED_TYPES
        return
    missing = [name for name in REFERENCE[model_type] if declared.option(name) is None]
    assert missing == []
