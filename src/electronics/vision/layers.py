"""Which layers of SqueezeNet 1.1 are used: all but the end of its last fire module and its classes.

Each fire module squeezes to few channels with 1×1 kernels, then expands with 1×1 and 3×3 ones.
"""

FIRE_MODULES = ("fire2", "fire3", "fire4", "fire5", "fire6", "fire7", "fire8")
POOLED_AFTER = ("fire3", "fire5")
"""A 3×3 max-pool of stride 2 follows these, as it follows the stem."""

LAYERS = (
    "conv1",
    *(
        f"{fire}/{part}"
        for fire in FIRE_MODULES
        for part in ("squeeze1x1", "expand1x1", "expand3x3")
    ),
    "fire9/squeeze1x1",
)
