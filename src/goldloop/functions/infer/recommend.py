"""ML.RECOMMEND: the score of pairs of users and items, or of all that are not told."""

from __future__ import annotations

from sqlglot import exp

from goldloop.errors import StatementError
from goldloop.functions.call import ROW, Call
from goldloop.functions.declaration import (
    Group,
    Output,
    TableFunction,
    Warehouse,
    types,
)
from goldloop.functions.model_calls import UNNESTED, scored_rows
from goldloop.functions.parameters import TRIAL_ID
from goldloop.functions.source_columns import source_columns
from goldloop.recommendation.score import ITEMS, USERS

_OTHERS = "_goldloop_others"


def _query(call: Call, warehouse: Warehouse) -> exp.Select:
    user, item = (_quoted(feature) for feature in _pair(call))
    ids = [user.copy(), item.copy()]
    named = [exp.column(each.copy(), table=ROW) for each in ids]
    rest = exp.column(exp.Star(**{"except_": ids}), table=exp.to_identifier(ROW))
    columns = [*named, UNNESTED.copy(), *([rest] if call.sources else [])]
    return exp.select(*columns).from_(scored_rows(call.card, _pairs(call, warehouse, user, item)))


def _pair(call: Call) -> tuple[str, str]:
    """Return what the model calls user and item: the options say which feature is which."""
    options = {"user_col": "user", "item_col": "item", **call.card.options}
    return str(options["user_col"]), str(options["item_col"])


def _pairs(
    call: Call, warehouse: Warehouse, user: exp.Identifier, item: exp.Identifier
) -> exp.Select:
    """Return the pairs to score, beside what else the rows hold.

    Raises:
        StatementError: the rows have neither users nor items.
    """
    if not call.sources:
        users, items = (_known(call, part, name) for part, name in ((USERS, user), (ITEMS, item)))
        pairs = exp.select("*").from_(users.subquery("_users"))
        return pairs.join(items.subquery("_items"), join_type="cross")
    columns = {each.name.casefold() for each in source_columns(call, warehouse)}
    rows = exp.select("*").from_(call.rows())
    has_user, has_item = (not columns or name.name.casefold() in columns for name in (user, item))
    if has_user and has_item:
        return rows
    if not (has_user or has_item):
        raise StatementError(
            f"{call.name}: its rows have neither the column '{user.name}' nor '{item.name}' of "
            f"model {call.card.name}; expected one or both."
        )
    part, name = (ITEMS, item) if has_user else (USERS, user)
    return rows.join(_known(call, part, name).subquery(_OTHERS), join_type="cross")


def _known(call: Call, part: str, name: exp.Identifier) -> exp.Select:
    return exp.select(exp.alias_(exp.column("id"), name.copy())).from_(call.card.part(part))


def _quoted(name: str) -> exp.Identifier:
    return exp.to_identifier(name, quoted=True)


_IDS = (("<user_col>", "as trained"), ("<item_col>", "as trained"))

RECOMMEND = TableFunction(
    "ML.RECOMMEND",
    Group.INFER,
    "The predicted rating of pairs of users and items; of all that are not given.",
    _query,
    (
        Output("explicit", (*_IDS, ("predicted_<rating>", "FLOAT64"))),
        Output("implicit", (*_IDS, ("predicted_<rating>_confidence", "FLOAT64"))),
    ),
    serves=types("matrix_factorization"),
    sources=(0, 1),
    parameters=(TRIAL_ID,),
)
