"""Every function of BigQuery ML: where it stands in a query and whether it is served here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from goldloop.errors import StatementError, nearest


class Position(Enum):
    """Where a function is called."""

    TABLE = "in FROM"
    SCALAR = "in an expression"


class Standing(Enum):
    """Whether Goldloop serves a function; the value is what a refusal says."""

    SERVED = "is served"
    NOT_YET = "is not available yet"
    REMOTE = "calls a remote service, which Goldloop does not"


@dataclass(frozen=True)
class MLFunction:
    """A function of BigQuery ML, `name` with its prefix and in capitals."""

    name: str
    position: Position
    standing: Standing


def _declare(names: str, position: Position, standing: Standing) -> list[MLFunction]:
    return [MLFunction(name, position, standing) for name in names.split()]


def _by_name(functions: Iterable[MLFunction]) -> Mapping[str, MLFunction]:
    return MappingProxyType({function.name: function for function in functions})


FUNCTIONS = _by_name(
    [
        *_declare("ML.PREDICT ML.EVALUATE", Position.TABLE, Standing.SERVED),
        *_declare(
            """
            ML.ROC_CURVE ML.CONFUSION_MATRIX ML.ARIMA_EVALUATE ML.RECONSTRUCTION_LOSS
            ML.TRIAL_INFO ML.TRAINING_INFO
            ML.EXPLAIN_PREDICT ML.RECOMMEND ML.FORECAST ML.EXPLAIN_FORECAST ML.DETECT_ANOMALIES
            ML.TRANSFORM ML.GENERATE_EMBEDDING
            AI.GENERATE_EMBEDDING AI.FORECAST AI.EVALUATE AI.DETECT_ANOMALIES
            ML.GLOBAL_EXPLAIN ML.FEATURE_IMPORTANCE ML.ADVANCED_WEIGHTS ML.GET_INSIGHTS
            AI.KEY_DRIVERS
            ML.WEIGHTS ML.FEATURE_INFO ML.CENTROIDS ML.PRINCIPAL_COMPONENTS
            ML.PRINCIPAL_COMPONENT_INFO ML.ARIMA_COEFFICIENTS ML.HOLIDAY_INFO
            ML.DESCRIBE_DATA ML.VALIDATE_DATA_SKEW ML.VALIDATE_DATA_DRIFT ML.TFDV_DESCRIBE
            ML.FEATURES_AT_TIME ML.ENTITY_FEATURES_AT_TIME
            ML.CORRELATION ML.DETECT_CHANGE_POINTS ML.SEASONALITY ML.TREND
            AI.SEARCH
            """,
            Position.TABLE,
            Standing.NOT_YET,
        ),
        *_declare(
            """
            ML.TFDV_VALIDATE
            ML.BUCKETIZE ML.HASH_BUCKETIZE ML.FEATURE_CROSS ML.POLYNOMIAL_EXPAND ML.NORMALIZER
            ML.NGRAMS ML.DISTANCE ML.LP_NORM ML.DECODE_IMAGE ML.RESIZE_IMAGE
            ML.CONVERT_COLOR_SPACE ML.CONVERT_IMAGE_TYPE
            ML.QUANTILE_BUCKETIZE ML.IMPUTER ML.LABEL_ENCODER ML.ONE_HOT_ENCODER
            ML.MULTI_HOT_ENCODER ML.STANDARD_SCALER ML.MIN_MAX_SCALER ML.MAX_ABS_SCALER
            ML.ROBUST_SCALER ML.BAG_OF_WORDS ML.TF_IDF
            """,
            Position.SCALAR,
            Standing.NOT_YET,
        ),
        *_declare(
            """
            ML.GENERATE_TEXT AI.GENERATE_TEXT AI.GENERATE_TABLE ML.UNDERSTAND_TEXT ML.TRANSLATE
            ML.ANNOTATE_IMAGE ML.PROCESS_DOCUMENT ML.TRANSCRIBE
            """,
            Position.TABLE,
            Standing.REMOTE,
        ),
        *_declare(
            """
            AI.GENERATE AI.GENERATE_BOOL AI.GENERATE_INT AI.GENERATE_DOUBLE AI.IF AI.SCORE
            AI.CLASSIFY AI.AGG AI.COUNT_TOKENS AI.EMBED AI.SIMILARITY
            """,
            Position.SCALAR,
            Standing.REMOTE,
        ),
    ]
)
PREFIXES = frozenset(name.split(".")[0] for name in FUNCTIONS)


def require_served(name: str) -> None:
    """Check that the table function `name` (any case, with its prefix) can be run.

    Raises:
        StatementError: it does not exist, is called in the wrong place or is not served.
    """
    function = FUNCTIONS.get(name.upper())
    if function is None:
        tables = [each.name for each in FUNCTIONS.values() if each.position is Position.TABLE]
        raise StatementError(
            f"There is no function {name.upper()} over a model.{nearest(name, tables)}"
        )
    if function.standing is not Standing.SERVED:
        served = [each.name for each in FUNCTIONS.values() if each.standing is Standing.SERVED]
        raise StatementError(
            f"{function.name} {function.standing.value}; served now: {', '.join(served)}."
        )
    if function.position is not Position.TABLE:
        raise StatementError(f"{function.name} is called {function.position.value}.")
