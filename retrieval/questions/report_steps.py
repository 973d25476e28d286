"""The way from one report of a series to another, or from a year to one: "and the day before?" """

import re
from dataclasses import dataclass

from retrieval.questions.question_parts import subject_words
from retrieval.questions.report_names import has_date, report_names, without_names
from retrieval.text.patterns import regex
from retrieval.values import Turn

_ONE = "(?:report|sitrep|bulletin|update|one|day|week|month|year)"
_ID_ONE = "(?:di )?(?:laporan|hari|minggu|pekan|bulan|tahun|edisi)"
_EARLIER = regex(
    rf"(?:the )?(?:previous|preceding|last|earlier) {_ONE}|the (?:day|week|month|year) before|yesterday"
    r"|(?:yang )?(?:kemarin|kemaren|kmrn)|(?:minggu|pekan|bulan|tahun) lalu"
    rf"|{_ID_ONE} (?:yang )?sebelumnya|se(?:hari|minggu|pekan|bulan|tahun) sebelumnya",
    re.IGNORECASE,
)
_LATER = regex(
    rf"(?:the )?(?:next|following) {_ONE}|the (?:day|week|month|year) after"
    rf"|{_ID_ONE} (?:yang )?(?:berikutnya|selanjutnya|setelahnya)"
    r"|se(?:hari|minggu|pekan|bulan|tahun) (?:setelahnya|kemudian)"
    r"|(?:b|ke)?esok(?:an)?(?: hari)?nya",
    re.IGNORECASE,
)
_ANY_DATA = frozenset("data figure figures number numbers count angka jumlah info informasi yang".split())
_DAYS = {
    "day": 1,
    "hari": 1,
    "kemarin": 1,
    "kemaren": 1,
    "kmrn": 1,
    "esok": 1,
    "week": 7,
    "minggu": 7,
    "pekan": 7,
    "month": 30,
    "bulan": 30,
    "year": 365,
    "tahun": 365,
}
_YEAR_ALONE = regex(r"(?<![\d/.,])(?:1[89]|20)\d\d(?![\d/]|[.,]\d)")


@dataclass(frozen=True, slots=True)
class Step:
    """The way from a report to another: 1 forward or -1 back, so many `days`; 0: to the next one, whenever that is."""

    direction: int
    days: int = 0


def step_asked_for(phrase: str) -> Step | None:
    """Return the step that a phrase asks for, as "and the day before?"; None if it says anything else."""
    phrase = re.sub(r"\A(?:in|on|for|di|pada|dalam|untuk)\s+", "", phrase.strip(" ?.!"), flags=re.IGNORECASE)
    direction = 1 if _LATER.fullmatch(phrase) else -1 if _EARLIER.fullmatch(phrase) else 0
    days = next((days for unit, days in _DAYS.items() if unit in phrase.casefold()), 0)
    return Step(direction, days) if direction else None


def other_year(question: str, step: Step) -> str:
    """Return a question asked for the year that is a step from the one that it names; nothing if it names none."""
    names_one = step.days == _DAYS["year"] and len(set(_YEAR_ALONE.findall(question))) == 1
    return _YEAR_ALONE.sub(lambda match: str(int(match[0]) + step.direction), question) if names_one else ""


def of_another_report(asked: str, before: Turn) -> str:
    """Return the question before, asked of the report that is named now, alone: "On 4 March?"; else nothing."""
    names = report_names(asked, before.title.casefold().split())
    if (
        not names
        or has_date(without_report_names(before))
        or not _ANY_DATA.issuperset(subject_words(without_names(asked, names)))
    ):
        return ""
    phrases = " ".join(asked[name.start : name.end] for name in names)
    return f"{without_report_names(before).rstrip(' ?')} {phrases}?"


def without_report_names(before: Turn) -> str:
    """Return the question before without what named reports in it."""
    return without_names(before.question, report_names(before.question, before.title.casefold().split()))
