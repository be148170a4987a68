"""The cases asked, and `docs/reference/fidelity.md`: BigQuery ML's figures beside Goldloop's."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import goldloop

from .case import Case
from .tables import create_tables

_HEAD = """\
# Fidelity

<!-- Written by `python -m tests.fidelity`. -->

What BigQuery ML is published to have answered, and what Goldloop answers to the same SQL over
the same rows. A difference is relative to the published figure. Each case is a test of
`tests/fidelity`.
"""


@dataclass(frozen=True)
class Answer:
    """What Goldloop answers to a case, by figure."""

    case: Case
    figures: Mapping[str, float]

    def difference(self, figure: str) -> float:
        """Return the difference of a figure, relative to the published one."""
        published, ours = self.case.published[figure], self.figures.get(figure, math.nan)
        return abs(ours - published) / (abs(published) or 1.0)


def answers(cases: Sequence[Case]) -> Iterator[Answer]:
    """Yield the answer to each case, in one session; a setup runs once."""
    done: set[str] = set()
    with goldloop.connect() as session:
        create_tables(session.connection)
        for case in cases:
            if case.setup not in done:
                session.sql(case.setup)
                done.add(case.setup)
            relation = session.sql(case.query)
            assert relation is not None
            columns, rows = relation.columns, relation.fetchall()
            figures = (
                dict(zip(columns, rows[0], strict=True))
                if len(rows) == 1 and len(case.published) > 1
                else {str(name): value for name, value in rows}
            )
            yield Answer(case, figures)


def page(found: Sequence[Answer]) -> str:
    """Return the text of the page."""
    return "\n".join([_HEAD, *(_section(answer) for answer in found)])


def _section(answer: Answer) -> str:
    case = answer.case
    verdict = (
        f"Agrees to {case.tolerance:g}."
        if case.tolerance is not None
        else f"Differs: {case.why_different}"
    )
    lines = [
        f"## {case.name}",
        "",
        f"Source: <{case.source}>",
        "",
        "| | BigQuery ML | Goldloop | difference |",
        "|---|---:|---:|---:|",
    ]
    for figure, published in case.published.items():
        ours, gap = answer.figures.get(figure, math.nan), answer.difference(figure)
        shown = f"below {case.tolerance:g}" if case.tolerance else f"{gap:.2g}"
        lines.append(f"| {figure} | {published:.7g} | {ours:.7g} | {shown} |")
    return "\n".join([*lines, "", verdict, ""])
