"""What a version recorded of itself, as a query: the rows of a section of `goldloop.metrics`."""

from __future__ import annotations

import sqlglot
from sqlglot import exp

from goldloop.registry.cards import ModelCard
from goldloop.registry.names import MODEL_SCHEMA


def details(card: ModelCard, section: str) -> exp.Select:
    """Return the query of a section's rows: position (as recorded), key, value, json."""
    metrics = exp.table_("metrics", db=MODEL_SCHEMA, quoted=True)
    same = {
        "model_schema": exp.Literal.string(card.name.schema),
        "model_name": exp.Literal.string(card.name.name),
        "version": exp.cast(exp.Literal.number(card.version), exp.DType.BIGINT),
        "section": exp.Literal.string(section),
    }
    conditions = [exp.EQ(this=exp.column(name), expression=value) for name, value in same.items()]
    position = exp.alias_(exp.column("rowid"), "position")
    return exp.select(position, "key", "value", "json").from_(metrics).where(*conditions)


def query(sql: str, **ctes: exp.Query) -> exp.Select:
    """Return the DuckDB query `sql`, one of this project's texts, over named queries."""
    select = sqlglot.parse_one(sql, dialect="duckdb", into=exp.Select)
    with_ = [
        exp.CTE(this=found, alias=exp.TableAlias(this=exp.to_identifier(name)))
        for name, found in ctes.items()
    ]
    own = select.args.get("with_")
    select.set("with_", exp.With(expressions=[*with_, *(own.expressions if own else [])]))
    return select
