"""One trial: trained with its hyperparameters, installed as a function, measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from goldloop.registry.artifacts import store_of
from goldloop.registry.measuring import judge, measure
from goldloop.registry.names import ModelName, trial_name, trial_version_id
from goldloop.registry.parts import create_parts
from goldloop.scoring.function import create_function
from goldloop.training.dataset import HELD_OUT, TrainingSet
from goldloop.training.family import Sample
from goldloop.training.fitted import Fitted

# The loss of a problem type, as a metric of its evaluator.
_LOSSES = {
    "regression": "mean_squared_error",
    "binary_classification": "log_loss",
    "multiclass_classification": "log_loss",
    "clustering": "mean_squared_distance",
    "autoencoder": "mean_squared_error",
    "explicit_recommendation": "mean_squared_error",
}


@dataclass(frozen=True)
class Outcome:
    """A trained trial: metrics on the rows that judge and on those that test, and its losses."""

    fitted: Fitted
    judged: Mapping[str, float | None]
    tested: Mapping[str, float | None]
    training_loss: float | None
    eval_loss: float | None


def train_trial(
    sample: Sample, name: ModelName, trial_id: int, hyperparameters: Mapping[str, Any]
) -> Outcome:
    """Train the trial of a model and leave its function and parts in the warehouse.

    Raises:
        OptionError: the hyperparameters do not go together.
        GoldloopError: the trainer fails.
    """
    from goldloop.training.families import TRAINERS

    options = sample.options.of_trial(hyperparameters)
    version_id = trial_version_id(sample.version_id, trial_id)
    # Its own lines would drown the trials'.
    own = replace(sample, options=options, version_id=version_id, progress=lambda _line: None)
    fitted = TRAINERS[options.type.name](own)
    create_parts(sample.con, version_id, fitted.functions, fitted.tables, sample.data.transform)
    store_of(sample.con, version_id, fitted)
    function = trial_name(name, sample.version_id, trial_id)
    if fitted.prediction is not None:
        label_type = sample.data.label.sql_type if sample.data.label else None
        transform = sample.data.transform
        sample.con.execute(
            create_function(function, fitted.prediction, options.label, label_type, transform)
        )
    if fitted.metrics is not None:
        return Outcome(fitted, fitted.metrics, fitted.metrics, *_own_losses(fitted))

    def metrics(source: str) -> Mapping[str, float | None]:
        return measure(sample.con, function, fitted, options.label, source, version_id)

    data = sample.data
    trained, judging = _sources(data)
    shown = data.measured_rows()
    tested = judge(sample.con, function, version_id, fitted, options.label, shown)
    judged = metrics(judging) if data.test_rows else tested
    training_loss, eval_loss = _own_losses(fitted)
    loss = _LOSSES.get(fitted.problem_type)
    if loss and (training_loss is None or eval_loss is None):
        # Both or neither of the trainer's, which may be scaled otherwise.
        training_loss, eval_loss = metrics(trained).get(loss), judged.get(loss)
    return Outcome(fitted, judged, tested, training_loss, eval_loss)


def _sources(data: TrainingSet) -> tuple[str, str]:
    """Return the queries of the rows that train and judge; all rows judge if none do."""
    rows = f"select * exclude ({HELD_OUT}) from {data.raw_relation().sql('duckdb')}"
    trained = f"{rows} where not {HELD_OUT}"
    judging = f"{rows} where {HELD_OUT}" if data.evaluation_rows else rows
    return trained, judging


def _own_losses(fitted: Fitted) -> tuple[float | None, float | None]:
    """Return the losses of the last iteration, as far as the trainer tells them."""
    rows = [detail for detail in fitted.details if detail.section == "training_info"]
    if not rows:
        return None, None
    last = rows[-1].json or {}
    return last.get("loss", rows[-1].value), last.get("eval_loss")
