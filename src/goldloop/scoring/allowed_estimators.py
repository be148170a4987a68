"""Which estimators MODEL_TYPE='SKLEARN' may import: scikit-learn's, and what a user allows.

The list is of the process: whoever can name a package here can import it anyway. What SQL
says is not trusted to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import import_module
from threading import Lock
from typing import Any

from sklearn.base import BaseEstimator
from sklearn.utils import all_estimators

from goldloop.errors import OptionError, nearest

_DOTTED = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")
_allowed: set[str] = {"sklearn"}
_lock = Lock()


def allow_estimators(names: Iterable[str]) -> None:
    """Allow the classes or packages of these dotted names, such as `lightgbm` and below.

    Raises:
        OptionError: a name is not dotted words.
    """
    names = [names] if isinstance(names, str) else list(names)
    for name in names:
        if not isinstance(name, str) or not _DOTTED.fullmatch(name):
            raise OptionError(
                f"allowed_estimators has {name!r}; expected a package or class, such as "
                "'lightgbm' or 'lightgbm.LGBMClassifier'."
            )
    with _lock:
        _allowed.update(names)


def is_allowed(name: str) -> bool:
    """Return whether the dotted name is allowed, itself or by a package it is of."""
    parts = name.split(".")
    return any(".".join(parts[:length]) in _allowed for length in range(1, len(parts) + 1))


def estimator_class(model: str, name: str) -> type:
    """Return the class of that dotted name.

    Raises:
        OptionError: it is not allowed, not installed or no estimator.
    """
    where = f"Model {model}: option model_class is '{name}'"
    module, _, attribute = name.rpartition(".")
    if not _DOTTED.fullmatch(name) or not module:
        raise OptionError(
            f"{where}; expected a dotted class such as 'sklearn.svm.SVC'.{_nearest(name)}"
        )
    if not is_allowed(name):
        raise OptionError(
            f"{where}, which is not allowed; expected a class of "
            f"{', '.join(sorted(_allowed))}. Allow it by allowed_estimators: in the plugin's "
            "config in profiles.yml, in goldloop.connect or in GOLDLOOP_ALLOWED_ESTIMATORS."
            f"{_nearest(name)}"
        )
    try:
        found: Any = getattr(import_module(module), attribute, None)
    except ImportError as error:
        raise OptionError(
            f"{where}, and {error}. Install its package, or correct the name.{_nearest(name)}"
        ) from error
    if not (isinstance(found, type) and issubclass(found, BaseEstimator)):
        raise OptionError(f"{where}, which is no estimator of scikit-learn.{_nearest(name)}")
    return found


def _nearest(name: str) -> str:
    own = [_public(kind) for _, kind in all_estimators()]
    by_class = {each.rpartition(".")[2].casefold(): each for each in own}
    alike = by_class.get(name.rpartition(".")[2].casefold())
    return f" Did you mean '{alike}'?" if alike else nearest(name, own)


def _public(kind: type) -> str:
    """Return the name a class is imported by: without its private modules."""
    public = [part for part in kind.__module__.split(".") if not part.startswith("_")]
    return ".".join([*public, kind.__name__])
