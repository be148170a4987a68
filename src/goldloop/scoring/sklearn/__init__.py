"""Fitted scikit-learn estimators as SQL: one file per family of operators."""

from goldloop.scoring.sklearn.export import export_estimator

__all__ = ["export_estimator"]
