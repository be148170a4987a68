"""Generators make what was asked for, and the studies of them tell good ones from bad."""

import numpy as np
import pandas as pd
import pytest

from electronics.synthesis import GENERATORS, TABLE_GENERATORS, synthesise, synthesise_table
from electronics.synthesis.cvae import ConditionalVAE

SIZE = 12
NAMES = np.array(["crack", "dent", "none"])


@pytest.fixture(scope="module")
def photographs():
    """Three classes well apart, one of them scarce."""
    rng = np.random.default_rng(0)
    kinds = np.repeat([0, 1, 2], [60, 8, 90])
    centres = 4 * rng.standard_normal((3, SIZE))
    return centres[kinds] + rng.standard_normal((len(kinds), SIZE)), NAMES[kinds], centres


@pytest.fixture(scope="module")
def repairs():
    """A cost that follows from brand and severity; ages are sometimes unknown."""
    rng = np.random.default_rng(0)
    n = 200
    brand = rng.choice(["Auro", "Nimbus"], n, p=[0.7, 0.3])
    severity = rng.random(n).round(2)
    cost = np.where(brand == "Auro", 100, 20) + 50 * severity + rng.normal(0, 2, n)
    return pd.DataFrame(
        {
            "brand": brand,
            "is_under_warranty": rng.random(n) < 0.4,
            "device_age_days": pd.Series(rng.integers(1, 900, n))
            .mask(rng.random(n) < 0.1)
            .astype("Int32"),
            "severity": severity,
            "repair_cost": cost.round(2),
        }
    )


@pytest.mark.parametrize("generator", GENERATORS)
def test_made_embeddings_look_like_the_class_that_was_asked_for(photographs, generator):
    known, labels, centres = photographs
    made, names = synthesise(known, labels, {"dent": 40, "crack": 20}, 0, generator)
    assert made.shape == (60, SIZE)
    assert names.tolist() == ["dent"] * 40 + ["crack"] * 20
    nearest = ((made[:, None] - centres) ** 2).sum(axis=2).argmin(axis=1)
    assert (NAMES[nearest] == names).mean() > 0.9
    assert (made >= known.min(axis=0)).all()
    assert (made <= known.max(axis=0)).all()


@pytest.mark.parametrize("generator", GENERATORS)
def test_a_seed_makes_the_same_embeddings_again_and_another_does_not(photographs, generator):
    known, labels, _ = photographs
    first, again, other = (
        synthesise(known, labels, {"dent": 10}, seed, generator)[0] for seed in (0, 0, 1)
    )
    assert (first == again).all()
    assert (first != other).any()


def test_the_autoencoder_follows_its_gradient():
    rng = np.random.default_rng(0)
    rows, classes = rng.standard_normal((7, 5)), np.eye(2)[rng.integers(0, 2, 7)]
    network = ConditionalVAE(0, steps=0).fit(rows, classes)
    state = network._rng.bit_generator.state

    gradients = network._gradients(rows, classes)
    for name, weights in network._weights.items():
        place = (0,) * weights.ndim
        kept, losses = weights[place], []
        for step in (-1e-5, 1e-5):
            weights[place] = kept + step
            network._rng.bit_generator.state = state
            losses.append(_loss(network, rows, classes))
        weights[place] = kept
        slope = (losses[1] - losses[0]) / 2e-5
        assert gradients[name][place] == pytest.approx(slope, rel=1e-4, abs=1e-7), name


def _loss(network, x, y):
    """The negative evidence lower bound, written down once more."""
    w = network._weights
    hidden = np.tanh(np.hstack([x, y]) @ w["encode"] + w["encode bias"])
    mean, log_var = np.split(hidden @ w["latent"] + w["latent bias"], 2, axis=1)
    z = mean + np.exp(log_var / 2) * network._rng.standard_normal(mean.shape)
    decoded = np.tanh(np.hstack([z, y]) @ w["decode"] + w["decode bias"])
    error = decoded @ w["output"] + w["output bias"] - x
    noise = w["log variance"]
    seen = (noise + error**2 / np.exp(noise)).sum() / 2
    divergence = (mean**2 + np.exp(log_var) - 1 - log_var).sum() / 2
    return (seen + divergence) / len(x)


@pytest.mark.parametrize(
    ("counts", "generator", "message"),
    [({"dent": 1}, "gan", "no generator 'gan'"), ({"water": 1}, "cvae", "no examples of water")],
)
def test_what_cannot_be_made_is_an_error_that_says_so(photographs, counts, generator, message):
    known, labels, _ = photographs
    with pytest.raises(ValueError, match=message):
        synthesise(known, labels, counts, 0, generator)


@pytest.mark.parametrize("generator", TABLE_GENERATORS)
def test_made_rows_have_the_tables_columns_types_and_ranges(repairs, generator):
    made = synthesise_table(repairs, 150, 0, generator)
    assert made.dtypes.to_dict() == repairs.dtypes.to_dict()
    assert len(made) == 150
    assert set(made["brand"]) <= {"Auro", "Nimbus"}
    assert made["severity"].between(0, 1).all()
    assert 0 < made["device_age_days"].isna().mean() < 0.3
    assert made.equals(synthesise_table(repairs, 150, 0, generator))
    assert not made.equals(synthesise_table(repairs, 150, 1, generator))


@pytest.mark.parametrize("generator", TABLE_GENERATORS)
def test_made_rows_keep_what_hangs_together(repairs, generator):
    made = synthesise_table(repairs, 300, 0, generator)
    means = made.groupby("brand")["repair_cost"].mean()
    assert means["Auro"] - means["Nimbus"] > 30


def test_an_unknown_generator_of_tables_is_an_error(repairs):
    with pytest.raises(ValueError, match="no generator 'gan'; there are flow_matching"):
        synthesise_table(repairs, 1, 0, "gan")
