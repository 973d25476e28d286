"""A figure of another month or quarter than a question asks for does not answer it: "inflation in August 2026"."""

import re
from collections.abc import Sequence

from retrieval.questions.kinds import asks_when, asks_why
from retrieval.questions.periods import Period, asked_periods, is_of_period, named_periods, names_others
from retrieval.reading.related import related_last
from retrieval.text.dates import MONTH
from retrieval.text.days import without_days
from retrieval.text.headings import headings_above
from retrieval.text.markup import visible_text
from retrieval.text.paragraphs import paragraph_start
from retrieval.text.table_rows import cells_of
from retrieval.values import Reading

_DIGIT = re.compile(r"\d")
_COMPARES = re.compile(  # "3.9 percent, up from 3.4 percent in August", "turun 5 persen dari Agustus"
    r"\b(?:than|compared (?:with|to)|versus|vs|daripada|(?:di)?banding(?:kan)?"
    rf"|(?:from|after|against|dari|setelah)(?=\s+(?:(?:Rp|[$€£])?\s?\d|{MONTH}\b)))\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_COMPARES_WITH = re.compile(  # "half as much again as in 2023", "naik dari 2,5 juta pada tahun 2023"
    r"\b(?:as(?! of )|than|compared (?:with|to)|daripada|(?:di)?banding(?:kan)?"
    r"|(?:up|down|rose|risen|fell|fallen|increase|decrease|naik|turun|meningkat|menurun) (?:from|dari))"
    r"\s(?:[\w.,$€£ ]{0,30}?\s)?(?:in |of |pada |tahun )+(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)


def without_other_periods(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Put last, as no answer, figures of other months and quarters than a question asks for.

    That is if it asks for no time, and for no reason.

    What is told, decided or planned in a month may be of another one, and a year often stands beside what is of now: of
    3,676 questions of the training sets that are asked for a period, five lose their sentence; with years, and not for
    figures alone, it would be 72.
    """
    asked = [] if asks_when(question) or asks_why(question) else asked_periods(question)
    if not asked or any(one.is_year for one in asked):
        return related_last(readings, [one for one in readings if asked and _compares_with_year(question, one)])
    titles_tell = any(is_of_period(asked, "", title=one.hit.document.title) for one in readings)
    others = [one for one in readings if _is_of_another(asked, one, titles_tell=titles_tell)]
    return related_last(readings, others)


def _is_of_another(asked: Sequence[Period], reading: Reading, *, titles_tell: bool) -> bool:
    """Tell whether a figure is of another period, by its sentence, or else by the heading above it.

    It is not, if its paragraph names the one that is asked for before. The title counts only if that of another
    document names what is asked for; else it may only tell when it was written.
    """
    document, sentence = reading.hit.document, reading.sentence
    if not reading.highlight or not _DIGIT.search(without_days(reading.marked)):
        return False
    if _only_compares(asked, reading):
        return False
    columns = (cell.column for cell in cells_of(document, sentence))
    said = "; ".join([visible_text(reading.text, markdown=document.markdown), *columns])
    if named_periods(said) or is_of_period(asked, said):
        plans = is_of_period(asked, "", title=document.title, date=document.date)
        return names_others(asked, said) and not (plans and _is_later(said, asked))
    paragraph = document.text[paragraph_start(document, sentence.start) : sentence.start]
    if named_periods(paragraph) and is_of_period(asked, paragraph):
        return False
    headings = (
        visible_text(one, markdown=document.markdown)
        for one in reversed(headings_above(document, reading.hit.passage, sentence))
    )
    above = [*(one for one in headings if one != document.title), *([document.title] if titles_tell else ())]
    return next((names_others(asked, one) for one in above if named_periods(one)), False)


def _compares_with_year(question: str, reading: Reading) -> bool:
    """Tell whether a figure is only compared with that of the year that is asked for: "twice as much as in 2023"."""
    years = set(_YEAR.findall(question))
    document, sentence = reading.hit.document, reading.sentence
    if len(years) != 1 or _COMPARES_WITH.search(question) or not reading.highlight:
        return False
    [year] = years
    if not _DIGIT.search(document.text, *reading.highlight) or year in document.title or reading.text.count(year) != 1:
        return False
    compared = (match["year"] for match in _COMPARES_WITH.finditer(document.text, reading.highlight[1], sentence.end))
    return year in compared


def _only_compares(asked: Sequence[Period], reading: Reading) -> bool:
    """Tell whether a sentence names periods only to compare them with a figure before, that of its title's period."""
    document, sentence = reading.hit.document, reading.sentence
    compares = _COMPARES.search(document.text, reading.highlight[1], sentence.end) if reading.highlight else None
    if compares is None or not is_of_period(asked, "", title=document.title):
        return False
    before, behind = (
        document.text[start:end]
        for start, end in ((sentence.start, compares.start()), (compares.start(), sentence.end))
    )
    return not named_periods(before) and not is_of_period(asked, behind)


def _is_later(said: str, asked: Sequence[Period]) -> bool:
    """Tell whether a sentence speaks only of later periods: in one of those asked for it was a plan."""
    return all(one.is_after(other) for one in named_periods(said) for other in asked)
