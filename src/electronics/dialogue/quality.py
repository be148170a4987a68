"""The estimators that understand messages, and how well they do on wordings they never saw."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score
from sklearn.pipeline import FeatureUnion, Pipeline, make_pipeline

PANELS = {"development": "development", "holdout": "test"}
"""By the name of a metric, whose wordings it is on: a panel whose errors were looked at, or not."""
WITHOUT = {"without_phrases": "training_phrase", "without_corrections": "taken_over"}
"""What is left out of the training to see its worth, by the reason it is there."""


def intent_estimator(with_context: bool = True) -> Pipeline:
    """Words and letters of the message; with context, what the shop had said and what is told."""
    words = FeatureUnion(
        [
            ("words", TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)),
            (
                "letters",
                TfidfVectorizer(
                    analyzer="char_wb", ngram_range=(2, 4), min_df=2, sublinear_tf=True
                ),
            ),
        ]
    )
    columns: list[tuple] = [("text", words, "text")]
    if with_context:
        columns.append(("context", _words_as_given(), "context"))
    # At full weight the usual answer would drown what is said: a cancellation would book.
    weighted = ColumnTransformer(columns, transformer_weights={"text": 1.0, "context": 0.5})
    return make_pipeline(weighted, LogisticRegression(C=3.0, max_iter=1000))


def slot_estimator() -> Pipeline:
    """A linear classifier of the words around a word."""
    return make_pipeline(
        ColumnTransformer([("context", _words_as_given(min_df=2), "context")]),
        LogisticRegression(C=1.0, max_iter=1000),
    )


def _words_as_given(min_df: int = 1) -> CountVectorizer:
    return CountVectorizer(
        token_pattern=r"\S+", lowercase=False, binary=True, min_df=min_df, dtype=np.float64
    )


def intent_metrics(
    training: pd.DataFrame, holdout: pd.DataFrame, serving: Pipeline
) -> dict[str, float]:
    """Accuracy and macro-F1 on both panels' wordings and on a random split.

    With context and without; beside them what reads no text at all, the usual intent after the
    shop's last act; and what the training phrases, and the corrected turns, are worth.

    Args:
        training: annotated messages and training phrases, by `reason`; `is_held_out` is the random
            split, by conversation.
        holdout: the panels' messages, by `panel`.
        serving: with context, already fitted on all of the training.
    """
    kept, apart = training[~training["is_held_out"]], training[training["is_held_out"]]
    panels = _by_panel(holdout)
    metrics = _of_split(kept, {"random_split": apart}, _fitted(kept))
    metrics |= _of_split(training, panels, serving)
    for without, reason in WITHOUT.items():
        fewer = training[training["reason"] != reason]
        estimator = _fitted(fewer)
        for split, judged in panels.items():
            metrics |= _scores(f"{split}_{without}", judged["intent"], estimator.predict(judged))
    return metrics


def _by_panel(holdout: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {
        split: holdout[holdout["panel"] == panel].reset_index(drop=True)
        for split, panel in PANELS.items()
    }


def _fitted(training: pd.DataFrame, with_context: bool = True) -> Pipeline:
    return intent_estimator(with_context).fit(training, training["intent"])


def _of_split(
    fitted: pd.DataFrame, splits: Mapping[str, pd.DataFrame], estimator: Pipeline
) -> dict[str, float]:
    said_of = fitted[fitted["reason"] != "training_phrase"].groupby("previous_act")["intent"]
    usual = said_of.agg(lambda said: said.mode()[0])
    text_alone = _fitted(fitted, with_context=False)
    metrics: dict[str, float] = {}
    for split, judged in splits.items():
        guesses = {
            "act_alone": judged["previous_act"].map(usual).fillna(""),
            "text_alone": text_alone.predict(judged),
            "with_context": estimator.predict(judged),
        }
        for name, said in guesses.items():
            metrics |= _scores(f"{split}_{name}", judged["intent"], said)
    return metrics


def _scores(name: str, truth: pd.Series, said: np.ndarray | pd.Series) -> dict[str, float]:
    return {
        f"{name}_accuracy": float(accuracy_score(truth, said)),
        f"{name}_macro_f1": float(f1_score(truth, said, average="macro", zero_division=0)),
    }


def span_metrics(
    training: pd.DataFrame, holdout: pd.DataFrame, fitted: Pipeline
) -> dict[str, float]:
    """F1 of whole spans on the panels' wordings, by slot and over all, and on a random split.

    Args:
        training: words of annotated messages and training phrases, by `reason`.
        holdout: words of the panels' messages, by `panel`.
        fitted: on all of the training.
    """
    kept, apart = training[~training["is_held_out"]], training[training["is_held_out"]]
    metrics = {"random_split_span_f1": span_f1(apart, _tagger(kept).predict(apart))}
    without_phrases = _tagger(training[training["reason"] != "training_phrase"])
    for split, judged in _by_panel(holdout).items():
        said = fitted.predict(judged)
        metrics[f"{split}_span_f1"] = span_f1(judged, said)
        metrics[f"{split}_without_phrases_span_f1"] = span_f1(
            judged, without_phrases.predict(judged)
        )
        for slot in ("name", "device", "damage", "date"):
            metrics[f"{split}_{slot}_f1"] = span_f1(judged, said, slot)
    return metrics


def _tagger(training: pd.DataFrame) -> Pipeline:
    return slot_estimator().fit(training, training["tag"])


def span_f1(tokens: pd.DataFrame, said: np.ndarray, slot: str | None = None) -> float:
    """F1 of spans: right when first and last word and the slot agree."""
    truth, guess = _spans(tokens, tokens["tag"], slot), _spans(tokens, said, slot)
    return 2 * len(truth & guess) / max(1, len(truth) + len(guess))


def _spans(
    tokens: pd.DataFrame, tags: np.ndarray | pd.Series, slot: str | None
) -> set[tuple[str, str, int, int]]:
    number = tokens["token_id"].str.rpartition(":")[2].astype(int)
    rows = sorted(zip(tokens["message_id"], number, tags, strict=True))
    spans: set[tuple[str, str, int, int]] = set()
    begun: tuple[str, str, int] | None = None
    last = 0
    for message, at, tag in [*rows, ("", 0, "none")]:
        goes_on = begun is not None and begun[:2] == (message, tag) and at == last + 1
        if begun is not None and not goes_on:
            spans.add((*begun, last))
            begun = None
        if begun is None and tag not in ("none", "phone", "email") and slot in (None, tag):
            begun = (message, tag, at)
        last = at
    return spans
