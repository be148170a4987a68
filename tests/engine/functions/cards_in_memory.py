"""A warehouse that exists in memory only: cards by the model's name."""

import datetime as dt

from goldloop.errors import ModelNotFoundError
from goldloop.registry.cards import Feature, ModelCard
from goldloop.registry.names import ModelName

KINDS = {
    "cost": ("boosted_tree_regressor", "regression"),
    "accepted": ("logistic_reg", "binary_classification"),
    "damage": ("logistic_reg", "multiclass_classification"),
    "segments": ("kmeans", "clustering"),
    "components": ("pca", "projection"),
}
METRICS = {"precision": 0.75, "recall": 0.6, "accuracy": 0.7, "f1_score": 0.67, "log_loss": 0.5}


class CardsInMemory:
    def find_model(self, name):
        if name.name == "missing":
            raise ModelNotFoundError(f"No model {name.name}.")
        return card(name.name)

    def describe(self, call, position=0):
        return []

    def database_of(self, project):
        return project

    def find_separations(self, card):
        return ((1, 2, 0.5),)

    def find_details(self, card, section):
        return []

    def has_part(self, card, key):
        return True

    def has_function(self, schema, name):
        return (schema, name) == ("ml", "cost")

    def find_trials(self, card):
        return []


def card(name):
    model_type, problem_type = KINDS.get(name, KINDS["cost"])
    return ModelCard(
        name=ModelName("shop", name),
        version=1,
        status="champion",
        model_type=model_type,
        problem_type=problem_type,
        label=None if problem_type in {"clustering", "projection"} else name,
        classes=(),
        features=(Feature("age", "BIGINT"),),
        options={},
        metrics=METRICS,
        scoring="sql",
        training_rows=10,
        evaluation_rows=0,
        training_fingerprint="",
        training_sql="",
        trained_at=dt.datetime(2026, 1, 1),
        seconds=1.0,
    )
