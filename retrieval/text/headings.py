"""Headings, also those that a file does not mark as such: lines in bold or in capitals above what follows."""

import re

from retrieval.values import Document, Sentence

_SET_OFF = re.compile(r"\*\*(?P<bold>[^*\n]{1,120})\*\*|(?P<capitals>[A-Z][^a-z\n]{3,119})")
_BELOW = re.compile(r"[ \t]*\r?\n[\s>*_•-]*+\w")
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
