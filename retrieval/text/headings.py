"""Headings, also those that a file does not mark as such: lines in bold or in capitals above what follows."""

from retrieval.text.patterns import regex
from retrieval.values import Document, Passage, Reading, Sentence

_SET_OFF = regex(r"\*\*(?P<bold>[^*\n]{1,120})\*\*|(?P<capitals>[A-Z][^a-z\n]{3,119})")
_BELOW = regex(r"[ \t]*\r?\n[\s>*_•-]*+\w")
_QUOTES, _ENDS = '"“”«»', (".", "!", "?", ":", ";", ",", "…")


def stands_as_heading(document: Document, sentence: Sentence) -> bool:
    """Tell whether a sentence is a heading, or a line in bold or capitals above what begins as below one.

    One that ends as a sentence does, or is quoted, is said itself; above what goes on in small letters, it is begun.
    """
    if sentence.heading:
        return True
    match = _SET_OFF.fullmatch(document.text, sentence.start, sentence.end)
    if match is None:
        return False
    text = (match["bold"] or match["capitals"]).strip()
    before = document.text[document.text.rfind("\n", 0, sentence.start) + 1 : sentence.start]
    below = _BELOW.match(document.text, sentence.end)
    stands = not before.strip() and below is not None and not below[0][-1].islower()
    return stands and not text.endswith(_ENDS) and set(_QUOTES).isdisjoint(text)


def headings_above(document: Document, passage: Passage, sentence: Sentence) -> list[str]:
    """Return the headings of a passage below which a sentence stands.

    They are the last one before it, and those that another follows at once, as that of a chapter does.
    """
    before = [one for one in passage.sentences if one.start < sentence.start]
    headings = [number for number, one in enumerate(before) if one.heading]
    kept = (number for number in headings if number == headings[-1] or before[number + 1].heading)
    return [document.text_of(before[number]) for number in kept]


def titles_above(reading: Reading) -> list[str]:
    """Return the title of a reading's document, and the headings of its passage below which its sentence stands."""
    return [reading.hit.document.title, *headings_above(reading.hit.document, reading.hit.passage, reading.sentence)]


def beginning_of(document: Document, length: int) -> str:
    """Return what says of what a document is: its title, and so many characters of its text from its beginning on."""
    return f"{document.title}\n{document.text[document.body : document.body + length]}"


def heading_level(text: str, start: int) -> int:
    """Return the number of signs before a heading of Markdown that begins at a place; 0 of what has none."""
    return text.count("#", text.rfind("\n", 0, start) + 1, start)
