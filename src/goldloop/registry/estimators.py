"""Building a model that a Python file trained: exported to SQL where SQL can say it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from typing import Any
from uuid import uuid4

import duckdb
from sklearn.base import BaseEstimator, is_classifier, is_clusterer, is_regressor

from goldloop.errors import NotExpressibleError, OptionError, TrainingDataError, nearest
from goldloop.registry import write
from goldloop.registry.artifacts import store
from goldloop.registry.cards import Feature
from goldloop.registry.installing import Trained, champion_of, install, unchanged
from goldloop.registry.measuring import judge
from goldloop.registry.report import BuildReport
from goldloop.registry.request import BuildRequest
from goldloop.registry.retraining import check_policy, fingerprint, must_train
from goldloop.scoring.expressions import quoted
from goldloop.scoring.function import create_function
from goldloop.scoring.inputs import Input
from goldloop.scoring.native import NativeSignature, native_prediction
from goldloop.scoring.prediction import Classification, Prediction
from goldloop.scoring.sklearn import export_estimator
from goldloop.trained import TrainedModel
from goldloop.training.fitted import Detail, Fitted
from goldloop.version import __version__

_LABEL_OPTIONS = frozenset({"input_label_cols", "labels"})


def build_estimator(
    con: duckdb.DuckDBPyConnection,
    request: BuildRequest,
    code: str,
    relations: Sequence[str],
    train: Callable[[], Any],
    config_read: Mapping[str, Any] | None = None,
) -> BuildReport:
    """Call `train` unless code, `config_read`, options and content of `relations` are unchanged.

    `train` returns a fitted estimator, a `TrainedModel` or a mapping with its keys;
    the model becomes a card and a function like a SQL model's. The caller owns
    the transaction.

    Raises:
        TrainingDataError: what `train` returned is no model, or lacks features or label.
        OptionError: `retrain` is no policy, or an option is one that only SQL models have.
    """
    started = time.monotonic()
    check_policy(con, str(request.name), request.retrain)
    _label_option(request)
    request = replace(request, name=write.spelt(con, request.name))
    write.require_free_name(con, request.name)
    champion = champion_of(con, request.name)
    policy = "always" if request.full_refresh else request.retrain
    content = [] if policy in ("always", "never") else [_content(con, name) for name in relations]
    made_of = [code, dict(request.options), __version__]
    read = [dict(config_read)] if config_read else []
    found = fingerprint(*made_of, content, *read)
    if champion is not None and not must_train(con, champion, policy, found):
        return unchanged(con, request.name, champion, request.invocation_id, started)
    if policy in ("always", "never"):
        content = [_content(con, name) for name in relations]
        found = fingerprint(*made_of, content, *read)
    model = _as_trained_model(request, train())
    with (
        _registered(con, model.training) as training,
        _registered(con, model.evaluation) as evaluation,
    ):
        features = _features(con, request, model, training)
        version_id = write.new_version_id()
        prediction, scoring = _prediction(model.estimator, features, version_id)
        problem = _problem(model.estimator, prediction)
        label = _label(con, request, model, problem, training)
        if scoring == "native":
            signature = NativeSignature.of([Input(f.name, f.sql_type) for f in features])
            store(con, version_id, model.estimator, signature)
        classes = prediction.classes if isinstance(prediction, Classification) else ()
        fitted = Fitted(prediction, problem, classes)
        function = create_function(request.name, prediction, label.name if label else None)
        con.execute(function)
        metrics: dict[str, float | None] = dict(model.metrics)
        if label is not None and (source := evaluation or training):
            query = f"select * from {source} where {quoted(label.name)} is not null"
            metrics |= judge(con, request.name, version_id, fitted, label.name, query)
        return install(
            con,
            Trained(
                fitted=fitted,
                model_type=type(_last_step(model.estimator)).__name__,
                label=label,
                features=features,
                options=dict(request.options),
                training_fingerprint=found,
                training_rows=_count(con, training),
                evaluation_rows=_count(con, evaluation),
                function_sql=function,
                metrics=metrics,
                extra=(Detail("training", "estimator", json={"value": repr(model.estimator)}),),
                scoring=scoring,
                version_id=version_id,
            ),
            _described(request, model),
            started,
        )


def _content(con: duckdb.DuckDBPyConnection, relation: str) -> list[Any]:
    row = con.execute(
        f"select count(*), sum(hash(_row)::hugeint), bit_xor(hash(_row)) from {relation} as _row"
    ).fetchall()[0]
    return [relation.split(".", 1)[-1], *(str(value) for value in row)]


def _as_trained_model(request: BuildRequest, returned: Any) -> TrainedModel:
    if isinstance(returned, TrainedModel):
        return returned
    known = [each.name for each in fields(TrainedModel)]
    if isinstance(returned, Mapping):
        unknown = sorted(set(returned) - set(known))
        if unknown or "estimator" not in returned:
            fault = f"the unknown key '{unknown[0]}'" if unknown else "no key 'estimator'"
            raise TrainingDataError(
                f"Model {request.name}: model() returned a mapping with {fault}; expected "
                f"{', '.join(known)}.{nearest(unknown[0], known) if unknown else ''}"
            )
        return TrainedModel(**returned)
    if isinstance(returned, BaseEstimator):
        return TrainedModel(returned)
    raise TrainingDataError(
        f"Model {request.name}: model() returned {type(returned).__name__}; expected a fitted "
        "scikit-learn estimator, a goldloop.TrainedModel or a mapping with its keys."
    )


@contextmanager
def _registered(con: duckdb.DuckDBPyConnection, rows: Any) -> Iterator[str | None]:
    if rows is None:
        yield None
        return
    if isinstance(rows, duckdb.DuckDBPyRelation):
        rows = rows.to_arrow_table()
    name = f"goldloop_rows_{uuid4().hex[:12]}"
    con.register(name, rows)
    try:
        yield name
    finally:
        con.unregister(name)


def _features(
    con: duckdb.DuckDBPyConnection,
    request: BuildRequest,
    model: TrainedModel,
    training: str | None,
) -> tuple[Feature, ...]:
    names = model.features
    if names is None:
        names = getattr(model.estimator, "feature_names_in_", None)
    if names is None or not len(names):
        raise TrainingDataError(
            f"Model {request.name}: the features' names are unknown; fit the estimator on a "
            "DataFrame, or return TrainedModel(features=[...])."
        )
    if training is None:
        raise TrainingDataError(
            f"Model {request.name}: the features' types are unknown; return "
            "TrainedModel(training=...) with the rows it was fitted on."
        )
    described = con.execute(f"describe select * from {training}").fetchall()
    types = {name: sql_type for name, sql_type, *_ in described}
    missing = [name for name in names if name not in types]
    if missing:
        raise TrainingDataError(
            f"Model {request.name}: feature '{missing[0]}' is not a column of the training rows; "
            f"they have {', '.join(types)}.{nearest(missing[0], types)}"
        )
    return tuple(Feature(name, _width(con, training, name, types[name])) for name in names)


def _width(con: duckdb.DuckDBPyConnection, training: str, name: str, sql_type: str) -> str:
    """Return the type, a list's with its length: FLOAT[] of 512 elements is FLOAT[512]."""
    if not sql_type.endswith("[]"):
        return sql_type
    lengths = con.execute(
        f"select distinct len({quoted(name)}) from {training} where {quoted(name)} is not null"
    ).fetchall()
    if len(lengths) != 1:
        raise TrainingDataError(
            f"Feature '{name}' is an array of {len(lengths)} different lengths; expected one."
        )
    return f"{sql_type[:-2]}[{lengths[0][0]}]"


