"""The factory's defect detector, how one camera's numbers become another's, and what was tried."""

from electronics.factory.alignment import aligned
from electronics.factory.detector import Photographs, defect_measures, fit_detector
from electronics.factory.domain_shift import domain_shift
from electronics.factory.feedback import (
    feedback_gain,
    fit_damage_model,
    learns_from_factory,
    with_factory,
)

__all__ = [
    "Photographs",
    "aligned",
    "defect_measures",
    "domain_shift",
    "feedback_gain",
    "fit_damage_model",
    "fit_detector",
    "learns_from_factory",
    "with_factory",
]
