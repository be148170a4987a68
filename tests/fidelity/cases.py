"""Every case, a module a subject; add a module's CASES to `ALL`."""

from .linear_models import CASES as LINEAR_MODELS
from .trees import CASES as TREES
from .unsupervised import CASES as UNSUPERVISED

ALL = (*LINEAR_MODELS, *TREES, *UNSUPERVISED)
