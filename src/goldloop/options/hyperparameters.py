"""BigQuery ML's table of hyperparameters and objectives: what NUM_TRIALS searches, a type each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from goldloop.options.declaration import Range


@dataclass(frozen=True)
class Hyperparameter:
    """An option that trials may vary.

    `default` is the range searched where a user sets nothing, None where a search
    must be asked for; on a log scale where `is_log`.
    """

    option: str
    default: Range | None = None
    is_log: bool = False


@dataclass(frozen=True)
class Tuning:
    """What trials of a model type vary, and the metrics they may be judged by, default first."""

    hyperparameters: tuple[Hyperparameter, ...]
    objectives: tuple[str, ...]

    def hyperparameter(self, option: str) -> Hyperparameter | None:
        """Return the hyperparameter of that option, None where it is not tunable."""
        return next((each for each in self.hyperparameters if each.option == option), None)


# Of these, more is better; of every other objective, less.
MAXIMIZED = frozenset(
    {
        "r2_score",
        "explained_variance",
        "precision",
        "recall",
        "accuracy",
        "f1_score",
        "roc_auc",
        "mean_average_precision",
        "normalized_discounted_cumulative_gain",
    }
)

_REGRESSION = (
    "r2_score",
    "mean_absolute_error",
    "mean_squared_error",
    "mean_squared_log_error",
    "median_absolute_error",
    "explained_variance",
)
_CLASSIFICATION = ("roc_auc", "precision", "recall", "accuracy", "f1_score", "log_loss")

_UNIT = Range(0, 1, low_open=True)
_PENALTIES = tuple(
    Hyperparameter(name, Range(0, 10, low_open=True), is_log=True) for name in ("l1_reg", "l2_reg")
)
_TREES = (
    *_PENALTIES,
    *(
        Hyperparameter(name)
        for name in (
            "min_split_loss",
            "min_tree_child_weight",
            "colsample_bytree",
            "colsample_bylevel",
            "colsample_bynode",
            "tree_method",
        )
    ),
)
_BOOSTED = (
    Hyperparameter("learn_rate", _UNIT),
    Hyperparameter("max_tree_depth", Range(1, 10)),
    Hyperparameter("subsample", _UNIT),
    *_TREES,
    *(
        Hyperparameter(name)
        for name in ("dropout", "num_parallel_tree", "booster_type", "dart_normalize_type")
    ),
)
_FORESTS = (
    Hyperparameter("max_tree_depth", Range(1, 20)),
    Hyperparameter("num_parallel_tree", Range(2, 200)),
    Hyperparameter("subsample", Range(0, 1, low_open=True, high_open=True)),
    *_TREES,
)
_NETWORKS = (
    Hyperparameter("batch_size", Range(16, 1024), is_log=True),
    Hyperparameter("dropout", Range(0, 0.8)),
    Hyperparameter("learn_rate", _UNIT),
    *_PENALTIES,
    *(Hyperparameter(name) for name in ("hidden_units", "optimizer", "activation_fn")),
)
_WIDE_AND_DEEP = tuple(each for each in _NETWORKS if each.option not in {"learn_rate", "optimizer"})

TUNING: Mapping[str, Tuning] = MappingProxyType(
    {
        "linear_reg": Tuning(_PENALTIES, _REGRESSION),
        "logistic_reg": Tuning(_PENALTIES, _CLASSIFICATION),
        "boosted_tree_regressor": Tuning(_BOOSTED, _REGRESSION),
        "boosted_tree_classifier": Tuning(_BOOSTED, _CLASSIFICATION),
        "random_forest_regressor": Tuning(_FORESTS, _REGRESSION),
        "random_forest_classifier": Tuning(_FORESTS, _CLASSIFICATION),
        "dnn_regressor": Tuning(_NETWORKS, _REGRESSION),
        "dnn_classifier": Tuning(_NETWORKS, _CLASSIFICATION),
        "dnn_linear_combined_regressor": Tuning(_WIDE_AND_DEEP, _REGRESSION),
        "dnn_linear_combined_classifier": Tuning(_WIDE_AND_DEEP, _CLASSIFICATION),
        "autoencoder": Tuning(
            (
                *_NETWORKS,
                Hyperparameter("l1_reg_activation", Range(0, 10, low_open=True), is_log=True),
            ),
            ("mean_squared_error", "mean_absolute_error", "mean_squared_log_error"),
        ),
        "kmeans": Tuning(
            (Hyperparameter("num_clusters", Range(2, 10)),),
            ("davies_bouldin_index",),
        ),
        # Which of the objectives a model has depends on its FEEDBACK_TYPE, see `objectives_of`.
        "matrix_factorization": Tuning(
            (
                Hyperparameter("num_factors", Range(2, 20)),
                Hyperparameter("l2_reg", Range(0, 10, low_open=True), is_log=True),
                Hyperparameter("wals_alpha", Range(0, 100)),
            ),
            (
                "mean_squared_error",
                "mean_average_precision",
                "normalized_discounted_cumulative_gain",
                "average_rank",
            ),
        ),
    }
)


def objectives_of(model_type: str, values: Mapping[str, object]) -> tuple[str, ...]:
    """Return the objectives of a model with these option values, its default first."""
    known = TUNING[model_type].objectives
    if model_type != "matrix_factorization":
        return known
    if values.get("feedback_type") != "implicit":
        return ("mean_squared_error",)
    return ("mean_average_precision", *(each for each in known if each != "mean_average_precision"))
