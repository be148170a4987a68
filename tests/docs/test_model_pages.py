"""docs/models has a page of each model, which says what the model's files say."""

import re
from pathlib import Path

import pytest
import yaml

from goldloop.registry.documenting import WORDS

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "models"
RENEW = "run: make build && make cards"
FILES = {
    path.stem: path
    for folder in ("models", "python_models")
    for path in (ROOT / folder / "ml").glob("*.*")
    if path.suffix in (".sql", ".py")
}
# What optional data trains is in no default build.
OPTIONAL = {
    name for name, path in FILES.items() if "enabled:" in path.with_suffix(".yml").read_text()
}
MODELS = sorted(set(FILES) - OPTIONAL)


def properties(name):
    """What the .yml of a node says."""
    (path,) = [
        path for root in ("models", "python_models") for path in (ROOT / root).rglob(f"{name}.yml")
    ]
    return yaml.safe_load(path.read_text())["models"][0]


def page(name):
    return (PAGES / f"{name}.md").read_text(encoding="utf-8")


def table(text, title):
    """The first two cells of each row of the table under a heading."""
    section = text.split(f"## {title}\n")[1].split("\n## ")[0]
    return dict(re.findall(r"^\| `?(.+?)`? \| (.*?) \|", section, re.MULTILINE))


def generic_tests(node):
    """The generic tests of a node and of its columns."""
    columns = node.get("columns", [])
    return [*node.get("data_tests", []), *(t for c in columns for t in c.get("data_tests", []))]


@pytest.mark.parametrize("name", MODELS)
def test_every_model_says_what_it_is_for_and_its_limits(name):
    meta = properties(name)["config"]["meta"]
    assert {"intended_use", "evaluated_on", "limits"} <= set(meta)
    assert len(meta["limits"]) >= 2


@pytest.mark.parametrize("name", MODELS)
def test_every_page_says_what_the_files_say(name):
    text, meta = page(name), properties(name)["config"]["meta"]
    for key in WORDS:
        said = meta.get(key, [])
        for each in [said] if isinstance(said, str) else said:
            assert " ".join(each.split()) in text, f"docs/models/{name}.md is stale; {RENEW}"


@pytest.mark.parametrize("name", MODELS)
def test_every_page_has_the_features_and_the_label_of_the_model(name):
    code, text = FILES[name].read_text(), page(name)
    label = re.search(r"""(?:label=|'input_label_cols': \[)["'](\w+)["']""", code).group(1)
    assert table(text, "Model")["label"] == f"`{label}`"
    features = set(table(text, "Inputs")) - {"feature", "---"}
    listed = re.search(r"features = \[(.*?)\]|features=\[(.*?)\]", code)
    if listed:
        expected = set(re.findall(r'"(\w+)"', listed.group(0)))
    elif FILES[name].suffix == ".sql":
        selected = re.findall(r"^    (\w+),?$", code, re.MULTILINE)
        split = re.search(r"'data_split_col': '(\w+)'", code)
        expected = set(selected) - {label, split.group(1) if split else None}
    else:
        from electronics.recommendation.pairs import FEATURES

        expected = set(FEATURES)
    assert features == expected, f"docs/models/{name}.md is stale; {RENEW}"


def test_there_is_no_page_of_a_model_that_is_gone():
    assert sorted(path.stem for path in PAGES.glob("*.md")) == sorted([*MODELS, "README"]), RENEW
    index = page("README")
    assert all(f"]({name}.md)" in index for name in MODELS)


@pytest.mark.parametrize("name", MODELS)
def test_what_every_model_learns_from_and_infers_is_tested_by_dbt(name):
    text = page(name)
    for upstream in re.findall(r"`(\w+)`", table(text, "Lineage")["trained from"]):
        assert generic_tests(properties(upstream)), f"{upstream} has no generic test"
    inferred = re.findall(r"`inference\.(\w+)`", text)
    assert inferred, "nothing is inferred with provenance"
    for relation in inferred:
        node = properties(relation)
        assert generic_tests(node), f"{relation} has no generic test"
        assert {"_model", "_model_version", "_input_fingerprint"} <= {
            column["name"] for column in node["columns"]
        }
