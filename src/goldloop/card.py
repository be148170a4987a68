"""A model's card as a page of Markdown: what it is for, its limits, and what was measured.

The page is after Mitchell et al., "Model Cards for Model Reporting" (2019): all of it is read from
the warehouse.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from goldloop.errors import GoldloopError
from goldloop.model import Model
from goldloop.registry.cards import ModelCard
from goldloop.registry.details import find_details
from goldloop.registry.report import headline
from goldloop.scoring.expressions import quoted
from goldloop.session import Session
from goldloop.tables import shown

PROVENANCE = (
    "_model",
    "_model_version",
    "_predicted_at",
    "_invocation_id",
    "_entity_key",
    "_input_fingerprint",
)
# Versions whose metrics stand side by side.
_SIDE_BY_SIDE = 5
# Where an object was in memory, which a repr may tell.
_ADDRESS = re.compile(r" at 0x[0-9a-f]+")
_DATABASE_RELATIONS = (
    "select schema_name || '.' || table_name from duckdb_columns() "
    "where database_name = current_database() and column_name in "
    f"({', '.join(repr(column) for column in PROVENANCE)}) "
    "and (schema_name, table_name) in (select (schema_name, table_name) from duckdb_tables()) "
    f"group by schema_name, table_name having count(*) = {len(PROVENANCE)} order by all"
)


def card_page(session: Session, name: str, dated: bool = True) -> str:
    """Return the card of a model as Markdown.

    Args:
        session: on the warehouse that the model is in.
        name: the model, as schema.name.
        dated: whether to say when versions were trained; without, pages of the same data agree.

    Raises:
        ModelNotFoundError: there is no such model.
    """
    model = session.model(name)
    card = model.card()
    blocks = [f"# {card.name}", (card.comment or "").strip(), *_use(card), _facts(session, card)]
    sections = {
        "Metrics": _metrics(card, model.versions()),
        "Inputs": _inputs(session, card),
        "Outputs": _outputs(session, model, card),
        "Options": _table(
            ("option", "value"), [(_code(k), shown(v)) for k, v in card.options.items()]
        ),
        "Lineage": _lineage(card),
        "Inferences": _inferences(session, card),
        "Versions": _versions(model.versions(), dated),
    }
    for title, body in sections.items():
        blocks += [f"## {title}", body] if body else []
    return "\n\n".join(block for block in blocks if block) + "\n"


def card_pages(session: Session, dated: bool = True) -> dict[str, str]:
    """Return the pages of a folder by their names: README and the card of each serving model.

    A card is called as its model; schema.name where the name alone is not the only one.
    """
    cards = session.models()
    # Where file systems tell no cases apart, neither do these.
    taken = Counter(["readme", *(card.name.name.casefold() for card in cards)])
    named = {
        card.name.name if taken[card.name.name.casefold()] == 1 else str(card.name): card
        for card in cards
    }
    pages = {name: card_page(session, str(card.name), dated) for name, card in named.items()}
    return pages | {"README": _index_page(named)}


def _index_page(cards: Mapping[str, ModelCard]) -> str:
    """Return a page that lists the serving models, each with a link to its card."""
    rows = [
        (
            f"[{card.name}]({page}.md)",
            card.model_type,
            _code(card.label) if card.label else "",
            f"{card.training_rows:,}",
            f"{card.evaluation_rows:,}" if card.evaluation_rows else "",
            " ".join([_code(metric), _figure(value)]) if metric else "",
        )
        for page, card in cards.items()
        for metric, value in [headline(card.problem_type, card.metrics)]
    ]
    columns = ("model", "type", "label", "trained on", "held out", "measured")
    return (
        "# Models\n\nThe cards of the models that serve, written by `goldloop card -o FOLDER`.\n\n"
        f"{_table(columns, rows)}\n"
    )


def _use(card: ModelCard) -> Iterator[str]:
    said = card.settings
    if "intended_use" in said:
        yield f"## Intended use\n\n{said['intended_use']}"
    if "not_for" in said:
        yield f"Not for: {said['not_for']}"
    if "limits" in said:
        yield "## Limits\n\n" + "\n".join(f"- {limit}" for limit in said["limits"])


def _facts(session: Session, card: ModelCard) -> str:
    function = f"the function `{card.name}(row)` of the warehouse"
    scoring = {
        "sql": f"plain SQL: {function}",
        "native": f"{function}, which calls the library; it is registered by Goldloop",
    }
    facts = {
        "type": card.model_type,
        "problem": card.problem_type.replace("_", " "),
        "label": _code(card.label) if card.label else None,
        "classes": ", ".join(_code(str(each)) for each in card.classes),
        "trained on": f"{card.training_rows:,} rows" if card.training_rows else None,
        "held out": f"{card.evaluation_rows:,} rows" if card.evaluation_rows else "none",
        "scored by": scoring.get(card.scoring, card.scoring),
    }
    page = "## Model\n\n" + _table(("", ""), [(k, v) for k, v in facts.items() if v])
    for detail in find_details(session.connection, card, "training"):
        if detail.key == "estimator":
            page += f"\n\n```text\n{_ADDRESS.sub('', str(detail.json.get('value')))}\n```"
    return page


def _metrics(card: ModelCard, versions: Sequence[ModelCard]) -> str:
    beside = [version for version in versions if version.metrics][:_SIDE_BY_SIDE]
    rows = [
        (_code(metric), *(_figure(version.metrics.get(metric)) for version in beside))
        for metric in card.metrics
    ]
    table = _table(("metric", *(f"v{version.version}" for version in beside)), rows)
    said = card.settings.get("evaluated_on")
    return "\n\n".join(text for text in (said, table) if text)


def _inputs(session: Session, card: ModelCard) -> str:
    meanings = _meanings(session, card)
    rows = [(_code(f.name), _code(f.sql_type), meanings.get(f.name, "")) for f in card.features]
    columns = ("feature", "type", "meaning")
    return _table(columns if any(row[2] for row in rows) else columns[:2], rows)


def _meanings(session: Session, card: ModelCard) -> dict[str, str]:
    """Return what the relations that the model was trained from say of their columns."""
    upstream = [node.rsplit(".", 1)[-1] for node in card.lineage.get("depends_on", [])]
    rows = session.connection.execute(
        "select column_name, comment from duckdb_columns() where comment is not null "
        "and database_name = current_database() and list_contains(?::varchar[], table_name) "
        "order by schema_name desc, table_name desc",
        [upstream],
    ).fetchall()
    return {column: " ".join(comment.split()) for column, comment in rows}


def _outputs(session: Session, model: Model, card: ModelCard) -> str:
    nothing = ", ".join(f"null::{each.sql_type} as {quoted(each.name)}" for each in card.features)
    if not nothing:
        return ""
    rows = session.connection.sql(f"select {nothing}")
    try:
        predicted = model.predict(rows)
    except GoldloopError:  # it forecasts, or compares segments: no row is scored
        return ""
    columns = zip(predicted.columns, map(str, predicted.types), strict=True)
    return _table(
        ("column", "type"),
        [(_code(name), _code(kind)) for name, kind in columns if name not in rows.columns],
    )


def _lineage(card: ModelCard) -> str:
    lineage = dict(card.lineage)
    lineage.pop("node", None)
    upstream = [node.rsplit(".", 1)[-1] for node in lineage.pop("depends_on", [])]
    facts = {"trained from": ", ".join(map(_code, upstream))} | {
        key.replace("_", " "): shown(value) for key, value in lineage.items()
    }
    facts["fingerprint of what it learned from"] = _code(card.training_fingerprint)
    return _table(("", ""), [(key, value) for key, value in facts.items() if value])


def _inferences(session: Session, card: ModelCard) -> str:
    rows = []
    for (relation,) in session.connection.execute(_DATABASE_RELATIONS).fetchall():
        table = ".".join(map(quoted, relation.split(".")))
        count, versions = session.connection.execute(
            f"select count(*), list(distinct _model_version order by _model_version) from {table} "
            "where _model = ?",
            [str(card.name)],
        ).fetchall()[0]
        if count:
            rows.append((_code(relation), f"{count:,}", ", ".join(map(str, versions))))
    if not rows:
        return ""
    kept = ", ".join(map(_code, PROVENANCE))
    return f"Each row has {kept}.\n\n{_table(('relation', 'rows', 'by version'), rows)}"


def _versions(versions: Sequence[ModelCard], dated: bool) -> str:
    columns = ("version", "status", "trained on", "held out", *(["trained at"] if dated else []))
    rows = [
        (
            str(version.version),
            version.status,
            f"{version.training_rows:,}",
            f"{version.evaluation_rows:,}",
            *([f"{version.trained_at:%Y-%m-%d %H:%M} UTC"] if dated else []),
        )
        for version in versions
    ]
    return _table(columns, rows)


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return ""
    lines = [columns, ["---"] * len(columns), *(row[: len(columns)] for row in rows)]
    return "\n".join(f"| {' | '.join(_cell(each) for each in line)} |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _code(text: str) -> str:
    return f"`{text}`"


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.4g}"
