"""What the materialization `model` runs in dbt's process, on dbt's own cursor and transaction.

A user's mistake must not print as a stack trace: the job leaves its message in
a session variable, and the materialization raises it as dbt does its own errors.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import duckdb

from goldloop.dialect.statements import HparamCandidates, HparamRange
from goldloop.errors import GoldloopError, OptionError
from goldloop.registry.builder import build_model
from goldloop.registry.documenting import record_words
from goldloop.registry.names import ModelName
from goldloop.registry.report import BuildReport
from goldloop.registry.request import BuildRequest
from goldloop.transform.clause import read_transform

# The key of ml_config that is no option but a clause: BigQuery ML's TRANSFORM.
TRANSFORM = "transform"
REPORT, FAILURE = "goldloop_report", "goldloop_failure"


def train_sql_model(con: duckdb.DuckDBPyConnection, request: Mapping[str, Any]) -> None:
    """Build the model of a SQL file; `request` is what the materialization rendered.

    Keys: database, schema, name, training_sql, ml_config, retrain, full_refresh,
    invocation_id, lineage, comment, words (of people on the card, see `record_words`).
    """
    _run(con, request, lambda: build_model(con, _build_request(request)))


def train_python_model(
    con: duckdb.DuckDBPyConnection, request: Mapping[str, Any], train: Callable[[], Any]
) -> None:
    """Build the model of a Python file, whose `model(dbt, session)` is `train`.

    Further keys of `request`: code, config_read (what the code reads of its node's config)
    and relations (what the file refs); with the content of these they decide whether it
    must be trained.
    """
    from goldloop.registry.estimators import build_estimator

    def build() -> BuildReport:
        built = _build_request(request)
        if built.transform:
            raise OptionError(
                f"Model {built.name}: transform is of SQL models; a Python model transforms in "
                "its own code, as the first steps of a scikit-learn pipeline."
            )
        code, read = request["code"], request["config_read"]
        return build_estimator(con, built, code, request["relations"], train, read)

    _run(con, request, build)


def _build_request(request: Mapping[str, Any]) -> BuildRequest:
    config = request["ml_config"]
    if not isinstance(config, Mapping):
        raise GoldloopError(
            f"Model {request['schema']}.{request['name']}: ml_config is "
            f"{type(config).__name__}; expected a mapping, as in "
            "meta={'ml_config': {'model_type': 'linear_reg'}}."
        )
    options = {key: value for key, value in config.items() if str(key).casefold() != TRANSFORM}
    listed = [value for key, value in config.items() if str(key).casefold() == TRANSFORM]
    name = ModelName(request["schema"], request["name"], request["database"])
    return BuildRequest(
        name,
        request["training_sql"],
        {name: _searched(name, value) for name, value in options.items()},
        request["retrain"],
        request["full_refresh"],
        request["invocation_id"],
        request["lineage"],
        request["comment"],
        transform=read_transform(str(name), listed[-1]) if listed else None,
    )


def _searched(option: str, value: Any) -> Any:
    """Return the search that the macros hparam_range and hparam_candidates wrote as a list."""
    match value:
        case ["hparam_range", int() | float() as low, int() | float() as high]:
            return HparamRange(low, high)
        case ["hparam_candidates", list() as candidates]:
            return HparamCandidates(tuple(candidates))
        case ["hparam_range" | "hparam_candidates" as macro, *arguments]:
            form = {"hparam_range": "low, high", "hparam_candidates": "[value, …]"}[macro]
            raise OptionError(f"Option {option}: expected {macro}({form}), got {arguments}.")
    return value


def _run(
    con: duckdb.DuckDBPyConnection,
    request: Mapping[str, Any],
    build: Callable[[], BuildReport],
) -> None:
    report, failure = None, None
    try:
        built = build()
        record_words(con, built.name, built.version, request.get("words", {}))
        report = str(built)
    except GoldloopError as error:
        failure = str(error)
    except duckdb.Error as error:
        failure = f"Model {request['schema']}.{request['name']}: the training query fails: {error}"
    if failure is not None:
        # The transaction may be aborted, in which state no statement runs; all of it goes.
        con.rollback()
        con.begin()
    for name, value in ((REPORT, report), (FAILURE, failure)):
        con.execute(f"set variable {name} = {_literal(value)}")


def _literal(value: str | None) -> str:
    return "null" if value is None else "'" + value.replace("'", "''") + "'"
