"""The columns between two steps of a pipeline: texts, and numbers affine in what is below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from sqlglot import exp

from goldloop.errors import NotExpressibleError
from goldloop.scoring.bases import Element, Scalar
from goldloop.scoring.expressions import feature, numeric
from goldloop.scoring.inputs import Input, Kind
from goldloop.scoring.linear import Affine


@dataclass(frozen=True, eq=False)
class Text:
    """One column of categories."""

    expression: exp.Expression


@dataclass(frozen=True, eq=False)
class Frame:
    """Columns side by side, in parts.

    `required` are conditions under which the steps so far would not have refused the row.
    """

    parts: tuple[Text | Affine, ...]
    required: tuple[exp.Expression, ...] = ()

    @classmethod
    def of_inputs(cls, inputs: Sequence[Input]) -> Frame:
        """Return the columns the inputs expand to, as the features of a row."""
        return cls(tuple(_part(given) for given in inputs))

    @classmethod
    def of_scalars(cls, expressions: Iterable[exp.Expression]) -> Frame:
        """Return a frame of numbers that are no longer affine in anything below."""
        return cls((Affine.identity([Scalar(expression) for expression in expressions]),))

    @classmethod
    def joined(cls, frames: Iterable[Frame]) -> Frame:
        """Return the columns of `frames` side by side."""
        given = list(frames)
        required = dict.fromkeys(condition for frame in given for condition in frame.required)
        return cls(tuple(part for frame in given for part in frame.parts), tuple(required))

    @property
    def width(self) -> int:
        """The number of columns."""
        return sum(_width(part) for part in self.parts)

    @property
    def numbers(self) -> Affine:
        """All columns as numbers.

        Raises:
            NotExpressibleError: a column is text.
        """
        maps = [part for part in self.parts if isinstance(part, Affine)]
        if len(maps) < len(self.parts):
            text = next(part for part in self.parts if isinstance(part, Text))
            raise NotExpressibleError(f"Column {text.expression.sql()} is text where numbers go in")
        return maps[0] if len(maps) == 1 else Affine.stacked(maps)

    @property
    def columns(self) -> list[Text | Affine]:
        """Each column by itself."""
        return [
            part if isinstance(part, Text) else part.selected([i])
            for part in self.parts
            for i in range(_width(part))
        ]

    def requiring(self, conditions: Iterable[exp.Expression]) -> Frame:
        """Return the frame with more required conditions."""
        return replace(self, required=tuple(dict.fromkeys([*self.required, *conditions])))

    def selected(self, columns: Iterable[int]) -> Frame:
        """Return the columns at `columns`, in that order."""
        places = [
            (part, i) for part, width in enumerate(map(_width, self.parts)) for i in range(width)
        ]
        parts: list[Text | Affine] = []
        for index, group in groupby((places[column] for column in columns), lambda p: p[0]):
            part = self.parts[index]
            within = [i for _, i in group]
            parts += [part] * len(within) if isinstance(part, Text) else [part.selected(within)]
        return Frame(tuple(parts), self.required)


def _width(part: Text | Affine) -> int:
    return part.width if isinstance(part, Affine) else 1


def _part(given: Input) -> Text | Affine:
    column = feature(given.name)
    match given.kind:
        case Kind.TEXT:
            return Text(column)
        case Kind.ARRAY:
            width = len(given.columns)
            return Affine.identity([Element(column, i, width) for i in range(width)])
        case Kind.NUMBER:
            is_double = given.sql_type.upper() == "DOUBLE"
            return Affine.identity([Scalar(column if is_double else numeric(column))])
