"""Building a SQL model: training set, decision, training, evaluation, version, promotion."""

from __future__ import annotations

import time
from dataclasses import replace

import duckdb

from goldloop.errors import OptionError, TrainingDataError, nearest
from goldloop.options.resolve import Options, resolve
from goldloop.registry import write
from goldloop.registry.artifacts import store_of
from goldloop.registry.importing import import_model
from goldloop.registry.installing import Trained, champion_of, install, unchanged
from goldloop.registry.measuring import explain_globally, judge, keep_judgements
from goldloop.registry.parts import create_parts
from goldloop.registry.report import BuildReport
from goldloop.registry.request import BuildRequest
from goldloop.registry.retraining import check_policy, fingerprint, must_train
from goldloop.registry.training_statistics import store_statistics
from goldloop.scoring.function import create_function
from goldloop.training.dataset import TrainingSet, training_set
from goldloop.training.families import TRAINERS
from goldloop.training.family import Sample
from goldloop.training.feature_info import feature_info
from goldloop.training.fitted import Detail
from goldloop.training.transformation import transform_details
from goldloop.training.warm_start import continued_options
from goldloop.tuning.search import tune
from goldloop.version import __version__


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
        judging = (con, request.name, version_id, fitted, options.label, data.measured_rows())
        if metrics is None:
            metrics = judge(*judging)
        else:
            keep_judgements(*judging)
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
