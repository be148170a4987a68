"""A page of Markdown as its code blocks, each with the marker that says what to do with it.

The line before a block is a comment: `<!-- file: PATH -->` (the block is that file),
`<!-- run -->`, `<!-- output -->` (what the block run before prints), `<!-- as in: PAGE -->` (a
copy of lines that are run there) or `<!-- not run: REASON -->`.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).parents[2]
# Not code: nothing in them could be run.
PROSE = {"text", "mermaid"}
_BLOCK = re.compile(
    r"(?:^ *<!-- (?P<marker>[a-z ]+?)(?:: (?P<about>.+?))? -->\n)?"
    r"^ *```(?P<language>\w*)\n(?P<code>.*?)^ *```$",
    re.MULTILINE | re.DOTALL,
)
_FENCE = re.compile(r"^ *```", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """One code block: its language, its text, its marker and what the marker is about."""

    page: str
    line: int
    language: str
    code: str
    marker: str | None
    about: str | None

    def __str__(self):
        return f"{self.page}:{self.line}"


def blocks_of(page):
    """The code blocks of a page, in order; `page` is relative to the repository."""
    text = (ROOT / page).read_text(encoding="utf-8")
    blocks = []
    for found in _BLOCK.finditer(text):
        line = text.count("\n", 0, found.start("language")) + 1
        language, code, marker, about = found.group("language", "code", "marker", "about")
        blocks.append(Block(page, line, language, dedent(code), marker, about))
    assert 2 * len(blocks) == len(_FENCE.findall(text)), page
    return blocks
