"""`python -m tests.fidelity` prints docs/reference/fidelity.md."""

from .cases import ALL
from .page import answers, page

if __name__ == "__main__":
    print(page(list(answers(ALL))), end="")
