"""What a format takes out of a file: text, blocks that no sentence crosses, and what the file says of itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """The span `text[start:end]` that no sentence crosses; `whole` blocks are one sentence each, as they stand."""

    start: int
    end: int
    heading: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is said of a document, as it is written there, in the file or beside it; empty: nothing is."""

    title: str = ""
    date: str = ""
    source: str = ""
    url: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Extracted:
    """A file's text and its blocks, in order; the first `body` characters are front matter.

    `markdown`: inline marks stand in the text as they do in the file, and people see it rendered.
    """

    text: str
    blocks: Sequence[Block]
    metadata: Metadata = Metadata()
    body: int = 0
    markdown: bool = False


def trimmed(text: str, blocks: Iterable[Block]) -> list[Block]:
    """Return blocks without white space at their ends, and without those in which there is nothing else."""
    found = (_trimmed(text, block) for block in blocks)
    return [block for block in found if block.start < block.end]


def _trimmed(text: str, block: Block) -> Block:
    part = text[block.start : block.end]
    start = block.start + len(part) - len(part.lstrip())
    return Block(start, max(start, block.start + len(part.rstrip())), block.heading, block.whole)
