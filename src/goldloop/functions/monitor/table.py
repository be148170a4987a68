"""The monitoring functions, listed."""

from __future__ import annotations

from goldloop.functions.declaration import ScalarFunction, TableFunction
from goldloop.functions.monitor.describe_data import DESCRIBE_DATA
from goldloop.functions.monitor.features_at_time import ENTITY_FEATURES_AT_TIME, FEATURES_AT_TIME
from goldloop.functions.monitor.tfdv import TFDV_DESCRIBE, TFDV_VALIDATE
from goldloop.functions.monitor.validate_data import VALIDATE_DATA_DRIFT, VALIDATE_DATA_SKEW

MONITOR: tuple[TableFunction | ScalarFunction, ...] = (
    DESCRIBE_DATA,
    VALIDATE_DATA_SKEW,
    VALIDATE_DATA_DRIFT,
    TFDV_DESCRIBE,
    TFDV_VALIDATE,
    FEATURES_AT_TIME,
    ENTITY_FEATURES_AT_TIME,
)
