"""What ML.DETECT_ANOMALIES compares with: the training rows' own scores, kept as a table."""

from __future__ import annotations

import pyarrow as pa
from sqlglot import exp

from goldloop.training.family import Sample
from goldloop.training.matrix import select

SCORES = "anomaly_scores"


def training_scores(sample: Sample, score: exp.Expression) -> dict[str, pa.Table]:
    """Return the table `anomaly_scores` of a version: `score` of each training row, ascending.

    The cut-off of any contamination is one of its rows, so it is exact.
    """
    scores = select(sample.con, sample.data, [score]).column(0).combine_chunks()
    return {SCORES: pa.table({"score": scores}).sort_by("score")}
