"""A dbt Python model: what its ml_config may say, and what of its config trains it again."""

import pandas as pd
import pytest
from sklearn.linear_model import LinearRegression

from goldloop.errors import OptionError, TrainingDataError
from goldloop.registry.estimators import build_estimator
from goldloop.registry.names import ModelName
from goldloop.registry.request import BuildRequest
from goldloop.trained import TrainedModel

ROWS = pd.DataFrame({"x": [1.0, 2.0, 3.0], "y": [2.0, 4.0, 6.0]})
FITTED = LinearRegression().fit(ROWS[["x"]], ROWS["y"])


def build(warehouse, label=None, train=None, config_read=None, **options):
    request = BuildRequest(ModelName("main", "m"), "", options)
    model = TrainedModel(FITTED, label=label, training=ROWS)
    train = train or (lambda: model)
    return build_estimator(warehouse.con, request, "code", [], train, config_read)


@pytest.mark.parametrize("options", [{"input_label_cols": ["y"]}, {"LABELS": "y"}])
def test_the_label_may_be_an_option(warehouse, options):
    build(warehouse, **options)
    assert warehouse.card("m").label == "y"
    assert warehouse.predict("m", "select 5.0 as x") == [(pytest.approx(10.0),)]


def test_an_option_that_would_be_ignored_is_refused_before_training(warehouse):
    with pytest.raises(OptionError, match=r"Model main\.m: option l2_reg is of SQL models"):
        build(warehouse, train=pytest.fail, l2_reg=0.1)


def test_two_labels_are_refused(warehouse):
    with pytest.raises(OptionError, match="input_label_cols names x, y; expected one column"):
        build(warehouse, train=pytest.fail, input_label_cols=["x", "y"])


def test_labels_that_contradict_each_other_are_an_error(warehouse):
    with pytest.raises(TrainingDataError, match="'y' as the file says, and 'x' by"):
        build(warehouse, label="y", input_label_cols=["x"])


def test_a_config_value_that_the_code_reads_trains_again_when_it_changes(warehouse):
    def outcomes(*values):
        return [build(warehouse, "y", config_read={"config.seed": v}).outcome for v in values]

    assert outcomes(1, 1, 2, 2) == ["trained", "unchanged", "trained", "unchanged"]
