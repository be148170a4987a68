"""Fitted estimators as bytes, without pickle: only classes of known libraries are loaded."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import skops.io

from goldloop.errors import GoldloopError
from goldloop.scoring.allowed_estimators import is_allowed

TRUSTED_LIBRARIES = frozenset({"numpy", "scipy", "sklearn", "xgboost"})


def dump_estimator(estimator: Any) -> bytes:
    """Return a fitted estimator as bytes that `load_estimator` reads.

    Raises:
        GoldloopError: it holds a type or function that will not be loaded; all are named.
    """
    blob = skops.io.dumps(estimator)
    _trusted_types(blob)
    return blob


def load_estimator(blob: bytes) -> Any:
    """Return the estimator of `dump_estimator`; nothing of another library is ever loaded.

    Raises:
        GoldloopError: it holds a type or function that is not trusted; all are named.
    """
    return skops.io.loads(blob, trusted=_trusted_types(blob))


def _trusted_types(blob: bytes) -> list[str]:
    names = skops.io.get_untrusted_types(data=blob)
    untrusted = [name for name in names if not _is_trusted(name)]
    if untrusted:
        raise GoldloopError(
            f"An estimator holds {', '.join(untrusted)}; expected classes of "
            f"{', '.join(sorted(TRUSTED_LIBRARIES))} only. Replace the step that uses it, such as "
            "a FunctionTransformer of your own function, by one of scikit-learn's."
        )
    return names


def _is_trusted(name: str) -> bool:
    """Return whether `name` is a class of a trusted library; its functions could do anything."""
    module, _, attribute = name.rpartition(".")
    if module.split(".")[0] not in TRUSTED_LIBRARIES and not is_allowed(name):
        return False
    return isinstance(getattr(import_module(module), attribute, None), type)
