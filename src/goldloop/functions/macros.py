"""The dbt macros of BigQuery ML's functions, written from their declarations.

`python -m goldloop.functions.macros` renews `macros/bigquery_ml/` of the repository it runs in.
`ML.PREDICT` has a macro by hand, whose SQL does not depend on the model being trained yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from goldloop.functions.catalogue import FUNCTIONS
from goldloop.functions.declaration import (
    AnalyticFunction,
    Need,
    Parameter,
    ScalarFunction,
    TableFunction,
)
from goldloop.functions.value_macros import value_sql, value_yml
from goldloop.options.declaration import Kind

FOLDER = Path("macros/bigquery_ml")
BY_HAND = frozenset({"predict"})

_TYPES = {
    Kind.INTEGER: "integer",
    Kind.NUMBER: "float",
    Kind.BOOLEAN: "bool",
    Kind.CHOICE: "string",
    Kind.COLUMN: "string",
    Kind.COLUMNS: "list[string]",
    Kind.TEXT: "string",
    Kind.TEXTS: "list[string]",
    Kind.NUMBERS: "list[float]",
    Kind.INTEGERS: "list[integer]",
}


def macro_files() -> dict[str, str]:
    """Return the text of each file of `macros/bigquery_ml/`, by its name."""
    files: dict[str, str] = {}
    for function in FUNCTIONS.values():
        name = macro_name(function.name)
        if isinstance(function, TableFunction) and name not in BY_HAND:
            files[f"{name}.sql"] = _sql(name, function)
            files[f"{name}.yml"] = _yml(name, function)
        elif isinstance(function, ScalarFunction | AnalyticFunction):
            files[f"{name}.sql"] = value_sql(name, function)
            files[f"{name}.yml"] = value_yml(name, function)
    return files


def macro_name(function: str) -> str:
    """Return the macro's name: `ML.ROC_CURVE` is roc_curve, `AI.FORECAST` ai_forecast."""
    prefix, dot, name = function.lower().rpartition(".")
    return f"{prefix}_{name}" if dot and prefix != "ml" else name


def write(folder: Path = FOLDER) -> None:
    """Write the files, and remove those of functions that are no more."""
    files = macro_files()
    for path in [*folder.glob("[a-z]*.sql"), *folder.glob("[a-z]*.yml")]:
        if path.name not in files:
            path.unlink()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def _sql(name: str, function: TableFunction) -> str:
    signature = ", ".join(
        argument if is_required else f"{argument}=none"
        for argument, is_required in _arguments(function).items()
    )
    passed = ", ".join(_arguments(function))
    return f"""\
{{#- Written by `python -m goldloop.functions.macros`. -#}}
{{% macro {name}({signature}) -%}}
    {{{{ return(adapter.dispatch('{name}', 'goldloop')({passed})) }}}}
{{%- endmacro %}}

{{% macro default__{name}({signature}) -%}}
    {{%- set call = {{
{_call(function)}
    }} -%}}
    {{{{ goldloop._ml_query('{name}', '{function.name}', call) }}}}
{{%- endmacro %}}
"""


def _call(function: TableFunction) -> str:
    parts = {
        "model": "model" if function.need is not Need.NONE else "none",
        "sources": f"[{', '.join(_sources(function))}]",
        "arguments": f"[{', '.join(function.arguments)}]",
    }
    lines = [f"        '{part}': {value}," for part, value in parts.items()]
    lines.append("        'parameters': {")
    for parameter in _parameters(function):
        name = parameter.option.name
        literal = "goldloop._ml_expression" if _is_expression(parameter) else "goldloop._ml_literal"
        lines.append(f"            '{name}': {literal}({name}),")
    lines.append("        },")
    lines.append(f"        'are_named': {str(function.are_named).lower()},")
    lines.append(f"        'arrangement': {list(function.arrangement)},")
    return "\n".join(lines)


def _arguments(function: TableFunction) -> Mapping[str, bool]:
    """Return the macro's arguments in order, and whether each must be given."""
    arguments: dict[str, bool] = {}
    if function.need is not Need.NONE:
        arguments["model"] = function.need is Need.REQUIRED
    least, _ = function.sources
    arguments |= {name: position < least for position, name in enumerate(_sources(function))}
    arguments |= dict.fromkeys(function.arguments, False)
    arguments |= {p.option.name: False for p in _parameters(function)}
    # In Jinja as in Python, those with a default come last.
    return {name: must for must in (True, False) for name in arguments if arguments[name] is must}


def _sources(function: TableFunction) -> tuple[str, ...]:
    return function.source_names[: function.sources[1]]


def _parameters(function: TableFunction) -> list[Parameter]:
    return [each for each in function.parameters if not each.option.refused]


def _is_expression(parameter: Parameter) -> bool:
    return parameter.option.kind is Kind.EXPRESSION


def _yml(name: str, function: TableFunction) -> str:
    required = [argument for argument, must in _arguments(function).items() if must]
    shown = ", ".join(f"ref('{argument}')" for argument in required)
    described = _descriptions(function)
    lines = [
        "# Written by `python -m goldloop.functions.macros`.",
        "macros:",
        f"  - name: {name}",
        "    description: |",
        f"      {function.meaning} A query: the columns of BigQuery ML's `{function.name}`.",
        "",
        f"          {{% raw %}}{{{{ goldloop.{name}({shown}) }}}}{{% endraw %}}",
        "    arguments:",
    ]
    for argument, must in _arguments(function).items():
        kind, meaning = described[argument]
        lines += [
            f"      - name: {argument}",
            f"        type: {kind if must else f'optional[{kind}]'}",
            "        description: >",
            f"          {meaning}",
        ]
    return "\n".join(lines) + "\n"


def _descriptions(function: TableFunction) -> dict[str, tuple[str, str]]:
    described = {"model": ("relation", "The trained model, `ref('…')`.")}
    for name in _sources(function):
        described[name] = ("any", "A relation, or a query in parentheses.")
    for name in function.arguments:
        described[name] = ("any", "A constant, a list of constants, or SQL: see the function.")
    for parameter in _parameters(function):
        option = parameter.option
        kind = _TYPES.get(option.kind, "any")
        default = "" if option.default is None else f" Default: {option.default}."
        described[option.name] = (kind, f"{option.meaning}{default}")
    return described


if __name__ == "__main__":
    write()
