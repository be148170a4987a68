import math

import pytest

from goldloop.errors import OptionError
from goldloop.options.declaration import Kind
from goldloop.options.resolve import resolve
from goldloop.options.types import MODEL_TYPES

EVERY_OPTION = [
    (declared, option) for declared in MODEL_TYPES.values() for option in declared.options
]
SERVED = [pair for pair in EVERY_OPTION if not pair[1].refused]
# What a model type cannot do without.
SERIES = {"time_series_timestamp_col": "day", "time_series_data_col": "sales"}
REQUIRED = {
    "contribution_analysis": {"contribution_metric": "SUM(x)", "is_test_col": "t"},
    "pca": {"num_principal_components": 2},
    "arima_plus": SERIES,
    "arima_plus_xreg": SERIES,
    "xgboost": {"model_path": "model.ubj"},
    "onnx": {"model_path": "model.onnx"},
    "sklearn": {"model_class": "sklearn.linear_model.LinearRegression"},
}
IDS = [f"{declared.name}-{option.name}" for declared, option in EVERY_OPTION]


def refusal(model_type, **options):
    with pytest.raises(OptionError) as error:
        resolve("ml.cost", {"model_type": model_type, **REQUIRED.get(model_type, {}), **options})
    said = str(error.value)
    assert said.startswith("Model ml.cost: ")
    return said


@pytest.mark.parametrize(("declared", "option"), EVERY_OPTION, ids=IDS)
def test_every_option_says_what_it_means_and_what_it_takes(declared, option):
    defaults = option.default.values() if option.parts else [option.default]
    assert option.meaning.endswith((".", ")"))
    assert option.name == option.name.casefold()
    assert (option.kind is Kind.CHOICE) == bool(option.choices) or option.refused
    if option.kind in (Kind.NUMBER, Kind.INTEGER) and not option.refused:
        assert option.range is not None
        assert all(each is None or each in option.range for each in defaults)
    if option.choices:
        assert all(each in option.choices for each in defaults)
    assert set(option.refused_choices) <= set(option.choices)


@pytest.mark.parametrize("declared", MODEL_TYPES.values(), ids=MODEL_TYPES)
def test_a_model_type_names_each_option_once_and_has_a_trainer(declared):
    from goldloop.training.families import TRAINERS
    from goldloop.training.imported import importers

    names = [name for option in declared.options for name in (option.name, *option.aliases)]
    assert len(names) == len(set(names))
    assert declared.name in (TRAINERS if declared.needs_query else importers())
    assert declared.meaning.endswith(".")


@pytest.mark.parametrize("declared", MODEL_TYPES.values(), ids=MODEL_TYPES)
def test_without_options_every_option_has_its_default(declared):
    required = REQUIRED.get(declared.name, {})
    options = resolve("m", {"model_type": declared.name.upper(), **required})
    assert options.given == frozenset(required)
    assert (
        dict(options.values)
        == {each.name: each.default for each in options.type.options if not each.refused} | required
    )
    assert options.as_given() == {"model_type": declared.name, **required}
    named = declared.label_option and declared.option(declared.label_option)
    default = named.default if named else "label" if declared.is_supervised else None
    assert options.label == required.get(declared.label_option, default)


DEFAULTS = {
    "linear_reg": {
        "max_iterations": 20,
        "early_stop": True,
        "min_rel_progress": 0.01,
        "l1_reg": 0,
        "l2_reg": 0,
        "fit_intercept": True,
        "optimize_strategy": "auto_strategy",
        "learn_rate_strategy": "line_search",
        "ls_init_learn_rate": 0.1,
        "category_encoding_method": "one_hot_encoding",
        "data_split_method": "auto_split",
        "data_split_eval_fraction": 0.2,
    },
    "logistic_reg": {"auto_class_weights": False, "class_weights": None},
    "boosted_tree_classifier": {
        "booster_type": "gbtree",
        "dart_normalize_type": "tree",
        "dropout": 0,
        "num_parallel_tree": 1,
        "max_tree_depth": 6,
        "learn_rate": 0.3,
        "l1_reg": 0,
        "l2_reg": 1,
        "tree_method": "auto",
        "min_tree_child_weight": 1,
        "colsample_bytree": 1,
        "colsample_bylevel": 1,
        "colsample_bynode": 1,
        "min_split_loss": 0,
        "subsample": 1,
        "category_encoding_method": "label_encoding",
    },
    "arima_plus": {
        "horizon": 1000,
        "auto_arima": True,
        "auto_arima_max_order": 2,
        "auto_arima_min_order": 0,
        "data_frequency": "auto_frequency",
        "include_drift": False,
        "clean_spikes_and_dips": True,
        "adjust_step_changes": True,
        "min_time_series_length": 20,
        "decompose_time_series": True,
        "seasonalities": ["AUTO"],
    },
    "kmeans": {
        "num_clusters": None,
        "kmeans_init_method": "random",
        "distance_type": "euclidean",
        "standardize_features": True,
        "max_iterations": 20,
    },
}


