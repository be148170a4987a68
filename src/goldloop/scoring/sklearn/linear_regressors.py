"""Linear and generalised linear regressors."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn import linear_model
from sqlglot import exp

from goldloop.scoring.prediction import Regression
from goldloop.scoring.sklearn.frame import Frame
from goldloop.scoring.sklearn.registry import predicts, refusal, refuse_oversized


@predicts(
    linear_model.ARDRegression,
    linear_model.BayesianRidge,
    linear_model.ElasticNet,
    linear_model.ElasticNetCV,
    linear_model.HuberRegressor,
    linear_model.Lars,
    linear_model.Lasso,
    linear_model.LassoCV,
    linear_model.LassoLars,
    linear_model.LinearRegression,
    linear_model.QuantileRegressor,
    linear_model.Ridge,
    linear_model.RidgeCV,
    linear_model.SGDRegressor,
    linear_model.TheilSenRegressor,
)
def linear_regressor(regressor: Any, frame: Frame) -> Regression:
    """Give x @ coef_ + intercept_ (sklearn.linear_model)."""
    return Regression(_affine(regressor, frame))


@predicts(linear_model.GammaRegressor, linear_model.PoissonRegressor)
def log_linear_regressor(regressor: Any, frame: Frame) -> Regression:
    """Give exp(x @ coef_ + intercept_), the log link (sklearn.linear_model, glm)."""
    return Regression(exp.Exp(this=_affine(regressor, frame)))


def _affine(regressor: Any, frame: Frame) -> exp.Expression:
    weights = np.atleast_2d(regressor.coef_)
    if len(weights) > 1:
        raise refusal(regressor, f"it predicts {len(weights)} targets, one is supported")
    score = frame.numbers.mapped(weights, np.ravel(regressor.intercept_))
    refuse_oversized(regressor, score.terms.sum())
    return score.expressions()[0]
