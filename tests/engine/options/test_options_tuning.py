"""What may be searched: ranges and candidates as SQL, YAML and dbt macros write them."""

import pytest

from goldloop.dialect.statements import HparamCandidates, HparamRange
from goldloop.errors import OptionError
from goldloop.options.hyperparameters import TUNING
from goldloop.options.resolve import resolve
from goldloop.options.search import Candidates, Interval
from goldloop.options.types import MODEL_TYPES


def spaces(model_type="linear_reg", **options):
    return resolve("m", {"model_type": model_type, "num_trials": 5, **options}).spaces


def refusal(model_type="linear_reg", **options):
    with pytest.raises(OptionError) as raised:
        resolve("m", {"model_type": model_type, **options})
    return str(raised.value)


@pytest.mark.parametrize(
    "value",
    [
        HparamRange(0.1, 2),
        "HPARAM_RANGE(0.1, 2)",
        "hparam_range(0.1, 2.0)",
        {"hparam_range": [0.1, 2]},
        {"HPARAM_RANGE": (0.1, 2)},
    ],
)
def test_a_range_is_read_in_every_form(value):
    assert spaces(l1_reg=value, l2_reg=0)["l1_reg"] == Interval(0.1, 2.0, is_log=True)


@pytest.mark.parametrize(
    "value",
    [
        HparamCandidates((1, 0.5)),
        "HPARAM_CANDIDATES([1, 0.5])",
        {"hparam_candidates": [1, 0.5]},
    ],
)
def test_candidates_are_read_in_every_form(value):
    assert spaces(l1_reg=value)["l1_reg"] == Candidates((1.0, 0.5))


def test_words_are_candidates_in_any_case():
    found = spaces("boosted_tree_regressor", booster_type="HPARAM_CANDIDATES(['DART', 'gbtree'])")
    assert found["booster_type"] == Candidates(("dart", "gbtree"))


def test_options_not_given_are_searched_over_their_default_ranges():
    found = spaces()
    assert set(found) == {"l1_reg", "l2_reg"}
    assert all(space.is_log and space.high == 10 for space in found.values())
    assert all(space.low == pytest.approx(1e-5) for space in found.values())
    assert spaces("kmeans") == {"num_clusters": Interval(2, 10, is_integer=True)}
    assert spaces("boosted_tree_regressor")["max_tree_depth"] == Interval(1, 10, is_integer=True)


def test_an_option_with_a_value_is_not_searched():
    assert set(spaces(l1_reg=0.5)) == {"l2_reg"}


def test_an_end_that_the_option_excludes_is_not_tried():
    space = spaces("boosted_tree_regressor", learn_rate=HparamRange(0, 1))["learn_rate"]
    assert 0 < space.low < 1e-5
    assert space.high == 1.0


@pytest.mark.parametrize("declared", MODEL_TYPES.values(), ids=MODEL_TYPES)
def test_every_hyperparameter_of_a_type_that_is_served_is_one_of_its_options(declared):
    if declared.name not in TUNING:
        pytest.skip("not tuned")
    tuning = TUNING[declared.name]
    assert {each.option for each in tuning.hyperparameters} <= {o.name for o in declared.options}


REFUSED = {
    "without trials": (
        {"l1_reg": HparamRange(0, 1)},
        "option l1_reg is HPARAM_RANGE(0, 1), which needs num_trials",
    ),
    "an option of tuning without trials": (
        {"hparam_tuning_algorithm": "random_search"},
        "option hparam_tuning_algorithm needs num_trials",
    ),
    "a test without trials": (
        {"data_split_method": "random", "data_split_test_fraction": 0.1},
        "option data_split_test_fraction needs num_trials",
    ),
    "an option that is not tuned": (
        {"num_trials": 2, "max_iterations": HparamCandidates((1, 2))},
        "option max_iterations is HPARAM_CANDIDATES([1, 2]); expected a plain value, as "
        "linear_reg tunes l1_reg, l2_reg.",
    ),
    "an empty range": (
        {"num_trials": 2, "l1_reg": HparamRange(2, 2)},
        "option l1_reg is HPARAM_RANGE(2, 2); expected a first bound below the second",
    ),
    "a bound out of range": (
        {"num_trials": 2, "l1_reg": HparamRange(-1, 2)},
        "option l1_reg is -1; expected a number in [0, inf)",
    ),
    "a candidate of another kind": (
        {"num_trials": 2, "l1_reg": "HPARAM_CANDIDATES(['much'])"},
        "option l1_reg is 'much'; expected a number",
    ),
    "no candidates": (
        {"num_trials": 2, "l1_reg": {"hparam_candidates": []}},
        "option l1_reg is HPARAM_CANDIDATES([]); expected at least one candidate",
    ),
    "a call that cannot be read": (
        {"num_trials": 2, "l1_reg": "HPARAM_RANGE(0, )("},
        "Option l1_reg is HPARAM_RANGE(0, )(; expected HPARAM_RANGE(low, high) or",
    ),
    "a warm start of several": (
        {"num_trials": 2, "warm_start": True},
        "warm_start continues one model, and num_trials, of this statement or",
    ),
    "too many trials": ({"num_trials": 101}, "option num_trials is 101; expected an integer in"),
    "an unknown objective": (
        {"num_trials": 2, "hparam_tuning_objectives": ["R2_SCORES"]},
        "linear_reg is judged by one of r2_score, mean_absolute_error",
    ),
    "two objectives": (
        {"num_trials": 2, "hparam_tuning_objectives": ["r2_score", "explained_variance"]},
        "option hparam_tuning_objectives names 2 metrics",
    ),
    "a grid of a continuous range": (
        {
            "num_trials": 2,
            "hparam_tuning_algorithm": "grid_search",
            "l1_reg": HparamRange(0, 1),
        },
        "option l1_reg is HPARAM_RANGE(0, 1), and GRID_SEARCH takes discrete values",
    ),
    "a grid of nothing": (
        {"num_trials": 2, "hparam_tuning_algorithm": "grid_search"},
        "num_trials is 2, but no option is searched",
    ),
    "fractions that leave nothing": (
        {
            "num_trials": 2,
            "data_split_method": "random",
            "data_split_eval_fraction": 0.5,
            "data_split_test_fraction": 0.5,
        },
        "leave no row to train on",
    ),
}


@pytest.mark.parametrize(("options", "said"), REFUSED.values(), ids=REFUSED)
def test_a_search_that_cannot_be_is_refused(options, said):
    assert said in refusal(**options)


def test_a_range_of_words_is_refused():
    said = refusal("boosted_tree_regressor", num_trials=2, booster_type=HparamRange(0, 1))
    assert "option booster_type is HPARAM_RANGE(0, 1); expected HPARAM_CANDIDATES" in said


def test_candidates_that_are_arrays_stand_in_structs():
    from goldloop.options.declaration import Kind, Option
    from goldloop.options.hyperparameters import Hyperparameter
    from goldloop.options.search import as_search, space_of

    option = Option("hidden_units", Kind.INTEGERS, None, "")
    search = as_search("hidden_units", "HPARAM_CANDIDATES([STRUCT([8, 4]), STRUCT([16])])")
    assert space_of("m", option, Hyperparameter("hidden_units"), search) == Candidates(
        ((8, 4), (16,))
    )
