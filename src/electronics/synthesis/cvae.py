"""A conditional variational autoencoder in NumPy: numbers made to look like those of a class.

Kingma and Welling (2014), "Auto-encoding variational Bayes"; Sohn, Lee and Yan (2015) for the
condition; the decoder's noise is learned too, a number by column, as in Rybkin, Daniilidis and
Levine (2021), "Simple and effective VAE training with calibrated decoders".
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
HIDDEN, LATENT = 96, 12
STEPS, BATCH, LEARNING_RATE = 400, 128, 4e-3
KEPT_LOG_VARIANCE = 8.0
"""Log variances are held within ± this, so that no step overflows."""


class ConditionalVAE:
    """Encoder (x, y) → z and decoder (z, y) → x of one hidden layer (tanh) each, by Adam."""

    def __init__(self, seed: int, steps: int = STEPS) -> None:
        """Seed what is drawn: first weights, batches, noise."""
        self._rng = np.random.default_rng(seed)
        self._steps = steps

    def fit(self, rows: Array, classes: Array) -> ConditionalVAE:
        """Learn from rows (n, d) of about unit scale and their classes, one-hot (n, k)."""
        d, k = rows.shape[1], classes.shape[1]
        shapes = {
            "encode": (d + k, HIDDEN),
            "latent": (HIDDEN, 2 * LATENT),
            "decode": (LATENT + k, HIDDEN),
            "output": (HIDDEN, d),
        }
        self._weights = {
            name: self._rng.standard_normal(shape) / np.sqrt(shape[0])
            for name, shape in shapes.items()
        }
        self._weights |= {f"{name} bias": np.zeros(shape[1]) for name, shape in shapes.items()}
        self._weights["log variance"] = np.zeros(d)
        adam = _Adam(self._weights)
        for _ in range(self._steps):
            batch = self._rng.integers(0, len(rows), BATCH)
            adam.step(self._gradients(rows[batch], classes[batch]))
        return self

    def sample(self, classes: Array) -> Array:
        """Make a row for each row of classes (one-hot), the decoder's noise included."""
        w = self._weights
        z = self._rng.standard_normal((len(classes), LATENT))
        hidden = _layer(w, "decode", np.hstack([z, classes]))
        mean = hidden @ w["output"] + w["output bias"]
        noise = self._rng.standard_normal(mean.shape)
        return mean + np.exp(w["log variance"] / 2) * noise

    def _gradients(self, x: Array, y: Array) -> dict[str, Array]:
        """Of the negative evidence lower bound, averaged over the batch."""
        w, n = self._weights, len(x)
        into = np.hstack([x, y])
        hidden = _layer(w, "encode", into)
        both = hidden @ w["latent"] + w["latent bias"]
        mean, log_var = both[:, :LATENT], both[:, LATENT:]
        log_var = np.clip(log_var, -KEPT_LOG_VARIANCE, KEPT_LOG_VARIANCE)
        noise = self._rng.standard_normal(mean.shape)
        z = mean + np.exp(log_var / 2) * noise
        coded = np.hstack([z, y])
        decoded = _layer(w, "decode", coded)
        error = decoded @ w["output"] + w["output bias"] - x
        log_noise = np.clip(w["log variance"], -KEPT_LOG_VARIANCE, KEPT_LOG_VARIANCE)

        to_output = error * np.exp(-log_noise) / n
        to_decode = to_output @ w["output"].T * (1 - decoded**2)
        to_z = to_decode @ w["decode"][:LATENT].T
        to_mean = to_z + mean / n
        to_log_var = to_z * noise * np.exp(log_var / 2) / 2 + (np.exp(log_var) - 1) / (2 * n)
        to_latent = np.hstack([to_mean, to_log_var])
        to_encode = to_latent @ w["latent"].T * (1 - hidden**2)
        gradients = {
            "log variance": (1 - error**2 * np.exp(-log_noise)).sum(axis=0) / (2 * n),
        }
        for name, inputs, back in (
            ("output", decoded, to_output),
            ("decode", coded, to_decode),
            ("latent", hidden, to_latent),
            ("encode", into, to_encode),
        ):
            gradients |= {name: inputs.T @ back, f"{name} bias": back.sum(axis=0)}
        return gradients


def _layer(weights: dict[str, Array], name: str, inputs: Array) -> Array:
    return np.tanh(inputs @ weights[name] + weights[f"{name} bias"])


class _Adam:
    """Kingma and Ba (2015), with their defaults; weights are changed in place."""

    def __init__(self, weights: dict[str, Array]) -> None:
        self._weights = weights
        self._mean = {name: np.zeros_like(value) for name, value in weights.items()}
        self._square = {name: np.zeros_like(value) for name, value in weights.items()}
        self._steps = 0

    def step(self, gradients: dict[str, Array]) -> None:
        self._steps += 1
        unbiased = LEARNING_RATE * np.sqrt(1 - 0.999**self._steps) / (1 - 0.9**self._steps)
        for name, gradient in gradients.items():
            mean, square = self._mean[name], self._square[name]
            mean += 0.1 * (gradient - mean)
            square += 0.001 * (gradient**2 - square)
            self._weights[name] -= unbiased * mean / (np.sqrt(square) + 1e-8)
