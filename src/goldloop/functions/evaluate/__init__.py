"""Functions that tell how good a model is, and how its training went."""

from goldloop.functions.evaluate.confusion_matrix import CONFUSION_MATRIX
from goldloop.functions.evaluate.evaluate import EVALUATE, stored_metrics
from goldloop.functions.evaluate.reconstruction_loss import RECONSTRUCTION_LOSS
from goldloop.functions.evaluate.roc_curve import ROC_CURVE
from goldloop.functions.evaluate.training_info import TRAINING_INFO
from goldloop.functions.evaluate.trial_info import TRIAL_INFO

EVALUATIONS = (
    EVALUATE,
    ROC_CURVE,
    CONFUSION_MATRIX,
    RECONSTRUCTION_LOSS,
    TRAINING_INFO,
    TRIAL_INFO,
)

__all__ = ["EVALUATE", "EVALUATIONS", "stored_metrics"]