@pytest.mark.parametrize(("model_type", "expected"), DEFAULTS.items(), ids=DEFAULTS)
def test_defaults_are_bigquery_mls(model_type, expected):
    options = resolve("m", {"model_type": model_type, **REQUIRED.get(model_type, {})})
    assert {name: options[name] for name in expected} == expected


def test_keys_words_and_booleans_are_read_in_any_case_and_numbers_as_text():
    options = resolve(
        "m",
        {
            "Model_Type": "Boosted_Tree_Classifier",
            "BOOSTER_TYPE": "DART",
            "Dropout": "0.5",
            "MAX_ITERATIONS": 7.0,
            "Early_Stop": "FALSE",
            "Labels": ["Y"],
        },
    )
    assert options.as_given() == {
        "model_type": "boosted_tree_classifier",
        "booster_type": "dart",
        "dropout": 0.5,
        "early_stop": False,
        "input_label_cols": ["Y"],
        "max_iterations": 7,
    }


def test_null_leaves_an_option_unset():
    options = resolve("m", {"model_type": "kmeans", "num_clusters": None, "num_trials": None})
    assert options.given == frozenset()


@pytest.mark.parametrize("value", ["y", ["y"], ("y",)])
def test_a_label_is_a_name_or_a_list_of_one(value):
    assert resolve("m", {"model_type": "linear_reg", "input_label_cols": value}).label == "y"


WEIGHTS = {
    "pairs": [("a", 1), ("b", 2.5)],
    "lists": [["a", 1], ["b", "2.5"]],
    "structs": [{"label": "a", "weight": 1}, {"label": "b", "weight": 2.5}],
    "mapping": {"a": 1, "b": 2.5},
}


@pytest.mark.parametrize("value", WEIGHTS.values(), ids=WEIGHTS)
def test_class_weights_are_pairs_structs_or_a_mapping(value):
    options = resolve("m", {"model_type": "logistic_reg", "class_weights": value})
    assert options["class_weights"] == [("a", 1.0), ("b", 2.5)]


NOT_OF_KIND = {
    Kind.INTEGER: [1.5, "many", True, [1], math.nan, {"range": [1, 2]}],
    Kind.NUMBER: ["much", True, [1], math.inf, {"candidates": [1]}],
    Kind.BOOLEAN: ["yes", 1, []],
    Kind.CHOICE: [1, True, []],
    Kind.COLUMN: [1, "", ["x"]],
    Kind.COLUMNS: [1, [""], [1], {"x": 1}],
    Kind.TEXT: [1, ["x"], {"x": 1}],
    Kind.TEXTS: [1, [1], {"x": 1}],
    Kind.INTEGERS: [1, "1, 0, 1", {"x": 1}],
    Kind.VALUE: [],
    Kind.WEIGHTS: ["a", [("a",)], [("a", -1)], [("a", "heavy")], 3, [None]],
}


@pytest.mark.parametrize(
    ("declared", "option"), SERVED, ids=[f"{d.name}-{o.name}" for d, o in SERVED]
)
def test_a_value_of_another_kind_is_refused_with_what_is_expected(declared, option):
    for value in NOT_OF_KIND[option.kind]:
        said = refusal(declared.name, **{option.name: value})
        assert f"option {option.name} is {value!r}; expected " in said


RANGED = [(declared, option) for declared, option in SERVED if option.range]


@pytest.mark.parametrize(
    ("declared", "option"), RANGED, ids=[f"{d.name}-{o.name}" for d, o in RANGED]
)
def test_a_number_out_of_range_is_refused_with_the_range(declared, option):
    for bound, is_open, step in [
        (option.range.low, option.range.low_open, -1),
        (option.range.high, option.range.high_open, 1),
    ]:
        if bound is None:
            continue
        value = bound if is_open else bound + step
        said = refusal(declared.name, **{option.name: value})
        assert said.endswith(f"expected {option.kind.value} in {option.range}.")


def test_words_that_are_no_choice_are_refused_with_the_choices_and_the_nearest():
    said = refusal("linear_reg", learn_rate_strategy="LINE_SERACH")
    assert "is 'LINE_SERACH'; expected one of line_search, constant." in said
    assert "Did you mean 'line_search'?" in said


@pytest.mark.parametrize(("declared", "option"), EVERY_OPTION, ids=IDS)
def test_an_option_that_is_not_served_says_why(declared, option):
    if option.refused:
        value = {Kind.BOOLEAN: True, Kind.COLUMNS: ["x"]}.get(option.kind, 3)
        assert refusal(declared.name, **{option.name: value}) == (
            f"Model ml.cost: option {option.name} is not supported: {option.refused}."
        )
        # Set to what it is anyway, it asks for nothing.
        required = REQUIRED.get(declared.name, {})
        resolve("m", {"model_type": declared.name, option.name: option.default, **required})
    for choice, reason in option.refused_choices.items():
        said = refusal(declared.name, **{option.name: choice.upper()})
        assert f"= '{choice.upper()}' is not supported: {reason}." in said


