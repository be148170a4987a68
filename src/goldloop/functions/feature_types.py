"""Whether the rows given to a function have the features' types: BigQuery ML refuses others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from goldloop.errors import StatementError
from goldloop.functions.call import Call
from goldloop.registry.cards import Feature

# Types of one family are read alike: an INTEGER where a DOUBLE was, a DATE where a TIMESTAMP was.
_FAMILIES = {
    "a number": re.compile(r"(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL.*|BIGNUM)"),
    "text": re.compile(r"(VARCHAR|ENUM\(.*\)|UUID)", re.DOTALL),
    "true or false": re.compile(r"BOOLEAN"),
    "a date or timestamp": re.compile(r"(DATE|TIMESTAMP.*)"),
    "an array": re.compile(r".*\[\d*\]", re.DOTALL),
    "a struct": re.compile(r"STRUCT\(.*", re.DOTALL),
}
# Scored natively where they are large, of features that are typed as in SQL.
_TREES = ("boosted_tree", "random_forest")
_UNTYPED = '"NULL"'


def check_feature_types(call: Call, columns: Sequence[Feature]) -> None:
    """Compare `columns`, those of the call's source, with the features of its model.

    Estimators that are scored natively take what converts, as scikit-learn does.

    Raises:
        StatementError: a feature is of another family of types than in training.
    """
    card = call.model
    if card is None or (card.scoring == "native" and not card.model_type.startswith(_TREES)):
        return
    given = {column.name.casefold(): column for column in columns}
    for feature in card.features:
        column = given.get(feature.name.casefold())
        if column is None or column.sql_type == _UNTYPED:
            continue
        expected, found = family(feature.sql_type), family(column.sql_type)
        if expected != found:
            raise StatementError(
                f"Model {card.name}: feature '{feature.name}' is {column.sql_type} ({found}) in "
                f"the rows given to {call.name}; the model was trained on {feature.sql_type} "
                f"({expected}). Cast the column."
            )


def family(sql_type: str) -> str:
    """Return what values of the DuckDB type are, such as `a number`; of any other, its name."""
    for name, pattern in _FAMILIES.items():
        if pattern.fullmatch(sql_type):
            return name
    return sql_type
