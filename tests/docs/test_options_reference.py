"""docs/reference/options.md says what the declarations say."""

from pathlib import Path

from goldloop.options.reference import reference
from goldloop.options.types import MODEL_TYPES

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "options.md"


def test_the_options_page_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == reference(), (
        "run: python -m goldloop.options.reference > docs/reference/options.md"
    )


def test_every_model_type_and_option_is_on_the_page():
    text = reference()
    for declared in MODEL_TYPES.values():
        section = text.split(f"## `{declared.name}`\n")[1].split("\n## ")[0]
        assert all(f"`{option.name}`" in section for option in declared.options)
