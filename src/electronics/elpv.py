"""Real photographs: the solar cells of `elpv-dataset`, and what the defect recipe makes of them.

The images are CC BY-NC-SA 4.0 and come with that package, an optional extra: they are read where it
is installed. Buerhop-Lutz et al. (2018), "A Benchmark for Visual Identification of Defective Solar
Cells in Electroluminescence Imagery".
"""

from __future__ import annotations

import io
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray
from PIL import Image
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from electronics.factory.detector import SOUND, Photographs, defect_probability, fit_detector

Floats = NDArray[np.float64]
Judge = Callable[[NDArray[np.intp], NDArray[np.intp]], Floats]
"""From rows to learn from and rows to judge, the probabilities of a defect of the latter."""

NETWORK_SIZE = 128
"""Cells of 300 pixels are shrunk to this width and height, at which photographs are seen."""
DEFECTIVE_ABOVE = 0.5
"""A cell counts as defective above this probability, as two thirds and one do."""

_FOLDS, _DRAWS = 5, 500


class MissingDatasetError(RuntimeError):
    """The package is not installed."""


def dataset_folder() -> Path:
    """Return the folder of the installed package that has `labels.csv` and `images`.

    Raises:
        MissingDatasetError: the package is not installed.
    """
    found = find_spec("elpv_dataset")
    if found is None or not found.submodule_search_locations:
        raise MissingDatasetError("elpv-dataset is not installed; run: make elpv")
    return Path(found.submodule_search_locations[0]) / "data"


def read_cells(folder: Path) -> pa.Table:
    """Read a folder of `labels.csv` (path, probability of a defect, mono or poly) and its images.

    Returns:
        `cell_id`, `cell_type`, `defect_probability`, `content` (the file's bytes), by `cell_id`.
    """
    lines = (folder / "labels.csv").read_text(encoding="utf-8").split("\n")
    rows = sorted(tuple(line.split()) for line in lines if line.strip())
    return pa.table(
        {
            "cell_id": pa.array([Path(path).stem for path, _, _ in rows]),
            "cell_type": pa.array([kind for _, _, kind in rows]),
            "defect_probability": pa.array([float(p) for _, p, _ in rows]),
            "content": pa.array([(folder / path).read_bytes() for path, _, _ in rows], pa.binary()),
        }
    )


def levels(content: bytes) -> NDArray[np.uint8]:
    """Decode a grey image to (128, 128, 3) levels, as the network takes them."""
    with Image.open(io.BytesIO(content), formats=["PNG"]) as image:
        size = (NETWORK_SIZE, NETWORK_SIZE)
        return np.asarray(image.convert("RGB").resize(size, Image.Resampling.BICUBIC))


def elpv_quality(cells: pd.DataFrame) -> pd.DataFrame:
    """Judge each cell by models that did not learn from it, in five folds, and measure.

    Args:
        cells: `cell_type`, `defect_probability`, `embedding`, `brightness`, `contrast`.

    Returns:
        A row for each recipe and each type of cells, and for all: AUC with its 95 % interval
        (bootstrap over cells), average precision, accuracy.
    """
    is_defective = cells["defect_probability"].to_numpy() > DEFECTIVE_ABOVE
    kinds = cells["cell_type"].to_numpy()
    strata = np.char.add(kinds.astype(str), is_defective.astype(str))
    folds = list(StratifiedKFold(_FOLDS, shuffle=True, random_state=0).split(strata, strata))
    rows = []
    for recipe, judge in _recipes(cells, is_defective).items():
        said = np.empty(len(cells))
        for learned, judged in folds:
            said[judged] = judge(learned, judged)
        for kind in ("all", *np.unique(kinds)):
            chosen = (kinds == kind) | (kind == "all")
            rows.append(
                {"recipe": recipe, "cell_type": kind}
                | _measured(is_defective[chosen], said[chosen])
            )
    return pd.DataFrame(rows)


def _recipes(cells: pd.DataFrame, is_defective: NDArray[np.bool_]) -> dict[str, Judge]:
    """The factory's detector, and what needs no network."""
    embeddings = np.stack(cells["embedding"].to_numpy()).astype(np.float64)
    photographs = Photographs(embeddings, np.where(is_defective, "defect", SOUND))
    grey = cells[["brightness", "contrast"]].to_numpy()

    def detector(learned: NDArray[np.intp], judged: NDArray[np.intp]) -> Floats:
        return defect_probability(fit_detector(None, photographs.take(learned)), embeddings[judged])

    def brightness(learned: NDArray[np.intp], judged: NDArray[np.intp]) -> Floats:
        fitted = make_pipeline(StandardScaler(), LogisticRegression())
        fitted.fit(grey[learned], is_defective[learned])
        return np.asarray(fitted.predict_proba(grey[judged])[:, 1])

    def prior(learned: NDArray[np.intp], judged: NDArray[np.intp]) -> Floats:
        return np.full(len(judged), is_defective[learned].mean())

    return {"detector": detector, "brightness and contrast": brightness, "share of defects": prior}


def _measured(is_defective: NDArray[np.bool_], said: Floats) -> dict[str, float]:
    rng = np.random.default_rng(0)
    draws = [rng.integers(len(said), size=len(said)) for _ in range(_DRAWS)]
    aucs = [
        roc_auc_score(is_defective[draw], said[draw])
        for draw in draws
        if 0 < is_defective[draw].sum() < len(draw)
    ]
    low, high = np.quantile(aucs, (0.025, 0.975))
    return {
        "n_cells": len(said),
        "n_defective": int(is_defective.sum()),
        "auc": float(roc_auc_score(is_defective, said)),
        "auc_low": float(low),
        "auc_high": float(high),
        "average_precision": float(average_precision_score(is_defective, said)),
        "accuracy": float(((said > DEFECTIVE_ABOVE) == is_defective).mean()),
    }
