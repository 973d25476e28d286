"""Whether sources give the same answer, judged by the words of the answers, and in which order to cite them."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from itertools import pairwise, zip_longest

from retrieval.text.amounts import with_amounts
from retrieval.text.dates import MONTH
from retrieval.text.days import in_words
from retrieval.text.markup import RAISED, visible_parts
from retrieval.values import Reading

_NUMBER = r"\d+(?:[.,]\d+)*"
_CURRENCIES = "$€£¥₹"
_WORD = re.compile(  # "3-1" is one: a score, a range; "A$" is another currency than "$"
    rf"{_NUMBER}(?:[-:/]{_NUMBER})*|\b[^\W\d]{{1,2}}\$|[^\W\d]+|[{_CURRENCIES}]"
)
_DOLLAR_KIND = re.compile(r"\b[^\W\d]{1,2}\Z")  # the "A" of "A$"
_SIGN_BEFORE = re.compile(rf"(?:(?<![\w)])[-−–]|[{_CURRENCIES}])")  # a number: part of what it says
_RAISED = re.compile(f"[{RAISED}]+")


def _without_signs(match: re.Match[str]) -> str:
    return re.sub("[.,]", "", match[0])


def _hour_of_day(match: re.Match[str]) -> str:
    return f"{int(match['hour']) % 12 + 12 * (match['half'] == 'p')}.{match['minute'] or '00'}"


_WRITTEN: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern), form)
    for pattern, form in (
        (r"(?<!\d)(?<!\d[.,])[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*(?!\d|\1\d)", _without_signs),  # of thousands
        (r"(?<=\d),(?=\d)", "."),  # of decimals
        (r"(?<=\d)(?:st|nd|rd|th)\b", ""),
        (rf"(?<=\d) of (?={MONTH}\b)", " "),
        (r"(?<![\w.,:])(?P<hour>1[0-2]|0?\d)(?:[.:](?P<minute>\d\d))? ?(?P<half>[ap])\.? ?m\b", _hour_of_day),
        (r"(?<![\w.,:])([01]?\d|2[0-3]):([0-5]\d)(?![\w:])", r"\1.\2"),  # a time, as it is written in Indonesian
        (r"\b(?:[^\W\d_]\.){2,}", lambda match: match[0].replace(".", "")),  # "U.S."
        (r"\bus ?(?=\$|dollars?\b)|(?<=\bdolar) as\b", ""),
        (rf"((?:[$€£]|\b(?:usd|eur|gbp)) ?{_NUMBER}) ?m\b", r"\1 million"),
        (r"(?<=\d) ?m (?=(?:euro|dollar|pound)s?\b)", " million "),
        (rf"(\brp[. ]*{_NUMBER}) ?m\b", r"\1 miliar"),
        (r"%|\b(?:per cent|persen)\b", " percent "),
        (r"(?<![\w.,])[-−–](?=\d)", " minus "),
        ("–", "-"),
    )
)
"""What of an answer is written in several ways, and what stands for it, one after the other."""
_ARTICLES = {"a", "an", "the"}
_FORMS = {  # of the same thing
    form: forms[0]
    for forms in map(
        str.split,
        """
        $ usd dollar dollars dolar|€ eur euro euros
        |£ gbp pound pounds|rp idr rupiah|people persons person orang jiwa warga|kg kilogram kilograms kilos
        |km kilometer kilometers kilometre kilometres|m meter meters metre metres|ha hectare hectares hektar hektare
        |january januari jan|february februari feb|march maret mar|april apr|may mei|june juni jun
        |july juli jul|august agustus aug agu agt|september sep sept|october oktober oct okt|november nov
        |december desember dec des
        |monday mon senin|tuesday tue tues selasa|wednesday wed rabu|thursday thu thur thurs kamis|friday fri jumat
        |saturday sat sabtu|sunday sun minggu
        """.split("|"),
    )
    for form in forms
}
_TURNING = frozenset(
    """no non not never neither nor without except minus less fewer under deputy vice acting former ex
    hundred thousand million billion trillion percent half third quarter quarters
    dozen dozens hundreds thousands millions billions
    tidak tak bukan belum tanpa tiada kecuali selain kurang wakil mantan eks ratus ribu juta miliar triliun setengah
    seperempat belasan puluhan ratusan ribuan jutaan miliaran""".split()
)
_OF_A_NUMBER = {"over", "above", "below", "beyond"}  # turn it only right before one
_OF_A_ROLE = {"elect", "candidate", "calon", "plt"}  # turn it where nobody is named
_COUNTED = {"people"}


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


def dates_tell(dates: Sequence[str | None]) -> bool:
    """Tell whether ISO dates, to the day, the month or the year, put documents in order of time.

    They do not where one is unknown, where all are equal, or where one may lie within another, as 2022-11 in 2022.
    """
    known = {date for date in dates if date}
    within = any(one != other and one.startswith(other) for one in known for other in known)
    return all(dates) and len(known) > 1 and not within


def newer(date: str | None, other: str | None) -> bool:
    """Tell whether a document's ISO date is surely later than another's."""
    return dates_tell([date, other]) and (date or "") > (other or "")


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


def answer_words(text: str) -> list[str]:
    """Return the words of an answer as people see it, in a form in which they compare.

    "Three" is "3", "5 million dollars" is as "$5,000,000" but for the order, "28 Nov." is "28 November", "1:21 p.m." is
    "13.21". "$" and "dollars" are American ones where nothing else is said.
    """
    plain = in_words(unicodedata.normalize("NFKC", _RAISED.sub("", text)), day_first=False).casefold()
    for pattern, form in _WRITTEN:
        plain = pattern.sub(form, plain)
    words = [_FORMS.get(word, word) for word in with_amounts(_WORD.findall(plain))]
    return words[1:] if len(words) > 1 and words[0] in _ARTICLES else words


def words_agree(words: Sequence[str], others: Sequence[str]) -> bool:
    """Tell whether answers of these words are the same, or one says what the other does and more.

    What turns the meaning round, as in "not guilty", or its size, as in "5 million", is not just more. The same words
    in another order are the same, "2 May" and "May 2", but not with their numbers in another. Initials may be left out,
    and after a number that it counts people; a whole word may not, as "Bank Rakyat Indonesia" is not "Bank Indonesia".
    """
    if not (words and others):
        return False
    if sorted(words) == sorted(others):
        return _numbers(words) == _numbers(others)
    shorter, longer = sorted((words, others), key=len)
    more = set(longer).difference(shorter)
    return (_holds(longer, shorter) or _leaves_out(longer, shorter, more)) and not _turns(longer, more)


def _turns(words: Sequence[str], more: set[str]) -> bool:
    """Tell whether those of an answer's words that another does not have turn its meaning, or its size."""
    of_numbers = {word for word, number in pairwise(words) if number[0].isdecimal()} & _OF_A_NUMBER
    return not (_TURNING | of_numbers).isdisjoint(more) or (bool(more) and more <= _OF_A_ROLE)


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
    text = document.text[sentence.start : sentence.end]
    if document.text[start].isdecimal() and _SIGN_BEFORE.match(document.text, max(sentence.start, start - 1), start):
        start -= 1
    if document.text[start] == "$" and (kind := _DOLLAR_KIND.search(document.text, sentence.start, start)):
        start = kind.start()
    span = start - sentence.start, end - sentence.start
    _, seen, _ = visible_parts(text, span, markdown=document.markdown)
    return answer_words(seen)


def _numbers(words: Sequence[str]) -> list[str]:
    return [word for word in words if word[0].isdecimal()]


def _holds(words: Sequence[str], others: Sequence[str]) -> bool:
    """Tell whether others stand in words, one after the other."""
    length = len(others)
    return any(words[begin : begin + length] == others for begin in range(len(words) - length + 1))


def _leaves_out(words: Sequence[str], others: Sequence[str], more: set[str]) -> bool:
    """Tell whether others are words but for some between the first and the last, where these say nothing else."""
    rest = iter(words)
    small = _COUNTED if _numbers(words) else {word for word in more if len(word) < 3}  # initials, "of"
    return words[0] == others[0] and words[-1] == others[-1] and more <= small and all(word in rest for word in others)
