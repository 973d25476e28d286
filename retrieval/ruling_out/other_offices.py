"""What is said of a deputy does not answer what is asked of whom they stand in for, nor the other way round.

Nor does the name of somebody who is only told of together with who holds an office.
"""

import re
from collections.abc import Collection

from retrieval.questions.kinds import WHO_FIRST, asks_holder
from retrieval.text.headings import titles_above
from retrieval.text.labels import LABELLED, ends_sentence
from retrieval.text.markup import visible_text
from retrieval.text.names import NAME_WORD, names_had, names_within
from retrieval.text.offices import ACTING, AN_OFFICE, DEPUTY, OFFICE, names_besides_offices, offices_in_full
from retrieval.text.patterns import regex
from retrieval.text.table_rows import cells_of
from retrieval.text.words import has_each, has_only, question_stems, stems, subject_stems
from retrieval.values import Reading

_OFFICE_OF = regex(rf"(?i:\b(?P<office>{OFFICE}) (?:of|for) (?:the )?)(?P<whose>{NAME_WORD}(?: {NAME_WORD})*)")
_STANDS_IN = regex(  # "deputy prime minister", "vice-chancellor", "wakil ketua"
    rf"\b(?:(?P<deputy>{DEPUTY})|(?P<acting>{ACTING}))\)?[\s-]+"
    r"(?:(?!(?:the|an?|and|of|to|for|by|with|dan|dari|kepada)\b)[\w-]+\s+){0,2}\Z",
    re.IGNORECASE,
)
_ALONE = regex(r"\b(?:deputy|vice|wakil)(?:nya)?\b(?!\s+rakyat)", re.IGNORECASE)
_TOGETHER_WITH = regex(r"\b(?:with|and|to|from|than|against|dengan|bersama|dan|kepada|dari) (?:the )?\Z", re.IGNORECASE)
_OF_THOSE_BEFORE = regex(rf"\W*(?:Its|Their|His|Her) (?:[\w-]+ ){{0,2}}?{OFFICE}\b")
_POINTS_BACK = regex(r"\b(?:it|its|he|his|she|her|they|their|this|these|that|those)\b", re.IGNORECASE)
_GENERAL = regex(r"head|leader|chief|officer|kepala|ketua", re.IGNORECASE)  # which others are, too
_FIRST = regex(r"\b(?:first|founding|pertama|since|sejak)\b", re.IGNORECASE)
_IS_NOW = regex(rf"\b{OFFICE}\b[^.;]{{0,40}}? (?:is|adalah|ialah)\s+\Z", re.IGNORECASE)
_OR = regex(r"\b(?:or|atau)\b", re.IGNORECASE)
_FOOTNOTES = regex(r"(?:\[\w+\])+\s*\Z")
_AS = regex(r"\W{0,3}(?:as|sebagai|selaku)\b", re.IGNORECASE)
_LONGEST_LINE, _LONGEST_LABELLED = 100, 250  # characters of a line of a list
_PAIR = 2  # cells: a label and its value
_HOLDER, _DEPUTY, _ACTING = "holder", "deputy", "acting"


def is_of_other_offices(question: str, reading: Reading) -> bool:
    """Tell whether a sentence has an office of a question only with "deputy", or only without.

    Who is acting in an office may be asked for as if holding it. Nor is who is asked for marked behind the office and
    "with", "The mayor met with Ana Lim", with the office of something else, "the minister of Peru", or with none.
    """
    asked, document = _offices(question), reading.hit.document
    if not asked:
        return False
    if WHO_FIRST.search(question) and _names_no_holder(question, asked, reading):
        return True
    said = _offices(visible_text(reading.text, markdown=document.markdown))
    above = _offices("\n".join(titles_above(reading)))
    for office, meant in asked.items():
        fitting = meant | {_ACTING} if _HOLDER in meant else meant
        there = said.get(office, set())
        if _DEPUTY in meant and _ALONE.search(reading.text):  # "the mayor and her deputy"
            continue
        if there and fitting.isdisjoint(there | above.get(office, set())):
            return True
    return False


