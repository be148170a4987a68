"""The estimators that understand messages, and how well they do on wordings they never saw."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score
from sklearn.pipeline import FeatureUnion, Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder


def intent_estimator(with_context: bool = True) -> Pipeline:
    """Words and letters of the message; with context, what the shop had said, by its act."""
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
        columns.append(("act", OneHotEncoder(handle_unknown="ignore"), ["previous_act"]))
    return make_pipeline(ColumnTransformer(columns), LogisticRegression(C=10.0, max_iter=1000))


def slot_estimator() -> Pipeline:
    """A linear classifier of the words around a word."""
    contexts = CountVectorizer(
        token_pattern=r"\S+", lowercase=False, binary=True, min_df=2, dtype=np.float64
    )
    return make_pipeline(
        ColumnTransformer([("context", contexts, "context")]),
        LogisticRegression(C=1.0, max_iter=1000),
    )


def intent_metrics(
    training: pd.DataFrame, holdout: pd.DataFrame, serving: Pipeline
) -> dict[str, float]:
    """Accuracy and macro-F1 on held-out wordings and on a random split, with and without context.

    Beside them what reads no text at all: the usual intent after the shop's last act.

    Args:
        training: annotated messages; `is_held_out` is the random split, by conversation.
        holdout: the panel's messages.
        serving: with context, already fitted on all of the training.
    """
    kept = training[~training["is_held_out"]]
    splits = {
        "holdout": (training, holdout),
        "random_split": (kept, training[training["is_held_out"]]),
    }
    metrics: dict[str, float] = {}
    for split, (fitted, judged) in splits.items():
        usual = fitted.groupby("previous_act")["intent"].agg(lambda said: said.mode()[0])
        guessed = judged["previous_act"].map(usual).fillna("")
        metrics |= _scores(f"{split}_act_alone", judged["intent"], guessed)
        for with_context in (False, True):
            is_serving = split == "holdout" and with_context
            estimator = (
                serving
                if is_serving
                else intent_estimator(with_context).fit(fitted, fitted["intent"])
            )
            said = estimator.predict(judged)
            name = f"{split}_{'with_context' if with_context else 'text_alone'}"
            metrics |= _scores(name, judged["intent"], said)
    return metrics


def _scores(name: str, truth: pd.Series, said: np.ndarray | pd.Series) -> dict[str, float]:
    return {
        f"{name}_accuracy": float(accuracy_score(truth, said)),
        f"{name}_macro_f1": float(f1_score(truth, said, average="macro", zero_division=0)),
    }


def span_metrics(
    training: pd.DataFrame, holdout: pd.DataFrame, fitted: Pipeline
) -> dict[str, float]:
    """F1 of whole spans on held-out wordings, by slot and over all, and on a random split."""
    kept, apart = training[~training["is_held_out"]], training[training["is_held_out"]]
    on_random = slot_estimator().fit(kept[["context"]], kept["tag"])
    metrics = {"random_split_span_f1": span_f1(apart, on_random.predict(apart[["context"]]))}
    said = fitted.predict(holdout[["context"]])
    metrics["holdout_span_f1"] = span_f1(holdout, said)
    for slot in ("name", "device", "damage", "date"):
        metrics[f"holdout_{slot}_f1"] = span_f1(holdout, said, slot)
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
