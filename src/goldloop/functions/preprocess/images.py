"""ML.DECODE_IMAGE, ML.RESIZE_IMAGE, ML.CONVERT_COLOR_SPACE and ML.CONVERT_IMAGE_TYPE.

Images have BigQuery's form: a struct of dimensions and values. Values that are INT64, as of
ML.CONVERT_IMAGE_TYPE, come back from the other functions as FLOAT64 of the same scale.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from goldloop.functions.declaration import Group, ScalarFunction
from goldloop.functions.preprocess.arguments import Arguments
from goldloop.native import images
from goldloop.scoring.expressions import call


def _decode(given: list[exp.Expr]) -> exp.Expr:
    arguments = Arguments(DECODE_IMAGE.name, DECODE_IMAGE.signature, ("bytes",), 1, given)
    return call(images.DECODE_IMAGE.name, arguments.expression("bytes").copy())


def _resize(given: list[exp.Expr]) -> exp.Expr:
    names = ("image", "target_height", "target_width", "preserve_aspect_ratio")
    arguments = Arguments(RESIZE_IMAGE.name, RESIZE_IMAGE.signature, names, 4, given)
    sizes = (exp.cast(arguments.expression(name).copy(), "BIGINT") for name in names[1:3])
    keeps_ratio = exp.cast(arguments.expression(names[3]).copy(), "BOOLEAN")
    return call(images.RESIZE_IMAGE.name, _image(arguments), *sizes, keeps_ratio)


def _convert_color_space(given: list[exp.Expr]) -> exp.Expr:
    names = ("image", "target_color_space")
    arguments = Arguments("ML.CONVERT_COLOR_SPACE", CONVERT_COLOR_SPACE.signature, names, 2, given)
    space = exp.Literal.string(arguments.choice("target_color_space", images.COLOR_SPACES))
    return call(images.CONVERT_COLOR_SPACE.name, _image(arguments), space)


def _convert_image_type(given: list[exp.Expr]) -> exp.Expr:
    signature = CONVERT_IMAGE_TYPE.signature
    arguments = Arguments("ML.CONVERT_IMAGE_TYPE", signature, ("image",), 1, given)
    return call(images.CONVERT_IMAGE_TYPE.name, _image(arguments))


def _image(arguments: Arguments) -> exp.Expr:
    # BigQuery's structs have no names here, and values may be integers.
    return exp.cast(arguments.expression("image").copy(), images.IMAGE, dialect="duckdb")


def _function(
    name: str, parameters: str, meaning: str, expression: Callable[[list[exp.Expr]], exp.Expr]
) -> ScalarFunction:
    return ScalarFunction(name, Group.PREPROCESS, meaning, f"{name}({parameters})", expression)


DECODE_IMAGE = _function(
    "ML.DECODE_IMAGE", "bytes", "The pixels of a file's bytes: RGB, from 0 to 1.", _decode
)
RESIZE_IMAGE = _function(
    "ML.RESIZE_IMAGE",
    "image, target_height, target_width, preserve_aspect_ratio",
    "An image in another size, by bilinear interpolation.",
    _resize,
)
CONVERT_COLOR_SPACE = _function(
    "ML.CONVERT_COLOR_SPACE",
    "image, target_color_space",
    "An RGB image in another colour space.",
    _convert_color_space,
)
CONVERT_IMAGE_TYPE = _function(
    "ML.CONVERT_IMAGE_TYPE",
    "image",
    "An image with integers from 0 to 255.",
    _convert_image_type,
)
