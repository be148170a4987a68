"""CREATE MODEL, carried out: what is refused, what is trained, and what the statement answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp

from goldloop.dialect import CreateModel
from goldloop.dialect.bigquery_to_duckdb import duckdb_sql
from goldloop.errors import StatementError
from goldloop.failures import from_duckdb
from goldloop.functions.evaluate import stored_metrics
from goldloop.functions.rendering import render
from goldloop.registry.cards import ModelCard
from goldloop.transform.clause import transform_clause
from goldloop.warehouse import ConnectedWarehouse

if TYPE_CHECKING:
    from goldloop.registry.report import BuildReport

_TYPES = {str: exp.DType.VARCHAR, int: exp.DType.BIGINT, float: exp.DType.DOUBLE}


@dataclass(frozen=True)
class Creation:
    """What a CREATE MODEL came to: the card that serves, and the report where it trained."""

    card: ModelCard
    report: BuildReport | None

    def outcome_sql(self) -> str:
        """Return the query of the statement's result: one row, `outcome` trained or exists."""
        card = self.card
        row: dict[str, str | int | float] = {
            "model": str(card.name),
            "version": card.version,
            "outcome": self.report.outcome if self.report else "exists",
            "training_rows": card.training_rows,
            "evaluation_rows": card.evaluation_rows,
            "seconds": card.seconds,
        }
        values = [
            exp.alias_(exp.cast(exp.Literal.string(str(value)), _TYPES[type(value)]), name)
            for name, value in row.items()
        ]
        if not card.metrics:
            return duckdb_sql(exp.select(*values, exp.alias_(exp.null(), "metrics")))
        # The alias of a subquery, alone, is its row as a struct.
        stored = stored_metrics(card).subquery("metrics")
        return duckdb_sql(exp.select(*values, "metrics").from_(stored))


def create_model(
    warehouse: ConnectedWarehouse,
    statement: CreateModel,
    dialect: str,
    on_progress: Callable[[str], None] | None = None,
) -> Creation:
    """Train a model in one transaction, or keep the one there is (IF NOT EXISTS).

    `on_progress` takes a line for each iteration, round or trial.

    Raises:
        StatementError: the model exists, its schema does not, or a clause is not available.
        OptionError, TrainingDataError: see `goldloop.registry.builder.build_model`.
    """
    name = warehouse.resolve(statement.name)
    if warehouse.exists(name) and not statement.or_replace:
        if statement.if_not_exists:
            return Creation(warehouse.find_model(statement.name), None)
        raise StatementError(
            f"Model {name} exists; write CREATE OR REPLACE MODEL to train it again, or CREATE "
            "MODEL IF NOT EXISTS to keep it."
        )
    name = warehouse.require_schema(name)
    transform = None
    if statement.transform is not None:
        transform = transform_clause(str(name), statement.transform, dialect)
    # The libraries of training take seconds to load, which scoring should not wait for.
    from goldloop.registry.builder import build_model
    from goldloop.registry.request import BuildRequest

    warehouse.score_natively()
    queries = {
        named: render(query, warehouse, dialect) for named, query in statement.queries.items()
    }
    training = queries.pop("training_data", None)
    request = BuildRequest(
        name,
        training.sql if training else "",
        statement.options,
        retrain="always",
        queries={named: each.sql for named, each in queries.items()},
        inputs=statement.inputs,
        outputs=statement.outputs,
        progress=on_progress or (lambda _line: None),
        transform=transform,
    )
    rendered = [*([training] if training else []), *queries.values()]
    calls = [call for each in rendered for call in each.calls]
    with from_duckdb(calls, warehouse.columns_of), warehouse.transaction():
        report = build_model(warehouse.connection, request)
    return Creation(warehouse.find_model(name.table()), report)
