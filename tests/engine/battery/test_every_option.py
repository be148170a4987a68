"""No option is accepted and ignored: training reads every option that is declared as served."""

import pytest
from recipes import FROM_FILES, RECIPES

from goldloop.options.resolve import Options
from goldloop.options.types import MODEL_TYPES

# Further options with which a type reads what its recipe leaves unread.
ARIMA = "auto_arima=false, non_seasonal_order=(1, 1, 0), include_drift=true"
MORE = {
    "arima_plus": [ARIMA],
    "arima_plus_xreg": [ARIMA],
    "autoencoder": ["warm_start=true"],
    "kmeans": ["warm_start=true"],
    "matrix_factorization": ["feedback_type='implicit'"],
    "automl_regressor": ["optimization_objective='minimize_mae'"],
    "automl_classifier": ["optimization_objective='minimize_log_loss'"],
    "linear_reg": ["max_iterations=2", "learn_rate_strategy='constant'"],
    "logistic_reg": ["max_iterations=2", "learn_rate_strategy='constant'"],
    "boosted_tree_regressor": ["booster_type='dart'"],
    "boosted_tree_classifier": ["booster_type='dart'"],
}
# Read where a model is tuned: tests/engine/tuning.
WHEN_TUNED = {
    "num_trials",
    "max_parallel_trials",
    "hparam_tuning_algorithm",
    "hparam_tuning_objectives",
    "data_split_test_fraction",
}
# A column to split by: any, as long as the recipe's query has it.
SPLIT_COLUMNS = {"matrix_factorization": "item"}


@pytest.mark.parametrize("model_type", sorted(set(MODEL_TYPES) - FROM_FILES))
def test_training_reads_every_option_that_is_served(models, monkeypatch, model_type):
    read, original = set(), Options.__getitem__

    def remembered(self, option):
        if self.type.name == model_type:
            read.add(option)
        return original(self, option)

    monkeypatch.setattr(Options, "__getitem__", remembered)
    monkeypatch.setattr(
        Options,
        "get",
        lambda self, option, default=None: (
            remembered(self, option) if option in self.values else default
        ),
    )
    recipe = RECIPES[model_type]
    type_ = MODEL_TYPES[model_type]
    declared = {o.name for o in type_.options if not o.refused}
    variants = ["", *MORE.get(model_type, [])]
    if "data_split_method" in declared:
        column = SPLIT_COLUMNS.get(model_type, "pieces")
        variants += [
            "data_split_method='random'",
            f"data_split_method='seq', data_split_col='{column}'",
        ]
    for more in variants:
        options = ", ".join(filter(None, [f"model_type='{model_type}'", recipe.options, more]))
        models.sql(
            f"create or replace model main.{model_type}_options {recipe.clause} "
            f"options({options}) as {recipe.query}"
        )
    # The label is read when options are resolved.
    assert declared - read - WHEN_TUNED <= {type_.target_option}
