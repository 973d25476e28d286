"""The words by which documents correct others: in their titles, and where they say what is right now."""

import re

from retrieval.text.amounts import NUMBER_WORD
from retrieval.text.answer_words import answer_words
from retrieval.text.patterns import regex
from retrieval.values import Document

CORRECTION_WORDS = (
    "corrections?|corrected|corrigend(?:um|a)|errat(?:um|a)|clarifications?|retractions?"
    "|ralat|koreksi|pembetulan|klarifikasi"
)
"""Matches what corrections are called, in small letters."""
_CORRECTS = regex(  # "Correction: …", "Corrections, October 2025", "… (corrected)", "2025 09 15 ralat"
    rf"\A(?:(?:first|second|third|further|new|\d+(?:st|nd|rd|th)) )?(?:{CORRECTION_WORDS})"
    rf"(?: (?:and|dan|&) (?:amplifications?|{CORRECTION_WORDS}))?"
    r"\s*(?:[:–—-]|\b(?:to|of|on|for|regarding|atas|terhadap|untuk)\b|\Z)"
    r"|\A(?:corrections|errata|clarifications|koreksi|daftar (?:ralat|koreksi|pembetulan)),? (?:(?:sent|issued"
    r"|published|made|printed|since|by|in|bulan|tahun|oleh)\b|(?:[^\W\d]+ )?(?:19|20)\d\d\Z)"
    r"|\A(?:ralat|pembetulan)\s"
    rf"|\A[\d\W_]*(?:[^:\n]{{1,40}} [–—-] )?(?:{CORRECTION_WORDS})\Z"
    rf"|[(\[](?:{CORRECTION_WORDS})[)\]]\s*\Z",
    re.IGNORECASE,
)
_LINE_OF_HEAD = regex(  # "NOTE TO EDITORS - CORRECTION"
    rf"^(?:[^a-z\n]{{0,60}}[–—:-] ?)?(?:{CORRECTION_WORDS.upper()})[ \t]*(?:$|[:–—-])", re.MULTILINE
)
_HEAD = 300  # characters
IN_A_PAPER = r"\W*(?:In|On|Dalam|Pada) (?:(?:the|our) )?(?:[^\W\d]+ ){0,2}[\"“](?P<paper>[^\"”\n]{3,120})[\"”]"
"""Matches how a correction begins that says what it corrects: "In "Harbour fee" (3 June) we said …"."""
SAYS_RIGHT = regex(  # of a figure that takes the place of one in the sentence before
    r"\A(?:(?:the )?(?:right|correct|true|actual) \w+ (?:is|was|are|were)|yang (?:benar|tepat)|seharusnya)\b[^.]*\d",
    re.IGNORECASE,
)
NOT_FIGURE = regex(  # "489, not 498", "delapan, bukan sembilan"
    r"\b(?:not|bukan)\s+(?:(?:on|in|at|about|around|some|sekitar|sebanyak|pada)\s+)?(?:Rp\s?|US)?"
    rf"(?P<wrong>[$€£]?\d[\d.,]*|(?!one\b|satu\b){NUMBER_WORD}\b)",
    re.IGNORECASE,
)
"""Matches a figure that is said to be wrong, and what says so."""
SAYS_NOW = regex(r"\b(?:not|instead|rather|should|correct\w*|now|bukan|seharusnya|yang benar)\b", re.IGNORECASE)


def is_correction(title: str) -> bool:
    """Tell whether a title says that its document corrects another."""
    return bool(_CORRECTS.search(title))


def corrects(document: Document) -> bool:
    """Tell whether a document corrects another, by its title or a line in capitals at its head."""
    head = document.text[document.body : document.body + _HEAD]
    return is_correction(document.title) or _LINE_OF_HEAD.search(head) is not None


def figures_in(text: str) -> set[str]:
    """Return the figures in a text, as they are compared."""
    return {word for word in answer_words(text) if word[0].isdecimal()}
