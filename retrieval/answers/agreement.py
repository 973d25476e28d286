"""Whether sources give the same answer, judged by the words of the answers, and in which order to cite them."""

from collections.abc import Sequence
from itertools import zip_longest

from retrieval.text.answer_words import CURRENCIES, answer_words, words_agree
from retrieval.text.dates import dates_tell
from retrieval.text.markup import visible_parts
from retrieval.text.patterns import regex
from retrieval.values import Reading

_DOLLAR_KIND = regex(r"\b[^\W\d]{1,2}\Z")  # the "A" of "A$"
_SIGN_BEFORE = regex(rf"(?:(?<![\w)])[-−–]|[{CURRENCIES}])")  # a number: part of what it says


def cited_together(readings: Sequence[Reading], most: int) -> tuple[list[Reading], bool]:
    """Choose what to cite of one reading a document, best first, and tell whether it disagrees.

    The same answers stand together. Of different answers each comes into the choice, as far as there is room: beside
    the surest those of the newest documents, where the dates tell; they are cited in order of time, each first by the
    newest that gives it.
    """
    groups = _answers(readings)
    if len(groups) > 1 and dates_tell([reading.hit.document.date for reading in readings]):
        groups = [
            sorted(group, key=lambda one: (one.confidence >= group[0].confidence / 2, _date(one)), reverse=True)
            for group in groups
        ]
        groups[1:] = sorted(groups[1:], key=lambda group: max(map(_date, group)), reverse=True)
    by_turns = [reading for turn in zip_longest(*groups) for reading in turn if reading]
    chosen = by_turns[:most]
    kept = [[reading for reading in group if reading in chosen] for group in groups]
    disagree = len(groups) > 1
    if disagree and dates_tell([reading.hit.document.date for reading in chosen]):
        for group in kept:
            group.sort(key=_date, reverse=True)
        kept = sorted(filter(None, kept), key=lambda group: _date(group[0]), reverse=True)
    return [reading for group in kept for reading in group], disagree


def same_answer(one: Reading, other: Reading) -> bool | None:
    """Tell whether two readings give the same answer; None where their words cannot tell.

    Words cannot tell of documents in two languages, nor where no answer is marked in a sentence.
    """
    if _words(one, one.sentence.start, one.sentence.end) == _words(other, other.sentence.start, other.sentence.end):
        return True
    if not (one.highlight and other.highlight):
        return None
    words, others = _words(one, *one.highlight), _words(other, *other.highlight)
    if not (words and others):
        return None
    if words_agree(words, others):
        return True
    return False if one.hit.document.language == other.hit.document.language else None


def _date(reading: Reading) -> str:
    return reading.hit.document.date or ""


def _answers(readings: Sequence[Reading]) -> list[list[Reading]]:
    """Group readings, best first, by their answers; what cannot be told joins the first that it may agree with."""
    groups: list[list[Reading]] = []
    for reading in readings:
        for group in groups:
            if all(same_answer(reading, other) is not False for other in group):
                group.append(reading)
                break
        else:
            groups.append([reading])
    return groups


def _words(reading: Reading, start: int, end: int) -> list[str]:
    """Return the words that are seen of a span in a reading's sentence."""
    document, sentence = reading.hit.document, reading.sentence
    text = document.text_of(sentence)
    if document.text[start].isdecimal() and _SIGN_BEFORE.match(document.text, max(sentence.start, start - 1), start):
        start -= 1
    if document.text[start] == "$" and (kind := _DOLLAR_KIND.search(document.text, sentence.start, start)):
        start = kind.start()
    span = start - sentence.start, end - sentence.start
    _, seen, _ = visible_parts(text, span, markdown=document.markdown)
    return answer_words(seen)
