"""XGBOOST and ONNX: models that were trained elsewhere, imported from a file."""

from __future__ import annotations

from typing import Any

from goldloop.errors import OptionError
from goldloop.options.declaration import Kind, ModelType, Option
from goldloop.options.shared import REFUSED

_PATH = Option(
    "model_path",
    Kind.TEXT,
    None,
    "The model's file, a local path; relative ones begin where the process runs. It is read once "
    "and not needed any more.",
)


def _check(model: str, options: dict[str, Any], given: set[str]) -> None:
    path = options["model_path"]
    if not path:
        raise OptionError(
            f"Model {model}: an imported model needs option model_path, the path of its file."
        )
    scheme, separator, _ = path.partition("://")
    if separator:
        raise OptionError(
            f"Model {model}: option model_path is '{path}'; expected a path of this machine, as "
            f"files of {scheme}:// are not fetched. Download it and give the local path."
        )


XGBOOST = ModelType(
    "xgboost",
    "imported",
    "A booster that XGBoost saved as .json or .ubj, scored as SQL. INPUT(…) names its features "
    "where the file does not, OUTPUT(…) its prediction: predicted_label by default, an array "
    "where it predicts several numbers.",
    (_PATH, *REFUSED),
    _check,
    needs_query=False,
    needs_features=False,
)

ONNX = ModelType(
    "onnx",
    "imported",
    "An ONNX file, scored by onnxruntime (`pip install goldloop[onnx]`) from bytes that the "
    "warehouse keeps. Its inputs and outputs are tensors; those of several numbers a row are "
    "arrays.",
    (_PATH, *REFUSED),
    _check,
    needs_query=False,
    needs_features=False,
)
