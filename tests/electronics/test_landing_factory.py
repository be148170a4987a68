"""The factory's feeds: labels come late and true, batches differ, the holdout stays apart."""

import pandas as pd
import pytest

from electronics.landing.factory import BAD_RATES, LATER_BAD_RATES
from electronics.landing.feeds import FEEDS


@pytest.fixture(scope="module")
def feeds(world):
    return {feed.name: feed.rows(world) for feed in FEEDS if "labels" in feed.name} | {
        feed.name: feed.rows(world)
        for feed in FEEDS
        if feed.name in {"batch_audits", "factory_inspections"}
    }


def test_a_unit_is_labelled_after_it_was_inspected_and_truly_in_the_end(world, feeds):
    units = world.factory_units.set_index("unit_id")
    labels = feeds["inspector_labels"]
    labelled_at = pd.to_datetime(labels["labelled_at"])
    assert (labelled_at >= labels["unit_id"].map(units["inspected_at"])).all()
    last = labels.assign(at=labelled_at).sort_values("at").groupby("unit_id")["damage_type"].last()
    assert (last == units.loc[last.index, "damage_type"]).all()
    assert 0 < len(labels) - len(last) < 0.06 * len(last)
    assert not units.loc[last.index, "is_labelled"].any()


def test_no_unit_of_the_holdout_shares_a_batch_or_is_labelled(feeds):
    holdout = set(feeds["factory_holdout_labels"]["unit_id"])
    inspections = feeds["factory_inspections"]
    is_held = inspections["unit_id"].isin(holdout)
    batches = inspections["batch_id"].groupby(is_held).agg(set)
    assert not batches[True] & batches[False]
    assert inspections.loc[is_held, "inspector_label"].isna().all()
    assert not holdout & set(feeds["inspector_labels"]["unit_id"])


def test_few_batches_are_bad_and_audits_count_them(world, feeds):
    audits = feeds["batch_audits"]
    share = audits["n_defective"].astype(int) / audits["n_units"].astype(int)
    n_bad = len(BAD_RATES) + len(LATER_BAD_RATES)
    assert share.nlargest(n_bad).min() > 0.15
    assert share.nsmallest(len(share) - n_bad).mean() < 0.12
    truth = world.factory_batch_units.groupby("batch_id")["damage_type"].apply(
        lambda damage: (damage != "none").sum()
    )
    assert truth.tolist() == audits.sort_values("batch_id")["n_defective"].astype(int).tolist()
