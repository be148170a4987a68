"""Published figures of BigQuery ML come out, or the page says why they do not."""

from pathlib import Path

import pytest

from .cases import ALL
from .page import answers, page

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "fidelity.md"


@pytest.fixture(scope="module")
def found():
    return {answer.case.name: answer for answer in answers(ALL)}


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_published_figures_come_out(found, case):
    answer = found[case.name]
    assert set(case.published) <= set(answer.figures)
    if case.tolerance is not None:
        for figure in case.published:
            assert answer.difference(figure) <= case.tolerance, figure


@pytest.mark.parametrize(
    "case", [case for case in ALL if case.tolerance is None], ids=lambda case: case.name
)
def test_a_difference_is_explained_and_still_there(found, case):
    assert case.why_different
    assert max(map(found[case.name].difference, case.published)) > 1e-6


def test_the_page_is_up_to_date(found):
    text = page([found[case.name] for case in ALL])
    assert PAGE.read_text(encoding="utf-8") == text, (
        "run: python -m tests.fidelity > docs/reference/fidelity.md"
    )
