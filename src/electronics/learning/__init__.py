"""What better data is worth, the algorithm being the same, and which labels to ask for."""

from electronics.learning.active_learning import Pool, active_learning_experiments
from electronics.learning.asking import STRATEGIES, Unlabelled, margin_uncertainty
from electronics.learning.data import Sources
from electronics.learning.data_centric import data_centric_experiments
from electronics.learning.out_of_fold import device_folds, out_of_fold
from electronics.learning.suspects import of_devices, suspects

__all__ = [
    "STRATEGIES",
    "Pool",
    "Sources",
    "Unlabelled",
    "active_learning_experiments",
    "data_centric_experiments",
    "device_folds",
    "margin_uncertainty",
    "of_devices",
    "out_of_fold",
    "suspects",
]
