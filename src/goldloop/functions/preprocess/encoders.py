"""ML.LABEL_ENCODER, ML.ONE_HOT_ENCODER and ML.MULTI_HOT_ENCODER: categories as numbers.

Ids are alphabetical from 1; 0 is NULL, what training never saw and what is too rare.
"""

from __future__ import annotations

from sqlglot import exp

from goldloop.functions.analysis import Analysis, Statistics, aggregate
from goldloop.functions.declaration import AnalyticFunction, Group
from goldloop.functions.preprocess.arguments import Arguments
from goldloop.functions.preprocess.binding import Lookup, bound, mapped, number
from goldloop.functions.preprocess.documents import documents, indexes
from goldloop.functions.preprocess.vocabulary import (
    SIZE,
    first,
    indexed,
    place,
    ranked,
    size,
    values,
)
from goldloop.scoring.expressions import call, case, double, field, struct

_DROPS = ("none", "most_frequent")


def _label(given: list[exp.Expr]) -> Analysis:
    names = ("string_expression", *SIZE)
    arguments = Arguments("ML.LABEL_ENCODER", LABEL_ENCODER.signature, names, 1, given)
    top_k, least = size(arguments)
    value = arguments.expression("string_expression")
    entries = first(top_k, ranked(aggregate("histogram", value), least))
    return Analysis(
        {"vocabulary": values(entries)}, lambda known: place(known["vocabulary"], value.copy())
    )


def _one_hot(given: list[exp.Expr]) -> Analysis:
    names = ("string_expression", "drop", *SIZE)
    arguments = Arguments("ML.ONE_HOT_ENCODER", ONE_HOT_ENCODER.signature, names, 1, given)
    is_dummy = arguments.choice("drop", _DROPS, "none") == "most_frequent"
    top_k, least = size(arguments)
    value = arguments.expression("string_expression")
    entries = first(top_k, ranked(aggregate("histogram", value), least))
    statistics = {"vocabulary": values(entries)}
    if is_dummy:
        statistics["dropped"] = field(call("list_extract", entries.copy(), number(1)), "value")

    def apply(known: Statistics) -> exp.Expr:
        flag: exp.Expr = double(1.0)
        if is_dummy:
            is_dropped = exp.EQ(this=value.copy(), expression=known["dropped"])
            flag = case([(is_dropped, double(0.0))], flag)
        return exp.array(indexed(place(known["vocabulary"], value.copy()), flag))

    return Analysis(statistics, apply)


def _multi_hot(given: list[exp.Expr]) -> Analysis:
    names = ("array_expression", *SIZE)
    arguments = Arguments("ML.MULTI_HOT_ENCODER", MULTI_HOT_ENCODER.signature, names, 1, given)
    top_k, least = size(arguments)
    value = arguments.expression("array_expression")
    vocabulary = values(first(top_k, ranked(documents(value), least)))

    def apply(known: Statistics) -> exp.Expr:
        def body(look_up: Lookup) -> exp.Expr:
            found = call("list_distinct", indexes(look_up))
            # What is unknown comes last.
            ordered = call(
                "list_sort",
                mapped(
                    found,
                    lambda index: struct(
                        {
                            "is_unknown": exp.EQ(this=index, expression=number(0)),
                            "index": index.copy(),
                        }
                    ),
                ),
            )
            return mapped(ordered, lambda each: indexed(field(each, "index"), double(1.0)))

        return bound({"tokens": value, "vocabulary": known["vocabulary"]}, body)

    return Analysis({"vocabulary": vocabulary}, apply)


LABEL_ENCODER = AnalyticFunction(
    "ML.LABEL_ENCODER",
    Group.PREPROCESS,
    "A category's number.",
    "ML.LABEL_ENCODER(string_expression [, top_k] [, frequency_threshold]) OVER()",
    _label,
)
ONE_HOT_ENCODER = AnalyticFunction(
    "ML.ONE_HOT_ENCODER",
    Group.PREPROCESS,
    "A category as a sparse vector of 0 and 1.",
    "ML.ONE_HOT_ENCODER(string_expression [, drop] [, top_k] [, frequency_threshold]) OVER()",
    _one_hot,
)
MULTI_HOT_ENCODER = AnalyticFunction(
    "ML.MULTI_HOT_ENCODER",
    Group.PREPROCESS,
    "An array's categories as a sparse vector of 0 and 1.",
    "ML.MULTI_HOT_ENCODER(array_expression [, top_k] [, frequency_threshold]) OVER()",
    _multi_hot,
)
