"""The command `goldloop-chat`, which belongs to the reference pipeline and says so without it."""

import sys


def main() -> int:
    """Start the pipeline's chat; return 2 where the pipeline is not installed."""
    try:
        from electronics.dialogue.terminal import main as chat
    except ModuleNotFoundError as error:
        if not (error.name or "").startswith("electronics"):
            raise
        print(
            "error: goldloop-chat talks to the models of Goldloop's reference pipeline, which the "
            "package does not hold: run `make build` in a checkout, then .venv/bin/goldloop-chat.",
            file=sys.stderr,
        )
        return 2
    return chat()
