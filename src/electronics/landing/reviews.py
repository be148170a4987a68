"""Product reviews: real sentences and ratings; which product, when and by whom is simulated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from electronics.landing.calendar import (
    FIRST_AS_OF,
    HISTORY_START,
    LAST_WEEK_OF_REQUESTS_ENDS,
    at_seconds,
    landing_days,
    opening_hours,
)
from electronics.landing.review_sentences import rated_sentences
from electronics.landing.text import as_text

if TYPE_CHECKING:
    from electronics.landing.world import World

UNRATED_SHARE = 0.2
# Raters lag: whatever is posted from here on has no rating, what was posted before has one.
RATED_UNTIL = FIRST_AS_OF - 42


def reviews_feed(world: World) -> pd.DataFrame:
    """One row per sentence, landed when rated (or when posted, if it has no rating).

    A review's sentences share product and time. Defect: one sentence in five has no rating; whole
    reviews and the latest ones, so that what is scored later was never trained on.
    """
    rng = world.rng("reviews_feed")
    sentences = rated_sentences()
    review = pd.factorize(np.array([s.review for s in sentences]))[0]
    n_reviews = review.max() + 1
    is_unrated = _unrated_reviews(rng, review)
    posted_on = np.where(
        is_unrated,
        _spread(rng, RATED_UNTIL, LAST_WEEK_OF_REQUESTS_ENDS, n_reviews),
        _spread(rng, HISTORY_START, RATED_UNTIL - 1, n_reviews),
    )
    posted_at = at_seconds(posted_on, opening_hours(rng, n_reviews))
    delay = rng.integers(3_600, 14 * 86_400, n_reviews).astype("timedelta64[s]")
    rated_at = np.where(is_unrated, np.datetime64("NaT", "s"), posted_at + delay)
    product = rng.integers(0, len(world.products), n_reviews)
    rows = pd.DataFrame(
        {
            "product_id": world.products["product_id"].to_numpy()[product][review],
            "sentence": [s.sentence for s in sentences],
            "rating": np.where(is_unrated[review], np.nan, [s.rating for s in sentences]),
            "rated_at": rated_at[review],
            "posted_at": posted_at[review],
        }
    ).sort_values("posted_at", kind="stable", ignore_index=True)
    rows.insert(0, "review_id", [f"V{i + 1:06d}" for i in range(len(rows))])
    known_at = rows["rated_at"].fillna(rows["posted_at"])
    return as_text(rows.assign(landing_day=landing_days(known_at.to_numpy())))


def _unrated_reviews(rng: np.random.Generator, review: np.ndarray) -> np.ndarray:
    """Random reviews that together hold one sentence in five."""
    sizes = np.bincount(review)
    order = rng.permutation(len(sizes))
    is_unrated = np.zeros(len(sizes), dtype=bool)
    is_unrated[order[np.cumsum(sizes[order]) <= UNRATED_SHARE * len(review)]] = True
    return is_unrated


def _spread(
    rng: np.random.Generator, first: np.datetime64, last: np.datetime64, size: int
) -> np.ndarray:
    return first + rng.integers(0, (last - first).astype(int) + 1, size)
