"""Importing a model from a file: its function, its card, and the bytes it is scored by."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import duckdb
from sqlglot.dialects.duckdb import DuckDB

from goldloop.errors import OptionError
from goldloop.options.resolve import Options
from goldloop.registry import write
from goldloop.registry.artifacts import store_onnx
from goldloop.registry.installing import Trained, champion_of, install, unchanged
from goldloop.registry.report import BuildReport
from goldloop.registry.request import BuildRequest
from goldloop.registry.retraining import fingerprint, must_train
from goldloop.scoring.function import create_function
from goldloop.training.fitted import Detail, Fitted
from goldloop.training.imported import ImportedFile, importers, read_file
from goldloop.version import __version__


def import_model(
    con: duckdb.DuckDBPyConnection, request: BuildRequest, options: Options, started: float
) -> BuildReport:
    """Read the file of MODEL_PATH unless it is unchanged, and let its model serve.

    Raises:
        OptionError: there is a query, or the file is not there or no model of the type.
        GoldloopError: a library that it needs is not installed.
    """
    model = str(request.name)
    has_query = bool(DuckDB().tokenize(request.training_sql))  # in dbt a comment stands for none
    if has_query or request.transform:
        clause = "query" if has_query else "TRANSFORM clause"
        raise OptionError(
            f"Model {model}: {options.type.name} is imported from its file and trained on nothing; "
            f"leave the {clause} out."
        )
    content = read_file(model, options["model_path"])
    found = fingerprint(
        options.as_given(),
        list(request.inputs),
        list(request.outputs),
        __version__,
        sha256(content).hexdigest(),
    )
    champion = champion_of(con, request.name)
    policy = "always" if request.full_refresh else request.retrain
    if champion is not None and not must_train(con, champion, policy, found):
        return unchanged(con, request.name, champion, request.invocation_id, started)
    version_id = write.new_version_id()
    imported = importers()[options.type.name](
        ImportedFile(
            model, options["model_path"], content, version_id, request.inputs, request.outputs
        )
    )
    if imported.signature is not None:
        store_onnx(con, version_id, content, imported.signature)
    function = create_function(request.name, imported.prediction, None)
    con.execute(function)
    fitted = Fitted(imported.prediction, "imported", metrics={})
    facts = {"value": options["model_path"], "bytes": len(content)}
    return install(
        con,
        Trained(
            fitted=fitted,
            model_type=options.type.name,
            label=None,
            features=imported.features,
            options=options.as_given(),
            training_fingerprint=found,
            training_rows=0,
            evaluation_rows=0,
            function_sql=function,
            metrics={},
            extra=(Detail("training", "model_path", json=facts),),
            scoring="native" if imported.signature is not None else "sql",
            version_id=version_id,
        ),
        replace(request, training_sql=""),
        started,
    )
