import pytest
from threadpoolctl import threadpool_limits


@pytest.fixture(autouse=True, scope="session")
def _one_thread():
    """Estimators this small lose more by waiting for threads than they gain."""
    with threadpool_limits(1):
        yield
