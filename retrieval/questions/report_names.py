"""How questions name one report of several: "on 4 March", "report no. 3", "in week 2", "the latest"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from retrieval.questions.asked_part import telling_words
from retrieval.text.days import DAY, Day, day_of
from retrieval.text.patterns import regex
from retrieval.text.words import STOP_WORDS

_TOKEN = regex(r"#|\w+")
_LEADS = regex(r"\b(?:in|from|by|according to|dalam|pada|menurut|di)\s+(?:the\s+)?\Z", re.IGNORECASE)
_YEAR = regex(r"(?:1[89]|20)\d\d")
_ENDS = regex(r"\s*(?:[?.,!]|\Z)|\s+(?:of|on|in|for|about|dari|tentang|pada|untuk|soal)\b", re.IGNORECASE)
_NUMBER_ALONE = regex(r"(?:(?:nos?|nomor|number|num|nr)\b\.?|#)?\s*(?P<number>\d{1,4})", re.IGNORECASE)
_NUMBER = regex(r"(?<![\w.,/-])\d{1,4}(?![\w/-]|[.,]\d)")
_REPORTS = frozenset("report sitrep bulletin newsletter update laporan buletin".split())
_MARKS = frozenset("no nos nomor number num nr ke the #".split())
_UNITS = frozenset("week minggu pekan day hari month bulan quarter triwulan".split())
_ORDERED = _UNITS - {"day", "hari"}  # "the second week"
_LABEL = rf"(?:{'|'.join(sorted(_REPORTS | _MARKS - {'the', '#'}))})"
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
    r"|laporan)\s+){0,4}"
)
_DATE = regex(  # with what leads to it
    rf"{_LEAD}(?<![\w.,/-])(?:(?!(?-i:may)\s)(?P<day>{DAY})"  # no "may 3 come?"
    r"|(?:(?<=tanggal )|(?<=on the ))(?P<day_alone>0?[1-9]|[12]\d|3[01])"
    r"(?:(?![\w/-])|(?:st|nd|rd|th)(?=\s*(?:[?.,!]|\Z))))",
    re.IGNORECASE,
)
_OF_AN_EVENT = regex(  # "the flood of 4 March", "since 4 March", "between 2 and 4 March"
    r"\b(?:(?<!\d )(?<!report )of|since|after|before|from|between|sejak|setelah|sesudah|sebelum|dari|antara)\s+"
    rf"(?:(?:the\s+|tanggal\s+)?(?:{DAY}|\d\d?(?:st|nd|rd|th)?)"
    r"(?:\s*(?:and|to|until|till|dan|sampai|hingga|-|–)\s*|\s+))?\Z",
    re.IGNORECASE,
)
_LATEST = regex(
    rf"{_LEAD}\b(?:latest|newest|most recent|last(?= (?:report|sitrep|bulletin|update)\b)|(?:until |up to )?now"
    r"|(?<!usa )today|current(?:ly|(?= \w))|right now|at the moment|at present|so far|terbaru|terkini"
    r"|terakhir(?! kali)|hari ini|sekarang|saat ini|sejauh ini)\b",
    re.IGNORECASE,
)
_LEADS_TO = regex(
    r"(?:\b(?:in|on|of|from|by|for|during|according to|the|di|dari|dalam|pada|selama|menurut|berdasarkan|per)\b"
    r"|[\s,])+\Z",
    re.IGNORECASE,
)
_OF_A_UNIT = regex(rf"\b(?:{'|'.join(sorted(_UNITS))})\W+(?:ke\W*)?\d+", re.IGNORECASE)
_SINCE = regex(
    r"\b(?:since|after|before|from|until|sejak|setelah|sebelum|dari|sampai|hingga)\s+(?:the\s+)?\Z", re.IGNORECASE
)
_IS_SUBJECT = regex(r"\b(?:did|do|does|has|have|is|was|will|can)\s+\Z", re.IGNORECASE)
_OF_A_YEAR = regex(r"/\d{4}\b")  # behind a number: "3/2026"
_BEFORE_SIGN = regex(r"(?<!\s)\s+(?=[?.!,])")


@dataclass(frozen=True, slots=True)
class ReportName:
    """What names a report, `question[start:end]`: its number, or that of a `unit` as a week, a date, or the latest.

    `marked`: the number can be no other, as it could in "How many houses did the report 300 …".
    """

    start: int
    end: int
    number: int = 0
    unit: str = ""
    marked: bool = False
    date: Day | None = None
    latest: bool = False

    @property
    def kind(self) -> str:
        """What it is: a date, one of a unit, or a number."""
        return "date" if self.date else self.unit or "number"

    def is_in(self, text: str) -> bool:
        """Tell whether a text has it; nothing has the latest, or a day without its month."""
        if self.date:
            return self.date.is_in(text)
        form = rf"(?<![\w/.,]){self.unit or _LABEL}\W+(?:ke\W*)?{self.number}(?:/\d{{4}})?(?![\w/]|[.,]\d)"
        return bool(self.number) and re.search(form, text, re.IGNORECASE) is not None


def report_names(question: str, title: Sequence[str] = ()) -> list[ReportName]:
    """Return what may name reports in a question; `title` are words of theirs: "laporan situasi banjir no. 3"."""
    found = [*_numbers(question, title), *_dates(question)]
    if not found and (latest := _LATEST.search(question)):
        found = [ReportName(*latest.span(), latest=True)]
    return found


def without_names(question: str, names: Sequence[ReportName]) -> str:
    """Return a question without what names reports in it."""
    for one in sorted(names, key=lambda one: -one.start):
        before = question[: one.start]
        if one.number and not one.unit and _IS_SUBJECT.search(before):  # "What did bulletin no. 3 say?"
            question = f"{before}the report {question[one.end :].lstrip(' ,')}"
        else:
            question = _without(question, one.start, one.end)
    return _BEFORE_SIGN.sub("", question)


def without_spans(question: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return a question without some of its spans, in order, and what leads to each."""
    for start, end in reversed(spans):
        question = _without(question, start, end)
    return _BEFORE_SIGN.sub("", question)


