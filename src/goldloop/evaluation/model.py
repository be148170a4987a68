"""The query that evaluates a model over rows: scored by its function, judged by the macros."""

from __future__ import annotations

from collections.abc import Sequence

import sqlglot
from sqlglot import exp

from goldloop.errors import ModelKindError
from goldloop.evaluation.evaluators import EVALUATORS
from goldloop.evaluation.install import evaluation_sql
from goldloop.registry.names import ModelName, part_name

_SCORED, _SEPARATIONS = "_goldloop_scored", "_goldloop_separations"


def evaluate_query(
    name: ModelName,
    problem_type: str,
    label: str | None,
    source: str,
    threshold: float | None = None,
    separations: Sequence[tuple[int, int, float]] = (),
    version_id: str = "",
) -> str:
    """Return the DuckDB query for the metrics of model `name` over the query `source`.

    Args:
        name: the model whose function scores.
        problem_type: its kind, one of `EVALUATORS`.
        label: its label column, which `source` must return.
        source: a DuckDB query.
        threshold: of a binary classifier.
        separations: (centroid_id, other_id, distance) of a clustering model's centroids.
        version_id: of the version whose part scores, where the evaluator reads one.

    Raises:
        ModelKindError: nothing evaluates models of that kind.
    """
    if problem_type not in EVALUATORS:
        raise ModelKindError(
            f"Model {name}: a {problem_type} model has no metrics to evaluate; expected one of "
            f"{', '.join(EVALUATORS)}."
        )
    query = sqlglot.parse_one(
        evaluation_sql(problem_type, *_relations(problem_type), database=name.database),
        dialect="duckdb",
    )
    scored = scored_query(name, problem_type, label, source, threshold, version_id)
    ctes = f'"{_SCORED}" as ({scored})'
    if problem_type == "clustering":
        rows = ", ".join(f"({a}, {b}, {d!r}::double)" for a, b, d in separations)
        ctes += f', "{_SEPARATIONS}"(centroid_id, other_id, distance) as (values {rows})'
    return f"with {ctes} {query.sql('duckdb', normalize_functions=False)}"


def scored_query(
    name: ModelName,
    problem_type: str,
    label: str | None,
    source: str,
    threshold: float | None = None,
    version_id: str = "",
) -> str:
    """Return the query of the rows of `source` as the evaluator of their kind reads them.

    The arguments are those of `evaluate_query`.
    """
    columns = ", ".join(_canonical(problem_type, label))
    function = (
        f"{_scorer(name, problem_type, version_id)}"
        f"(_goldloop_row{'' if threshold is None else f', {threshold!r}::double'})"
    )
    return (
        f"select {columns} from (select _goldloop_row.*, {function} as _goldloop_prediction "
        f"from (\n{source}\n) as _goldloop_row) as _goldloop_row"
    )


def _scorer(name: ModelName, problem_type: str, version_id: str) -> str:
    part = EVALUATORS[problem_type].part
    if part is None:
        return name.sql()
    macro = part_name(part, version_id)
    if name.database:
        macro.set("catalog", exp.to_identifier(name.database, quoted=True))
    return macro.sql(dialect="duckdb")


def _relations(problem_type: str) -> tuple[str, ...]:
    return (_SCORED, _SEPARATIONS) if problem_type == "clustering" else (_SCORED,)


def _canonical(problem_type: str, label: str | None) -> list[str]:
    if problem_type == "clustering":
        return [
            "_goldloop_prediction.CENTROID_ID as centroid_id",
            "_goldloop_prediction.NEAREST_CENTROIDS_DISTANCE as nearest_centroids_distance",
        ]
    evaluator = EVALUATORS[problem_type]
    if evaluator.part is not None:
        return [f"{_field(column)} as {column}" for column in evaluator.relations["scored"]]
    predicted = _field(f"predicted_{label}")
    truth = exp.column(str(label), quoted=True).sql("duckdb")
    if problem_type in {"regression", "explicit_recommendation"}:
        return [f"{truth}::double as label", f"{predicted} as prediction"]
    return [
        f"{truth} as label",
        f"{predicted} as predicted_label",
        f"{_field(f'predicted_{label}_probs')} as probs",
    ]


def _field(name: str) -> str:
    quoted = exp.to_identifier(name, quoted=True).sql("duckdb")
    return f"_goldloop_prediction.{quoted}"
