"""Which features of photographs the damage models learn best from, and at what cost.

    python benchmarks/photograph_features.py

For each of five worlds: customers' photographs in the order in which they land, 600 and 1,800 of
them, and the world's fixed holdout of 600. The same models on all features: principal components,
then a logistic regression (damage type) or a ridge (severity), whose penalties are chosen by
cross-validation. Errors are standard errors over the worlds; times are of one core, the least over
the worlds, as a busy machine can only add to them.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
import pandas as pd
from feature_sets import PatchWords, gradients_and_colours, pixels
from numpy.typing import NDArray
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegressionCV, RidgeCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler
from threadpoolctl import threadpool_limits

from electronics.landing.world import World
from electronics.photographs import camera, render_photograph
from electronics.vision import embed_images
from electronics.vision.squeezenet import embed_levels

SEEDS = (7, 11, 13, 17, 19)
TRAINING_SIZES = (600, 1_800)
COMPONENTS = 96
SHARP = 128
# A number that is zero in all photographs of the training set but one or two has next to no spread
# there, so that one of the holdout lies hundreds of deviations out and carries R² with it.
CLIP = FunctionTransformer(np.clip, kw_args={"a_min": -10, "a_max": 10})


@dataclass(frozen=True)
class Photographs:
    """A world's photographs as they land, the same by a sharper camera, and their truth."""

    landed: NDArray[np.uint8]
    sharp: NDArray[np.uint8]
    damage_type: NDArray[np.str_]
    severity: NDArray[np.float64]


Extractor = Callable[[Photographs], NDArray[np.float32]]


def extractors(training: Photographs) -> dict[str, Extractor]:
    """The features compared, by name; the dictionaries are of the training photographs."""
    learnt = PatchWords(training.landed[:600], is_learnt=True)
    drawn = PatchWords(training.landed[:600], is_learnt=False)
    return {
        "pixels (32×32)": lambda of: pixels(of.landed),
        "HOG + colour histograms": lambda of: gradients_and_colours(of.landed),
        "random patches": lambda of: drawn(of.landed),
        "k-means patches": lambda of: learnt(of.landed),
        "SqueezeNet, 64 pixels": lambda of: embed_images(of.landed, 64),
        "SqueezeNet, enlarged to 96": lambda of: embed_images(of.landed, 96),
        "SqueezeNet, enlarged to 128": lambda of: embed_images(of.landed, 128),
        "SqueezeNet, rendered at 128": lambda of: embed_levels(of.sharp),
    }


def main() -> None:
    """Print the table."""
    with ProcessPoolExecutor() as pool:
        worlds = list(pool.map(photographs_of, SEEDS))
    scores = pd.DataFrame(row for seed, world in zip(SEEDS, worlds, strict=True) for row in
                          scored(seed, *world))  # fmt: skip
    print(table(scores))


def photographs_of(seed: int) -> tuple[Photographs, Photographs]:
    """A world's training photographs and holdout, of one device each."""
    rows = World(seed).photographs
    rows = rows[rows["is_listed"] & (rows["in_view"] == "one_device")]
    training = rows[rows["source"] == "customer"].head(max(TRAINING_SIZES))
    return rendered(training), rendered(rows[rows["source"] == "holdout"])


def rendered(rows: pd.DataFrame) -> Photographs:
    """The photographs, at the size in which they land and at twice that."""
    captions = [
        (row.device_kind, row.damage_type, row.severity, row.view, row.render_seed)
        for row in rows.itertuples()
    ]
    landed = np.stack([render_photograph(*caption) for caption in captions])
    size = camera.PHOTOGRAPH_SIZE
    # Drawn at 128 anyway, and reduced by the camera: one that does not is a sharper one.
    camera.PHOTOGRAPH_SIZE = SHARP
    sharp = np.stack([render_photograph(*caption) for caption in captions])
    camera.PHOTOGRAPH_SIZE = size
    return Photographs(
        landed, sharp, rows["damage_type"].to_numpy(str), rows["severity"].to_numpy(float)
    )


def scored(seed: int, training: Photographs, holdout: Photographs) -> Iterator[dict]:
    """A row for each kind of features and size of the training set."""
    with threadpool_limits(limits=1):
        for name, extract in extractors(training).items():
            began = time.process_time()
            x_holdout = extract(holdout)
            milliseconds = 1000 * (time.process_time() - began) / len(x_holdout)
            x = extract(training)
            for size in TRAINING_SIZES:
                see = make_pipeline(StandardScaler(), CLIP, PCA(COMPONENTS, random_state=0))
                seen, seen_holdout = see.fit_transform(x[:size]), see.transform(x_holdout)
                damage = LogisticRegressionCV(
                    Cs=[0.001, 0.005, 0.02, 0.1], cv=3, max_iter=1000, l1_ratios=(0,),
                    use_legacy_attributes=False, scoring="accuracy",
                ).fit(seen, training.damage_type[:size])  # fmt: skip
                severity = RidgeCV(alphas=[100, 300, 1000, 3000, 10_000])
                severity.fit(seen, training.severity[:size])
                yield {
                    "features": name,
                    "size": size,
                    "numbers": x.shape[1],
                    "ms": milliseconds,
                    "accuracy": damage.score(seen_holdout, holdout.damage_type),
                    "r2": severity.score(seen_holdout, holdout.severity),
                }


def table(scores: pd.DataFrame) -> str:
    """The rows as printed: means over the worlds, with standard errors."""
    lines = [
        "                                          |   600 photographs         "
        "|   1,800 photographs",
        "features                     numbers   ms | accuracy      severity R² "
        "| accuracy      severity R²",
    ]
    for name, of_name in scores.groupby("features", sort=False):
        line = f"{name:28s} {of_name['numbers'].iloc[0]:7,d} {of_name['ms'].min():4.1f}"
        for size in TRAINING_SIZES:
            of_size = of_name[of_name["size"] == size]
            line += " |"
            for metric in ("accuracy", "r2"):
                error = of_size[metric].std() / len(of_size) ** 0.5
                line += f" {of_size[metric].mean():.3f} ± {error:.3f}"
        lines.append(line)
    return "\n".join(lines)


if __name__ == "__main__":
    main()