def _names_no_holder(question: str, offices: Collection[str], reading: Reading) -> bool:
    """Tell whether what is marked cannot be the name of who holds one of the offices that a question asks for.

    It only says the question again, but for one of those it names, or the line has no such office.
    """
    if reading.marked and has_only(subject_stems(question), reading.marked) and not _OR.search(question):
        return True
    if asks_holder(question) and (
        _is_line_without(offices, question, reading)
        or _is_of_those_before(question, reading)
        or _holds_it_now(question, reading)
    ):
        return True
    return _is_told_with(question, reading) or _is_of_something_else(question, offices, reading)


def _is_line_without(offices: Collection[str], question: str, reading: Reading) -> bool:
    """Tell whether a short line, or one with a label, has none of some offices, nor what stands above it.

    Nor has its label a word of the question: "Media contact" tells the media officer.
    """
    text = _FOOTNOTES.sub("", reading.text)
    labelled = LABELLED.fullmatch(text)
    label = stems(labelled["label"], reading.hit.document.language) if labelled else []
    if any(not forms.isdisjoint(label) for forms in question_stems(question)):
        return False
    is_row = len(cells_of(reading.hit.document, reading.sentence)) > _PAIR
    is_line = len(text) <= (_LONGEST_LABELLED if labelled else _LONGEST_LINE)
    around = offices_in_full("\n".join([text, *titles_above(reading)]))
    has_one = any(re.search(rf"\b{office}(?:s|es|nya)?\b", around, re.IGNORECASE) for office in offices)
    return is_line and not (is_row or ends_sentence(text) or has_one)


def _holds_it_now(question: str, reading: Reading) -> bool:
    """Tell whether a sentence only says who holds an office, "The manager is Ana Lim", where the first one is meant."""
    begin = reading.highlight[0] if reading.highlight else reading.sentence.start
    before = reading.hit.document.text[reading.sentence.start : begin]
    return bool(_FIRST.search(question) and _IS_NOW.search(before)) and not _FIRST.search(reading.text)


def _is_of_those_before(question: str, reading: Reading) -> bool:
    """Tell whether "its director" is of those whom the sentence before names, and no name of the question is there."""
    sentences, place = reading.hit.passage.sentences, reading.hit.passage.sentences.index(reading.sentence)
    names = names_besides_offices(question)
    if not (names and place and _OF_THOSE_BEFORE.match(reading.text)):
        return False
    before = reading.hit.document.text_of(sentences[place - 1])
    around = "\n".join([before, reading.text, *titles_above(reading)])
    return bool(names_within(before)) and not (_POINTS_BACK.search(before) or names_had(around, names))


def _is_told_with(question: str, reading: Reading) -> bool:
    """Tell whether all that a question says stands before what is marked, which only "with" or the like leads to."""
    document, marked = reading.hit.document, reading.highlight
    before = document.text[reading.sentence.start : marked[0]] if marked else ""
    if marked and _AS.match(document.text, marked[1]):  # "and Ana Lim as chair"
        return False
    return _TOGETHER_WITH.search(before) is not None and has_each(subject_stems(question), before, document.language)


def _is_of_something_else(question: str, offices: Collection[str], reading: Reading) -> bool:
    """Tell whether a sentence has one of the offices, of a name that the question has not, and no name that it has.

    Or it has another office, "governor of Orla", of whose the question asks for the mayor. Names that stand above tell
    nothing: a question that goes on from an answer has all of its title.
    """
    said = [(match["office"].casefold(), match["whose"].split()) for match in _OFFICE_OF.finditer(reading.text)]
    if not (names_had(reading.text, offices) or any(map(_GENERAL.fullmatch, offices))):
        return asks_holder(question) and any(names_had(question, whose) == set(whose) for _, whose in said)
    above = "\n".join(titles_above(reading))
    names = [name for name in names_besides_offices(question) if not names_had(above, [name])]
    if not names or names_had(reading.text, names):
        return False
    return any(office in offices and not names_had(question, whose) for office, whose in said)


def _offices(text: str) -> dict[str, set[str]]:
    """Return the offices in a text, and for each whether that is of who holds it, their deputy or who acts in it."""
    text = offices_in_full(text)
    found: dict[str, set[str]] = {}
    for match in AN_OFFICE.finditer(text):
        stands_in = _STANDS_IN.search(text, 0, match.start())
        kind = _HOLDER if stands_in is None else _DEPUTY if stands_in["deputy"] else _ACTING
        found.setdefault(match[0].casefold(), set()).add(kind)
    return found