def _prediction(
    estimator: Any, features: Sequence[Feature], version_id: str
) -> tuple[Prediction, str]:
    inputs = [Input(each.name, each.sql_type) for each in features]
    try:
        return export_estimator(estimator, inputs), "sql"
    except NotExpressibleError:
        if not (is_classifier(estimator) or is_regressor(estimator)):
            raise
        return native_prediction(version_id, inputs, estimator), "native"


def _problem(estimator: Any, prediction: Prediction) -> str:
    if isinstance(prediction, Classification):
        return f"{'binary' if len(prediction.classes) == 2 else 'multiclass'}_classification"
    if is_regressor(estimator):
        return "regression"
    return "clustering" if is_clusterer(estimator) else "projection"


def _label(
    con: duckdb.DuckDBPyConnection,
    request: BuildRequest,
    model: TrainedModel,
    problem: str,
    training: str | None,
) -> Feature | None:
    if problem in ("clustering", "projection"):
        return None
    configured = _label_option(request)
    name = model.label or configured
    if configured and name != configured:
        raise TrainingDataError(
            f"Model {request.name}: the label is '{name}' as the file says, and '{configured}' "
            "by input_label_cols; expected one of them, or twice the same."
        )
    if not name:
        raise TrainingDataError(
            f"Model {request.name}: the label's name is unknown; return "
            "TrainedModel(label='...') or set input_label_cols in ml_config."
        )
    described = con.execute(f"describe select * from {training}").fetchall()
    for column, sql_type, *_ in described:
        if column == name:
            return Feature(name, sql_type)
    columns = [row[0] for row in described]
    raise TrainingDataError(
        f"Model {request.name}: label '{name}' is not a column of the training rows; they have "
        f"{', '.join(columns)}.{nearest(name, columns)}"
    )


def _label_option(request: BuildRequest) -> str | None:
    """Return the label that the model's options name: the one option of a Python model."""
    for option in request.options:
        if str(option).casefold() not in _LABEL_OPTIONS:
            raise OptionError(
                f"Model {request.name}: option {option} is of SQL models; a Python model trains "
                "by its own code, and only input_label_cols is read. Leave it out."
            )
    names = [
        name
        for value in request.options.values()
        for name in (value if isinstance(value, list | tuple) else [value])
    ]
    if len(names) > 1:
        raise OptionError(
            f"Model {request.name}: input_label_cols names {', '.join(map(str, names))}; expected "
            "one column."
        )
    return names[0] if names else None


def _described(request: BuildRequest, model: TrainedModel) -> BuildRequest:
    lineage = {**request.lineage, **model.lineage}
    return replace(request, lineage=lineage, comment=model.comment or request.comment)


def _last_step(estimator: Any) -> Any:
    steps = getattr(estimator, "steps", None)
    return steps[-1][1] if steps else estimator


def _count(con: duckdb.DuckDBPyConnection, rows: str | None) -> int:
    return con.execute(f"select count(*) from {rows}").fetchall()[0][0] if rows else 0
