"""Imported models: what a file's reader returns, and which reader reads which type."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from goldloop.dialect.types import duckdb_type
from goldloop.errors import OptionError, StatementError, nearest
from goldloop.registry.cards import Feature
from goldloop.scoring.prediction import Fields

# The names and BigQuery types of INPUT(…) or OUTPUT(…).
Declared = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class ImportedFile:
    """A file to import as model `model`, with what the statement declares of it."""

    model: str
    path: str
    content: bytes
    version_id: str
    inputs: Declared = ()
    outputs: Declared = ()


@dataclass(frozen=True)
class Imported:
    """An imported model: features, prediction, and the signature its bytes are scored by."""

    features: tuple[Feature, ...]
    prediction: Fields
    signature: Mapping[str, object] | None = None


def read_file(model: str, path: str) -> bytes:
    """Return the bytes of a model's file.

    Raises:
        OptionError: it is not there or cannot be read.
    """
    file = Path(path)
    try:
        return file.read_bytes()
    except OSError as error:
        siblings = [each.name for each in file.parent.glob("*")] if file.parent.is_dir() else []
        raise OptionError(
            f"Model {model}: option model_path is '{path}', which cannot be read: "
            f"{error.strerror or error}.{nearest(file.name, siblings)}"
        ) from error


def declared_type(model: str, name: str, bigquery_type: str) -> str:
    """Return the DuckDB type that INPUT or OUTPUT declares `name` to be.

    Raises:
        OptionError: it is no type.
    """
    try:
        return duckdb_type(bigquery_type)
    except StatementError as error:
        raise OptionError(
            f"Model {model}: '{name}' is declared {bigquery_type}. {error}"
        ) from error


def importers() -> Mapping[str, Callable[[ImportedFile], Imported]]:
    """Return the reader of each imported type."""
    from goldloop.training import imported_onnx, imported_xgboost

    return MappingProxyType({"xgboost": imported_xgboost.read, "onnx": imported_onnx.read})
