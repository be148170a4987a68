"""The Python API: a session on a DuckDB database in which models are trained and called in SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from os import PathLike, fspath
from types import TracebackType
from typing import TYPE_CHECKING, Any

import duckdb

from goldloop.creation import create_model
from goldloop.dialect import (
    AlterModel,
    CreateModel,
    DropModel,
    ExportModel,
    SqlStatement,
    VerbatimStatement,
    parse_script,
)
from goldloop.dialect.statements import PlainStatement
from goldloop.errors import GoldloopError, StatementError
from goldloop.failures import from_duckdb
from goldloop.functions.rendering import render
from goldloop.lineage import TracedRow, trace
from goldloop.model import Model
from goldloop.native import register_all
from goldloop.registry.boosters import register_boosters
from goldloop.registry.cards import ModelCard
from goldloop.registry.projects import map_projects
from goldloop.registry.read import list_models
from goldloop.registry.schema import ensure_schema
from goldloop.scripting.interpreter import Script
from goldloop.warehouse import ConnectedWarehouse

if TYPE_CHECKING:
    from goldloop.registry.report import BuildReport


def connect(
    path_or_connection: str | PathLike[str] | duckdb.DuckDBPyConnection = ":memory:",
    read_only: bool = False,
    on_build: Callable[[BuildReport], None] | None = None,
    on_progress: Callable[[str], None] | None = None,
    allowed_estimators: Iterable[str] = (),
    projects: Mapping[str, str | None] | Iterable[str] = (),
) -> Session:
    """Return a session on a DuckDB file (made if it is not there), in memory, or on a connection.

    Args:
        path_or_connection: a file, `:memory:`, or an open connection, which stays the caller's
            to close. On connections that a session opens, the time zone is UTC, as BigQuery's.
        read_only: write nothing; models are called, not trained.
        on_build: called with the report of each model that is trained.
        on_progress: called with a line for each iteration, round or trial of a training.
        allowed_estimators: packages or classes beside scikit-learn's own that MODEL_TYPE='SKLEARN'
            may import and load, such as `lightgbm`; allowed in this process from now on.
        projects: the projects of BigQuery that the SQL names, and the attached databases that
            they mean (None, as in a mere list: the current one). The warehouse remembers them.

    Raises:
        GoldloopError: the database cannot be opened, or has the name of Goldloop's own schema.
    """
    if allowed_estimators:
        from goldloop.scoring.allowed_estimators import allow_estimators

        allow_estimators(allowed_estimators)
    if isinstance(path_or_connection, duckdb.DuckDBPyConnection):
        session = Session(path_or_connection, False, read_only, on_build, on_progress)
        session.map_projects(projects)
        return session
    path = fspath(path_or_connection)
    try:
        connection = duckdb.connect(path, read_only=read_only)
    except duckdb.Error as error:
        raise GoldloopError(f"The database {path} cannot be opened: {error}") from error
    try:
        connection.execute("set TimeZone = 'UTC'")
        session = Session(connection, True, read_only, on_build, on_progress)
        session.map_projects(projects)
        return session
    except BaseException:
        connection.close()
        raise


class Session:
    """A DuckDB connection on which SQL may train and call models; see `connect`.

    `connection` is plain DuckDB's. A session is a context manager that closes
    what it opened.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        owns_connection: bool,
        read_only: bool,
        on_build: Callable[[BuildReport], None] | None = None,
        on_progress: Callable[[str], None] | None = None,
        scores_natively: bool = False,
    ) -> None:
        self.connection = connection
        self.read_only = read_only
        self._owns_connection = owns_connection
        self._on_build = on_build
        self._on_progress = on_progress
        if not read_only:
            with from_duckdb():
                ensure_schema(connection)
        register_all(connection)
        register_boosters(connection)
        self._warehouse = ConnectedWarehouse(connection, scores_natively)

    def sql(
        self,
        text: str,
        dialect: str = "bigquery",
        on_result: Callable[[duckdb.DuckDBPyRelation], None] | None = None,
    ) -> duckdb.DuckDBPyRelation | None:
        """Run the statements of a script, one after another, and return the last one's result.

        Args:
            text: statements separated by semicolons; `CREATE MODEL`, `DROP MODEL` and the `ML.*`
                functions beside any SQL. Each CREATE MODEL is one transaction (or part of the
                script's own): on any error the model that served before still does.
            dialect: the SQL around them, `bigquery` or `duckdb`.
            on_result: called with the result of each query, as soon as it is there.

        Returns:
            The result's rows, held in memory (large ones belong in a table: `create table … as`);
            for CREATE MODEL one row: model, version, outcome, training_rows, evaluation_rows,
            seconds, metrics. None for an empty script.

        Raises:
            GoldloopError: a statement cannot be read or run; the message begins with its line.
        """
        run = partial(self._run, dialect=dialect)
        script = Script(self.connection, self._warehouse, run, on_result)
        return script.run(parse_script(text, dialect))

    def model(self, name: str) -> Model:
        """Return the model `schema.name` (current schema when left out).

        Raises:
            ModelNotFoundError: no such model; the message has the nearest name.
        """
        with from_duckdb():
            return Model(self._warehouse, self._warehouse.named(name))

    def models(self) -> list[ModelCard]:
        """Return the cards of the models that serve, by name."""
        with from_duckdb():
            cards = list_models(self.connection)
        return [card for card in cards if card.status == "champion"]

    def trace(
        self, table: str, key: str | Mapping[str, Any], depth: int | None = None, limit: int = 5
    ) -> list[TracedRow]:
        """Return a row and those it came from; see `goldloop.lineage.trace`.

        Raises:
            GoldloopError: the relation declares no lineage, or there is no row of that key.
        """
        with from_duckdb():
            return trace(self.connection, table, key, depth, limit)

    def map_projects(self, projects: Mapping[str, str | None] | Iterable[str]) -> None:
        """Let projects of BigQuery mean attached databases; see `connect`.

        Raises:
            StatementError: the session is read-only.
            OptionError: a project or database is no text.
        """
        if projects:
            self._require_writable()
            map_projects(self.connection, projects)

    def close(self) -> None:
        """Close the connection, if this session opened it."""
        if self._owns_connection:
            self.connection.close()

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _run(self, statement: PlainStatement, dialect: str) -> duckdb.DuckDBPyRelation | None:
        match statement:
            case CreateModel():
                return self._create_model(statement, dialect)
            case AlterModel():
                self._alter_model(statement)
                return None
            case ExportModel():
                from goldloop.exporting.statement import export_model

                export_model(self._warehouse, statement)
                return None
            case DropModel():
                self._drop_model(statement)
                return None
            case VerbatimStatement(_, sql):
                return _rows(self.connection, sql)
            case SqlStatement(_, tree):
                rendered = render(tree, self._warehouse, dialect)
                with from_duckdb(rendered.calls, self._warehouse.columns_of):
                    return _rows(self.connection, rendered.sql)

    def _create_model(self, statement: CreateModel, dialect: str) -> duckdb.DuckDBPyRelation:
        self._require_writable()
        creation = create_model(self._warehouse, statement, dialect, self._on_progress)
        if self._on_build and creation.report:
            self._on_build(creation.report)
        return _rows(self.connection, creation.outcome_sql())

    def _alter_model(self, statement: AlterModel) -> None:
        self._require_writable()
        name = self._warehouse.resolve(statement.name)
        if statement.if_exists and not self._warehouse.exists(name):
            return
        from goldloop.registry.settings import set_options

        card = self._warehouse.find_model(statement.name)
        with self._warehouse.transaction():
            set_options(self.connection, card, statement.options)

    def _drop_model(self, statement: DropModel) -> None:
        self._require_writable()
        name = self._warehouse.resolve(statement.name)
        if statement.if_exists and not self._warehouse.exists(name):
            return
        from goldloop.registry.write import drop_model

        self._warehouse.versions_of(statement.name)
        with self._warehouse.transaction():
            drop_model(self.connection, name)

    def _require_writable(self) -> None:
        if self.read_only:
            raise StatementError("The session is read-only; connect without read_only to train.")


def _rows(connection: duckdb.DuckDBPyConnection, sql: str) -> duckdb.DuckDBPyRelation:
    # No local name here may be a relation: DuckDB would read it as a table of that name.
    return connection.sql(sql).materialize()
