"""The `options` of VECTOR_SEARCH, which are of vector indexes."""

from __future__ import annotations

import json
from typing import Any

from sqlglot import exp

from goldloop.errors import OptionError
from goldloop.functions.call import Call


def check_index_options(call: Call) -> None:
    """Check `options`: a search that compares every row does what both of them ask for.

    Raises:
        OptionError: they are no JSON object of known names and values, or contradict each other.
    """
    given = call["options"]
    if given is None:
        return
    options = _json(call, given)
    for name, value in options.items():
        check = _OPTIONS.get(str(name).lower())
        if check is None:
            raise OptionError(
                f"{call.name}: options names '{name}'; expected {' or '.join(_OPTIONS)}."
            )
        if not check[0](value):
            raise OptionError(f"{call.name}: options: {name} is {value!r}; expected {check[1]}.")
    if options.get("use_brute_force") and "fraction_lists_to_search" in options:
        raise OptionError(
            f"{call.name}: options use_brute_force and fraction_lists_to_search exclude each "
            "other; keep one of them."
        )


def _json(call: Call, given: exp.Expr) -> dict[str, Any]:
    text = given.this if isinstance(given, exp.ParseJSON | exp.Cast | exp.Paren) else given
    if isinstance(text, exp.Literal) and text.is_string:
        try:
            options = json.loads(text.name)
        except ValueError:
            options = None
        if isinstance(options, dict):
            return options
    raise OptionError(
        f"{call.name}: options is {given.sql('duckdb')}; expected a JSON object in quotes, such as "
        """'{"use_brute_force": true}'."""
    )


_OPTIONS = {
    "use_brute_force": (lambda value: isinstance(value, bool), "true or false"),
    "fraction_lists_to_search": (
        lambda value: (
            isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 1
        ),
        "a number in (0, 1]",
    ),
}
