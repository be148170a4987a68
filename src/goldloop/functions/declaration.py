"""How a function is declared: what it takes, which models it serves, what it returns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from sqlglot import exp

from goldloop.options.declaration import Option
from goldloop.registry.cards import Feature, ModelCard
from goldloop.registry.details import Recorded

if TYPE_CHECKING:
    from goldloop.functions.analysis import Analysis
    from goldloop.functions.call import Call
    from goldloop.registry.trials import Trial

Source = exp.Table | exp.Subquery
Separations = tuple[tuple[int, int, float], ...] | list[tuple[int, int, float]]


class Warehouse(Protocol):
    """What functions ask of a warehouse."""

    def find_model(self, name: exp.Table) -> ModelCard:
        """Return the champion's card, its name as it is to be called.

        Raises:
            ModelNotFoundError: no such model.
        """

    def database_of(self, project: str) -> str:
        """Return the attached database that a project of BigQuery means.

        Raises:
            StatementError: it means none.
        """

    def find_separations(self, card: ModelCard) -> Separations:
        """Return the distance of every two centroids of a clustering model."""

    def find_trials(self, card: ModelCard) -> list[Trial]:
        """Return the trials of a tuned model's version, by number."""

    def find_details(self, card: ModelCard, section: str) -> list[Recorded]:
        """Return the facts of a version in that section, by their value, then by key."""

    def has_part(self, card: ModelCard, key: str) -> bool:
        """Return whether the version has a part of that key, a macro or a table."""

    def has_function(self, schema: str, name: str) -> bool:
        """Return whether a function of that name (any case) was created in the schema."""

    def describe(self, call: Call, position: int = 0) -> list[Feature]:
        """Return the columns of a call's source and their DuckDB types.

        Raises:
            StatementError: the source cannot be read by itself.
        """


class Group(Enum):
    """What a function is for, as BigQuery ML's documentation groups them."""

    EVALUATE = "evaluate"
    INFER = "infer"
    EXPLAIN = "explain"
    INSPECT = "inspect"
    MONITOR = "monitor"
    PREPROCESS = "preprocess"
    STATS = "stats"
    SEARCH = "search"
    GENAI = "genai"


class Need(Enum):
    """Whether a function takes `MODEL name`."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    NONE = "none"


@dataclass(frozen=True)
class Kinds:
    """Models of one of these problem types, or of one of these model types."""

    problem_types: frozenset[str] = frozenset()
    model_types: frozenset[str] = frozenset()

    def __contains__(self, card: ModelCard) -> bool:
        """Return whether `card` is of one of the kinds."""
        return card.problem_type in self.problem_types or card.model_type in self.model_types

    def __str__(self) -> str:
        """Return the kinds as an error lists them."""
        return ", ".join(sorted(self.problem_types | self.model_types)) or "no model"


def problems(*names: str) -> Kinds:
    """Return the models of these problem types."""
    return Kinds(problem_types=frozenset(names))


def types(*names: str) -> Kinds:
    """Return the models of these model types."""
    return Kinds(model_types=frozenset(names))


@dataclass(frozen=True)
class Parameter:
    """A field of the STRUCT argument, or a named argument (`name => value`).

    `option` declares it as a model's option is declared, `option.refused`
    included; `serves` narrows the models that may have it.
    """

    option: Option
    serves: Kinds | None = None
    required: bool = False


@dataclass(frozen=True)
class Output:
    """The columns of one variant of a function, in order: (name, BigQuery type)."""

    variant: str
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TableFunction:
    """A function called in FROM.

    `query` returns the query a call stands for; `sources` are the least and the
    most TABLE or (query) arguments, called `source_names` where they need names
    (in a dbt macro); `arguments` names the further positional ones, which stay
    expressions. `are_named`: parameters are written `name => value`, not as fields
    of a STRUCT. `arrangement` is BigQuery's order; any is read here.
    """

    name: str
    group: Group
    meaning: str
    query: Callable[[Call, Warehouse], exp.Query]
    outputs: tuple[Output, ...]
    serves: Kinds | None = None
    need: Need = Need.REQUIRED
    sources: tuple[int, int] = (0, 1)
    parameters: tuple[Parameter, ...] = ()
    arguments: tuple[str, ...] = ()
    source_names: tuple[str, ...] = ("source",)
    are_named: bool = False
    arrangement: tuple[str, ...] = ("model", "sources", "arguments", "parameters")

    def parameter(self, name: str) -> Parameter | None:
        """Return the parameter called `name`, in any case, or None."""
        return next((p for p in self.parameters if p.option.name == name.lower()), None)

    @property
    def form(self) -> str:
        """How it is called, for errors."""
        least, most = self.sources
        names = [parameter.option.name for parameter in self.parameters]
        parameters = f"STRUCT(value AS {'|'.join(names)}, …)" if names else ""
        if self.are_named:
            parameters = ", ".join(f"{name} => value" for name in names)
        rows = "{TABLE t | (query)}"
        items = {
            "model": {Need.REQUIRED: "MODEL name", Need.OPTIONAL: "[MODEL name]"}.get(self.need),
            "sources": ", ".join([rows] * least + [f"[{rows}]"] * (most - least)),
            "arguments": ", ".join(self.arguments),
            "parameters": parameters,
        }
        given = [text for part in self.arrangement if (text := items[part])]
        return f"{self.name}({', '.join(given)})"


@dataclass(frozen=True)
class ScalarFunction:
    """A function called in an expression; `expression` returns what a call of it stands for.

    It is given the arguments, with BigQuery's meaning already kept.
    """

    name: str
    group: Group
    meaning: str
    signature: str
    expression: Callable[[list[exp.Expr]], exp.Expr]


@dataclass(frozen=True)
class AnalyticFunction:
    """A function called in an expression with OVER(), of a value and statistics of all rows.

    `analysis` returns what the statistics are and how they apply, for the arguments of a call.
    """

    name: str
    group: Group
    meaning: str
    signature: str
    analysis: Callable[[list[exp.Expr]], Analysis]


@dataclass(frozen=True)
class RefusedFunction:
    """A function of BigQuery ML that is not served, and why."""

    name: str
    group: Group
    reason: str
    in_from: bool = True


Function = TableFunction | ScalarFunction | AnalyticFunction | RefusedFunction
