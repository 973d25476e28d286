"""The text that a reading model reads of a passage, and the way back to the document."""

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.text.markup import visible_text
from retrieval.values import Document, Sentence


@dataclass(frozen=True, slots=True)
class Context:
    """A passage as a reading model reads it: the document's title, then the sentences as people see them.

    `spans` are the places of `sentences` in `text`; a heading that only says the title again has an empty one, unless
    it is all that there is.
    """

    text: str
    sentences: tuple[Sentence, ...]
    spans: tuple[tuple[int, int], ...]


def read_context(document: Document, sentences: Sequence[Sentence]) -> Context:
    """Put together what is read of a passage."""
    text = f"{document.title}:" if document.title else ""
    spans = []
    for sentence in sentences:
        visible = visible_text(document.text_of(sentence), markdown=document.markdown)
        if sentence.heading and visible == document.title and len(sentences) > 1:
            visible = ""
        elif text:
            text += " "
        spans.append((len(text), len(text) + len(visible)))
        text += visible
    return Context(text, tuple(sentences), tuple(spans))
