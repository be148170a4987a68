"""What a fitted model is worth: metrics of its function over rows, and all facts of a version."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import uuid4

import duckdb

from goldloop.evaluation.global_explanation import PART as EXPLAIN
from goldloop.evaluation.global_explanation import global_attributions
from goldloop.evaluation.install import evaluation_sql
from goldloop.evaluation.judged import PART, judged_query
from goldloop.evaluation.model import evaluate_query, scored_query
from goldloop.registry.names import ModelName, part_name
from goldloop.scoring.prediction import Classification
from goldloop.training.fitted import Detail, Fitted
from goldloop.training.global_explain import SECTION as GLOBAL_EXPLAIN
from goldloop.training.global_explain import global_details


def measure(
    con: duckdb.DuckDBPyConnection,
    name: ModelName,
    fitted: Fitted,
    label: str | None,
    source: str,
    version_id: str = "",
) -> dict[str, float | None]:
    """Return the metrics of the function that stands under `name` over the rows of `source`.

    Some kinds are measured by a part of their version, which `version_id` names.
    """
    query = evaluate_query(
        name,
        fitted.problem_type,
        label,
        source,
        separations=fitted.separations,
        version_id=version_id,
    )
    return _only_row(con, query)


def judge(
    con: duckdb.DuckDBPyConnection,
    name: ModelName,
    version_id: str,
    fitted: Fitted,
    label: str | None,
    source: str,
) -> dict[str, float | None]:
    """Return what `measure` does, and keep a classifier's judgements; rows are scored once."""
    if not _is_judge(fitted, label):
        return measure(con, name, fitted, label, source, version_id)
    scored = scored_query(name, fitted.problem_type, label, source)
    table = f"goldloop_scored_{uuid4().hex[:12]}"
    con.execute(f"create temporary table {table} as {scored}")
    _keep(con, version_id, f"select * from {table}")
    metrics = _only_row(con, evaluation_sql(fitted.problem_type, table, database=name.database))
    con.execute(f"drop table {table}")
    return metrics


def keep_judgements(
    con: duckdb.DuckDBPyConnection,
    name: ModelName,
    version_id: str,
    fitted: Fitted,
    label: str | None,
    source: str,
) -> None:
    """Store how the classifier under `name` judges the rows of `source`, as a part of its version.

    ML.ROC_CURVE and ML.CONFUSION_MATRIX answer from it when no rows are given.
    """
    if _is_judge(fitted, label):
        _keep(con, version_id, scored_query(name, fitted.problem_type, label, source))


def explain_globally(
    con: duckdb.DuckDBPyConnection,
    version_id: str,
    fitted: Fitted,
    source: str,
) -> tuple[Detail, ...]:
    """Return what each feature contributes over the rows of `source`, for ML.GLOBAL_EXPLAIN.

    None where the family told it already, or cannot explain a row.
    """
    is_told = any(detail.section == GLOBAL_EXPLAIN for detail in fitted.details)
    if is_told or EXPLAIN not in fitted.functions:
        return ()
    found = global_attributions(con, version_id, source)
    return global_details(found, fitted.classes)


def details_of(fitted: Fitted, metrics: Mapping[str, float | None]) -> tuple[Detail, ...]:
    """Return the details of a fitted model, its metrics and its centroids' distances included."""
    separations = (
        Detail("separations", f"{one}-{other}", distance, {"centroid_id": one, "other_id": other})
        for one, other, distance in fitted.separations
    )
    evaluation = (Detail("evaluation", key, value) for key, value in metrics.items())
    return (*evaluation, *fitted.details, *separations)


def _is_judge(fitted: Fitted, label: str | None) -> bool:
    return isinstance(fitted.prediction, Classification) and label is not None


def _keep(con: duckdb.DuckDBPyConnection, version_id: str, scored: str) -> None:
    part = part_name(PART, version_id).sql("duckdb")
    con.execute(f"create table {part} as {judged_query(scored).sql('duckdb')}")


def _only_row(con: duckdb.DuckDBPyConnection, query: str) -> dict[str, float | None]:
    cursor = con.execute(query)
    columns = [column[0] for column in cursor.description]
    return dict(zip(columns, cursor.fetchall()[0], strict=True))
