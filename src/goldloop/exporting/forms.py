"""A program as the function of each dialect: what its DDL looks like, and how it is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlglot import exp

from goldloop.errors import NotExpressibleError
from goldloop.exporting.program import Program
from goldloop.registry.names import ModelName

_PARAMETERS = "features"


@dataclass(frozen=True)
class Typed:
    """A program with the DuckDB type of every step and output."""

    name: ModelName
    program: Program
    types: Mapping[str, str]


Form = Callable[[Typed, str], str]


def ddl(typed: Typed, dialect: str) -> str:
    """Return the statements that create the model's function in `dialect`, one of `FORMS`."""
    return FORMS[dialect](typed, dialect)


def body(typed: Typed, dialect: str) -> exp.Select:
    """Return the function's query: of its parameters, by their names."""
    columns = [
        exp.alias_(exp.column(_quoted(each.name)), each.name, quoted=True)
        for each in typed.program.features
    ]
    return typed.program.query(exp.select(*columns).subquery(_PARAMETERS))


def _bigquery(typed: Typed, dialect: str) -> str:
    query = body(typed, dialect)
    query.set("kind", "STRUCT")
    outputs = ", ".join(_declared(name, typed, dialect) for name in typed.program.outputs)
    return (
        _usage(f"select t.*, {_name(typed, dialect)}({_arguments(typed, dialect)}).* from t")
        + f"create or replace function {_name(typed, dialect)}({_parameters(typed, dialect)})\n"
        f"returns struct<{outputs}>\nas ((\n{query.sql(dialect, pretty=True)}\n));\n"
    )


def _table_function(head: str, opening: str, closing: str) -> Form:
    def form(typed: Typed, dialect: str) -> str:
        query = body(typed, dialect).sql(dialect, pretty=True)
        if "$$" in opening and "$$" in query:
            raise NotExpressibleError("a label or category holds '$$', which ends its SQL's text")
        outputs = ", ".join(_declared(name, typed, dialect) for name in typed.program.outputs)
        called = f"{_name(typed, dialect)}({_arguments(typed, dialect)})"
        usage = _usage(f"select t.*, m.* from t, {head.format(called)} as m")
        return (
            f"{usage}create or replace function {_name(typed, dialect)}"
            f"({_parameters(typed, dialect)})\nreturns table ({outputs})\n"
            f"{opening}\n{query}\n{closing};\n"
        )

    return form


def _redshift(typed: Typed, dialect: str) -> str:
    """Return a scalar function a step and an output: there a function may not have a FROM."""
    place = {each.name: f"${i}" for i, each in enumerate(typed.program.features, start=1)}
    steps = {step.name for step in typed.program.steps}
    types = ", ".join(_type(each.sql_type, dialect) for each in typed.program.features)
    given = [exp.var(position) for position in place.values()]
    statements = []

    def named(name: str) -> exp.Table:
        return exp.table_(f"{typed.name.name}_{name.strip('_')}", db=typed.name.schema, quoted=True)

    def inlined(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Column):
            if node.name in steps:
                parts = named(node.name).parts
                called = exp.Anonymous(this=parts[-1], expressions=[each.copy() for each in given])
                return exp.Dot.build([*parts[:-1], called])
            return exp.var(place[node.name])
        return node

    values = {step.name: step.value for step in typed.program.steps} | dict(typed.program.outputs)
    for name, value in values.items():
        text = value.copy().transform(inlined).sql(dialect)
        if "$$" in text:
            raise NotExpressibleError("a label or category holds '$$', which ends its SQL's text")
        statements.append(
            f"create or replace function {named(name).sql(dialect)}({types})\n"
            f"returns {_type(typed.types[name], dialect)}\nimmutable\nas $$\n"
            f"select {text}\n$$ language sql;\n"
        )
    calls = ", ".join(
        f"{named(name).sql(dialect)}({_arguments(typed, dialect)})"
        for name in typed.program.outputs
    )
    return _usage(f"select t.*, {calls} from t") + "\n".join(statements)


def _name(typed: Typed, dialect: str) -> str:
    return exp.table_(typed.name.name, db=typed.name.schema, quoted=True).sql(dialect)


def _quoted(name: str) -> exp.Identifier:
    return exp.to_identifier(name, quoted=True)


def _parameters(typed: Typed, dialect: str) -> str:
    return ", ".join(
        f"{_quoted(each.name).sql(dialect)} {_type(each.sql_type, dialect)}"
        for each in typed.program.features
    )


def _arguments(typed: Typed, dialect: str) -> str:
    return ", ".join(f"t.{_quoted(each.name).sql(dialect)}" for each in typed.program.features)


def _declared(name: str, typed: Typed, dialect: str) -> str:
    return f"{_quoted(name).sql(dialect)} {_type(typed.types[name], dialect)}"


def _type(duckdb_type: str, dialect: str) -> str:
    kind = exp.DataType.build(duckdb_type, dialect="duckdb")
    if dialect == "redshift" and kind.is_type(exp.DType.TEXT):
        return "VARCHAR"  # an argument's length is the longest there is, whatever is written
    return kind.sql(dialect)


def _usage(text: str) -> str:
    # A name may hold a line's end, after which a comment is none.
    return f"-- {' '.join(text.split())}\n"


FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "bigquery": _bigquery,
        "snowflake": _table_function("table({})", "as $$", "$$"),
        "redshift": _redshift,
        "spark": _table_function("lateral {}", "return", ""),
        "databricks": _table_function("lateral {}", "return", ""),
        "postgres": _table_function("lateral {}", "language sql immutable as $$", "$$"),
    }
)
DIALECTS = ("duckdb", *FORMS)
