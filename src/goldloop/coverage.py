"""What of BigQuery ML works here and what is refused, with the reason: a page.

`python -m goldloop.coverage > docs/reference/coverage.md` writes it from the declarations that
the engine itself runs on, so that it cannot claim more than is there.
"""

from __future__ import annotations

from collections.abc import Iterable

from goldloop.dialect.coverage import STATEMENTS
from goldloop.functions.catalogue import FUNCTIONS
from goldloop.functions.declaration import Function, Group, RefusedFunction, TableFunction
from goldloop.options.declaration import Option
from goldloop.options.types import MODEL_TYPES, REFUSED_TYPES

_HEAD = """\
# What of BigQuery ML works

Written by `python -m goldloop.coverage` from the declarations that the engine runs on. What is
refused is refused by name, with the reason given here; nothing is accepted and ignored.
"""


def coverage() -> str:
    """Return the page, as Markdown."""
    sections = (_summary(), _statements(), _model_types(), _options(), _functions())
    return "\n".join([_HEAD, *sections])


def _summary() -> str:
    options = [(t.name, o) for t in MODEL_TYPES.values() for o in t.options]
    rows = [
        ("statements and clauses", [each.works for each in STATEMENTS]),
        ("model types", [True] * len(MODEL_TYPES) + [False] * len(REFUSED_TYPES)),
        ("options, counted per model type", [not option.refused for _, option in options]),
        (
            "functions",
            [not isinstance(function, RefusedFunction) for function in FUNCTIONS.values()],
        ),
    ]
    return _table(
        ("of", "works", "refused"),
        ((name, str(sum(works)), str(len(works) - sum(works))) for name, works in rows),
    )


def _statements() -> str:
    rows = ((f"`{each.form}`", _standing(each.works), each.reason) for each in STATEMENTS)
    return "## Statements\n\n" + _table(("statement or clause", "", "reason"), rows)


def _model_types() -> str:
    rows = [
        *((f"`{t.name.upper()}`", "works", t.meaning) for t in MODEL_TYPES.values()),
        *((f"`{name.upper()}`", "refused", reason) for name, reason in REFUSED_TYPES.items()),
    ]
    return "## Model types\n\n" + _table(("model type", "", "meaning, or reason"), rows)


def _options() -> str:
    options = [(t.name, option) for t in MODEL_TYPES.values() for option in t.options]
    rows: list[tuple[str, ...]] = []
    for name in sorted({option.name for _, option in options}):
        rows += _option_rows(name, {t: option for t, option in options if option.name == name})
    return "## Options\n\n" + _table(("option", "", "of", "reason"), rows)


def _option_rows(name: str, having: dict[str, Option]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    served = [t for t, option in having.items() if not option.refused]
    if served:
        rows.append((f"`{name.upper()}`", "works", _types(served), ""))
    by_reason: dict[str, list[str]] = {}
    for model_type, option in having.items():
        if option.refused:
            reason = option.refused.replace(model_type, "the type")
            by_reason.setdefault(reason, []).append(model_type)
        for choice, reason in option.refused_choices.items():
            by_reason.setdefault(f"{choice.upper()}: {reason}", []).append(model_type)
    rows += [
        (f"`{name.upper()}`", "refused", _types(types), reason)
        for reason, types in by_reason.items()
    ]
    return rows


def _types(names: list[str]) -> str:
    return "all types" if len(names) == len(MODEL_TYPES) else ", ".join(f"`{n}`" for n in names)


def _functions() -> str:
    blocks = ["## Functions", ""]
    for group in Group:
        found = [function for function in FUNCTIONS.values() if function.group is group]
        blocks += [f"### {group.value}", "", _table(_FUNCTION_COLUMNS, map(_function_row, found))]
    return "\n".join(blocks)


_FUNCTION_COLUMNS = ("function", "", "models", "parameters", "meaning, or reason")


def _function_row(function: Function) -> tuple[str, ...]:
    if isinstance(function, RefusedFunction):
        return (f"`{function.name}`", "refused", "", "", function.reason)
    if not isinstance(function, TableFunction):
        return (f"`{function.signature}`", "works", "", "", function.meaning)
    parameters = ", ".join(
        f"`{each.option.name}`" + (f" (refused: {each.option.refused})" * bool(each.option.refused))
        for each in function.parameters
    )
    return (
        f"`{function.name}`",
        "works",
        str(function.serves) if function.serves else "",
        parameters,
        function.meaning,
    )


def _standing(works: bool) -> str:
    return "works" if works else "refused"


def _table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [columns, tuple("---" for _ in columns), *rows]
    return "\n".join(f"| {' | '.join(_cell(c) for c in line)} |" for line in lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    print(coverage(), end="")