def test_an_unknown_option_is_refused_with_the_nearest():
    said = refusal("boosted_tree_regressor", MAX_TREE_DEPHT=3)
    assert "boosted_tree_regressor has no option 'max_tree_depht'; expected one of " in said
    assert said.endswith("Did you mean 'max_tree_depth'?")


def test_options_of_other_types_are_unknown():
    assert "kmeans has no option 'input_label_cols'" in refusal("kmeans", input_label_cols=["y"])
    assert "linear_reg has no option 'class_weights'" in refusal("linear_reg", class_weights=[])


def test_a_model_type_is_needed_and_must_be_known():
    with pytest.raises(OptionError, match="Model m: option model_type is missing; expected one"):
        resolve("m", {})
    said = refusal("LINEAR_REGG")
    assert "unknown model_type 'LINEAR_REGG'; expected one of linear_reg, logistic_reg" in said
    assert said.endswith("Did you mean 'linear_reg'?")


def test_an_option_given_twice_is_refused():
    with pytest.raises(OptionError, match="Model m: option l2_reg is given twice"):
        resolve("m", {"model_type": "linear_reg", "l2_reg": 1, "L2_REG": 2})
    assert "option input_label_cols is given twice" in refusal(
        "linear_reg", labels=["a"], input_label_cols=["a"]
    )


@pytest.mark.parametrize("columns", [[], ["a", "b"]])
def test_exactly_one_label_is_expected(columns):
    said = refusal("linear_reg", input_label_cols=columns)
    assert f"names {len(columns)} columns; expected one" in said


CONTRADICTIONS = {
    "step of the other strategy": (
        "linear_reg",
        {"learn_rate": 0.1},
        "option learn_rate is the step of learn_rate_strategy='constant'",
    ),
    "first step of the other strategy": (
        "logistic_reg",
        {"learn_rate_strategy": "constant", "ls_init_learn_rate": 0.1},
        "option ls_init_learn_rate belongs to learn_rate_strategy='line_search'",
    ),
    "descent and normal equation": (
        "linear_reg",
        {"optimize_strategy": "normal_equation", "max_iterations": 3},
        "option max_iterations belongs to gradient descent",
    ),
    "l1 and normal equation": (
        "linear_reg",
        {"optimize_strategy": "normal_equation", "l1_reg": 3},
        "option l1_reg belongs to gradient descent",
    ),
    "both class weights": (
        "logistic_reg",
        {"auto_class_weights": True, "class_weights": [("a", 1)]},
        "options auto_class_weights and class_weights exclude each other",
    ),
    "both class weights of trees": (
        "boosted_tree_classifier",
        {"auto_class_weights": True, "class_weights": [("a", 1)]},
        "options auto_class_weights and class_weights exclude each other",
    ),
    "dart without dart": (
        "boosted_tree_regressor",
        {"dropout": 0.1},
        "option dropout needs booster_type='dart'; it is 'gbtree'",
    ),
    "exact by node": (
        "boosted_tree_regressor",
        {"tree_method": "exact", "colsample_bynode": 0.5},
        "tree_method 'exact' does not sample columns by node",
    ),
    "custom without column": (
        "linear_reg",
        {"data_split_method": "custom"},
        "data_split_method 'custom' needs data_split_col",
    ),
    "seq without column": (
        "linear_reg",
        {"data_split_method": "seq"},
        "data_split_method 'seq' needs data_split_col",
    ),
    "column without method": (
        "linear_reg",
        {"data_split_col": "d"},
        "option data_split_col needs data_split_method 'custom' or 'seq'; it is 'auto_split'",
    ),
    "fraction without method": (
        "linear_reg",
        {"data_split_eval_fraction": 0.3},
        "option data_split_eval_fraction needs data_split_method 'random' or 'seq'",
    ),
    "custom centroids without column": (
        "kmeans",
        {"kmeans_init_method": "custom"},
        "kmeans_init_method 'custom' needs kmeans_init_col",
    ),
    "column without custom centroids": (
        "kmeans",
        {"kmeans_init_col": "is_start"},
        "option kmeans_init_col needs kmeans_init_method='custom'",
    ),
}


@pytest.mark.parametrize(
    ("model_type", "options", "fault"), CONTRADICTIONS.values(), ids=CONTRADICTIONS
)
def test_options_that_contradict_each_other_are_refused(model_type, options, fault):
    assert fault in refusal(model_type, **options)


def test_class_weights_beside_automatic_ones_switched_off_are_fine():
    for model_type in ("logistic_reg", "boosted_tree_classifier"):
        given = {"auto_class_weights": False, "class_weights": [("a", 1)]}
        assert resolve("m", {"model_type": model_type, **given})["class_weights"] == [("a", 1.0)]
