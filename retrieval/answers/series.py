"""Reports of a series, as daily ones: those that a question names by number or date, and the newest of them."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from retrieval.answers.corrections import is_one
from retrieval.dates import MONTH, MONTH_NUMBERS, WEEKDAY, month_number
from retrieval.index.protocols import Index
from retrieval.reading.agreement import dates_tell
from retrieval.values import Document

_TELLS_ONE = re.compile(rf"{MONTH}|{WEEKDAY}|st|nd|rd|th|nos?|nomor|number", re.IGNORECASE)  # in a title
_LETTERS = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"#|\w+")
_NUMBER = re.compile(r"(?<![\w.,/-])\d{1,4}(?![\w/-]|[.,]\d)")
_REPORTS = frozenset(
    "report sitrep bulletin edition issue update newsletter laporan lap buletin edisi pembaruan notulen".split()
)
_MARKS = frozenset("no nos nomor number num nr ke the #".split())
_UNITS = frozenset("week minggu pekan day hari month bulan quarter triwulan".split())
_ORDINALS = {
    word: number
    for words in (
        "first second third fourth fifth sixth seventh eighth ninth tenth",
        "1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th",
        "pertama kedua ketiga keempat kelima keenam ketujuh kedelapan kesembilan kesepuluh",
    )
    for number, word in enumerate(words.split(), start=1)
}
_LEAD = (
    r"(?:\b(?:on|at|in|by|as of|up to|until|for|dated|per|pada|di|dalam|sampai|hingga|menurut|hari|tanggal|the|report"
    r"|laporan)\s+)*"
)
_DATE = re.compile(
    rf"{_LEAD}(?:\b{WEEKDAY},?\s+)?(?<![\w.,/-])(?:"
    rf"(?P<day>\d\d?)(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{MONTH})\b(?:,?\s+(?P<year>\d{{4}})\b)?"
    rf"|(?P<month_first>{MONTH})\s+(?P<day_after>\d\d?)(?:st|nd|rd|th)?\b(?:,?\s+(?P<year_last>\d{{4}})\b)?"
    r"|(?P<iso>\d{4}-\d\d-\d\d)\b"
    r"|(?:(?<=tanggal )|(?<=on the ))(?P<day_alone>\d\d?)(?:st|nd|rd|th)?(?![\w/-]))",
    re.IGNORECASE,
)
_OF_AN_EVENT = re.compile(  # "the flood of 4 March", "since 4 March"
    r"\b(?:(?<!\d )(?<!report )of|since|after|before|from|between|sejak|setelah|sesudah|sebelum|dari|antara)\s+\Z",
    re.IGNORECASE,
)
_LATEST = re.compile(
    rf"{_LEAD}\b(?:latest|newest|most recent|last(?= (?:report|sitrep|bulletin|update)\b)|(?:until |up to )?now|today"
    r"|currently|right now|at the moment|at present|so far|terbaru|terkini|terakhir(?! kali)|hari ini|sekarang|saat ini"
    r"|sejauh ini)\b",
    re.IGNORECASE,
)
_BEFORE_SIGN = re.compile(r"\s+(?=[?.!,])")
_BEGINNING = 300  # characters, in which a report says which it is


@dataclass(frozen=True, slots=True)
class Report:
    """One document of a series: its number in the index, the numbers in its title, its date, and how it begins."""

    number: int
    id: str
    numbers: frozenset[int]
    date: str
    head: str


@dataclass(frozen=True, slots=True)
class Named:
    """What a question names of a series: these reports, or none if it has no such.

    `rest` is the question without what names them; `forms` are patterns of how texts write that. `latest`: it asks for
    the newest of them.
    """

    reports: tuple[Report, ...]
    rest: str
    forms: tuple[str, ...]
    latest: bool = False

    def is_in(self, text: str) -> bool:
        """Tell whether a text has the number or date that the question names."""
        return any(re.search(rf"(?<![\w/.,]){form}(?![\w/])", text, re.IGNORECASE) for form in self.forms)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """The place of what names reports in a question, these, and patterns of how texts write it."""

    start: int
    end: int
    reports: Sequence[Report]
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Date:
    """A date in a question, in digits as in ISO 8601; the year, or that and the month, may not be named."""

    year: str
    month: str
    day: str

    def is_that_of(self, date: str) -> bool:
        """Tell whether it is this ISO date, as far as it is named."""
        parts = date.split("-")
        asked = (self.year, self.month, self.day)
        return len(parts) == len(asked) and all(not one or one == part for one, part in zip(asked, parts, strict=True))

    @property
    def forms(self) -> tuple[str, ...]:
        """Patterns of how texts write it."""
        if not self.month:
            return ()
        day, month = f"0?{int(self.day)}", f"0?{int(self.month)}"
        names = "|".join(rf"{name}\w*" for name, number in MONTH_NUMBERS.items() if number == self.month)
        ending = "(?:st|nd|rd|th)?"
        return (
            rf"{day}{ending} (?:of )?(?:{names})",
            rf"(?:{names}) {day}{ending}",
            rf"{day}/{month}(?:/\d+)?",
            rf"\d{{4}}-{self.month}-{self.day}",
        )


@dataclass(frozen=True, slots=True)
class Series:
    """Documents whose titles differ in nothing but numbers and dates, the oldest first; `words` are what they share."""

    words: tuple[str, ...]
    reports: tuple[Report, ...]

    def named(self, question: str) -> Named | None:
        """Return what a question names; None if that is nothing of the series, as a number that all of them have."""
        found = [*self._by_number(question), *self._by_date(question)]
        latest = None if found else _LATEST.search(question)
        if latest:
            found = [_Phrase(latest.start(), latest.end(), self.reports[-1:], ())]
        if not found:
            return None
        rest = question
        for one in sorted(found, key=lambda one: -one.start):
            rest = f"{rest[: one.start].rstrip(' ,')} {rest[one.end :].lstrip(' ,')}".strip()
        named = tuple(one for one in self.reports if all(one in phrase.reports for phrase in found))
        rest = _BEFORE_SIGN.sub("", rest)
        return Named(named, rest, tuple(form for one in found for form in one.forms), latest=latest is not None)

    def _by_number(self, question: str) -> Iterator[_Phrase]:
        """Yield the places of "report no. 3", "laporan ketujuh" or "week 2", and the reports that these are."""
        dates = [match.span() for match in _DATE.finditer(question)]
        tokens = [one for one in _TOKEN.finditer(question) if not any(a <= one.start() < b for a, b in dates)]
        words = [one[0].casefold() for one in tokens]
        for place, word in enumerate(words):
            number = int(word) if _NUMBER.fullmatch(word) else _ORDINALS.get(word, 0)
            after = words[place + 1] if word in _ORDINALS and place + 1 < len(words) else ""
            last = place + 1 if after in _REPORTS or after in _UNITS else place
            first = marked = place
            while marked and words[marked - 1] in _MARKS:
                marked -= 1
            first = marked
            while first and (words[first - 1] in self.words or words[first - 1] in _REPORTS):
                first -= 1
            lead = [*words[first:marked], after]
            unit = next((one for one in (after, words[marked - 1] if marked else "") if one in _UNITS), "")
            if number and not _REPORTS.isdisjoint(lead):
                found = [one for one in self.reports if number in one.numbers]
                label = rf"(?:{'|'.join(sorted(_REPORTS | _MARKS - {'the', '#'}))})"
                yield _Phrase(tokens[first].start(), tokens[last].end(), found, (rf"{label}\W+{number}",))
            elif number and unit:
                found = [one for one in self.reports if _says(one.head, unit, number)]
                if 0 < len(found) < len(self.reports):
                    start = tokens[marked if after else marked - 1].start()
                    yield _Phrase(start, tokens[last].end(), found, (rf"{unit}\W+(?:ke\W*)?{number}",))

    def _by_date(self, question: str) -> Iterator[_Phrase]:
        """Yield the places of dates that only some of the reports bear."""
        for match in _DATE.finditer(question):
            event = _OF_AN_EVENT.search(question, 0, match.start())
            date = _date_in(match)
            found = [one for one in self.reports if date.is_that_of(one.date)]
            if found and not event and len(found) < len(self.reports):
                yield _Phrase(*match.span(), found, date.forms)


def may_name_report(question: str) -> bool:
    """Tell whether a question may name a report of a series: by its date or number, or as the latest."""
    words = set(map(str.casefold, _TOKEN.findall(question)))
    return bool(_LATEST.search(question) or _DATE.search(question) or not words.isdisjoint(_REPORTS | _UNITS))


class AllSeries:
    """The series of an index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._known: dict[tuple[str, ...], Series | None] = {}

    def of(self, document: Document) -> Series | None:
        """Return the series that a document is of; None if it is of none, or their dates do not put it in order."""
        words = _shared_words(document.title)
        numbers = self._numbers.get(words, ())
        if len(numbers) < 2:
            return None
        if words not in self._known:
            reports = sorted((self._report(number) for number in numbers), key=lambda one: one.date)
            in_order = dates_tell([one.date for one in reports])
            self._known[words] = Series(words, tuple(reports)) if in_order else None
        return self._known[words]

    @cached_property
    def _numbers(self) -> dict[tuple[str, ...], list[int]]:
        """The numbers of documents by the words that their titles share."""
        found = defaultdict(list)
        for number, (_, title) in enumerate(self._index.titles()):
            if not is_one(title):
                found[_shared_words(title)].append(number)
        found.pop((), None)
        return found

    def _report(self, number: int) -> Report:
        document = self._index.document(number)
        beginning = document.text[document.body : document.body + _BEGINNING]
        numbers = frozenset(int(one) for one in _NUMBER.findall(_DATE.sub(" ", document.title)))
        return Report(number, document.id, numbers, document.date or "", f"{document.title}\n{beginning}")


def _shared_words(title: str) -> tuple[str, ...]:
    words = _LETTERS.findall(title.casefold())
    return tuple(word for word in words if not _TELLS_ONE.fullmatch(word))


def _says(head: str, unit: str, number: int) -> bool:
    """Tell whether a report says at its beginning that it is that of a week, as "week 2" or "minggu ke-2"."""
    return re.search(rf"\b{unit}\W+(?:ke\W*)?{number}(?!\w|[.,]\d)", head, re.IGNORECASE) is not None


def _date_in(match: re.Match[str]) -> _Date:
    if match["iso"]:
        return _Date(*match["iso"].split("-"))
    day = match["day"] or match["day_after"] or match["day_alone"]
    month = match["month"] or match["month_first"]
    number = month_number(month) if month else ""
    return _Date(match["year"] or match["year_last"] or "", number, f"{int(day):02}")
