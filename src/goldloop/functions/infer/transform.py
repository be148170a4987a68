"""ML.TRANSFORM: rows as the model's TRANSFORM clause makes them, by its training statistics."""

from __future__ import annotations

from sqlglot import exp

from goldloop.errors import ModelKindError
from goldloop.functions.call import ROW, Call
from goldloop.functions.declaration import Group, Output, TableFunction, Warehouse
from goldloop.functions.model_calls import called

# The part, and the section of details, that a model with a TRANSFORM clause has.
TRANSFORM = "transform"


def _query(call: Call, warehouse: Warehouse) -> exp.Query:
    """Return the columns in the list's order; those with a role only if the rows have them.

    The label, for one, is not known of rows that are to be predicted.
    """
    columns = warehouse.find_details(call.card, TRANSFORM)
    if not columns:
        raise ModelKindError(
            f"ML.TRANSFORM: model {call.card.name} has no TRANSFORM clause; its rows are scored "
            "as they are."
        )
    given = {each.name.casefold(): each.name for each in warehouse.describe(call)}
    made = exp.column("_goldloop_made")
    selected: list[exp.Expr] = []
    for column in columns:
        name = exp.to_identifier(column.key, quoted=True)
        if not column.json["has_role"]:
            field = exp.Literal.string(column.key)
            value = exp.Anonymous(this="struct_extract", expressions=[made.copy(), field])
            selected.append(exp.alias_(value, name))
        elif column.key.casefold() in given:
            source = exp.to_identifier(given[column.key.casefold()], quoted=True)
            selected.append(exp.alias_(exp.column(source, table=ROW), name))
    row = called(call.card.part(TRANSFORM), exp.column(ROW))
    rows = exp.select(exp.column(ROW), exp.alias_(row, "_goldloop_made")).from_(call.rows())
    return exp.select(*selected).from_(rows.subquery("_goldloop_transformed"))


TRANSFORM_ROWS = TableFunction(
    "ML.TRANSFORM",
    Group.INFER,
    "Transforms rows as the model's TRANSFORM clause does, by the statistics of its training.",
    _query,
    (
        Output(
            "model with TRANSFORM (or TRANSFORM_ONLY)",
            (("<columns of the TRANSFORM list>", "as computed"),),
        ),
    ),
    sources=(1, 1),
)
