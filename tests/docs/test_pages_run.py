"""Every code block of the README and of docs/how-to does what the page says."""

import re
import sys

import pytest
from conftest import run
from pages import PROSE, ROOT, blocks_of

pytestmark = pytest.mark.pipeline

# Where each page is run; a new page of docs/how-to must be added.
FOLDERS = {
    "README.md": "reference",
    "docs/how-to/forecast-a-time-series.md": "empty",
    "docs/how-to/move-a-bigquery-ml-project.md": "empty",
    "docs/how-to/query-predictions-from-duckdb.md": "reference",
    "docs/how-to/trace-a-row.md": "empty",
    "docs/how-to/use-in-your-project.md": "empty",
}
MARKERS = {"file", "run", "output", "as in", "not run"}
# A page installs the package from where it is published, a test from this checkout.
PUBLISHED = "  - git: https://github.com/goldloop/goldloop.git\n    subdirectory: macros\n"
CHECKOUT = f"  - local: {ROOT / 'macros'}\n"
# The package dbt_ml brings the macros from git, so both come from this checkout's commit.
PUBLISHED_GIT = "https://github.com/goldloop/goldloop.git"
PLAIN = "import sys; sys.modules['goldloop'] = None  # importing it is an error\n"
SHOW = "import duckdb\nprint(duckdb.connect('warehouse.duckdb', read_only=True).sql({!r}))"


def commands(block):
    if block.language == "bash":
        return ["bash", "-euo", "pipefail", "-c", block.code]
    code = {"python": block.code, "sql": SHOW.format(block.code)}[block.language]
    return [sys.executable, "-I", "-c", PLAIN + code]


def follow(block, folder, printed):
    """Do with a block what its marker says; return what it printed."""
    if block.marker == "file":
        path = folder / block.about
        path.parent.mkdir(parents=True, exist_ok=True)
        code = block.code.replace(PUBLISHED, CHECKOUT).replace(PUBLISHED_GIT, ROOT.as_uri())
        path.write_text(code, encoding="utf-8")
    elif block.marker == "run":
        return run(commands(block), folder)
    elif block.marker == "output":
        assert printed.strip() == block.code.strip(), block
    elif block.marker == "as in":
        assert squeezed(block.code) in squeezed((ROOT / block.about).read_text("utf-8")), block
    return printed


def squeezed(text):
    return re.sub(r"\s+", " ", text).strip()


@pytest.mark.parametrize(
    ("page", "folder"), FOLDERS.items(), indirect=["folder"], ids=list(FOLDERS)
)
def test_a_page_runs_from_top_to_bottom(page, folder):
    printed = ""
    for block in blocks_of(page):
        printed = follow(block, folder, printed)


@pytest.mark.parametrize("page", FOLDERS)
def test_no_block_is_left_out_without_a_reason(page):
    for block in blocks_of(page):
        if block.marker is None:
            assert block.language in PROSE, f"{block} needs one of the markers {MARKERS}"
        else:
            assert block.marker in MARKERS, block
            assert bool(block.about) == (block.marker in {"file", "as in", "not run"}), block


def test_every_how_to_page_is_run():
    pages = {"README.md", *(f"docs/how-to/{each.name}" for each in ROOT.glob("docs/how-to/*.md"))}
    assert pages == set(FOLDERS)
