"""What tests of networks share: the losses recorded, and the softmax."""

import numpy as np


def losses(warehouse, key="loss"):
    found = warehouse.rows(
        f"select (json ->> '{key}')::double from goldloop.metrics where section = 'training_info' "
        "and version = (select max(version) from goldloop.metrics) "
        "order by (json ->> 'iteration')::int"
    )
    return [value for (value,) in found]


def softmax(z):
    shares = np.exp(z - z.max(axis=1, keepdims=True))
    return shares / shares.sum(axis=1, keepdims=True)
