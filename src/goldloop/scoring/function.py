"""A prediction as the body of a DuckDB macro over a whole row: the function a model becomes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlglot import exp

from goldloop.registry.names import ModelName
from goldloop.scoring.expressions import (
    ROW,
    call,
    double,
    let,
    literal,
    logistic,
    struct,
    transformed,
)
from goldloop.scoring.prediction import (
    Classification,
    Clustering,
    Fields,
    Label,
    Link,
    Prediction,
    Projection,
    Regression,
)

if TYPE_CHECKING:
    from goldloop.transform.frozen import Transform

THRESHOLD = "threshold"
_NEAREST = 5


def create_function(
    name: ModelName,
    prediction: Prediction,
    label: str | None,
    label_type: str | None = None,
    transform: Transform | None = None,
) -> str:
    """Return the DDL of the macro `name(_row)`, replacing one that is there.

    Binary classifiers get a second form, `name(_row, threshold)`. The macro
    returns a struct: BigQuery ML's prediction columns for the model's kind.
    `label_type` is the label's DuckDB type; predicted integers are of it. With a
    `transform` the macro takes the raw row, and transforms it first.
    """

    def form(threshold: exp.Expression | None = None) -> str:
        body = function_body(prediction, label, threshold, label_type)
        return (transform.bound(body) if transform else body).sql("duckdb")

    row = transform.parameter if transform else ROW
    forms = [f"({row}) as {form()}"]
    if isinstance(prediction, Classification) and len(prediction.classes) == 2:
        forms.append(f"({row}, {THRESHOLD}) as {form(exp.column(THRESHOLD))}")
    return f"create or replace macro {name.sql()}{', '.join(forms)}"


def function_body(
    prediction: Prediction,
    label: str | None,
    threshold: exp.Expression | None = None,
    label_type: str | None = None,
) -> exp.Expression:
    """Return the struct of a prediction over the row `_row`.

    `threshold` (default 0.5) is the least probability of the larger label of two
    that predicts it.
    """
    match prediction:
        case Regression(value):
            return struct({f"predicted_{label}": value})
        case Classification():
            classes = [_label(value, label_type) for value in prediction.classes]
            field = f"predicted_{label}"
            return _classification(prediction, classes, field, threshold or double(0.5))
        case Clustering(distances):
            return _clustering(distances)
        case Fields(values, shared):
            body = struct(dict(values))
            for variable, value in reversed(list(shared.items())):
                body = let(variable, value, body)
            return body
        case Projection(components):
            return struct(
                {f"principal_component_{i}": c for i, c in enumerate(components, start=1)}
            )


def _item(values: exp.Expression, position: int) -> exp.Expression:
    return call("list_extract", values, exp.Literal.number(position))


def _label(value: Label, label_type: str | None) -> exp.Expression:
    typed = literal(value)
    is_integer = isinstance(value, int) and not isinstance(value, bool)
    return exp.cast(typed, label_type) if label_type and is_integer else typed


def _classification(
    prediction: Classification,
    classes: Sequence[exp.Expression],
    field: str,
    threshold: exp.Expression,
) -> exp.Expression:
    p = exp.column("p")
    if prediction.link is Link.LOGISTIC:
        larger = let("z", _first(prediction), logistic(exp.column("z")))
        return let(
            "p",
            larger,
            _binary(field, classes, p, exp.Sub(this=double(1.0), expression=p), threshold),
        )
    shares = probabilities(prediction)
    if len(classes) == 2:
        return let("p", shares, _binary(field, classes, _item(p, 2), _item(p, 1), threshold))
    largest = call("list_position", p, call("list_max", p))
    predicted = call("list_extract", exp.array(*classes), largest)
    pairs = [(value, _item(p, i)) for i, value in enumerate(classes, start=1)]
    return let("p", shares, _labelled(field, predicted, pairs))


def _scores(prediction: Classification) -> exp.Expression:
    scores = prediction.scores
    return exp.array(*scores) if isinstance(scores, tuple) else scores


def _first(prediction: Classification) -> exp.Expression:
    scores = prediction.scores
    return scores[0] if isinstance(scores, tuple) else _item(scores, 1)


def probabilities(prediction: Classification) -> exp.Expression:
    """Return the list of a probability for each class, unless the link is logistic."""
    scores = _scores(prediction)
    z, v = exp.column("z"), exp.column("v")
    match prediction.link:
        case Link.SOFTMAX:
            gap = exp.Sub(this=v, expression=call("list_max", z))
            shares = let("z", scores, transformed(z, "v", call("exp", gap)))
        case Link.ONE_VS_REST:
            shares = transformed(scores, "v", logistic(v))
        case _:
            return scores
    w, u = exp.column("w"), exp.column("u")
    total = call("list_sum", w)
    share: exp.Expression = exp.Div(this=u, expression=total)
    if prediction.link is Link.ONE_VS_REST:
        # Scores so low that every class has probability 0 tell nothing: scikit-learn shares alike.
        alike = double(1 / len(prediction.classes))
        nothing = exp.EQ(this=total.copy(), expression=double(0.0))
        share = exp.Case(default=share).when(nothing, alike)
    return let("w", shares, transformed(w, "u", share))


def _binary(
    field: str,
    classes: Sequence[exp.Expression],
    larger: exp.Expression,
    smaller: exp.Expression,
    threshold: exp.Expression,
) -> exp.Expression:
    predicted = (
        exp.Case()
        .when(exp.GTE(this=larger.copy(), expression=threshold), classes[1])
        .when(exp.LT(this=larger.copy(), expression=threshold.copy()), classes[0])
    )
    return _labelled(field, predicted, [(classes[0], smaller), (classes[1], larger)])


def _labelled(
    field: str,
    predicted: exp.Expression,
    pairs: Sequence[tuple[exp.Expression, exp.Expression]],
) -> exp.Expression:
    """Return predicted label and probabilities, larger label first as BigQuery ML lists them."""
    probabilities = [
        struct({"label": label.copy(), "prob": probability.copy()})
        for label, probability in reversed(pairs)
    ]
    return struct({field: predicted, f"{field}_probs": exp.array(*probabilities)})


def _clustering(distances: Sequence[exp.Expression]) -> exp.Expression:
    # Sorting structs compares DISTANCE first: nearest first, then the smaller id.
    pairs = exp.array(
        *(
            struct({"distance": distance, "id": exp.cast(exp.Literal.number(i), "BIGINT")})
            for i, distance in enumerate(distances, start=1)
        )
    )
    n, c = exp.column("n"), exp.column("c")
    nearest = call(
        "list_slice",
        call("list_sort", pairs),
        exp.Literal.number(1),
        exp.Literal.number(min(_NEAREST, len(distances))),
    )
    identifier = call("struct_extract", c, exp.Literal.string("id"))
    renamed = struct(
        {
            "CENTROID_ID": identifier,
            "DISTANCE": call("struct_extract", c.copy(), exp.Literal.string("distance")),
        }
    )
    return let(
        "n",
        nearest,
        struct(
            {
                "CENTROID_ID": call("struct_extract", _item(n, 1), exp.Literal.string("id")),
                "NEAREST_CENTROIDS_DISTANCE": transformed(n.copy(), "c", renamed),
            }
        ),
    )
