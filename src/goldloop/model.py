"""One model of a session: predict, evaluate, its card and versions."""

from __future__ import annotations

import duckdb
from sqlglot import exp

from goldloop.dialect.bigquery_to_duckdb import duckdb_sql
from goldloop.errors import StatementError
from goldloop.failures import from_duckdb
from goldloop.functions.call import Call, checked_call
from goldloop.functions.catalogue import table_function
from goldloop.functions.feature_types import check_feature_types
from goldloop.functions.trials import query_over_trials
from goldloop.registry.cards import Feature, ModelCard
from goldloop.warehouse import ConnectedWarehouse

_ROWS = "_goldloop_rows"


class Model:
    """A model that serves; whatever version does when a method is called answers."""

    def __init__(self, warehouse: ConnectedWarehouse, name: exp.Table) -> None:
        """Raise ModelNotFoundError where there is no such model."""
        self._warehouse = warehouse
        self._name = name
        warehouse.find_model(name)

    def __repr__(self) -> str:
        """Return what a notebook shows: the model, its type and the version that serves."""
        card = self.card()
        return f"<Model {card.name} v{card.version}: {card.model_type}>"

    def predict(
        self, rows: duckdb.DuckDBPyRelation, threshold: float | None = None
    ) -> duckdb.DuckDBPyRelation:
        """Return `rows` with the predicted columns before them, as `ML.PREDICT` does.

        Args:
            rows: a relation of the session's connection; features are found by name, other
                columns are passed through.
            threshold: the least probability of the positive class that predicts it (default
                0.5); binary classifiers only.

        Raises:
            StatementError: a feature is missing, or `rows` is no relation of this connection.
            ModelKindError: a threshold for another kind of model.
        """
        return self._over(rows, self._call("ML.PREDICT", _ROWS, threshold))

    def evaluate(
        self, rows: duckdb.DuckDBPyRelation | None = None, threshold: float | None = None
    ) -> duckdb.DuckDBPyRelation:
        """Return one row of metrics, as `ML.EVALUATE` does.

        Args:
            rows: labelled rows; without them, the metrics of the training are returned, on the
                rows it held out (on all where it held none out).
            threshold: as in `predict`.

        Raises:
            StatementError: a feature or the label is missing.
            ModelKindError: models of this kind are not evaluated, or have no threshold.
        """
        if rows is not None:
            return self._over(rows, self._call("ML.EVALUATE", _ROWS, threshold))
        call = self._call("ML.EVALUATE", None, threshold)
        return self._warehouse.connection.sql(duckdb_sql(query_over_trials(call, self._warehouse)))

    def explain(
        self,
        rows: duckdb.DuckDBPyRelation | None = None,
        top_k_features: int = 5,
        threshold: float | None = None,
        approx_feature_contrib: bool = False,
        class_level_explain: bool = False,
    ) -> duckdb.DuckDBPyRelation:
        """Return why the model predicts what it does for each row, as `ML.EXPLAIN_PREDICT` does.

        Without rows, what each feature contributes overall, as `ML.GLOBAL_EXPLAIN` does.

        Args:
            rows: a relation of the session's connection.
            top_k_features: how many features a row is told of, those of the largest attributions.
            threshold: as in `predict`.
            approx_feature_contrib: of trees, Saabas' approximation instead of Tree SHAP.
            class_level_explain: without rows, whether to tell the features of each class.

        Raises:
            StatementError: a feature is missing, or `rows` is no relation of this connection.
            ModelKindError: the model, or an argument for it, is of a kind that is not explained.
            OptionError: an argument is out of range.
        """
        if rows is None:
            wanted = {"class_level_explain": True} if class_level_explain else {}
            function = table_function("ML.GLOBAL_EXPLAIN")
            call = checked_call(function, self.card(), (), wanted)
            return self._warehouse.connection.sql(
                duckdb_sql(query_over_trials(call, self._warehouse))
            )
        given: dict[str, object] = {"top_k_features": top_k_features}
        if threshold is not None:
            given["threshold"] = threshold
        if approx_feature_contrib:
            given["approx_feature_contrib"] = True
        function = table_function("ML.EXPLAIN_PREDICT")
        return self._over(rows, checked_call(function, self.card(), (exp.table_(_ROWS),), given))

    def export(
        self, form: str = "sql", dialect: str = "duckdb", trial_id: int | None = None
    ) -> bytes:
        """Return the model for use elsewhere.

        Args:
            form: `sql`, the DDL of its function; `json`, all that is known of it; or `onnx`.
            dialect: of the SQL: duckdb, bigquery, snowflake, redshift, spark, databricks, postgres.
            trial_id: the trial of a tuned model; default the best.

        Raises:
            NotExpressibleError: the form has no words for the model.
            OptionError: there is no such form, dialect or trial.
        """
        from goldloop.exporting.export import exported
        from goldloop.exporting.statement import version_to_export

        card = self.card()
        version = version_to_export(self._warehouse, card, trial_id)
        return exported(self._warehouse.connection, version, form, dialect, card.name)

    def card(self) -> ModelCard:
        """Return the card of the version that serves."""
        return self._warehouse.find_model(self._name)

    def versions(self) -> list[ModelCard]:
        """Return the cards of all versions, newest first."""
        return self._warehouse.versions_of(self._name)

    def _call(self, function: str, source: str | None, threshold: float | None) -> Call:
        parameters = {} if threshold is None else {"threshold": threshold}
        sources = (exp.table_(source),) if source else ()
        return checked_call(table_function(function), self.card(), sources, parameters)

    def _over(self, rows: duckdb.DuckDBPyRelation, call: Call) -> duckdb.DuckDBPyRelation:
        if not isinstance(rows, duckdb.DuckDBPyRelation):
            raise StatementError(
                f"Model {call.card.name} takes a DuckDB relation, not {type(rows).__name__}: "
                "session.connection.table('t'), .sql('select …') or .from_df(frame)."
            )
        types = zip(rows.columns, map(str, rows.types), strict=True)
        check_feature_types(call, [Feature(name, sql_type) for name, sql_type in types])
        sql = duckdb_sql(query_over_trials(call, self._warehouse))
        with from_duckdb([call], lambda _call: rows.columns):
            result = rows.query(_ROWS, sql)
        assert result is not None  # a query, not a statement
        return result
