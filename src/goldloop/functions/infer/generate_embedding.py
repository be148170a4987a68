"""ML.GENERATE_EMBEDDING and AI.GENERATE_EMBEDDING: what a model makes of a row, as one array.

PCA gives the components, an autoencoder its latent columns, of the rows given; matrix
factorization has an array of factors and the intercept for each user and item it knows.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from goldloop.errors import StatementError
from goldloop.functions.call import ROW, Call
from goldloop.functions.declaration import (
    Group,
    Output,
    Parameter,
    TableFunction,
    Warehouse,
    types,
)
from goldloop.functions.details import query
from goldloop.functions.inspect.factor_weights import factor_weights
from goldloop.functions.model_calls import called
from goldloop.functions.parameters import TRIAL_ID
from goldloop.options.declaration import Kind, Option

EMBEDDING = "embedding"
_FACTORS = "matrix_factorization"


def _query(result: str) -> Callable[[Call, Warehouse], exp.Query]:
    def embedding(call: Call, _warehouse: Warehouse) -> exp.Select:
        if call.card.model_type == _FACTORS:
            return _of_ids(call, result)
        return _of_rows(call, result)

    return embedding


def _of_rows(call: Call, result: str) -> exp.Select:
    if not call.sources:
        raise StatementError(
            f"{call.name} needs the rows to embed by model {call.card.name}: {call.function.form}."
        )
    array = called(call.card.part(EMBEDDING), exp.column(ROW))
    return exp.select(
        exp.alias_(array, result), exp.column(exp.Star(), table=exp.to_identifier(ROW))
    ).from_(call.rows())


def _of_ids(call: Call, result: str) -> exp.Select:
    if call.sources:
        raise StatementError(
            f"{call.name}: model {call.card.name} has the embeddings of the users and items that "
            f"it knows; call {call.name}(MODEL {call.card.name}) without rows and join them."
        )
    return query(
        f"""
        select
            list_append(list_transform(factor_weights, lambda w: w.weight), intercept) as {result},
            processed_input,
            feature
        from weights
        where processed_input is not null
        """,
        weights=factor_weights(call),
    )


_REMOTE = "it is for embeddings of remote models; those of models trained here are arrays as asked"
_OF_REMOTE_MODELS = tuple(
    Parameter(Option(name, Kind.VALUE, None, "Of remote models.", refused=_REMOTE))
    for name in (
        "flatten_json_output",
        "task_type",
        "output_dimensionality",
        "start_second",
        "end_second",
        "interval_seconds",
    )
)
_SERVES = types("pca", "autoencoder", _FACTORS)

ML_GENERATE_EMBEDDING = TableFunction(
    "ML.GENERATE_EMBEDDING",
    Group.INFER,
    "What a model makes of each row, as one array.",
    _query("ml_generate_embedding_result"),
    (
        Output(
            "PCA / autoencoder",
            (("ml_generate_embedding_result", "ARRAY<FLOAT64>"), ("<input columns>", "as input")),
        ),
        Output(
            "matrix factorization",
            (
                ("trial_id (tuned)", "INT64"),
                ("ml_generate_embedding_result", "ARRAY<FLOAT64> (factors then intercept)"),
                ("processed_input", "STRING"),
                ("feature", "STRING"),
            ),
        ),
    ),
    serves=_SERVES,
    sources=(0, 1),
    parameters=(TRIAL_ID, *_OF_REMOTE_MODELS),
)
AI_GENERATE_EMBEDDING = TableFunction(
    "AI.GENERATE_EMBEDDING",
    Group.INFER,
    "What a model makes of each row, as one array called embedding.",
    _query("embedding"),
    (Output("PCA / autoencoder / MF", (("embedding", "ARRAY<FLOAT64>"),)),),
    serves=_SERVES,
    sources=(0, 1),
    parameters=(TRIAL_ID, *_OF_REMOTE_MODELS),
)
