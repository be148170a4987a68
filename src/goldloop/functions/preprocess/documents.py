"""ML.BAG_OF_WORDS and ML.TF_IDF: documents of tokens as sparse vectors over a dictionary.

A term counts once a document for the dictionary; terms outside of it, and NULL, are index 0.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from goldloop.functions.analysis import Analysis, Statistics, aggregate
from goldloop.functions.declaration import AnalyticFunction, Group
from goldloop.functions.preprocess.arguments import Arguments
from goldloop.functions.preprocess.binding import Lookup, bound, mapped
from goldloop.functions.preprocess.vocabulary import (
    SIZE,
    first,
    indexed,
    place,
    ranked,
    size,
    values,
)
from goldloop.scoring.expressions import add, call, divide, double, field, multiply, numeric, struct

_TOKEN = "_goldloop_token"


def documents(tokens: exp.Expr) -> exp.Expr:
    """Return the map from each token to the number of arrays that hold it; an aggregate."""
    each = aggregate("list", call("list_distinct", tokens.copy()))
    return call("list_histogram", call("flatten", each))


def indexes(look_up: Lookup) -> exp.Expr:
    """Return the places of the bound `tokens` in the bound `vocabulary`; none of a NULL array."""
    places = mapped(
        look_up("tokens"), lambda token: place(look_up("vocabulary"), token), variable=_TOKEN
    )
    return call("coalesce", places, exp.cast(exp.array(), "BIGINT[]"))


def _bag_of_words(given: list[exp.Expr]) -> Analysis:
    tokens, top_k, least = _read(BAG_OF_WORDS, given)
    vocabulary = values(first(top_k, ranked(documents(tokens), least)))

    def apply(known: Statistics) -> exp.Expr:
        return bound(
            {"tokens": tokens, "vocabulary": known["vocabulary"]},
            lambda look_up: _counted(look_up, lambda entry: numeric(field(entry, "value"))),
        )

    return Analysis({"vocabulary": vocabulary}, apply)


def _tf_idf(given: list[exp.Expr]) -> Analysis:
    tokens, top_k, least = _read(TF_IDF, given)
    entries = first(top_k, ranked(documents(tokens), least))
    terms = call("list_sort", mapped(entries, _by_name))
    rows = numeric(aggregate("count", exp.Star()))
    statistics = {
        "vocabulary": values(entries.copy()),
        "idf": bound(
            {"terms": terms, "rows": rows},
            lambda look_up: mapped(look_up("terms"), lambda term: _idf(look_up("rows"), term)),
        ),
    }

    def apply(known: Statistics) -> exp.Expr:
        given = {"tokens": tokens, "vocabulary": known["vocabulary"], "idf": known["idf"]}

        def body(look_up: Lookup) -> exp.Expr:
            length = numeric(call("len", look_up("tokens")))

            def value(entry: exp.Expr) -> exp.Expr:
                idf = call("list_extract", look_up("idf"), field(entry, "key"))
                # Unknown terms share the mean idf of the dictionary.
                mean = call("list_avg", look_up("idf"))
                known = call("coalesce", idf, mean, double(0.0))
                share = divide(numeric(field(entry, "value")), length)
                return multiply(share, known)

            return _counted(look_up, value)

        return bound(given, body)

    return Analysis(statistics, apply)


def _by_name(entry: exp.Expr) -> exp.Expr:
    return struct({"value": field(entry, "value"), "less": field(entry, "less")})


def _idf(rows: exp.Expr, term: exp.Expr) -> exp.Expr:
    # ln(1 + n / (1 + documents with the term)): so BigQuery's published outputs come out.
    containing = numeric(exp.Neg(this=field(term, "less")))
    return call("ln", add(double(1.0), divide(rows, add(double(1.0), containing))))


def _counted(look_up: Lookup, value: Callable[[exp.Expr], exp.Expr]) -> exp.Expr:
    counts = call("map_entries", call("list_histogram", indexes(look_up)))
    entries = mapped(counts, lambda entry: indexed(field(entry, "key"), value(entry)))
    none = exp.cast(exp.array(), 'STRUCT("index" BIGINT, "value" DOUBLE)[]', dialect="duckdb")
    return call("coalesce", call("list_sort", entries), none)


def _read(function: AnalyticFunction, given: list[exp.Expr]) -> tuple[exp.Expr, int, int]:
    names = ("tokenized_document", *SIZE)
    arguments = Arguments(function.name, function.signature, names, 1, given)
    return arguments.expression("tokenized_document"), *size(arguments)


BAG_OF_WORDS = AnalyticFunction(
    "ML.BAG_OF_WORDS",
    Group.PREPROCESS,
    "How often each term of the dictionary is in a document.",
    "ML.BAG_OF_WORDS(tokenized_document [, top_k] [, frequency_threshold]) OVER()",
    _bag_of_words,
)
TF_IDF = AnalyticFunction(
    "ML.TF_IDF",
    Group.PREPROCESS,
    "Each term's share of a document, weighted by its rareness among all documents.",
    "ML.TF_IDF(tokenized_document [, top_k] [, frequency_threshold]) OVER()",
    _tf_idf,
)
