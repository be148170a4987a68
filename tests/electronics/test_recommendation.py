"""The recommender's maths: EASE by hand, measures by hand, and nothing from the future."""

import numpy as np
import pandas as pd
import pytest

from electronics.recommendation.candidates import CANDIDATES, ease_weights
from electronics.recommendation.history import Catalogue, History
from electronics.recommendation.measures import coverage, interval, per_customer, top_places
from electronics.recommendation.pairs import FEATURES, pair_features
from electronics.recommendation.serving import pairs_to_score

DAY = 20_000.0


def at(day: float) -> pd.Timestamp:
    return pd.Timestamp("1970-01-01") + pd.Timedelta(days=DAY + day)


@pytest.fixture
def history() -> History:
    products = pd.DataFrame(
        {
            "product_id": ["P1", "P2", "P3", "P4"],
            "device_kind": ["smartphone", "smartphone", "smartwatch", "smartwatch"],
            "brand": ["Auro", "Nimbus", "Auro", "Nimbus"],
            "list_price": [300.0, 600.0, 100.0, 200.0],
        }
    )
    customers = pd.DataFrame(
        {"customer_id": ["C1", "C2", "C3"], "segment": ["student", "student", "business"]}
    )
    rows = [
        ("C1", "P1", "bought", at(0), None, None, None),
        ("C1", "P3", "bought", at(1), None, None, None),
        ("C2", "P1", "bought", at(2), None, None, None),
        ("C2", "P3", "bought", at(50), None, None, None),
        ("C2", "P3", "undone", at(55), None, None, None),
        ("C3", "P2", "brought", at(10), "Q1", None, None),
        ("C3", "P2", "assessed", at(10), "Q1", "scratch", 0.3),
        ("C3", "P2", "declined", at(11), "Q1", None, None),
        ("C3", "P2", "assessed", at(20), "Q1", "crack", 0.9),
        ("C3", "P1", "bought", at(40), None, None, None),
    ]
    columns = [
        "customer_id",
        "product_id",
        "event",
        "known_at",
        "request_id",
        "damage_type",
        "severity",
    ]
    return History(Catalogue(products, customers), pd.DataFrame(rows, columns=columns))


def test_ease_solves_each_product_from_the_others():
    bought = np.random.default_rng(0).integers(0, 2, (40, 5)).astype(float)
    weights = ease_weights(bought, penalty=3.0)
    others = [0, 1, 2, 4]
    x, y = bought[:, others], bought[:, 3]
    ridge = np.linalg.solve(x.T @ x + 3.0 * np.eye(4), x.T @ y)
    np.testing.assert_allclose(weights[others, 3], ridge)
    assert (np.diag(weights) == 0).all()


def test_a_snapshot_knows_nothing_that_came_later(history):
    kind = history.catalogue.kinds[1]
    early, later, replaced = (history.snapshot(DAY + day) for day in (12, 25, 45))
    assert early.severity[2, kind] == 0.3
    assert early.declined[2, kind] == 1
    assert later.severity[2, kind] == 0.9
    assert replaced.severity[2, kind] == 0
    assert history.snapshot(DAY + 52).bought[1, 2] == 1
    assert history.snapshot(DAY + 60).bought[1, 2] == 0
    assert history.snapshot(DAY + 12, with_condition=False).severity.sum() == 0


def test_features_do_not_depend_on_the_future(history):
    whole = pair_features(history.snapshot(DAY + 12), history.catalogue)
    past = history.events[history.events["day"] <= DAY + 12]
    truncated = History(history.catalogue, past.drop(columns=["customer", "product", "day"]))
    known_then = pair_features(truncated.snapshot(DAY + 12), history.catalogue)
    np.testing.assert_array_equal(whole, known_then)


def test_pairs_to_score_give_reasons_and_hold_nothing_owned(history):
    pairs = pairs_to_score(history, DAY + 25)
    assert set(FEATURES) <= set(pairs.columns)
    of_repaired = pairs.query("customer_id == 'C3'").set_index("product_id")
    assert set(of_repaired.index) == {"P1", "P3", "P4"}
    assert of_repaired.loc["P1", "broken_product_id"] == "P2"
    assert set(of_repaired["known_by"]) == {"repairs"}
    goes_with = pairs.query("customer_id == 'C2' and product_id == 'P3'")
    assert goes_with["because_product_id"].tolist() == ["P1"]


@pytest.mark.parametrize("name", CANDIDATES)
def test_candidates_score_every_pair(history, name):
    snapshot = history.snapshot(DAY + 60)
    assert np.isfinite(CANDIDATES[name](snapshot, history.catalogue)).all()


def test_measures_by_hand():
    scores = np.tile(np.arange(12.0)[::-1], (2, 1))
    owned = np.zeros((2, 12))
    owned[0, 0] = 1
    top = top_places(scores, owned)
    assert top[0].tolist() == list(range(1, 11))
    bought = np.zeros((2, 12))
    bought[0, [1, 3]] = 1
    bought[1, 11] = 1
    found = per_customer(top, bought)
    assert found["recall"].tolist() == [1.0, 0.0]
    assert found["average_precision"][0] == pytest.approx((1 + 2 / 3) / 2)
    assert found["ndcg"][0] == pytest.approx((1 + 1 / 2) / (1 + 1 / np.log2(3)))
    assert coverage(top, 12) == pytest.approx(11 / 12)
    low, high = interval(found["recall"], np.array([0, 1]))
    assert 0 <= low <= high <= 1
