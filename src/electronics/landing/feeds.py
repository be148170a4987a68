"""The tabular feeds, declared: name, file type, and what makes their rows."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from electronics.landing.catalogue import products_feed, stores_feed
from electronics.landing.chats import repair_chats_feed
from electronics.landing.customers import customers_feed
from electronics.landing.dialogue.feeds import chat_annotations_feed, dialogue_panel_feed
from electronics.landing.factory import (
    batch_audits_feed,
    factory_holdout_labels_feed,
    factory_inspections_feed,
    inspector_labels_feed,
)
from electronics.landing.photographs import holdout_labels_feed, photo_manifest_feed
from electronics.landing.repairs import (
    quote_decisions_feed,
    repair_outcomes_feed,
    repair_requests_feed,
)
from electronics.landing.returns import returns_feed
from electronics.landing.reviews import reviews_feed
from electronics.landing.sales import FUTURE_LANDING_DAY, sales_feed
from electronics.landing.stock import inventory_feed, purchase_orders_feed
from electronics.landing.views import photo_checks_feed
from electronics.landing.world import World


@dataclass(frozen=True)
class Feed:
    """A feed of the landing zone.

    Attributes:
        name: its folder and the beginning of its files' names.
        extension: csv, jsonl or parquet.
        rows: from a world, the feed's columns plus `landing_day`, which is not written.
        ahead_of_time: the landing day of a file that is there from the start all the same.
    """

    name: str
    extension: str
    rows: Callable[[World], pd.DataFrame]
    ahead_of_time: pd.Timestamp | None = None


FEEDS = (
    Feed("products", "csv", products_feed),
    Feed("stores", "csv", stores_feed),
    Feed("customers", "csv", customers_feed),
    Feed("purchase_orders", "parquet", purchase_orders_feed),
    Feed("sales", "csv", sales_feed, ahead_of_time=pd.Timestamp(FUTURE_LANDING_DAY)),
    Feed("inventory", "parquet", inventory_feed),
    Feed("returns", "csv", returns_feed),
    Feed("reviews", "csv", reviews_feed),
    Feed("repair_requests", "csv", repair_requests_feed),
    Feed("photo_manifest", "csv", photo_manifest_feed),
    Feed("photo_checks", "csv", photo_checks_feed),
    Feed("repair_chats", "jsonl", repair_chats_feed),
    Feed("chat_annotations", "jsonl", chat_annotations_feed),
    Feed("dialogue_panel", "jsonl", dialogue_panel_feed),
    Feed("quote_decisions", "csv", quote_decisions_feed),
    Feed("repair_outcomes", "csv", repair_outcomes_feed),
    Feed("factory_inspections", "csv", factory_inspections_feed),
    Feed("inspector_labels", "csv", inspector_labels_feed),
    Feed("batch_audits", "csv", batch_audits_feed),
    Feed("holdout_labels", "csv", holdout_labels_feed),
    Feed("factory_holdout_labels", "csv", factory_holdout_labels_feed),
)
