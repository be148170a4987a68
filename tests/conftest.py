"""The order of the whole: the longest files first, so that no core is idle at the end."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the pipeline's tests first; `--no-loadscope-reorder` lets the workers keep to it."""
    items.sort(key=lambda item: item.get_closest_marker("pipeline") is None)
