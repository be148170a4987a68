"""Sparse vectors as features: ARRAY<STRUCT<INT64, numerical>>, an index and a value each.

So ML.ONE_HOT_ENCODER, ML.MULTI_HOT_ENCODER, ML.BAG_OF_WORDS and ML.TF_IDF return them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlglot import exp

from goldloop.scoring.expressions import call, double, numeric, transformed

_NAME = r'(?:"(?:[^"]|"")+"|\w+)'
_SPARSE = re.compile(
    rf"STRUCT\((?P<index>{_NAME}) (?:TINY|SMALL|BIG)?INT(?:EGER)?, (?P<value>{_NAME}) "
    r"(?:DOUBLE|FLOAT|DECIMAL\([^)]*\)|(?:TINY|SMALL|BIG)?INT(?:EGER)?)\)\[\]"
)
_ENTRY = "_goldloop_entry"


@dataclass(frozen=True)
class Sparse:
    """A sparse vector: the vector itself and the names of its structs' two fields."""

    vector: exp.Expr
    index: str
    value: str

    def indexes(self) -> exp.Expression:
        """Return the indexes that a row's vector has."""
        return transformed(self.vector.copy(), _ENTRY, _field(self.index))

    def at(self, index: int) -> exp.Expression:
        """Return the value at `index`, 0 where the vector, or NULL, has none."""
        is_there = exp.EQ(this=_field(self.index), expression=exp.Literal.number(index))
        chosen = exp.Lambda(this=is_there, expressions=[exp.to_identifier(_ENTRY)])
        found = call("list_filter", self.vector.copy(), chosen)
        values = transformed(found, _ENTRY, _field(self.value))
        return call("coalesce", numeric(call("list_sum", values)), double(0.0))


def sparse(vector: exp.Expr, sql_type: str) -> Sparse | None:
    """Return `vector` as a sparse one, or None where its type is another's."""
    match = _SPARSE.fullmatch(sql_type)
    if match is None:
        return None
    return Sparse(vector, *(_unquoted(match[name]) for name in ("index", "value")))


def _field(name: str) -> exp.Expression:
    return call("struct_extract", exp.column(_ENTRY), exp.Literal.string(name))


def _unquoted(name: str) -> str:
    return name[1:-1].replace('""', '"') if name.startswith('"') else name
