"""Every function over every model type: it serves it with the declared columns, or refuses it."""

import re
from itertools import pairwise

import pytest
from recipes import PARAMETERS, RECIPES
from sqlglot import exp

from goldloop.errors import GoldloopError, ModelKindError
from goldloop.functions.catalogue import FUNCTIONS
from goldloop.functions.declaration import Need, TableFunction

OVER_MODELS = [
    each
    for each in FUNCTIONS.values()
    if isinstance(each, TableFunction) and each.need is Need.REQUIRED
]
ALSO_GIVEN = {"trial_id"}  # the first column of tuned models


@pytest.mark.parametrize("model_type", RECIPES)
@pytest.mark.parametrize("function", OVER_MODELS, ids=lambda function: function.name)
def test_a_function_serves_a_model_or_refuses_its_kind(models, function, model_type):
    card = models.train(model_type)
    call = f"select * from {called(function, model_type)}"
    if function.serves is not None and card not in function.serves:
        with pytest.raises(ModelKindError, match=re.escape(function.name)):
            models.sql(call)
        return
    result, error = None, None
    try:
        result = models.sql(call)
    except GoldloopError as caught:
        error = caught
    if error is not None:
        # Such as ML.TRANSFORM of a model without TRANSFORM: by name, and with what to do.
        assert f"main.{model_type}" in str(error)
        assert function.name in str(error)
        assert model_type in LACKING.get(function.name, ()), error
        return
    given = dict(zip(result.columns, map(str, result.types), strict=True))
    variants = [output.columns for output in function.outputs]
    if function.name == "AI.GENERATE_EMBEDDING":
        # The reference names the embedding only; without what it is of it would be of no use.
        variants = [(*columns, ("<input columns>", "as input")) for columns in variants]
    # A variant may add to the one before it.
    variants += [one + more for one, more in pairwise(variants)]
    problems = [mismatch(columns, given) for columns in variants]
    assert None in problems, problems


# Functions that some models, but not these, need rows for.
NEED_ROWS = {
    "ML.DETECT_ANOMALIES": {"arima_plus", "arima_plus_xreg"},
    "ML.GENERATE_EMBEDDING": {"matrix_factorization"},
    "AI.GENERATE_EMBEDDING": {"matrix_factorization"},
}
# Served kinds of which a model may yet lack what the function reads.
LACKING = {
    "ML.TRIAL_INFO": set(RECIPES),
    "ML.TRANSFORM": set(RECIPES) - {"transform_only"},
    "ML.ADVANCED_WEIGHTS": {"linear_reg", "logistic_reg"},
    "ML.EXPLAIN_PREDICT": {"sklearn"},
    "ML.VALIDATE_DATA_SKEW": {
        "arima_plus",
        "arima_plus_xreg",
        "automl_classifier",
        "automl_regressor",
        "contribution_analysis",
        "matrix_factorization",
        "sklearn",
    },
    "ML.GLOBAL_EXPLAIN": {
        "sklearn",
        "dnn_regressor",
        "dnn_classifier",
        "dnn_linear_combined_regressor",
        "dnn_linear_combined_classifier",
        "automl_regressor",
        "automl_classifier",
    },
}


def called(function, model_type):
    given = [f"model main.{model_type}"]
    least, most = function.sources
    recipe = RECIPES[model_type]
    if function.name in NEED_ROWS and model_type not in NEED_ROWS[function.name]:
        least = 1
    if least or (most and recipe.rows and function.name in {"ML.FORECAST", "ML.EXPLAIN_FORECAST"}):
        given += [f"({recipe.given})"] * max(least, 1)
    fields = {
        name: value
        for name, value in PARAMETERS.get(function.name, {}).items()
        if function.parameter(name) and serves(name, model_type)
    }
    if fields:
        given.append(f"struct({', '.join(f'{v} as {k}' for k, v in fields.items())})")
    return f"{function.name}({', '.join(given)})"


def serves(parameter, model_type):
    return not (model_type.startswith("arima") and parameter == "contamination")


def mismatch(declared, given):
    """What is wrong with the columns and types `given`, None where they are those declared.

    `<placeholders>` stand for what a model decides: part of a name, or any number of columns.
    """
    pattern, wanted = [], []
    for name, kind in declared:
        # What is in brackets says when the column is there.
        name, _, condition = name.partition(" (")
        whole = name.startswith("<") and name.endswith(">")
        many = whole or condition or "..." in name or "<1..n>" in name
        part = re.sub(r"\\?<[^>]*\\?>", ".+", re.escape(name).replace(r"\.\.\.", ".*"))
        part = ".+?" if whole else part
        pattern.append(f"(?:{part}\n)*" if many else f"{part}\n")
        wanted.append((re.compile(part), kind))
    columns = [name for name in given if name not in ALSO_GIVEN]
    text = "".join(f"{name}\n" for name in columns)
    if not re.fullmatch("".join(pattern), text):
        return f"columns {columns}, declared {[name for name, _ in declared]}"
    for name in columns:
        for known, kind in wanted:
            expected = duckdb_type(kind)
            if known.fullmatch(name) and known.pattern != ".+?" and expected:
                if not re.fullmatch(expected, given[name].replace('"', "")):
                    return f"{name} is {given[name]}, declared {kind}"
                break
    return None


def duckdb_type(kind):
    """The DuckDB type of BigQuery's `kind`, as a pattern; None where the model decides."""
    if kind.startswith(("<", "as ", "type ", "inherited", "numeric", "(")) or "<label" in kind:
        return None
    if re.match(r"STRUCT<one field", kind) or kind == "FLOAT64 | STRING":
        return None
    kind = re.sub(r" per page.*| \(.*", "", kind)
    built = exp.DataType.build(kind, dialect="bigquery").sql("duckdb").replace("TEXT", "VARCHAR")
    # DuckDB quotes some names of fields.
    return re.escape(built.replace('"', "")).replace("TIMESTAMPTZ", "TIMESTAMP( WITH TIME ZONE)?")
