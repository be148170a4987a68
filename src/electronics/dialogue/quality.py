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
from threadpoolctl import threadpool_limits

FEATURES = ("text", "context")
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


# A solver of this size is slower on two cores than on one.
@threadpool_limits.wrap(limits=1)
def fitted_intents(training: pd.DataFrame, with_context: bool = True) -> Pipeline:
    """The estimator of intents, fitted on messages of `text`, `context` and `intent`."""
    return intent_estimator(with_context).fit(training[list(FEATURES)], training["intent"])


@threadpool_limits.wrap(limits=1)
def fitted_slots(training: pd.DataFrame) -> Pipeline:
    """The tagger, fitted on words of `context` and `tag`."""
    return slot_estimator().fit(training[["context"]], training["tag"])


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
    metrics = _of_split(kept, {"random_split": apart}, {"with_context": fitted_intents(kept)})
    said_by = {"text_alone": fitted_intents(training, with_context=False), "with_context": serving}
    for without, reason in WITHOUT.items():
        said_by[without] = fitted_intents(training[training["reason"] != reason])
    return metrics | _of_split(training, panels, said_by)


def _by_panel(holdout: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {
        split: holdout[holdout["panel"] == panel].reset_index(drop=True)
        for split, panel in PANELS.items()
    }


def _of_split(
    fitted: pd.DataFrame, splits: Mapping[str, pd.DataFrame], said_by: Mapping[str, Pipeline]
) -> dict[str, float]:
    said_of = fitted[fitted["reason"] != "training_phrase"].groupby("previous_act")["intent"]
    usual = said_of.agg(lambda said: said.mode()[0])
    metrics: dict[str, float] = {}
    for split, judged in splits.items():
        guessed = judged["previous_act"].map(usual).fillna("")
        metrics |= _scores(f"{split}_act_alone", judged["intent"], guessed)
        for name, estimator in said_by.items():
            said = estimator.predict(judged)
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
    metrics = {"random_split_span_f1": span_f1(apart, fitted_slots(kept).predict(apart))}
    without_phrases = fitted_slots(training[training["reason"] != "training_phrase"])
    for split, judged in _by_panel(holdout).items():
        said = fitted.predict(judged)
        metrics[f"{split}_span_f1"] = span_f1(judged, said)
        metrics[f"{split}_without_phrases_span_f1"] = span_f1(
            judged, without_phrases.predict(judged)
        )
        for slot in ("name", "device", "damage", "date"):
            metrics[f"{split}_{slot}_f1"] = span_f1(judged, said, slot)
    return metrics


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
