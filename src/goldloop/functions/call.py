"""A call of a table function, its arguments checked against the declaration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlglot import exp

from goldloop.errors import ModelKindError, OptionError, StatementError, nearest
from goldloop.functions.declaration import Need, Source, TableFunction
from goldloop.options.values import checked
from goldloop.registry.cards import ModelCard

# The alias of a source within a call; a whole row of it is what the model's function takes.
ROW = "_goldloop_row"


@dataclass(frozen=True)
class Call:
    """A call of `function`, over `card` unless it takes no model.

    `parameters` are those given (STRUCT fields or named arguments), names in
    lower case, checked; `call[name]` has the declaration's default otherwise.
    `arguments` are positional expressions; `ctes` the common table expressions
    that a source may name.
    """

    function: TableFunction
    model: ModelCard | None
    sources: tuple[Source, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)
    arguments: tuple[exp.Expr, ...] = ()
    ctes: tuple[exp.Expr, ...] = ()

    @property
    def card(self) -> ModelCard:
        """The model's card; only of functions that need a model."""
        assert self.model is not None
        return self.model

    @property
    def source(self) -> Source | None:
        """The rows the call is over, None where none are given."""
        return self.sources[0] if self.sources else None

    @property
    def name(self) -> str:
        """The function's name."""
        return self.function.name

    def __getitem__(self, name: str) -> Any:
        """Return the value of a parameter, its default where it is not given."""
        if name in self.parameters:
            return self.parameters[name]
        declared = self.function.parameter(name)
        assert declared is not None, name
        return declared.option.default

    def rows(self, position: int = 0) -> exp.Expr:
        """Return a source as it stands in a FROM, its rows called `ROW`."""
        source = self.sources[position]
        if isinstance(source, exp.Table):
            return exp.alias_(source.copy(), ROW, table=True)
        alias = exp.TableAlias(this=exp.to_identifier(ROW))
        return exp.Subquery(this=source.this.copy(), alias=alias)


def checked_call(
    function: TableFunction,
    model: ModelCard | None,
    sources: tuple[Source, ...],
    parameters: Mapping[str, Any],
    arguments: tuple[exp.Expr, ...] = (),
    ctes: tuple[exp.Expr, ...] = (),
) -> Call:
    """Return the call, its arguments checked.

    Raises:
        StatementError: a model or a source is missing or too many, or an argument is unknown.
        ModelKindError: the model, or a parameter for it, is of a kind that is not served.
        OptionError: a parameter does not exist, is refused, missing or has a bad value.
    """
    _check_form(function, model, sources, arguments)
    if model is not None and function.serves is not None and model not in function.serves:
        raise ModelKindError(
            f"{function.name} serves {function.serves}, but model {model.name} is a "
            f"{model.model_type} ({model.problem_type})."
        )
    values = {
        name.lower(): _checked_parameter(function, model, name, value)
        for name, value in parameters.items()
    }
    for parameter in function.parameters:
        if parameter.required and values.get(parameter.option.name) is None:
            raise OptionError(
                f"{function.name}: {parameter.option.name} is missing; expected "
                f"{parameter.option.kind.value}: {function.form}."
            )
    return Call(function, model, sources, values, arguments, ctes)


def _check_form(
    function: TableFunction,
    model: ModelCard | None,
    sources: tuple[Source, ...],
    arguments: tuple[exp.Expr, ...],
) -> None:
    least, most = function.sources
    if model is None and function.need is Need.REQUIRED:
        raise StatementError(f"{function.name} takes a model: {function.form}.")
    if model is not None and function.need is Need.NONE:
        raise StatementError(f"{function.name} takes no model: {function.form}.")
    if len(sources) < least:
        rows = "the rows to work on" if least == 1 else f"{least} tables or queries"
        raise StatementError(f"{function.name} needs {rows}: {function.form}.")
    extra = [*sources[most:], *arguments[len(function.arguments) :]]
    if extra:
        raise StatementError(
            f"{function.name}: '{extra[0].sql(dialect='duckdb')}' is not an argument; expected "
            f"{function.form}."
        )


def _checked_parameter(
    function: TableFunction, model: ModelCard | None, name: str, value: Any
) -> Any:
    declared = function.parameter(name)
    known = [each.option.name for each in function.parameters if not each.option.refused]
    if declared is None:
        raise OptionError(
            f"{function.name} has no parameter '{name}'; expected "
            f"{'one of ' + ', '.join(known) if known else 'none'}.{nearest(name, known)}"
        )
    option = declared.option
    if option.refused:
        raise OptionError(f"{function.name}: {option.name} is not supported: {option.refused}.")
    if model is not None and declared.serves is not None and model not in declared.serves:
        raise ModelKindError(
            f"{function.name}: {option.name} serves {declared.serves}, but model {model.name} is "
            f"a {model.model_type} ({model.problem_type}). Leave it out."
        )
    return None if value is None else checked(f"{function.name}:", option, value)
