"""A trace as text: a tree, and the model versions that it met."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from goldloop.lineage.walk import TracedRow, written_key

# Of the key what the tree says in other words, or only a machine reads.
_TOLD_APART = ("_model_version", "_input_fingerprint", "_file_name", "_row_number")


def tree(rows: Sequence[TracedRow], versions: Mapping[tuple[str, int], str]) -> str:
    """Return the rows, each indented below the one that came from it, then the models.

    Args:
        rows: as `trace` returns them.
        versions: what to say of a model's version, by its name and number.
    """
    lines = list(_lines(rows))
    met = {
        (str(row.shown["model"]), int(row.shown["version"]))
        for row in rows
        if row.shown.get("model") and row.shown.get("version") is not None
    }
    if met:
        lines += ["", "models:"]
        lines += [
            f"  {name} v{number}: {versions.get((name, number), 'no longer in the warehouse')}"
            for name, number in sorted(met)
        ]
    return "\n".join(lines)


def _lines(rows: Iterable[TracedRow]) -> Iterable[str]:
    left_off: list[tuple[int, str]] = []  # said after all that the last row followed came from
    for row in rows:
        while left_off and left_off[-1][0] >= row.depth:
            yield left_off.pop()[1]
        yield "  " * row.depth + "  ".join(_told(row))
        if row.left_off:
            more = f"{'  ' * row.depth}… and {row.left_off:,} more of {row.relation}"
            left_off.append((row.depth, more))
    for _, more in reversed(left_off):
        yield more


def _told(row: TracedRow) -> Iterable[str]:
    shown = row.shown
    key = {column: value for column, value in row.key.items() if column not in _TOLD_APART}
    yield f"{row.relation}  {written_key(key)}".rstrip()
    if shown.get("model"):
        yield f"by {shown['model']} v{shown.get('version')}"
    if shown.get("file"):
        line = f" line {shown['line']}" if shown.get("line") is not None else ""
        yield f"from {shown['file']}{line}"
    if row.is_repeated:
        yield "(above)"
