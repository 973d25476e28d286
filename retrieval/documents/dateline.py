"""The date that a document bears at its head: on a line of its own, behind a label or a place, or before its text."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from itertools import dropwhile

from retrieval.dates import MONTH, WEEKDAY, latest_day, month_number
from retrieval.documents.formats.lines import line_spans, tells_kind

_LINES, _CHARACTERS = 12, 1_500  # that a head has at most
_LABEL_WORDS = 3  # that a label on a line of its own has at most
_OLDEST = 1990  # year; the head of a file that somebody wrote tells no day before
_DAY_ONLY = rf"\d\d?\s+{MONTH}\s+\d{{4}}"
_DAY = (
    rf"(?:(?:{WEEKDAY}|(?:mon|tue|wed|thu|fri|sat|sun)\b\.?),?\s+)?(?:(?P<day>\d\d?)(?:st|nd|rd|th)?\s+(?P<month>{MONTH})\.?,?"
    rf"|(?P<month_first>{MONTH})\.?\s+(?P<day_after>\d\d?)(?:st|nd|rd|th)?,?)\s+(?P<year>(?:1[89]|20)\d\d)\b"
)
_WRITTEN = re.compile(_DAY, re.IGNORECASE)
_LABEL = (
    r"(?:date|dated|released?|published|issued|(?P<day_first>tanggal|tgl\.?|diterbitkan|dirilis|hari\s?[/,]\s?tanggal))"
    r"\s*:\s*"
)
_CELL_LABEL = r"(?:date|tanggal|tgl\.?|hari\s?[/,]\s?tanggal)\s*\|\s*:?\s*"  # with the day in the cell beside it
_WORDS = r"(?: [\w.'’-]{1,20}){1,6}?"
_LONGER_LABEL = (
    r"(?:(?:release date|date of (?:issue|release|publication)|tanggal (?:rilis|terbit|siaran|surat))\s*:\s*+"
    rf"|(?:published|posted|issued|diterbitkan)(?: (?:by|oleh){_WORDS})?(?: on| pada)?\s++"
    rf"|(?:presented|laid|tabled|delivered|handed down)(?: (?:to|before|in|at){_WORDS})? on\s++"
    rf"|(?:adopted|approved|enacted|assented to|done|signed|dated)(?: (?:by|at|in){_WORDS})?(?:,? on|,)?\s++"
    r"|(?:(?:judge?ment|decision|order|opinion|ruling|regulation|directive) )?of\s++"
    rf"|by(?: [\w.'’-]{{1,20}},?){{1,8}}?,\s++)"
)
_OF_WHAT_IS_TOLD = (
    r"(?:(?:tanggal rapat|meeting date|date\s?/\s?time|hari\s?/\s?tanggal\s?/\s?(?:waktu|jam))\s*:\s*"
    r"|(?:(?:situation )?as of|per)\s++)"
)
_UPDATED = r"(?:(?:last )?updated?(?: on)?|(?:terakhir )?diperbarui|pembaruan)(?: per| pada)?\s*:?\s+"
_TOWN = r"(?-i:[A-Z])[\w.'’-]{1,20}(?: (?-i:[A-Z])[\w.'’-]{1,20}){0,2}"
_PLACE = rf"{_TOWN},\s*"
_OF_AN_OFFICE = "|".join(
    """university hospital bank commission ministry office department council committee board bureau agency secretariat
    institute authority court embassy association foundation union government statement communiqué notice directive
    findings minutes universitas kementerian dinas badan komisi kantor yayasan dewan notula rapat pernyataan komunike
    laporan pengumuman konferensi""".split()
)
_OFFICE = (  # of more words than a place has
    rf"(?=[^\n]{{0,200}}\b(?:{_OF_AN_OFFICE})\b)(?-i:[A-Z])[\w.'’-]{{1,20}}"
    r"(?: (?:(?-i:[A-Z])[\w.'’-]{1,20}|of|the|for|and)){2,9}(?:, (?-i:[A-Z])[\w.'’-]{1,20})?,\s++"
)
_TWO_PLACES = rf"{_TOWN}(?:/|,\s*){_TOWN},\s*"
_TIME = r"(?:\s*[,|·]?\s+(?:pukul|at|jam)?\s*\d\d?[.:]\d\d(?:\s*(?:[ap]\.?m\.?|wib|wita|wit|gmt|utc))?)?"
_HOUR = (
    r"(?:\d\d?[.:]\d\d|\d\d?(?=\s*[ap]\.?m\b))(?:\s*(?:hrs|hours)\b)?"
    r"(?:\s*\(?(?:[ap]\.?m\.?|(?:wib|wita|wit|gmt|utc)\b(?:[+-]\d\d?)?)\)?)?"
)
_ANY_TIME = rf"(?:\s*[,|·–-]?\s+(?:(?:pukul|at|jam)\s+)?{_HOUR})?"
_AGENCY = r"\s*(?:\([^()\n]{1,25}\)|/[^/\n]{1,25}/)"
_UNTIL = rf"\s*(?:(?:to|until|till|s\.?/?d\.?|sampai|hingga)\s+)?(?:{WEEKDAY},?\s+)?(?:{_PLACE})?{_DAY_ONLY}"
_DASH = rf"[*_]*\s*[–—:-](?!{_UNTIL})"
_OWN_LINE = re.compile(
    rf"[\s*_#|]*+(?:{_LABEL})?[*_]*\s*(?:{_TWO_PLACES}|{_PLACE})?{_DAY}{_TIME}[\s*_|.]*", re.IGNORECASE
)
_BEFORE_TEXT = re.compile(rf"[\s*_]*+{_PLACE}\(?{_DAY}\)?{_TIME}{_DASH}", re.IGNORECASE)


def _line_with(label: str) -> Callable[[str], re.Match[str] | None]:
    """Return what matches a line of a label and a day, with any time: "As of 18:00 hrs, 6 March 2025"."""
    day = rf"(?:{_HOUR},?\s+(?:on\s+)?)?(?:{_PLACE})?{_DAY}{_ANY_TIME}"
    return re.compile(rf"[\s*_#|]*+[(\[]?{label}[*_]*\s*{day}[)\]]?[\s*_|.]*", re.IGNORECASE).fullmatch


_LONGER_BEFORE_TEXT = re.compile(  # "GENEVA, 6 March 2025 (WHO) –", "Jakarta (6 Maret 2025) –"
    rf"[\s*_]*+(?:(?:{_TWO_PLACES}|{_PLACE}(?=[^–—\n]{{1,60}}[)/]))|(?-i:[A-Z])[\w.'’-]{{1,20}} (?=\())"
    rf"\(?{_DAY}\)?{_TIME}(?:{_AGENCY})?[*_]*\s*[–—-](?!{_UNTIL})",
    re.IGNORECASE,
)
_IN_FIGURES = re.compile(  # "Tanggal : 06-03-2025", "2025-03-06"
    rf"[\s*_#|]*+(?P<label>{_LABEL})?[*_]*\s*(?:{WEEKDAY},?\s+)?"
    r"(?:(?P<iso>20\d\d-\d\d-\d\d)|(?P<first>\d\d?)(?P<sign>[-/.])(?P<second>\d\d?)(?P=sign)(?P<year>20\d\d))"
    rf"{_ANY_TIME}[\s*_|.]*",
    re.IGNORECASE,
)
_FORMS = (  # each where no line has one of those before it
    (_OWN_LINE.fullmatch, _BEFORE_TEXT.match),
    (
        _line_with(_LONGER_LABEL),
        _line_with(_OFFICE),
        _line_with(_CELL_LABEL),
        _LONGER_BEFORE_TEXT.match,
        _IN_FIGURES.fullmatch,
    ),
    (_line_with(_OF_WHAT_IS_TOLD),),
    (_line_with(_UPDATED), _line_with("")),
)
_INDONESIAN_TIME = re.compile(r"\bwi(?:b|ta?)\b", re.IGNORECASE)
_MEETING = r"(?:minutes|notulen(?:si)?|risalah|berita acara)"  # whose day is that of what it tells
_REPORT = (
    r"(?:(?:situation|daily|weekly|progress) report|flash update|sitrep|press (?:release|briefing)|bulletin|buletin"
    r"|siaran pers|laporan (?:situasi|harian|mingguan|perkembangan))"
)
_ABOUT = rf"(?:(?!\b(?:on|about|tentang|mengenai|terkait) (?!\d|{WEEKDAY}\b|{MONTH}\b))[^\n]){{0,80}}?"
_NO_WEEKDAY = "".join(rf"(?<!{day})" for day in "day senin selasa rabu kamis jumat sabtu minggu".split())
_TITLE = re.compile(  # "Minutes of the council of 6 March 2025", "Situation report no. 3: the flood, 6 March 2025"
    rf"[\s*_#|]*+(?:{_MEETING}\b(?:{_ABOUT}\s|.{{0,80}}?{_NO_WEEKDAY}[,–—|(-])"
    rf"|(?:[\w'’-]+ ){{0,3}}?{_REPORT}\b(?:\s*(?:no\.?|nomor|#)?\s*\d+)?"
    rf"(?:.{{0,80}}?(?:{_NO_WEEKDAY}[,–—|(-]|\b(?:as of|per|dated|tanggal)))?)\s*{_DAY}{_TIME}[\s*_|.)]*",
    re.IGNORECASE,
)
_ELSE = (
    r":\s*\Z|\b(?:due|until|deadline|expir\w+|born|birth|closing date|your letter|wrote"
    r"|berlaku|tenggat|lahir|batas|jatuh tempo|surat saudara)\b"
)
_DEADLINE = re.compile(_ELSE, re.IGNORECASE)
_EVENT = re.compile(  # whose day stands below it, as in a list of facts
    r"[\s*_#|]*(?:[\w-]+ ){0,2}(?:opened|founded|established|completed|launched|inaugurated|beg[au]n|begins|starts?"
    r"|started|signed|dibuka|didirikan|diresmikan|dimulai|selesai)[\s*_|]*",
    re.IGNORECASE,
)
_BARE_DAY = re.compile(rf"[\s*_#|]*{_DAY}[\s*_|.]*", re.IGNORECASE)
_OF_SOMETHING_ELSE = re.compile(rf"{_ELSE}|\b(?:valid|opening|closing|reply)\b", re.IGNORECASE)
_ENACTED = re.compile(  # at the foot of an Indonesian regulation
    rf"^[ \t]*(?:Ditetapkan|Disahkan|Dikeluarkan|Diumumkan) di\b[^\n]{{2,40}}\s+pada tanggal\s*:?\s*{_DAY}",
    re.IGNORECASE | re.MULTILINE,
)
_DONE = re.compile(  # at that of a treaty or a contract, on a line of its own
    r"(?:\A|\n[ \t]*\r?\n)[ \t]*(?-i:Done|DONE|Signed|SIGNED) (?:in [\w ]{3,30} )?"
    rf"(?:at|in){_WORDS}(?:,? on(?: this)?|,) {_DAY}"
    r"(?:,? in [^\n]{1,80})?\.?[ \t]*(?=\r?\n|\Z)",
    re.IGNORECASE,
)
_PROSE = re.compile(r".{70}|(?:\S+\s+){4,}\S+[.!?]\Z")
_SIGNED = re.compile(rf"[\s*_]*{_PLACE}{_DAY}[\s*_.]*", re.IGNORECASE)  # "Jakarta, 5 November 2026", above a name


def head_date(text: str, body: int) -> str:
    """Return the date that stands there as ISO 8601, nothing if there is none, or several.

    A day that is still to come is what the document is about, as one long ago is, or one behind "valid until". Rarer
    forms count where no usual one is there, and the title of a report or of minutes where no line tells it.
    """
    begins = text[body : body + _CHARACTERS]
    lines = [line for start, end in line_spans(begins, 0) if (line := begins[start:end]).strip()][:_LINES]
    for forms in _FORMS:
        found = {day for number, line in enumerate(lines) if (day := _date_of(line, lines[:number], forms))}
        if found:
            return found.pop() if len(found) == 1 else ""
    title = _TITLE.fullmatch(lines[0]) if lines and not _OF_SOMETHING_ELSE.search(lines[0]) else None
    return _past(_said(title)) if title else ""


def foot_date(text: str) -> str:
    """Return the day that stands at the foot, of a regulation or a letter, as ISO 8601; nothing if none, or several."""
    found = {_past(_said(match)) for form in (_ENACTED, _DONE) for match in form.finditer(text)}
    if not found:
        ends = text[-_CHARACTERS:]
        lines = [line for start, end in line_spans(ends, 0) if (line := ends[start:end].strip())][-_LINES:]
        found = {
            _past(_said(match))
            for number, line in enumerate(lines)
            if (match := _SIGNED.fullmatch(line)) and _is_signature(lines[:number], lines[number + 1 :])
        }
    return found.pop() if len(found) == 1 else ""


def _is_signature(above: Sequence[str], below: Sequence[str]) -> bool:
    """Tell whether below a place and a day stands who signs, and no text; and above it nothing whose day it is."""
    is_of_else = above and (_OF_SOMETHING_ELSE.search(above[-1]) or _EVENT.fullmatch(above[-1]))
    return not is_of_else and not any(_PROSE.search(line) for line in below)


def _said_above(lines: Sequence[str]) -> list[str]:
    """Return the lines of a head without the offices in capitals above them, and without what only tells its kind."""
    others = [line for line in lines if not tells_kind(line)]
    return list(dropwhile(lambda line: line.isupper() and not _OF_SOMETHING_ELSE.search(line), others))


def _date_of(line: str, above: Sequence[str], forms: Sequence[Callable[[str], re.Match[str] | None]]) -> str:
    """Return the date of the document that a line says, below those above it; nothing if it says none.

    A longer first line above it may be a title: "Speech at the opening".
    """
    match = next(filter(None, (form(line) for form in forms)), None)
    if not match:
        return ""
    above = _said_above(above)
    is_title = len(above) == 1 and len(above[0].split()) > _LABEL_WORDS
    if above and (_DEADLINE if is_title else _OF_SOMETHING_ELSE).search(above[-1]):
        return ""
    if len(above) > 1 and _BARE_DAY.fullmatch(line) and _EVENT.fullmatch(above[-1]):
        return ""
    if _OF_SOMETHING_ELSE.search(line, 0, match.end("year") if match["year"] else match.end()):
        return ""
    return _past(_said_in_figures(match) if match.re is _IN_FIGURES else _said(match))


def _past(day: date | None) -> str:
    return day.isoformat() if day and day.year >= _OLDEST and day <= latest_day() else ""


def written_day(text: str) -> str:
    """Return the day that a text is, such as "4 March 2024" and "Senin, 4 Maret 2024", as ISO 8601; else nothing."""
    match = _WRITTEN.fullmatch(text.strip())
    said = _said(match) if match else None
    return said.isoformat() if said else ""


def _said(match: re.Match[str]) -> date | None:
    month, day = match["month"] or match["month_first"], match["day"] or match["day_after"]
    return _day(match["year"], month_number(month), day)


def _said_in_figures(match: re.Match[str]) -> date | None:
    """Return a day that is written in figures; None if it may be either of two: "Date: 06/03/2025"."""
    if match["iso"]:
        return _day(*match["iso"].split("-"))
    is_indonesian = match["day_first"] or _INDONESIAN_TIME.search(match[0])
    if not (match["label"] or is_indonesian):
        return None
    year, first, second = match["year"], match["first"], match["second"]
    days = {_day(year, second, first), None if is_indonesian else _day(year, first, second)} - {None}
    return days.pop() if len(days) == 1 else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