def _without(question: str, start: int, end: int) -> str:
    """Return a question without `question[start:end]` and what leads to it."""
    return f"{_LEADS_TO.sub('', question[:start])} {question[end:].lstrip(' ,')}".strip()


def with_other_number(question: str, phrase: str, title: Sequence[str]) -> str:
    """Return a question with a number alone, "no. 3", in the place of that of the report it names; else nothing."""
    number = _NUMBER_ALONE.fullmatch(phrase.strip(" ?"))
    names = [one for one in _numbers(question, title) if not one.unit]
    if not number or len(names) != 1:
        return ""
    start, end = names[0].start, names[0].end
    other = _NUMBER.sub(number["number"], question[start:end], count=1)
    return f"{question[:start]}{other}{question[end:].rstrip(' ?')}?" if other != question[start:end] else ""


def asks_for_whole(question: str, rest: str, title: Sequence[str]) -> bool:
    """Tell whether a question asks for all that a report says: it has words of its title, and the rest no others."""
    words = _REPORTS.union(title) - STOP_WORDS
    telling = telling_words(rest)
    return telling is not None and words.issuperset(telling) and not words.isdisjoint(question.casefold().split())


def has_date(text: str) -> bool:
    """Tell whether a text has the day of a month, of a report or of anything else."""
    return _DATE.search(text) is not None


def numbers_in_title(title: str) -> frozenset[int]:
    """Return the numbers by which the title of a report may be named, without those of dates and of weeks."""
    return frozenset(int(one) for one in _NUMBER.findall(_OF_A_UNIT.sub(" ", _DATE.sub(" ", title))))


def is_year(number: int) -> bool:
    """Tell whether a number in a title may be a year."""
    return _YEAR.fullmatch(str(number)) is not None


def has_unit(text: str, unit: str) -> bool:
    """Tell whether a text has a number of a unit: "week 3"."""
    return re.search(rf"\b{unit}\W+(?:ke\W*)?\d", text, re.IGNORECASE) is not None


def _numbers(question: str, title: Sequence[str]) -> Iterator[ReportName]:
    """Yield "report no. 3", "laporan ketujuh" and "week 2"."""
    dates = [match.span() for match in _DATE.finditer(question)]
    tokens = [one for one in _TOKEN.finditer(question) if not any(a <= one.start() < b for a, b in dates)]
    words = [one[0].casefold() for one in tokens]
    for place, word in enumerate(words):
        number = int(word) if _NUMBER.fullmatch(word) else _ORDINALS.get(word, 0)
        if not number:
            continue
        after = words[place + 1] if word in _ORDINALS and place + 1 < len(words) else ""
        last = place + 1 if after in _REPORTS or after in _ORDERED else place
        marked = place
        while marked and words[marked - 1] in _MARKS:
            marked -= 1
        first = marked
        while first and (words[first - 1] in title or words[first - 1] in _REPORTS):
            first -= 1
        first = next((at for at in range(first, marked) if words[at] == "laporan"), first)  # its title follows that
        unit = after if after in _ORDERED else words[marked - 1] if marked and words[marked - 1] in _UNITS else ""
        is_titled = first < marked and _is_titled(words[first:marked], title, word, marks=words[marked:place])
        if is_titled or not _REPORTS.isdisjoint((*words[first:marked], after)):
            is_marked = marked < place or word in _ORDINALS or _is_led_to(question, tokens[first], tokens[last])
            year = _OF_A_YEAR.match(question, tokens[last].end())
            end = year.end() if year else tokens[last].end()
            yield ReportName(tokens[first].start(), end, number, marked=is_marked)
        elif unit and not _SINCE.search(question, 0, tokens[marked if after else marked - 1].start()):
            yield ReportName(tokens[marked if after else marked - 1].start(), tokens[last].end(), number, unit)


def _is_titled(words: Sequence[str], title: Sequence[str], number: str, *, marks: Sequence[str]) -> bool:
    """Tell whether words of a title before a number name a report: "notice no. 42", "notice 42", all and a year."""
    if not {"the", "ke"}.issuperset(marks) or list(words) == list(title):
        return True
    return words[0] in title[:1] and not _YEAR.fullmatch(number)


def _is_led_to(question: str, first: re.Match[str], last: re.Match[str]) -> bool:
    """Tell whether a preposition leads to the name of a report, and it ends with its number: "in report 5?"."""
    led = _LEADS.search(question, 0, first.start())
    return led is not None and not _YEAR.fullmatch(last[0]) and _ENDS.match(question, last.end()) is not None


def _dates(question: str) -> Iterator[ReportName]:
    for match in _DATE.finditer(question):
        if not _OF_AN_EVENT.search(question, 0, match.start()):
            yield ReportName(*match.span(), date=_day(match))


def _day(match: re.Match[str]) -> Day | None:
    """Return the day of a match of _DATE; which one of the week it is tells no report from others."""
    if match["day_alone"]:
        return Day(int(match["day_alone"]), int(match["day_alone"]))
    day = day_of(match["day"])
    return replace(day, weekday=None) if day else None
