"""All rules: by the class of sqlglot's node, and by name of functions that it does not know."""

from __future__ import annotations

from sqlglot import exp

from goldloop.dialect.bigquery_to_duckdb import (
    aggregates,
    arrays,
    casts,
    changes,
    dates,
    definitions,
    extraction,
    json_values,
    moments,
    numbers,
    printf,
    relations,
    safe,
    series,
    strings,
    structs,
    time_texts,
)
from goldloop.dialect.bigquery_to_duckdb.building import Rule

_SUBJECTS = (
    aggregates,
    arrays,
    casts,
    changes,
    dates,
    definitions,
    extraction,
    json_values,
    moments,
    numbers,
    printf,
    relations,
    safe,
    series,
    strings,
    structs,
    time_texts,
)
RULES: dict[type[exp.Expr], Rule] = {
    kind: rule for subject in _SUBJECTS for kind, rule in subject.RULES.items()
}
NAMED_RULES: dict[str, Rule] = {**moments.NAMED, **numbers.NAMED, **time_texts.NAMED}
