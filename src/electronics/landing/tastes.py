"""What customers like: latent tastes, from which both what they buy and what they own follow.

No feed tells them. Utilities are logarithms of how much likelier an order line of a product is
this customer's than an average one's.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from electronics.landing.catalogue import BRANDS, DEVICE_KINDS

KINDS = tuple(DEVICE_KINDS)
BRAND_SHARES = (0.27, 0.23, 0.2, 0.17, 0.13)
# How much the favourite brand and the right price class are worth, on average.
LOYALTY, PRICE_CLASS = 1.1, 3.0
# Price class (0 the cheapest of a kind, 1 the dearest), and the kinds a segment is after.
SEGMENT_PRICE = {"consumer": 0.5, "business": 0.8, "student": 0.25}
SEGMENT_KINDS = {
    "consumer": (0.2, 0.1, -0.3, 0.1, 0.1),
    "business": (0.2, 0.3, 0.9, -0.2, -0.6),
    "student": (0.1, -0.4, 0.5, -0.5, 0.5),
}
# Who owns (row) is the readier to buy (column): a phone calls for a watch and headphones.
GOES_WITH = {
    ("smartphone", "smartwatch"): 0.9,
    ("smartphone", "headphones"): 0.7,
    ("laptop", "tablet"): 0.4,
    ("laptop", "headphones"): 0.3,
    ("tablet", "headphones"): 0.3,
}
# An owner of a brand's smartphone or laptop finds its other devices handier.
ECOSYSTEM = 0.8
# The same kind again is for later, except that headphones get lost; the same product, hardly ever.
KIND_OWNED = {
    "smartphone": -1.6,
    "tablet": -1.5,
    "laptop": -1.7,
    "smartwatch": -1.4,
    "headphones": -0.5,
}
PRODUCT_OWNED = -2.5
KIND_OWNED_DAYS = 400


@dataclass(frozen=True)
class Tastes:
    """What each customer feels about each product, whatever they own.

    Attributes:
        liking: customer × product utilities.
        activity: how much a customer buys at all, 1 on average.
    """

    liking: np.ndarray
    activity: np.ndarray


def true_tastes(
    rng: np.random.Generator, customers: pd.DataFrame, products: pd.DataFrame
) -> Tastes:
    """Brand loyalty, price class and kinds by segment, each with a person's own deviation."""
    n = len(customers)
    favourite = rng.choice(len(BRANDS), n, p=BRAND_SHARES)
    loyalty = LOYALTY * rng.gamma(2.0, 0.5, n)
    price_class = customers["segment"].map(SEGMENT_PRICE).to_numpy() + rng.normal(0, 0.15, n)
    kinds = np.array([SEGMENT_KINDS[name] for name in customers["segment"]])
    kinds = kinds + rng.normal(0, 0.5, kinds.shape)

    brand = pd.Categorical(products["brand"], categories=list(BRANDS)).codes
    kind = kind_codes(products)
    rank = products.groupby("device_kind")["list_price"].rank().to_numpy()
    rank = (rank - 1) / (rank.max() - 1)
    liking = (
        loyalty[:, None] * (brand == favourite[:, None])
        - PRICE_CLASS * (rank - price_class[:, None]) ** 2
        + kinds[:, kind]
        + rng.normal(0, 0.3, (n, len(products)))
    )
    return Tastes(liking, rng.gamma(1.5, 1 / 1.5, n))


def kind_codes(products: pd.DataFrame) -> np.ndarray:
    """The position of each product's kind among `KINDS`."""
    return pd.Categorical(products["device_kind"], categories=list(KINDS)).codes
