"""What better data is worth, the algorithm being the same."""

from electronics.learning.data import Sources
from electronics.learning.data_centric import data_centric_experiments
from electronics.learning.suspects import of_devices, suspects

__all__ = ["Sources", "data_centric_experiments", "of_devices", "suspects"]
