"""The reference of model types and options, written from their declarations.

`python -m goldloop.options.reference > docs/reference/options.md` renews the page.
"""

from __future__ import annotations

from collections import defaultdict

from goldloop.options.declaration import ModelType, Option
from goldloop.options.types import MODEL_TYPES

_HEAD = """\
# Model types and their options

Written by `python -m goldloop.options.reference` from the declarations in
`src/goldloop/options/`; edit those, not this page. Names and meanings are BigQuery ML's. An
option that is not listed for a model type is an error that names it, never ignored.
"""


def reference() -> str:
    """Return the page, as Markdown."""
    return "\n".join([_HEAD, *(_section(each) for each in MODEL_TYPES.values())])


def _section(declared: ModelType) -> str:
    served = [option for option in declared.options if not option.refused]
    refused = [option for option in declared.options if option.refused]
    return "\n".join(
        [
            f"## `{declared.name}`",
            "",
            f"{declared.meaning} Problem: {declared.problem}.",
            "",
            "| option | value | default | meaning |",
            "|---|---|---|---|",
            *(_row(option) for option in served),
            "",
            "Known to BigQuery ML and refused here:",
            "",
            *_refusals(refused),
            "",
        ]
    )


def _refusals(refused: list[Option]) -> list[str]:
    names: dict[str, list[str]] = defaultdict(list)
    for option in refused:
        names[str(option.refused)].append(f"`{option.name}`")
    return [f"- {', '.join(together)}: {reason}." for reason, together in names.items()]


def _row(option: Option) -> str:
    names = ", ".join(f"`{name}`" for name in (option.name, *option.aliases))
    return f"| {names} | {_values(option)} | {_default(option)} | {_cell(option.meaning)} |"


def _values(option: Option) -> str:
    if option.choices:
        refused = option.refused_choices
        return ", ".join(f"`{choice}`" for choice in option.choices if choice not in refused)
    within = f" in {option.range}" if option.range else ""
    return _cell(f"{option.kind.value}{within}")


def _default(option: Option) -> str:
    if option.default is None:
        return "unset"
    if isinstance(option.default, bool):
        return f"`{str(option.default).lower()}`"
    if isinstance(option.default, dict):
        return ", ".join(f"`{part}`: `{value}`" for part, value in option.default.items())
    return f"`{option.default}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    print(reference(), end="")
