"""What a session asks of its connection: models by name, transactions, native scoring."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import duckdb
from sqlglot import exp
from sqlglot.errors import SqlglotError

from goldloop.dialect.bigquery_to_duckdb import duckdb_sql
from goldloop.errors import StatementError, nearest
from goldloop.functions.call import Call
from goldloop.functions.declaration import Separations
from goldloop.registry.cards import Feature, ModelCard
from goldloop.registry.details import Recorded, find_details
from goldloop.registry.names import MODEL_SCHEMA, ModelName
from goldloop.registry.projects import database_of
from goldloop.registry.read import find_model, list_models, versions
from goldloop.registry.trials import SECTION, Trial, trials_of


class ConnectedWarehouse:
    """The models of the current database of a connection.

    `scores_natively` says that what models call is on the connection already, as on a cursor of
    one that it was registered on: a cursor that ends soon must not be where others load from.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, scores_natively: bool = False
    ) -> None:
        self.connection = connection
        self._scores_natively = scores_natively
        if not scores_natively and self._has_stored_estimators():
            self.score_natively()

    def find_model(self, name: exp.Table) -> ModelCard:
        """Return the champion's card, its name as its function is to be called.

        Raises:
            ModelNotFoundError: no such model; the message has the nearest name.
            StatementError: the name is of another database than the current one.
        """
        asked = self.resolve(name)
        card = find_model(self.connection, asked)
        if card.scoring == "native":
            self.score_natively()
        return replace(card, name=replace(card.name, database=asked.database))

    def database_of(self, project: str) -> str:
        """Return the attached database that a project of BigQuery means.

        Raises:
            StatementError: it means none.
        """
        return database_of(self.connection, project)

    def find_separations(self, card: ModelCard) -> Separations:
        """Return (centroid_id, other_id, distance) of every two centroids of a clustering model."""
        return sorted(
            (found.json["centroid_id"], found.json["other_id"], found.value)
            for found in self.find_details(card, "separations")
            if found.value is not None
        )

    def find_trials(self, card: ModelCard) -> list[Trial]:
        """Return the trials of a tuned model's version, by number."""
        return trials_of([found.json for found in self.find_details(card, SECTION)])

    def find_details(self, card: ModelCard, section: str) -> list[Recorded]:
        """Return the facts of a version in that section, by their value, then by key."""
        return find_details(self.connection, card, section)

    def has_part(self, card: ModelCard, key: str) -> bool:
        """Return whether the version has a part of that key, a macro or a table."""
        found = self.connection.execute(
            "select function_name from duckdb_functions() where schema_name = $1 and "
            "database_name = current_database() and function_name = $2 union all "
            "select table_name from duckdb_tables() where schema_name = $1 and "
            "database_name = current_database() and table_name = $2",
            [MODEL_SCHEMA, card.part(key).name],
        ).fetchall()
        return bool(found)

    def has_function(self, schema: str, name: str) -> bool:
        """Return whether a function of that name (any case) was created in the schema."""
        found = self.connection.execute(
            "select 1 from duckdb_functions() where lower(schema_name) = lower($1) "
            "and lower(function_name) = lower($2) limit 1",
            [schema, name],
        )
        return bool(found.fetchall())

    def columns_of(self, call: Call) -> list[str]:
        """Return the columns of a call's sources; none where they cannot be told."""
        try:
            return [
                column.name
                for position in range(len(call.sources))
                for column in self.describe(call, position)
            ]
        except StatementError:  # it names what only its statement has, as a lateral join does
            return []

    def describe(self, call: Call, position: int = 0) -> list[Feature]:
        """Return the columns of a call's source and their DuckDB types.

        Raises:
            StatementError: the source cannot be read by itself.
        """
        query = exp.select("*").from_(call.sources[position].copy())
        if call.ctes:
            query.set("with_", exp.With(expressions=[cte.copy() for cte in call.ctes]))
        try:
            rows = self._query(f"describe {duckdb_sql(query)}")
        except duckdb.Error as error:
            raise StatementError(
                f"{call.name}: the columns of its source cannot be told: {error}"
            ) from error
        return [Feature(name, sql_type) for name, sql_type, *_ in rows]

    def resolve(self, name: exp.Table) -> ModelName:
        """Return where a model of that name is, or would be: in the current schema by default.

        Raises:
            StatementError: the name is of another database than the current one.
        """
        database, schema = self._query("select current_database(), current_schema()")[0]
        try:
            asked_database = self.database_of(name.catalog) if name.catalog else database
        except StatementError as error:
            raise StatementError(f"Model {name.sql('bigquery')}: {error}") from error
        if asked_database != database:
            raise StatementError(
                f"Model {name.catalog}.{name.db}.{name.name} is outside the current database "
                f"'{database}', where a session's models are; leave '{name.catalog}' out, or "
                f"connect to that database."
            )
        asked = ModelName(name.db or schema, name.name)
        known = versions(self.connection, asked)
        resolved = known[0].name if known else asked
        # DuckDB calls schema.name ambiguous where the database has the schema's name.
        is_ambiguous = resolved.schema.casefold() == database.casefold()
        return replace(resolved, database=database if is_ambiguous else None)

    def named(self, text: str) -> exp.Table:
        """Return the model's name that `text` says: as cards print it, or quoted as in DuckDB.

        Raises:
            StatementError: it is no name.
        """
        for card in list_models(self.connection):
            if str(card.name).casefold() == text.casefold():
                return card.name.table()
        try:
            name = exp.to_table(text, dialect="duckdb")
        except SqlglotError:
            name = exp.Table()
        if not name.name or not all(isinstance(part, exp.Identifier) for part in name.parts):
            raise StatementError(f"'{text}' is not a model's name; expected schema.name.")
        return name

    def versions_of(self, name: exp.Table) -> list[ModelCard]:
        """Return the cards of all versions of a model, newest first.

        Raises:
            ModelNotFoundError: no such model.
        """
        found = versions(self.connection, self.resolve(name))
        if not found:
            self.find_model(name)
        return found

    def exists(self, name: ModelName) -> bool:
        """Return whether there is a model of that name, which has not expired."""
        found = versions(self.connection, name)
        return bool(found) and not any(card.status == "expired" for card in found)

    def require_schema(self, name: ModelName) -> ModelName:
        """Return `name` with its schema's own spelling.

        Raises:
            StatementError: there is no such schema.
        """
        rows = self._query(
            "select schema_name from duckdb_schemas() where database_name = current_database()"
        )
        schemas = {row[0].casefold(): row[0] for row in rows}
        if name.schema.casefold() not in schemas:
            quoted = exp.to_identifier(name.schema, quoted=True).sql("duckdb")
            raise StatementError(
                f"Model {name}: there is no schema '{name.schema}'; run CREATE SCHEMA {quoted} "
                f"first.{nearest(name.schema, schemas.values())}"
            )
        return replace(name, schema=schemas[name.schema.casefold()])

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make all that happens within one change, or none on any error.

        Within a transaction of the caller's, it joins it; an error rolls that back whole, as
        DuckDB has no savepoints.
        """
        is_joined = self._is_in_transaction()
        if not is_joined:
            self.connection.begin()
        try:
            yield
        except BaseException:
            self.connection.rollback()
            raise
        if not is_joined:
            self.connection.commit()

    def _is_in_transaction(self) -> bool:
        # Outside one, every statement has a transaction of its own.
        first, second = (self._query("select txid_current()")[0][0] for _ in range(2))
        return first == second

    def _has_stored_estimators(self) -> bool:
        has_table = self._query(
            "select count(*) from duckdb_tables() where database_name = current_database()"
            f" and schema_name = '{MODEL_SCHEMA}' and table_name = 'artifacts'"
        )[0][0]
        return bool(has_table) and bool(
            self._query(f"select count(*) from {MODEL_SCHEMA}.artifacts")[0][0]
        )

    def score_natively(self) -> None:
        """Register what models call that SQL cannot say; again is harmless."""
        if not self._scores_natively:
            from goldloop.registry.artifacts import register_native

            register_native(self.connection)
            self._scores_natively = True

    def _query(self, sql: str) -> list[tuple]:
        return self.connection.execute(sql).fetchall()
