"""The arguments of a function in an expression, read and checked by position."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp

from goldloop.dialect.values import python_value
from goldloop.errors import OptionError, StatementError, nearest
from goldloop.options.declaration import Range

_INFINITE = {"inf": math.inf, "+inf": math.inf, "infinity": math.inf, "+infinity": math.inf}


@dataclass(frozen=True)
class Arguments:
    """The arguments of a call of `name`, whose form is `signature`.

    `names` are those of the parameters in order, the first `required` of which must be given.
    """

    name: str
    signature: str
    names: tuple[str, ...]
    required: int
    given: Sequence[exp.Expr]

    def __post_init__(self) -> None:
        """Check the count.

        Raises:
            StatementError: arguments are missing or too many.
        """
        if not self.required <= len(self.given) <= len(self.names):
            raise StatementError(
                f"{self.name} is given {len(self.given)} arguments; expected {self.signature}."
            )

    def expression(self, name: str) -> exp.Expr:
        """Return the argument as it stands; only of those that must be given."""
        return self.given[self.names.index(name)]

    def constant(self, name: str, default: object = None) -> object:
        """Return a constant argument as Python has it, or `default` where it is not given.

        Raises:
            OptionError: it is not a constant.
        """
        position = self.names.index(name)
        if position >= len(self.given):
            return default
        node = self.given[position]
        if isinstance(node, exp.Cast) and isinstance(node.this, exp.Literal):
            infinite = _INFINITE.get(str(node.this.this).casefold())
            if infinite is not None:
                return infinite
        try:
            value = python_value(name, node)
        except OptionError as error:
            shown = node.sql(dialect="duckdb")
            raise self.refusal(name, shown, "a constant") from error
        return default if value is None else value

    def integer(self, name: str, allowed: Range, default: int | None = None) -> int:
        """Return a constant integer within `allowed`.

        Raises:
            OptionError: it is none.
        """
        value = self.constant(name, default)
        if isinstance(value, bool) or not isinstance(value, int) or value not in allowed:
            raise self.refusal(name, value, f"an integer in {allowed}")
        return value

    def boolean(self, name: str, default: bool) -> bool:
        """Return TRUE or FALSE.

        Raises:
            OptionError: it is neither.
        """
        value = self.constant(name, default)
        if not isinstance(value, bool):
            raise self.refusal(name, value, "TRUE or FALSE")
        return value

    def choice(self, name: str, choices: Sequence[str], default: str | None = None) -> str:
        """Return one of `choices`, which are in lower case, whatever the case it is written in.

        Raises:
            OptionError: it is none of them.
        """
        value = self.constant(name, default)
        if not isinstance(value, str) or value.casefold() not in choices:
            hint = nearest(value, choices) if isinstance(value, str) else ""
            raise self.refusal(name, value, f"one of {', '.join(choices)}", hint)
        return value.casefold()

    def norm(self, name: str, default: float | None = None) -> float:
        """Return the degree of a p-norm: 0, a number of 1 or more, or infinity.

        Raises:
            OptionError: it is none.
        """
        value = self.constant(name, default)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not (is_number and (value == 0 or value >= 1)):  # type: ignore[operator]
            raise self.refusal(name, value, "0, a number of 1 or more, or CAST('+INF' AS FLOAT64)")
        return float(value)  # type: ignore[arg-type]

    def refusal(self, name: str, value: object, expected: str, hint: str = "") -> OptionError:
        """Return the error of an argument that is not what is expected."""
        shown = "NULL or missing" if value is None else value
        return OptionError(
            f"{self.name}: {name} is {shown}; expected {expected}: {self.signature}.{hint}"
        )
