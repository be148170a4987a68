"""The SQL of the chat's macros, rendered without dbt."""

from pathlib import Path

from jinja2 import DictLoader, Environment

MACROS = Path(__file__).parents[2] / "pipeline_macros" / "dialogue"
SOURCES = "".join(path.read_text() for path in sorted(MACROS.glob("*.sql")))
SAID_ON = "2026-06-26T10:00:00"  # a Friday
SAID_AT = f"timestamp '{SAID_ON}'"


def rendered(call: str) -> str:
    """The SQL of a macro's call, all macros of the chat being known."""
    environment = Environment(
        autoescape=False, loader=DictLoader({"chat": SOURCES + "{{ " + call + " }}"})
    )
    return environment.get_template("chat").render(var=lambda name: 0.5)
