"""The table of model types; a type that is not here does not exist."""

from __future__ import annotations

from goldloop.errors import OptionError, nearest
from goldloop.options.automl import AUTOML_CLASSIFIER, AUTOML_REGRESSOR
from goldloop.options.contribution import CONTRIBUTION_ANALYSIS
from goldloop.options.declaration import ModelType
from goldloop.options.glm import LINEAR_REG, LOGISTIC_REG
from goldloop.options.imported import ONNX, XGBOOST
from goldloop.options.kmeans import KMEANS
from goldloop.options.matrix_factorization import MATRIX_FACTORIZATION
from goldloop.options.neural import (
    AUTOENCODER,
    DNN_CLASSIFIER,
    DNN_LINEAR_COMBINED_CLASSIFIER,
    DNN_LINEAR_COMBINED_REGRESSOR,
    DNN_REGRESSOR,
)
from goldloop.options.pca import PCA
from goldloop.options.sklearn_models import SKLEARN
from goldloop.options.time_series import ARIMA_PLUS, ARIMA_PLUS_XREG
from goldloop.options.transform_only import TRANSFORM_ONLY
from goldloop.options.trees import (
    BOOSTED_TREE_CLASSIFIER,
    BOOSTED_TREE_REGRESSOR,
    RANDOM_FOREST_CLASSIFIER,
    RANDOM_FOREST_REGRESSOR,
)
from goldloop.options.tuning import with_tuning

MODEL_TYPES: dict[str, ModelType] = {
    declared.name: with_tuning(declared)
    for declared in (
        LINEAR_REG,
        LOGISTIC_REG,
        BOOSTED_TREE_CLASSIFIER,
        BOOSTED_TREE_REGRESSOR,
        RANDOM_FOREST_CLASSIFIER,
        RANDOM_FOREST_REGRESSOR,
        DNN_CLASSIFIER,
        DNN_REGRESSOR,
        DNN_LINEAR_COMBINED_CLASSIFIER,
        DNN_LINEAR_COMBINED_REGRESSOR,
        AUTOENCODER,
        KMEANS,
        AUTOML_REGRESSOR,
        AUTOML_CLASSIFIER,
        SKLEARN,
        PCA,
        MATRIX_FACTORIZATION,
        XGBOOST,
        ONNX,
        CONTRIBUTION_ANALYSIS,
        ARIMA_PLUS,
        ARIMA_PLUS_XREG,
        TRANSFORM_ONLY,
    )
}

# Model types of BigQuery ML that are not trained here, and why.
REFUSED_TYPES: dict[str, str] = {
    "tensorflow": "a SavedModel needs TensorFlow to run; export it to ONNX and import that",
    "tensorflow_lite": "a TFLite model needs TensorFlow to run; export it to ONNX and import that",
    "remote": "it calls a remote service (an LLM, an embedding or a Vertex AI endpoint), which "
    "Goldloop does not: models here are trained and scored in the warehouse",
}


def model_type(model: str, name: object) -> ModelType:
    """Return the declaration of the model type `name`, asked for by model `model`.

    Raises:
        OptionError: when there is none; the message lists the types and the nearest name.
    """
    refused = REFUSED_TYPES.get(str(name).casefold())
    if refused:
        raise OptionError(f"Model {model}: model_type '{name}' is not supported: {refused}.")
    known = ", ".join(MODEL_TYPES)
    if name is None:
        raise OptionError(f"Model {model}: option model_type is missing; expected one of {known}.")
    declared = MODEL_TYPES.get(str(name).casefold())
    if declared is None:
        raise OptionError(
            f"Model {model}: unknown model_type '{name}'; expected one of {known}."
            f"{nearest(str(name), MODEL_TYPES)}"
        )
    return declared
