"""Encoders of categories: the encoder itself is asked what each category becomes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder
from sqlglot import exp

from goldloop.scoring.bases import Lookup
from goldloop.scoring.linear import Affine
from goldloop.scoring.prediction import Label
from goldloop.scoring.sklearn.frame import Frame, Text
from goldloop.scoring.sklearn.registry import refusal, transforms


@transforms(OneHotEncoder)
def one_hot_encoder(encoder: OneHotEncoder, frame: Frame) -> Frame:
    """A column of 0 and 1 per kept category (sklearn.preprocessing.OneHotEncoder).

    A category not seen in training (NULL too, unless it was seen) gives zeros or the
    infrequent column as `handle_unknown` says, and NULL where the encoder would raise.
    """
    parts = []
    widths = [int(width) for width in encoder._n_features_outs]
    ends = np.cumsum(widths)
    for i, (column, keys, encoded) in enumerate(_encoded(encoder, frame)):
        block = encoded[:, ends[i] - widths[i] : ends[i]]
        unknown = _unknown_row(encoder, i, widths[i])
        parts.append(
            Affine.identity(
                [Lookup(column, _table(keys, block[:, j]), unknown[j]) for j in range(widths[i])]
            )
        )
    frame = Frame(tuple(parts))
    return frame.requiring(frame.numbers.presence())


@transforms(OrdinalEncoder)
def ordinal_encoder(encoder: OrdinalEncoder, frame: Frame) -> Frame:
    """The rank of the category (sklearn.preprocessing.OrdinalEncoder).

    A category not seen in training gives `unknown_value`, and NULL where the encoder
    would raise; an encoded value of NaN is NULL.
    """
    unknown = encoder.unknown_value if encoder.handle_unknown == "use_encoded_value" else None
    lookups = [
        Lookup(column, _table(keys, encoded[:, i]), _number(unknown))
        for i, (column, keys, encoded) in enumerate(_encoded(encoder, frame))
    ]
    encoded = Affine.identity(lookups)
    refuses = encoder.handle_unknown == "error"
    return Frame((encoded,), tuple(encoded.presence()) if refuses else ())


def _encoded(
    encoder: Any, frame: Frame
) -> Iterator[tuple[exp.Expression, list[Label | None], np.ndarray]]:
    """Return for each column its expression, its categories and the row each encodes to."""
    first = [categories[0] for categories in encoder.categories_]
    for i, (column, categories) in enumerate(zip(frame.columns, encoder.categories_, strict=True)):
        probes = np.array([first] * len(categories), dtype=object)
        probes[:, i] = categories
        encoded = encoder.transform(_as_fitted(encoder, probes))
        dense = encoded.toarray() if hasattr(encoded, "toarray") else np.asarray(encoded)
        keys: list[Label | None]
        if isinstance(column, Text):
            expression, keys = column.expression, [_text(encoder, key) for key in categories]
        else:
            (expression,) = column.expressions()
            keys = [_number(key) for key in categories]
        yield expression, keys, dense.astype(float)


def _as_fitted(encoder: Any, probes: np.ndarray) -> Any:
    names = getattr(encoder, "feature_names_in_", None)
    if names is not None:
        return pd.DataFrame(probes, columns=names)
    return probes


def _unknown_row(encoder: OneHotEncoder, feature: int, width: int) -> Sequence[float | None]:
    if encoder.handle_unknown == "error":
        return [None] * width
    infrequent = getattr(encoder, "infrequent_categories_", None)
    row: list[float | None] = [0.0] * width
    if encoder.handle_unknown != "ignore" and infrequent and infrequent[feature] is not None:
        # The infrequent categories share the last column.
        row[-1] = 1.0
    return row


def _table(keys: Sequence[Label | None], encoded: np.ndarray) -> dict[Label | None, float | None]:
    return {key: _number(value) for key, value in zip(keys, encoded, strict=True)}


def _text(encoder: Any, key: Any) -> str | None:
    if isinstance(key, str):
        return str(key)
    if pd.isna(key):
        return None
    raise refusal(encoder, f"the category {key!r} of a text column is not text")


def _number(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else float(value)
