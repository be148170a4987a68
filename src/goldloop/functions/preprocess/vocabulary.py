"""The vocabulary of an encoder: the most frequent values, in alphabetical order."""

from __future__ import annotations

from sqlglot import exp

from goldloop.functions.preprocess.arguments import Arguments
from goldloop.functions.preprocess.binding import filtered, mapped, number
from goldloop.options.declaration import Range
from goldloop.scoring.expressions import call, field, struct

SIZE = ("top_k", "frequency_threshold")
_LARGEST = 1_000_000


def size(arguments: Arguments) -> tuple[int, int]:
    """Return top_k and frequency_threshold.

    Raises:
        OptionError: one of them is no such integer.
    """
    top_k = arguments.integer("top_k", Range(1, _LARGEST, high_open=True), 32_000)
    return top_k, arguments.integer("frequency_threshold", Range(0), 5)


def ranked(counts: exp.Expr, least: int = 0) -> exp.Expr:
    """Return a map's keys that count `least` or more, largest count first, then alphabetically.

    As a list of structs, whose field `value` is the key and `less` minus its count.
    """
    frequent = filtered(
        call("map_entries", counts),
        lambda entry: exp.GTE(this=field(entry, "value"), expression=number(least)),
    )
    keyed = mapped(
        frequent,
        lambda entry: struct(
            {
                "less": exp.Neg(this=exp.cast(field(entry, "value"), "BIGINT")),
                "value": field(entry, "key"),
            }
        ),
    )
    # Structs are sorted by their first field, then by their second.
    return call("list_sort", keyed)


def first(count: int, entries: exp.Expr) -> exp.Expr:
    """Return the first `count` of what `ranked` returned."""
    return call("list_slice", entries, number(1), number(count))


def values(entries: exp.Expr) -> exp.Expr:
    """Return the values of what `ranked` returned, in alphabetical order."""
    return call("list_sort", mapped(entries, lambda entry: field(entry, "value")))


def place(vocabulary: exp.Expr, value: exp.Expr) -> exp.Expr:
    """Return the place of `value` in the vocabulary from 1 on, 0 for what is not in it."""
    position = call("list_position", vocabulary, value)
    return exp.cast(call("coalesce", position, number(0)), "BIGINT")


def indexed(index: exp.Expr, value: exp.Expr) -> exp.Expr:
    """Return BigQuery's STRUCT<index INT64, value FLOAT64>."""
    return struct({"index": index, "value": value})
