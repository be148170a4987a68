"""Options of networks: what is accepted, in which forms, and what is refused by name."""

import pytest

from goldloop.errors import OptionError
from goldloop.options.resolve import resolve


def dnn(kind="dnn_regressor", **options):
    return resolve("shop.m", {"model_type": kind, **options})


def wide_and_deep(**options):
    return dnn("dnn_linear_combined_classifier", **options)


@pytest.mark.parametrize(
    "value",
    [
        [("dnn", "SGD"), ("linear", "ADAGRAD")],
        [{"part": "dnn", "optimizer": "sgd"}, ("linear", "adagrad")],
        {"dnn": "sgd", "linear": "adagrad"},
    ],
    ids=["pairs", "structs", "mapping"],
)
def test_an_optimizer_for_each_part_is_given_in_any_form(value):
    assert wide_and_deep(optimizer=value)["optimizer"] == {"dnn": "sgd", "linear": "adagrad"}


def test_one_value_is_for_both_parts_and_a_part_left_out_keeps_its_default():
    assert wide_and_deep(learn_rate=0.1)["learn_rate"] == {"dnn": 0.1, "linear": 0.1}
    chosen = wide_and_deep(optimizer=[("dnn", "sgd")])
    assert chosen["optimizer"] == {"dnn": "sgd", "linear": "ftrl"}


def test_defaults_are_those_of_the_reference():
    deep, both, auto = dnn(), wide_and_deep(), dnn("autoencoder")
    assert [deep[o] for o in ("optimizer", "learn_rate", "activation_fn", "dropout")] == [
        "adam", 0.001, "relu", 0.0,
    ]  # fmt: skip
    assert both["optimizer"] == {"dnn": "adam", "linear": "ftrl"}
    assert deep["integrated_gradients_num_steps"] == 15
    assert both["integrated_gradients_num_steps"] == 50
    assert auto["max_iterations"] == 20
    assert auto["early_stop"] is True


def test_trials_vary_penalties_only_with_an_optimizer_that_takes_them():
    assert "l1_reg" not in dnn(num_trials=4).spaces
    assert "l1_reg" in dnn(num_trials=4, optimizer="ftrl").spaces
    assert "l1_reg" in wide_and_deep(num_trials=4).spaces


ERRORS = {
    "an optimizer that is none": (
        {"optimizer": "adamax"}, "optimizer is 'adamax'; expected one of adam.*Did you mean 'adam'",
    ),
    "no layer": ({"hidden_units": []}, "hidden_units is empty; expected at least one layer"),
    "a layer without units": ({"hidden_units": [8, 0]}, "hidden_units is 0; expected an integer"),
    "half a unit": ({"hidden_units": [2.5]}, "hidden_units is 2.5; expected an integer"),
    "a number for a list": ({"hidden_units": 8}, "hidden_units is 8; expected a list of integers"),
    "dropping all units": ({"dropout": 1}, r"dropout is 1; expected a number in \[0, 1\)"),
    "a batch too large": ({"batch_size": 9000}, r"batch_size is 9000; .* in \[1, 8192\]"),
    "a learn rate of 0": ({"learn_rate": 0}, r"learn_rate is 0; expected a number in \(0, inf\)"),
    "a penalty of an optimizer that has none": (
        {"l2_reg": 0.1}, "option l2_reg is a penalty of the optimizers adagrad, ftrl, sgd, and "
        "optimizer is 'adam'",
    ),
    "a version of TensorFlow": ({"tf_version": "2.8.0"}, "tf_version is not supported: Goldloop"),
    "a part's optimizer where there are no parts": (
        {"optimizer": [("dnn", "sgd")]}, "optimizer is .* expected a word",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("options", "message"), ERRORS.values(), ids=ERRORS)
def test_an_option_that_cannot_be_honoured_is_an_error_that_says_why(options, message):
    with pytest.raises(OptionError, match=f"(?s)shop.m: .*{message}"):
        dnn(**options)


PARTS = {
    "no such part": ([("deep", "sgd")], "each of dnn, linear at most once: 'deep' is no part"),
    "a part twice": ([("dnn", "sgd"), ("DNN", "adam")], "'DNN' is given twice"),
    "no pair": ([("dnn", "sgd", 1)], r"expected a word or \[\(part, a word\), \.\.\.\]"),
    "a bad value of a part": ([("linear", "newton")], " is 'newton'; expected one of adam"),
}


@pytest.mark.parametrize(("value", "message"), PARTS.values(), ids=PARTS)
def test_an_error_in_one_part_names_it(value, message):
    with pytest.raises(OptionError, match=f"(?s)shop.m: option optimizer.*{message}"):
        wide_and_deep(optimizer=value)


def test_crelu_is_no_activation_of_autoencoders():
    with pytest.raises(OptionError, match="activation_fn is 'crelu'; expected one of relu, relu6"):
        dnn("autoencoder", activation_fn="crelu")


def test_penalties_of_wide_and_deep_go_to_the_part_whose_optimizer_takes_them():
    assert wide_and_deep(l1_reg=0.1)["l1_reg"] == 0.1
    with pytest.raises(OptionError, match="l1_reg is a penalty of the optimizers"):
        wide_and_deep(l1_reg=0.1, optimizer="rmsprop")
