"""Building a SQL model: training set, decision, training, evaluation, version, promotion."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import duckdb

from goldloop.errors import ModelNotFoundError, OptionError, TrainingDataError, nearest
from goldloop.options.resolve import Options, resolve
from goldloop.registry import write
from goldloop.registry.artifacts import store_of
from goldloop.registry.cards import Feature, ModelCard
from goldloop.registry.measuring import details_of, explain_globally, keep_judgements, measure
from goldloop.registry.names import ModelName
from goldloop.registry.parts import create_parts
from goldloop.registry.read import find_model
from goldloop.registry.retraining import check_policy, fingerprint, must_train
from goldloop.registry.training_statistics import store_statistics
from goldloop.scoring.function import create_function
from goldloop.training.dataset import TrainingSet, training_set
from goldloop.training.families import TRAINERS
from goldloop.training.family import Sample
from goldloop.training.feature_info import feature_info
from goldloop.training.fitted import Detail, Fitted
from goldloop.training.transformation import transform_details
from goldloop.training.warm_start import continued_options
from goldloop.transform.clause import TransformClause
from goldloop.tuning.search import tune
from goldloop.version import __version__

HEADLINE = {
    "regression": "r2_score",
    "binary_classification": "roc_auc",
    "multiclass_classification": "accuracy",
    "clustering": "davies_bouldin_index",
    "autoencoder": "mean_squared_error",
    "pca": "total_explained_variance_ratio",
    "explicit_recommendation": "mean_squared_error",
    "implicit_recommendation": "mean_average_precision",
}


@dataclass(frozen=True)
class BuildRequest:
    """What is asked for: a model of this name, trained on this DuckDB query, with these options.

    `retrain` is changed, always, never or {max_age: interval}.
    """

    name: ModelName
    training_sql: str
    options: Mapping[str, Any]
    retrain: str | Mapping[str, Any] = "changed"
    full_refresh: bool = False
    invocation_id: str | None = None
    lineage: Mapping[str, Any] = field(default_factory=dict)
    comment: str | None = None
    # Further queries of `AS (training_data AS …, …)`, by name.
    queries: Mapping[str, str] = field(default_factory=dict)
    # The names and BigQuery types of INPUT(…) and OUTPUT(…), of an imported model.
    inputs: Sequence[tuple[str, str]] = ()
    outputs: Sequence[tuple[str, str]] = ()
    progress: Callable[[str], None] = lambda _line: None
    transform: TransformClause | None = None


@dataclass(frozen=True)
class BuildReport:
    """What a build did; `headline` is the metric that names the model's quality."""

    name: ModelName
    version: int
    outcome: str
    seconds: float
    training_rows: int
    evaluation_rows: int
    headline: tuple[str, float | None]
    metrics: Mapping[str, float | None]

    def __str__(self) -> str:
        """Return the one line a user sees of it."""
        metric, value = self.headline
        shown = f"{metric} {value:.4f}" if value is not None else f"{metric} unknown"
        rows = f"{self.training_rows:,} rows"
        if self.outcome == "unchanged":
            return f"{self.name} v{self.version}: unchanged, serving ({rows}, {shown})"
        held_out = f" + {self.evaluation_rows:,} held out" if self.evaluation_rows else ""
        took = f"in {self.seconds:.1f} s"
        return f"{self.name} v{self.version}: trained on {rows}{held_out} {took}, {shown}"


def build_model(con: duckdb.DuckDBPyConnection, request: BuildRequest) -> BuildReport:
    """Train the model unless nothing changed, evaluate it and let it serve.

    Everything is written on `con`, whose transaction the caller owns: on any
    error, rolled back, the version that served before still does.

    Raises:
        OptionError, TrainingDataError: see `resolve` and `training_set`.
        GoldloopError: the name is taken by a table, or there is no registry.
    """
    started = time.monotonic()
    request = replace(request, name=write.spelt(con, request.name))
    champion = champion_of(con, request.name)
    given = continued_options(str(request.name), champion, request.options)
    options = resolve(str(request.name), given)
    _check_queries(request, options)
    check_policy(con, str(request.name), request.retrain)
    write.require_free_name(con, request.name)
    policy = "always" if request.full_refresh else request.retrain
    if champion is not None and policy == "never":
        return unchanged(con, request.name, champion, request.invocation_id, started)
    if options.type.needs_transform and request.transform is None:
        raise OptionError(
            f"Model {request.name}: {options.type.name} is nothing but its TRANSFORM clause, which "
            "is missing; write CREATE MODEL … TRANSFORM(…), in dbt the key transform of ml_config."
        )
    if not options.type.needs_query:
        from goldloop.registry.importing import import_model

        return import_model(con, request, options, started)
    with training_set(con, options, request.training_sql, request.transform) as data:
        found = fingerprint(
            request.training_sql,
            options.as_given(),
            __version__,
            data.fingerprint,
            *sorted(request.queries.items()),
            *([request.transform.text] if request.transform else []),
        )
        if champion is not None and not must_train(con, champion, policy, found):
            return unchanged(con, request.name, champion, request.invocation_id, started)
        version_id = write.new_version_id()
        sample = Sample(con, data, options, version_id, request.queries, champion, request.progress)
        trials: tuple[Detail, ...] = ()
        if options.spaces:
            tuned = tune(sample, request.name)
            fitted, trials = tuned.fitted, tuned.details
        else:
            fitted = TRAINERS[options.type.name](sample)
        create_parts(con, version_id, fitted.functions, fitted.tables, data.transform)
        store_of(con, version_id, fitted)
        function = None
        if fitted.prediction is not None:
            label_type = data.label.sql_type if data.label else None
            function = create_function(
                request.name, fitted.prediction, options.label, label_type, data.transform
            )
            con.execute(function)
        metrics = tuned.metrics if options.spaces else fitted.metrics
        if metrics is None:
            metrics = measure(
                con, request.name, fitted, options.label, data.measured_rows(), version_id
            )
        keep_judgements(con, request.name, version_id, fitted, options.label, data.measured_rows())
        explained: tuple[Detail, ...] = ()
        if options.get("enable_global_explain"):
            explained = explain_globally(con, version_id, fitted, data.measured_rows())
        return install(
            con,
            Trained(
                fitted=fitted,
                model_type=options.type.name,
                label=data.label,
                features=data.inputs,
                options=options.as_given(),
                training_fingerprint=found,
                training_rows=data.training_rows,
                evaluation_rows=data.evaluation_rows,
                function_sql=function,
                metrics=metrics,
                extra=(
                    *_data_details(data),
                    *feature_info(con, data, "recommendation" in fitted.problem_type),
                    *explained,
                    *store_statistics(con, version_id, options, data),
                    *trials,
                ),
                scoring=fitted.scoring,
                version_id=version_id,
            ),
            request,
            started,
        )


