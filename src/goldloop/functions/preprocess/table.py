"""The preprocessing functions, listed."""

from __future__ import annotations

from goldloop.functions.declaration import AnalyticFunction, ScalarFunction
from goldloop.functions.preprocess.buckets import BUCKETIZE, QUANTILE_BUCKETIZE
from goldloop.functions.preprocess.crosses import FEATURE_CROSS, POLYNOMIAL_EXPAND
from goldloop.functions.preprocess.documents import BAG_OF_WORDS, TF_IDF
from goldloop.functions.preprocess.encoders import (
    LABEL_ENCODER,
    MULTI_HOT_ENCODER,
    ONE_HOT_ENCODER,
)
from goldloop.functions.preprocess.images import (
    CONVERT_COLOR_SPACE,
    CONVERT_IMAGE_TYPE,
    DECODE_IMAGE,
    RESIZE_IMAGE,
)
from goldloop.functions.preprocess.imputer import IMPUTER
from goldloop.functions.preprocess.scalers import (
    MAX_ABS_SCALER,
    MIN_MAX_SCALER,
    ROBUST_SCALER,
    STANDARD_SCALER,
)
from goldloop.functions.preprocess.texts import HASH_BUCKETIZE, NGRAMS
from goldloop.functions.preprocess.vectors import DISTANCE, LP_NORM, NORMALIZER

PREPROCESS: tuple[ScalarFunction | AnalyticFunction, ...] = (
    BUCKETIZE,
    QUANTILE_BUCKETIZE,
    HASH_BUCKETIZE,
    FEATURE_CROSS,
    POLYNOMIAL_EXPAND,
    IMPUTER,
    LABEL_ENCODER,
    ONE_HOT_ENCODER,
    MULTI_HOT_ENCODER,
    STANDARD_SCALER,
    MIN_MAX_SCALER,
    MAX_ABS_SCALER,
    ROBUST_SCALER,
    NORMALIZER,
    NGRAMS,
    BAG_OF_WORDS,
    TF_IDF,
    DISTANCE,
    LP_NORM,
    DECODE_IMAGE,
    RESIZE_IMAGE,
    CONVERT_COLOR_SPACE,
    CONVERT_IMAGE_TYPE,
)
