"""Tables of rich rows: a training set and rows to score, with NULLs and unseen categories."""

import numpy as np
import pytest
from rich_rows import rich_rows, standardised, store
from threadpoolctl import threadpool_limits

from goldloop.training.neural import autoencoder, supervised

TRAINING, SCORED = rich_rows(260), rich_rows(60, seed=2, nulls=0.2, unseen=True)


@pytest.fixture(autouse=True, scope="session")
def _one_thread():
    # Small matrices: threads that wait for each other take longer than the work.
    with threadpool_limits(1):
        yield


@pytest.fixture
def training_rows():
    return TRAINING


@pytest.fixture
def scored_rows():
    return SCORED


@pytest.fixture
def signal():
    """A number a training row that depends on the features, with noise."""
    matrix = standardised(TRAINING, TRAINING)
    random = np.random.default_rng(3)
    weights = random.normal(size=matrix.shape[1]) * (random.random(matrix.shape[1]) < 0.4)
    return matrix @ weights + 0.3 * random.normal(size=len(matrix))


@pytest.fixture
def trained(warehouse, signal):
    """Return a function that trains on the rich rows with a label made of the signal."""

    def train(model_type, label=None, label_type="double", **options):
        given = signal if label is None else label(signal)
        store(warehouse.con, "training", TRAINING, [_plain(v) for v in given], label_type)
        store(warehouse.con, "fresh", SCORED)
        if model_type not in {"kmeans", "autoencoder", "pca"}:
            options = {"input_label_cols": ["y"], "data_split_method": "no_split", **options}
            query = "select * exclude (id) from training"
        else:
            query = "select * exclude (id, y) from training"
        options.setdefault("query", query)
        return warehouse.build("m", options.pop("query"), model_type=model_type, **options)

    return train


def _plain(value):
    return value.item() if isinstance(value, np.generic) else value


@pytest.fixture
def scores(warehouse):
    """Return a function: columns of the prediction over the rows to score, in their order."""

    def score(columns, model="m"):
        found = warehouse.rows(
            f"select {columns} from (select id, unnest({model}(src)) from fresh as src) order by id"
        )
        return [list(column) for column in zip(*found, strict=True)]

    return score


@pytest.fixture
def made(monkeypatch):
    """Every network that is started; training changes them in place."""
    networks = []
    for module in (supervised, autoencoder):
        start = module.initial

        def remembered(*arguments, start=start, **named):
            networks.append(start(*arguments, **named))
            return networks[-1]

        monkeypatch.setattr(module, "initial", remembered)
    return networks


@pytest.fixture
def encoded(training_rows, scored_rows):
    return standardised(training_rows, scored_rows)
