"""The macros that are written from the functions' declarations."""

from pathlib import Path

import yaml

from goldloop.functions.macros import macro_files, macro_name

FOLDER = Path(__file__).parents[2] / "macros" / "bigquery_ml"


def test_the_files_are_those_of_the_declarations():
    written = {p.name: p.read_text() for p in FOLDER.iterdir() if not p.name.startswith("_")}
    assert written == macro_files(), "run python -m goldloop.functions.macros"


def test_a_function_of_ai_keeps_its_prefix():
    assert [macro_name(name) for name in ("ML.WEIGHTS", "AI.FORECAST", "VECTOR_SEARCH")] == [
        "weights",
        "ai_forecast",
        "vector_search",
    ]


def test_each_description_is_yaml_of_named_arguments():
    for name, text in macro_files().items():
        if name.endswith(".yml"):
            (macro,) = yaml.safe_load(text)["macros"]
            names = [argument["name"] for argument in macro.get("arguments", [])]
            assert all(each.isidentifier() for each in names), (name, names)
