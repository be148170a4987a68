"""Goldloop: in-warehouse machine learning for dbt and DuckDB."""

from typing import TYPE_CHECKING, Any

from goldloop.errors import GoldloopError
from goldloop.trained import TrainedModel
from goldloop.version import __version__

if TYPE_CHECKING:
    from goldloop.mixture import MixtureRegressor
    from goldloop.session import Session, connect

__all__ = ["GoldloopError", "MixtureRegressor", "Session", "TrainedModel", "__version__", "connect"]


def __getattr__(name: str) -> Any:
    # These load sqlglot and scikit-learn, which `import goldloop` alone should not wait for.
    if name == "MixtureRegressor":
        from goldloop.mixture import MixtureRegressor

        return MixtureRegressor
    if name in {"Session", "connect"}:
        from goldloop import session

        return getattr(session, name)
    raise AttributeError(f"module 'goldloop' has no attribute '{name}'")
