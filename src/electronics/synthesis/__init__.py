"""Rows that no one ever saw: made by generators, and judged before anything learns from them."""

from electronics.synthesis.embeddings import GENERATORS, NEURAL, synthesise
from electronics.synthesis.table import NEURAL_OF_TABLE, TABLE_GENERATORS, synthesise_table

__all__ = [
    "GENERATORS",
    "NEURAL",
    "NEURAL_OF_TABLE",
    "TABLE_GENERATORS",
    "synthesise",
    "synthesise_table",
]
