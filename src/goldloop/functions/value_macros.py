"""The dbt macros of functions that are called in an expression, written from their signatures."""

from __future__ import annotations

import re
from dataclasses import dataclass

from goldloop.functions.declaration import AnalyticFunction, ScalarFunction

ValueFunction = ScalarFunction | AnalyticFunction

# Arguments that are SQL over the row; all others are constants.
_SQL = re.compile(
    r".*_expression|expression|array_input|tokenized_document|vector\d?|image|\w*_?bytes"
)
_COLUMNS = "STRUCT(column, …)"


@dataclass(frozen=True)
class _Argument:
    name: str
    is_required: bool
    is_sql: bool

    @property
    def rendered(self) -> str:
        if self.name == "columns":
            return "'struct(' ~ columns | join(', ') ~ ')'"
        return self.name if self.is_sql else f"goldloop._ml_literal({self.name})"


def value_sql(name: str, function: ValueFunction) -> str:
    """Return the text of the macro's file."""
    arguments = _arguments(function)
    signature = ", ".join(a.name if a.is_required else f"{a.name}=none" for a in arguments)
    passed = ", ".join(a.name for a in arguments)
    rendered = "\n".join(f"        {a.rendered}," for a in arguments)
    is_analytic = str(isinstance(function, AnalyticFunction)).lower()
    return f"""\
{{#- Written by `python -m goldloop.functions.macros`. -#}}
{{% macro {name}({signature}) -%}}
    {{{{ return(adapter.dispatch('{name}', 'goldloop')({passed})) }}}}
{{%- endmacro %}}

{{% macro default__{name}({signature}) -%}}
    {{%- set arguments = [
{rendered}
    ] -%}}
    {{{{ goldloop._ml_value('{name}', '{function.name}', arguments, {is_analytic}) }}}}
{{%- endmacro %}}
"""


def value_yml(name: str, function: ValueFunction) -> str:
    """Return the text of the file that describes the macro."""
    arguments = _arguments(function)
    shown = ", ".join(f"'{a.name}'" if a.is_sql else a.name for a in arguments if a.is_required)
    lines = [
        "# Written by `python -m goldloop.functions.macros`.",
        "macros:",
        f"  - name: {name}",
        "    description: |",
        f"      {function.meaning} BigQuery ML's",
        f"      `{function.signature}`.",
        "",
        f"          {{% raw %}}select {{{{ goldloop.{name}({shown}) }}}}{{% endraw %}}",
        "    arguments:",
    ]
    for argument in arguments:
        kind = "string" if argument.is_sql else "any"
        meaning = (
            "SQL over the row, a column or an expression." if argument.is_sql else "A constant."
        )
        if argument.name == "columns":
            kind, meaning = "list[string]", "The columns, a list."
        lines += [
            f"      - name: {argument.name}",
            f"        type: {kind if argument.is_required else f'optional[{kind}]'}",
            f"        description: {meaning}",
        ]
    return "\n".join(lines) + "\n"


def _arguments(function: ValueFunction) -> list[_Argument]:
    within = function.signature[len(function.name) + 1 :].removesuffix(" OVER()").removesuffix(")")
    arguments = []
    for part in within.replace(_COLUMNS, "columns").replace(" [", "[").split(","):
        is_required = "]" not in part and not part.strip().startswith("[")
        name = part.strip(" []")
        arguments.append(_Argument(name, is_required, bool(_SQL.fullmatch(name))))
    return arguments
