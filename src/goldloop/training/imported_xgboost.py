"""MODEL_TYPE='XGBOOST': a saved booster, written as SQL."""

from __future__ import annotations

import json
from collections.abc import Sequence

import xgboost
from sqlglot import exp

from goldloop.errors import NotExpressibleError, OptionError
from goldloop.registry.cards import Feature
from goldloop.scoring.expressions import (
    call,
    double,
    feature,
    let,
    logistic,
    numeric,
    subtract,
    transformed,
)
from goldloop.scoring.prediction import Fields
from goldloop.scoring.sklearn.xgboosters import IDENTITY_OBJECTIVES, LOG_OBJECTIVES
from goldloop.scoring.xgboost import boosted_trees
from goldloop.training.imported import Imported, ImportedFile, declared_type

_OUTPUT = "predicted_label"
_LOGISTIC = frozenset({"binary:logistic", "reg:logistic"})
_MARGIN = IDENTITY_OBJECTIVES | {"binary:logitraw", "rank:pairwise", "rank:ndcg", "rank:map"}
# XGBoost's names of a feature's types: of floats, quantities, integers and flags.
_TYPES = {"float": "DOUBLE", "q": "DOUBLE", "int": "BIGINT", "i": "BOOLEAN"}


def read(file: ImportedFile) -> Imported:
    """Return the booster of a file: all its trees, its objective's link, NULL as missing.

    Raises:
        OptionError: it is no booster, or INPUT or OUTPUT do not fit it.
        NotExpressibleError: it is linear, splits on categories, or of an objective without SQL.
    """
    booster = _booster(file)
    features = _features(file, booster)
    try:
        margins = boosted_trees(booster, [numeric(feature(each.name)) for each in features])
        predicted = _linked(booster, margins)
    except NotExpressibleError as error:
        raise NotExpressibleError(
            f"Model {file.model}: {str(error).split('; it is scored natively')[0].rstrip('.')}, "
            "and an imported booster is scored by SQL. Import it as ONNX instead."
        ) from error
    return Imported(features, Fields({_output(file): _typed(file, predicted)}))


def _booster(file: ImportedFile) -> xgboost.Booster:
    booster = xgboost.Booster()
    try:
        booster.load_model(bytearray(file.content))
    except (xgboost.core.XGBoostError, ValueError) as error:
        raise OptionError(
            f"Model {file.model}: '{file.path}' is no booster that XGBoost {xgboost.__version__} "
            "reads; save it with `booster.save_model('model.ubj')`, or .json."
        ) from error
    return booster


def _features(file: ImportedFile, booster: xgboost.Booster) -> tuple[Feature, ...]:
    names = booster.feature_names
    width = booster.num_features()
    if file.inputs:
        if len(file.inputs) != width or (names and set(names) != {n for n, _ in file.inputs}):
            expected = f": {', '.join(names)}" if names else ""
            raise OptionError(
                f"Model {file.model}: INPUT names {', '.join(n for n, _ in file.inputs)}; the "
                f"booster has {width} features{expected}."
            )
        declared = dict(file.inputs)
        return tuple(
            Feature(name, declared_type(file.model, name, declared[name]))
            for name in names or declared
        )
    if not names:
        raise OptionError(
            f"Model {file.model}: the booster does not name its {width} features; name them in "
            "order, as INPUT(age FLOAT64, …)."
        )
    types = booster.feature_types or ["float"] * width
    return tuple(
        Feature(name, _TYPES.get(kind, "DOUBLE")) for name, kind in zip(names, types, strict=True)
    )


def _linked(booster: xgboost.Booster, margins: Sequence[exp.Expression]) -> exp.Expression:
    """Return what `Booster.predict` does: the objective's link of the margins."""
    objective = json.loads(booster.save_config())["learner"]["objective"]["name"]
    if objective in {"multi:softprob", "multi:softmax"}:
        z, v, w = exp.column("z"), exp.column("v"), exp.column("w")
        scores = exp.array(*margins)
        if objective == "multi:softmax":
            position = call("list_position", z, call("list_max", z.copy()))
            return let("z", scores, numeric(subtract(position, exp.Literal.number(1))))
        shares = let(
            "z", scores, transformed(z, "v", call("exp", subtract(v, call("list_max", z.copy()))))
        )
        return let(
            "w",
            shares,
            transformed(w, "v", exp.Div(this=v.copy(), expression=call("list_sum", w.copy()))),
        )
    if objective in _MARGIN:
        link = list(margins)
    elif objective in _LOGISTIC:
        link = [let("z", margin, logistic(exp.column("z"))) for margin in margins]
    elif objective in LOG_OBJECTIVES:
        link = [exp.Exp(this=margin) for margin in margins]
    elif objective == "binary:hinge":
        link = [
            exp.Case(default=double(0.0)).when(exp.GT(this=m, expression=double(0.0)), double(1.0))
            for m in margins
        ]
    else:
        raise NotExpressibleError(f"its objective is {objective}, which has no SQL form")
    return link[0] if len(link) == 1 else exp.array(*link)


def _output(file: ImportedFile) -> str:
    if len(file.outputs) > 1:
        raise OptionError(
            f"Model {file.model}: OUTPUT names {len(file.outputs)} columns; a booster has one "
            "prediction, an array where it is several numbers."
        )
    return file.outputs[0][0] if file.outputs else _OUTPUT


def _typed(file: ImportedFile, predicted: exp.Expression) -> exp.Expression:
    if not file.outputs:
        return predicted
    ((name, declared),) = file.outputs
    return exp.cast(predicted, declared_type(file.model, name, declared), dialect="duckdb")