@dataclass(frozen=True)
class Trained:
    """A fitted model with all that its version records."""

    fitted: Fitted
    model_type: str
    label: Feature | None
    features: tuple[Feature, ...]
    options: Mapping[str, Any]
    training_fingerprint: str
    training_rows: int
    evaluation_rows: int
    function_sql: str | None
    metrics: Mapping[str, float | None]
    extra: tuple[Detail, ...] = ()
    scoring: str = "sql"
    version_id: str = ""


def champion_of(con: duckdb.DuckDBPyConnection, name: ModelName) -> ModelCard | None:
    """Return the card of the serving version, None for a new model."""
    try:
        return find_model(con, name)
    except ModelNotFoundError:
        return None


def install(
    con: duckdb.DuckDBPyConnection, trained: Trained, request: BuildRequest, started: float
) -> BuildReport:
    """Record the trained version and let it serve."""
    name, number = request.name, write.next_number(con, request.name)
    seconds = time.monotonic() - started
    write.record_version(
        con,
        write.Version(
            name,
            number,
            trained.version_id or write.new_version_id(),
            trained.model_type,
            trained.fitted.problem_type,
            trained.label.name if trained.label else None,
            trained.fitted.classes,
            trained.features,
            trained.options,
            trained.scoring,
            request.training_sql,
            trained.training_fingerprint,
            trained.training_rows,
            trained.evaluation_rows,
            trained.function_sql,
            request.lineage,
            request.comment,
            __version__,
            request.invocation_id,
            seconds,
        ),
    )
    details = (*details_of(trained.fitted, trained.metrics), *trained.extra)
    write.record_details(con, name, number, details)
    write.promote(con, name, number, trained.function_sql, "trained", request.invocation_id)
    write.record_build(con, name, number, "trained", request.invocation_id, seconds)
    return _report(
        name,
        number,
        "trained",
        seconds,
        trained.fitted.problem_type,
        trained.training_rows,
        trained.evaluation_rows,
        trained.metrics,
    )


def unchanged(
    con: duckdb.DuckDBPyConnection,
    name: ModelName,
    champion: ModelCard,
    invocation_id: str | None,
    started: float,
) -> BuildReport:
    """Record that the serving version still stands, and see that it does."""
    write.restore(con, name, champion.version)
    seconds = time.monotonic() - started
    write.record_build(con, name, champion.version, "unchanged", invocation_id, seconds)
    return _report(
        name,
        champion.version,
        "unchanged",
        seconds,
        champion.problem_type,
        champion.training_rows,
        champion.evaluation_rows,
        champion.metrics,
    )


def _report(
    name: ModelName,
    number: int,
    outcome: str,
    seconds: float,
    problem: str,
    training_rows: int,
    evaluation_rows: int,
    metrics: Mapping[str, float | None],
) -> BuildReport:
    key = HEADLINE.get(problem, "")
    headline = (
        (key, metrics.get(key)) if key in metrics else next(iter(metrics.items()), ("", None))
    )
    return BuildReport(
        name, number, outcome, seconds, training_rows, evaluation_rows, headline, metrics
    )


def _check_queries(request: BuildRequest, options: Options) -> None:
    if options.type.needs_query:
        if not request.training_sql.strip():
            raise TrainingDataError(
                f"Model {request.name}: there is no training_data; write AS and the query that "
                "selects it."
            )
        if request.inputs or request.outputs:
            raise OptionError(
                f"Model {request.name}: INPUT and OUTPUT are of imported models; leave them out."
            )
    for name in request.queries:
        if name not in options.type.queries:
            known = ("training_data", *options.type.queries)
            raise OptionError(
                f"Model {request.name}: {options.type.name} has no query '{name}'; expected "
                f"{' and '.join(known)} after AS.{nearest(name, known)}"
            )


def _data_details(data: TrainingSet) -> tuple[Detail, ...]:
    details = [
        Detail("training", "rows_without_label", float(data.rows_without_label)),
        Detail("training", "test_rows", float(data.test_rows)),
    ]
    if data.transform:
        details += transform_details(data.transform)
    return tuple(details)
