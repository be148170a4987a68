"""The columns that a TRANSFORM clause makes of those of the training query."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp

from goldloop.errors import TrainingDataError, nearest
from goldloop.functions.analysis import Deferred
from goldloop.registry.cards import Feature
from goldloop.transform.clause import TransformClause
from goldloop.transform.references import qualified, raw_column
from goldloop.transform.refusals import check_expression


@dataclass(frozen=True)
class Column:
    """A column of the list: `expression` is over the raw row; `is_kept` passes one unchanged."""

    name: str
    expression: exp.Expr
    is_kept: bool = False


def resolve_columns(
    model: str, clause: TransformClause, raw: Sequence[Feature], roles: Mapping[str, str]
) -> list[Column]:
    """Return the columns of `clause` over the raw columns of the training query.

    Args:
        model: the model's name, for errors.
        clause: what was written.
        raw: the columns of the training query.
        roles: the option by each column that an option names and no feature is; each must be
            among the columns, unchanged.

    Raises:
        TrainingDataError: a column is unknown, unnamed or repeated, or one with a role is lost or
            changed.
        StatementError: an expression is of more than one row, such as an aggregate.
    """
    listed = [named for item in clause.items for named in _items(model, item, raw)]
    made = [name for name, _ in listed]
    columns = []
    for name, node in listed:
        check_expression(model, name, node)
        expression = qualified(model, name, node, raw, made)
        columns.append(Column(name, expression, _is_kept(name, expression)))
    _require_once(model, made)
    _require_roles(model, columns, roles)
    return columns


def _items(model: str, item: exp.Expr, raw: Sequence[Feature]) -> Iterator[tuple[str, exp.Expr]]:
    """Yield name and expression of each column that an item of the list stands for."""
    if isinstance(item, exp.Star):
        yield from _star(model, item, raw)
        return
    name = item.alias_or_name if isinstance(item, exp.Alias | exp.Column | exp.Dot) else ""
    if isinstance(item, exp.Dot):
        name = item.expression.name if isinstance(item.expression, exp.Identifier) else ""
    if isinstance(item, exp.Column) and isinstance(item.this, exp.Star):
        raise TrainingDataError(
            f"Model {model}, TRANSFORM: '{item.sql('duckdb')}' is not a column; write *, or the "
            "fields by name."
        )
    if not name:
        raise TrainingDataError(
            f"Model {model}, TRANSFORM: '{_text(item)}' has no name; write it AS name."
        )
    yield name, item.this if isinstance(item, exp.Alias) else item


def _star(model: str, star: exp.Star, raw: Sequence[Feature]) -> Iterator[tuple[str, exp.Expr]]:
    left_out = {each.name.casefold() for each in star.args.get("except_") or ()}
    replaced = {
        each.alias.casefold(): each.this
        for each in star.args.get("replace") or ()
        if isinstance(each, exp.Alias)
    }
    names = {column.name.casefold(): column.name for column in raw}
    for clause, found in (("EXCEPT", left_out), ("REPLACE", set(replaced))):
        for name in sorted(found):
            if name not in names:
                raise TrainingDataError(
                    f"Model {model}, TRANSFORM: * {clause} names the column '{name}', which the "
                    f"query does not return.{nearest(name, names.values())}"
                )
    for folded, name in names.items():
        if folded not in left_out:
            node = replaced.get(folded, exp.column(exp.to_identifier(name, quoted=True)))
            yield name, node


def _is_kept(name: str, expression: exp.Expr) -> bool:
    column = raw_column(expression)
    return column is not None and column.casefold() == name.casefold()


def _require_once(model: str, names: Sequence[str]) -> None:
    folded = [name.casefold() for name in names]
    for position, name in enumerate(folded):
        if name in folded[:position]:
            raise TrainingDataError(
                f"Model {model}, TRANSFORM: the column '{names[position]}' is made twice (case "
                "does not count); leave one out, as in * EXCEPT, or name it anew with AS."
            )


def _require_roles(model: str, columns: Sequence[Column], roles: Mapping[str, str]) -> None:
    by_name = {column.name.casefold(): column for column in columns}
    for role, option in roles.items():
        column = by_name.get(role.casefold())
        if column is None:
            raise TrainingDataError(
                f"Model {model}: the column '{role}', which {option} names, is lost in TRANSFORM; "
                f"add {role} to its list."
            )
        if not column.is_kept:
            raise TrainingDataError(
                f"Model {model}: the column '{role}', which {option} names, is changed in "
                f"TRANSFORM; it must pass as it is. Compute it in the query and list {role}."
            )


def _text(node: exp.Expr) -> str:
    shown = node.transform(
        lambda each: (
            exp.Anonymous(this=each.this, expressions=each.expressions)
            if isinstance(each, Deferred)
            else each
        )
    )
    return shown.sql(dialect="duckdb")
