"""References of a TRANSFORM list to columns, as fields of the raw row."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from goldloop.errors import TrainingDataError, nearest
from goldloop.registry.cards import Feature

# The row before the transformation; `expressions.ROW` is the one after it.
RAW = "_raw"


def raw_field(name: str) -> exp.Column:
    """Return the column `name` of the raw row: `_raw."name"`."""
    return exp.Column(
        this=exp.to_identifier(name, quoted=True), table=exp.to_identifier(RAW, quoted=False)
    )


def raw_column(expression: exp.Expr) -> str | None:
    """Return the name of the raw column that `expression` is, or None."""
    is_raw = isinstance(expression, exp.Column) and expression.table == RAW
    return expression.name if is_raw else None


def raw_columns(expression: exp.Expr) -> set[str]:
    """Return the names of the raw columns that `expression` reads."""
    return {each.name for each in expression.find_all(exp.Column) if each.table == RAW}


def qualified(
    model: str, name: str, node: exp.Expr, raw: Sequence[Feature], made: Sequence[str]
) -> exp.Expr:
    """Return `node`, the expression of the column `name`, over the raw row.

    Args:
        model: the model's name, for errors.
        name: the column that is made.
        node: its expression.
        raw: the columns of the training query.
        made: the names of all columns of the list.

    Raises:
        TrainingDataError: it reads a column that the query does not return.
    """
    names = {column.name.casefold(): column.name for column in raw}
    holder = exp.Paren(this=node.copy())
    for column in list(holder.find_all(exp.Column)):
        if _is_of_a_lambda(column):
            continue
        root, *fields = (part.name for part in column.parts)
        if root.casefold() not in names:
            raise _unknown(model, name, root, list(names.values()), made)
        value: exp.Expr = raw_field(names[root.casefold()])
        for each in fields:
            value = exp.Anonymous(
                this="struct_extract", expressions=[value, exp.Literal.string(each)]
            )
        column.replace(value)
    return holder.this


def _is_of_a_lambda(column: exp.Column) -> bool:
    root = column.parts[0].name.casefold()
    outer = column.parent
    while outer is not None:
        if isinstance(outer, exp.Lambda) and root in {
            variable.name.casefold() for variable in outer.expressions
        }:
            return True
        outer = outer.parent
    return False


def _unknown(
    model: str, name: str, root: str, names: Sequence[str], made: Sequence[str]
) -> TrainingDataError:
    others = {each.casefold() for each in made} - {name.casefold()}
    if root.casefold() in others:
        return TrainingDataError(
            f"Model {model}, TRANSFORM: '{name}' reads '{root}', which TRANSFORM itself makes; "
            f"expressions read the columns of the query only: {', '.join(names)}. Compute '{root}' "
            "in the query."
        )
    return TrainingDataError(
        f"Model {model}, TRANSFORM: '{name}' reads the column '{root}', which the query does not "
        f"return; it returns {', '.join(names)}.{nearest(root, names)}"
    )
