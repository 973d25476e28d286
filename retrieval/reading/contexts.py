"""The text that a reading model reads of a passage, and the way back to the document."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.text.days import DAY_OR_WEEKDAY
from retrieval.text.markup import visible_text
from retrieval.text.patterns import regex
from retrieval.text.words import QuestionWord, stems
from retrieval.values import Document, Sentence

_HEAD = 400  # characters, in which a document says where it is from, or where that was which it tells of
_PLACE = regex(  # "Makassar, Indonesia, 9–10 September 2025", "JAKARTA (Antara) – …"
    rf"^\W{{0,4}}(?P<where>[^\n.!?:;|]{{2,60}}?)[,(]?\s*(?:\s[-–—]\s|(?<!\w){DAY_OR_WEEKDAY})",
    re.MULTILINE | re.IGNORECASE,
)
_NAME = regex(r"(?<![\w'’-])[A-Z][\w'’-]*\w(?: [A-Z][\w'’-]*\w)*")


@dataclass(frozen=True, slots=True)
class Context:
    """A passage as a reading model reads it: the document's title, then the sentences as people see them.

    Behind the title comes what the document's head alone has of the names that are asked for: where the meeting was.
    `spans` are the places of `sentences` in `text`; a heading that only says the title again has an empty one, unless
    it is all that there is.
    """

    text: str
    sentences: tuple[Sentence, ...]
    spans: tuple[tuple[int, int], ...]


def read_context(document: Document, sentences: Sequence[Sentence], asked: Sequence[QuestionWord] = ()) -> Context:
    """Put together what is read of a passage, for a question of these words."""
    title = ", ".join(filter(None, (document.title, " ".join(_only_in_head(document, sentences, asked)))))
    text = f"{title}:" if title else ""
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


def _only_in_head(document: Document, sentences: Sequence[Sentence], asked: Sequence[QuestionWord]) -> list[str]:
    """Return the places in a document's head that a question names, and neither the passage nor the title.

    They stand before a day, or a dash; a word that the document also writes in small letters is none.
    """
    named = frozenset[str]().union(*(word.stems for word in asked))
    head = document.text[document.body : document.body + _HEAD]
    names = [name for name in dict.fromkeys(_NAME.findall(head)) if named.issuperset(stems(name, document.language))]
    if not names:
        return []
    texts = (document.title, *map(document.text_of, sentences))
    there = {stem for text in texts for stem in stems(text, document.language)}
    places = {name for match in _PLACE.finditer(head) for name in _NAME.findall(match["where"])}
    return [
        name
        for name in names
        if name in places
        and there.isdisjoint(stems(name, document.language))
        and not re.search(rf"\b{re.escape(name.casefold())}\b", document.text)
    ]
