"""Rows that no one ever saw: made by generators, and judged before anything learns from them."""

from electronics.synthesis.benefit import missing_examples, photograph_benefit, repair_benefit
from electronics.synthesis.closeness import closest_similarities, equal_repairs
from electronics.synthesis.embeddings import GENERATORS, NEURAL, synthesise
from electronics.synthesis.feeds import PhotographFeed, RepairFeed
from electronics.synthesis.fidelity import fidelity
from electronics.synthesis.learned import (
    REPAIR_COLUMNS,
    LearnedPhotographs,
    learned_feeds,
    learned_photographs,
    learned_repairs,
)
from electronics.synthesis.made import GENERATOR_VERSION, Batch, training_fingerprint
from electronics.synthesis.privacy import privacy
from electronics.synthesis.rules import keeps_rules
from electronics.synthesis.table import NEURAL_OF_TABLE, TABLE_GENERATORS, synthesise_table

__all__ = [
    "GENERATORS",
    "GENERATOR_VERSION",
    "NEURAL",
    "NEURAL_OF_TABLE",
    "REPAIR_COLUMNS",
    "TABLE_GENERATORS",
    "Batch",
    "LearnedPhotographs",
    "PhotographFeed",
    "RepairFeed",
    "closest_similarities",
    "equal_repairs",
    "fidelity",
    "keeps_rules",
    "learned_feeds",
    "learned_photographs",
    "learned_repairs",
    "missing_examples",
    "photograph_benefit",
    "privacy",
    "repair_benefit",
    "synthesise",
    "synthesise_table",
    "training_fingerprint",
]
