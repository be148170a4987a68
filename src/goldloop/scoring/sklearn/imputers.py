"""Imputers: a constant where a value is missing."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sklearn.impute import SimpleImputer
from sqlglot import exp

from goldloop.scoring.expressions import case, double, is_present, literal
from goldloop.scoring.linear import Affine
from goldloop.scoring.sklearn.frame import Frame, Text
from goldloop.scoring.sklearn.registry import refusal, transforms


@transforms(SimpleImputer)
def simple_imputer(imputer: SimpleImputer, frame: Frame) -> Frame:
    """Give x if it is there, else statistics_ (sklearn.impute.SimpleImputer); NaN counts as NULL.

    A column without any value in training is dropped, as the imputer does. With
    `add_indicator` a column of 0 and 1 follows for each feature that had gaps.
    """
    missing = imputer.missing_values
    if not pd.isna(missing):
        raise refusal(imputer, f"missing_values={missing!r} is supported for NaN, None and NA only")
    columns = frame.columns
    filled = [
        _filled(column, statistic)
        for column, statistic in zip(columns, imputer.statistics_, strict=True)
        if not pd.isna(statistic)
    ]
    if imputer.indicator_ is not None:
        indicated = [columns[i] for i in imputer.indicator_.features_]
        filled.append(Frame.of_scalars(_indicator(column) for column in indicated))
    return Frame.joined(filled)


def _filled(column: Text | Affine, statistic: object) -> Frame:
    if isinstance(column, Text):
        value = exp.Coalesce(this=column.expression.copy(), expressions=[literal(str(statistic))])
        return Frame((Text(value),))
    (number,) = column.expressions()
    return Frame.of_scalars([case([(is_present(number), number)], double(_number(statistic)))])


def _indicator(column: Text | Affine) -> exp.Expression:
    present: exp.Expression
    if isinstance(column, Text):
        present = exp.Not(this=exp.Is(this=column.expression.copy(), expression=exp.Null()))
    else:
        present = is_present(column.expressions()[0])
    return case([(present, double(0.0))], double(1.0))


def _number(statistic: object) -> float:
    return float(np.float64(statistic))  # type: ignore[arg-type]
