import pytest

from goldloop.options.resolve import Options
from goldloop.options.types import MODEL_TYPES

CONFIGURATIONS = {
    "linear_reg": [{}, {"max_iterations": 2}, {"learn_rate_strategy": "constant"}],
    "logistic_reg": [{}, {"max_iterations": 2}, {"learn_rate_strategy": "constant"}],
    "boosted_tree_regressor": [{"booster_type": "dart"}],
    "boosted_tree_classifier": [{"booster_type": "dart"}],
    "kmeans": [{}],
}


@pytest.mark.parametrize("name", MODEL_TYPES)
def test_training_reads_every_option_that_is_served(warehouse, monkeypatch, name):
    read, original = set(), Options.__getitem__

    def remembered(self, option):
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
    query = "select i as x, i % 2 = 0 as is_it, i % 3 as label from range(40) as r(i)"
    splits = [{}]
    if MODEL_TYPES[name].is_supervised:
        splits = [
            {"data_split_method": "random"},
            {"data_split_method": "seq", "data_split_col": "x"},
        ]
    for options in CONFIGURATIONS[name]:
        for split in splits:
            warehouse.build("m", query, model_type=name, retrain="always", **options, **split)
    options = resolve_names(name)
    # The label is read when options are resolved.
    assert options - {"input_label_cols"} <= read


def resolve_names(name):
    return {option.name for option in MODEL_TYPES[name].options if not option.refused}
