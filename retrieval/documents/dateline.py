"""The date that a document bears at its head: on a line of its own, behind a label or a place, or before its text."""

import re
from collections.abc import Callable, Sequence
from itertools import dropwhile

from retrieval.documents.formats.lines import NUMBERED, OFFICE, RELEASE, SPOKEN, ZONE, line_spans, tells_kind
from retrieval.documents.written_days import (
    DATED,
    DEADLINE,
    EVENT,
    OF_SOMETHING_ELSE,
    PLACE,
    TOWN,
    WORDS,
    past,
    without_hijra,
)
from retrieval.text.dates import MONTH, WEEKDAY, latest_day, month_number
from retrieval.text.days import DATED_DAY, DAY, DAY_IN_FIGURES, Day, day_of, day_of_figures
from retrieval.text.patterns import regex

_LINES, _CHARACTERS = 12, 1_500  # that a head has at most
_LABEL_WORDS = 3  # that a label on a line of its own has at most
_MADE_PUBLIC = r"(?:disiarkan|ditayangkan|dimuat|diunggah|dipublikasikan)"
_LABEL = (
    r"(?:date|dated|released?|published|issued"
    r"|(?P<day_first>(?:pada )?tanggal|tgl\.?|diterbitkan|dikeluarkan|dirilis|rilis|hari\s?[/,]\s?tanggal"
    rf"|{_MADE_PUBLIC}))"
    r"\s*:\s*"
)
_CELL_LABEL = r"(?:date|tanggal|tgl\.?|hari\s?[/,]\s?tanggal)\s*\|\s*:?\s*"  # with the day in the cell beside it
_BEFORE_LABEL = (
    r"(?:(?-i:[A-Z])[\w .,&'’-]{1,60} [–—|·-]\s++)?"  # whose it is: "Ministry of Ports – updated 5 May 2025"
)
_ISSUED = (
    rf"{_BEFORE_LABEL}(?:published|posted|issued|released|diterbitkan|dikeluarkan|dirilis|{_MADE_PUBLIC})"
    rf"(?: (?:by|oleh){WORDS})?(?: on| pada)?(?:\s*+:\s*+|\s++)"
)
_BY_WHOM = r"(?:(?: (?:by|oleh)|,| [–—|·-])\s+(?-i:[A-Z])[\w .,&'’()-]{1,80})?"
_LONGER_LABEL = (
    r"(?:(?:release date|date of (?:issue|release|publication|decision|judge?ment|ruling|order)"
    r"|(?:judge?ment |decision )?(?:handed down|delivered)"
    r"|tanggal (?:rilis|terbit|siar(?:an)?|tayang|muat|unggah|publikasi|surat|putusan))\s*:\s*+"
    r"|(?:version|versi|revision|revisi)\s+[\d.]{1,9},?\s++"
    r"|(?:presented|laid|tabled|delivered|handed down)(?: (?:by|to|before|in|at) [\w .,'’-]{1,120}?)? on\s++"
    rf"|(?:adopted|approved|enacted|assented to|done|given|signed|dated)(?: (?:by|at|in){WORDS})?(?:,? on|,)?\s++"
    r"|(?:(?:judge?ment|decision|order|opinion|ruling|regulation|directive) )?of\s++"
    rf"|by(?: [\w.'’-]{{1,20}},?){{1,8}}?(?:,| [|·])\s++)"
)
_OF_WHAT_IS_TOLD = (
    r"(?:(?:tanggal rapat|meeting date|date\s?/\s?time|hari\s?/\s?tanggal\s?/\s?(?:waktu|jam))\s*:\s*"
    rf"|{_BEFORE_LABEL}(?:(?:situation )?as of|per)\s++)"
)
_OF_RELEASE = (  # "Siaran Pers No. 231/2025 – Rabu", "No. 78/Th. XXIX,"
    rf"(?:{RELEASE}(?:\W*+{NUMBERED})?|{NUMBERED})(?:\s*[,:–—|/·-]\s*|\s+(?:tanggal|dated)\s+)"
)
_WEEK = regex(  # "Week 13, 23–29 March 2026", whose last day counts; "minggu ke-5 (1–7 Februari 2026)"
    r"[\s*_#|]*+(?:(?:epidemiological |reporting )?week|minggu(?: epidemiologi)?(?: ke)?)[ -]?\d\d?(?: of \d{4})?"
    rf"\s*[,:(–-]\s*(?:{DAY}|\d\d?)\s*(?:[–-]|to|s\.?/?d\.?)\s*{DATED}\)?[\s*_|.]*",
    re.IGNORECASE,
)
_LENGTH = (  # "Ann Gow | 5 May 2025 | 3 min read | 4 comments"
    r"\s*[|·]\s*\d{1,3}(?:[ -]min(?:ute)?s? read|\s+menit (?:mem)?baca)\b"
    r"(?:\s*[|·]\s*\d{1,5} (?:comments?|komentar))?"
)
_UPDATED = (
    rf"{_BEFORE_LABEL}(?:(?:last )?(?:updated?|modified)(?: on)?|(?:terakhir )?diperbarui|pembaruan)"
    r"(?: per| pada)?\s*:?\s+"
)
_BY_AN_OFFICE = "|".join(
    """statement communiqué notice directive findings minutes kementerian dinas badan notula rapat pernyataan komunike
    laporan pengumuman konferensi""".split()
)
_OFFICE = (  # of more words than a place has
    rf"(?=[^\n]{{0,200}}\b(?:{OFFICE}|{_BY_AN_OFFICE})\b)(?-i:[A-Z])[\w.'’-]{{1,20}}"
    r"(?: (?:(?-i:[A-Z])[\w.'’-]{1,20}|of|the|for|and)){2,9}(?:, (?-i:[A-Z])[\w.'’-]{1,20})?,\s++"
)
_TWO_PLACES = rf"{TOWN}(?:/|,\s*){TOWN},\s*"
_ZONE = rf"(?:{ZONE}|local time|waktu setempat)\b"
_TIME = rf"(?:\s*[,|·]?\s+(?:pukul|at|jam)?\s*\d\d?[.:]\d\d(?:\s*[ap]\.?m\.?)?(?:\s*{_ZONE})?)?"
_HOUR = (
    r"(?:\d\d?[.:]\d\d|\d\d?(?=\s*[ap]\.?m\b))(?:\s*(?:hrs|hours)\b)?"
    rf"(?:\s*[ap]\.?m\.?)?(?:\s*\(?{_ZONE}(?:[+-]\d\d?)?\)?)?"
)
_ANY_TIME = rf"(?:\s*[,|·–-]?\s+(?:(?:pukul|at|jam)\s+)?{_HOUR})?"
_AGENCY = r"\s*(?:\([^()\n]{1,25}\)|/[^/\n]{1,25}/)"
_UNTIL = rf"\s*(?:(?:to|until|till|s\.?/?d\.?|sampai|hingga)\s+)?(?:{PLACE})?{DATED_DAY}"
_DASH = rf"[*_]*\s*[–—:-](?!{_UNTIL})"
_ASIDE = r"(?:\s*\([^()\n]{1,60}\))?"  # "(epidemiological week 13)", "(Friday)"
_OWN_LINE = regex(
    rf"[\s*_#|]*+(?:{_LABEL})?[*_]*\s*(?:{_TWO_PLACES}|{PLACE})?{DATED}{_TIME}{_ASIDE}[\s*_|.]*", re.IGNORECASE
)
_BEFORE_TEXT = regex(rf"[\s*_]*+{PLACE}\(?{DATED}\)?{_TIME}{_DASH}", re.IGNORECASE)


def _line_with(label: str, below: str = "") -> Callable[[str], re.Match[str] | None]:
    """Return what matches a line of a label and a day, with any time: "As of 18:00 hrs, 6 March 2025"."""
    day = rf"(?:(?:(?:at|pukul|jam)\s+)?{_HOUR},?\s+(?:(?:on|pada)\s+)?)?(?:{PLACE})?{DATED}{_ANY_TIME}{below}"
    return re.compile(rf"[\s*_#|—–]*+[(\[]?{label}[*_]*\s*{day}[)\]]?[\s*_|.]*", re.IGNORECASE).fullmatch


_BEHIND_REFERENCE = regex(  # "Our ref: CE/418 Date: 12 February 2026 Tel. 01955", "Our ref: CE/418 | Wick, 12 …"
    rf"[\s*_|]*+(?:(?:our|your) )?ref(?:erence)?\b[^\n]{{1,60}}?\s(?:date\s*:?|\|)\s+(?:{PLACE})?{DATED}(?:\s[^\n]*)?",
    re.IGNORECASE,
)
_LONGER_BEFORE_TEXT = regex(  # "GENEVA, 6 March 2025 (WHO) –", "Jakarta (6 Maret 2025) –"
    rf"[\s*_]*+(?:(?:{_TWO_PLACES}|{PLACE}(?=[^–—\n]{{1,60}}[)/]))|(?-i:[A-Z])[\w.'’-]{{1,20}} (?=\())"
    rf"\(?{DATED}\)?{_TIME}(?:{_AGENCY})?[*_]*\s*[–—-](?!{_UNTIL})",
    re.IGNORECASE,
)
_IN_FIGURES = regex(  # "Tanggal : 06-03-2025", "2025-03-06"
    rf"[\s*_#|]*+(?P<label>{_LABEL}|{_ISSUED})?[*_]*\s*(?:{WEEKDAY},?\s+)?(?P<day>{DAY_IN_FIGURES})"
    rf"{_ANY_TIME}[\s*_|.]*",
    re.IGNORECASE,
)
_WITH_A_STOP = regex(  # "Jakarta, 6 Maret 2025. Komisi menahan"
    rf"[\s*_]*+(?:{PLACE}|{_OFFICE}){DATED}{_TIME}\.[*_]*\s+(?=(?-i:[A-Z“\"]))", re.IGNORECASE
)
_TOLD_ON = regex(  # "MEDAN – Jaksa menuntut Siregar, Selasa (19/8/2025)."
    r"[\s*_]*+(?-i:[A-Z])[\w.'’-]{1,20}(?:[ ,/]{1,2}(?-i:[A-Z])[\w.'’-]{1,20}){0,4}"
    rf"(?:{_AGENCY})?\s*[–—-]{{1,2}}\s[^\n]{{0,400}}?"
    rf"\b(?P<day_first>senin|selasa|rabu|kamis|jumat|sabtu|minggu)\s\((?P<day>{DAY_IN_FIGURES})\)",
    re.IGNORECASE,
)
_FORMS = (  # each where no line has one of those before it
    (_OWN_LINE.fullmatch, _BEFORE_TEXT.match),
    (
        _line_with(_ISSUED, _BY_WHOM),
        _line_with(_LONGER_LABEL),
        _line_with(_OFFICE),
        _line_with(_CELL_LABEL),
        _line_with(_OF_RELEASE),
        _line_with(_BEFORE_LABEL, _LENGTH),
        _BEHIND_REFERENCE.fullmatch,
        _LONGER_BEFORE_TEXT.match,
        _WITH_A_STOP.match,
        _IN_FIGURES.fullmatch,
    ),
    (_line_with(_OF_WHAT_IS_TOLD), _WEEK.fullmatch),
    (_line_with(_UPDATED), _line_with(""), _TOLD_ON.match),
)
_INDONESIAN_TIME = regex(r"\bwi(?:b|ta?)\b", re.IGNORECASE)
_MEETING = r"(?:minutes|agenda|notulen(?:si)?|risalah|berita acara)"  # whose day is that of what it tells
_REPORT = (
    r"(?:(?:situation|progress) report|(?:daily|weekly|monthly) \w+|flash update|sitrep|press release|bulletin|buletin"
    rf"|siaran pers|laporan (?:situasi|harian|mingguan|bulanan|perkembangan)|{SPOKEN})"
)
_ABOUT = rf"(?:(?!\b(?:on|about|tentang|mengenai|terkait) (?!\d|{WEEKDAY}\b|{MONTH}\b))[^\n]){{0,80}}?"
_NO_WEEKDAY = "".join(rf"(?<!{day})" for day in "day senin selasa rabu kamis jumat sabtu minggu".split())
_TITLE = regex(  # "Minutes of the council of 6 March 2025", "Situation report no. 3: the flood, 6 March 2025"
    rf"[\s*_#|]*+(?:{_MEETING}\b(?:{_ABOUT}\s|.{{0,80}}?{_NO_WEEKDAY}[,–—|(-])"
    rf"|(?:[\w'’-]+ ){{0,3}}?{_REPORT}\b(?:\s*(?:no\.?|nomor|#)?\s*\d+)?"
    rf"(?:.{{0,80}}?(?:{_NO_WEEKDAY}[,–—|(:-]|\b(?:as of|per|dated|tanggal)))?)\s*{DATED}{_TIME}"
    r"(?:,?\s+(?:at|in|from|pukul|jam|di|\d\d?[.:]\d)(?:(?![.!?]\s)[^\n]){0,80})?[\s*_|.)]*",
    re.IGNORECASE,
)
_TITLES = 3  # lines among which it may be
_OF_MONTH = regex(
    rf"[\s*_#|]*+(?:{PLACE}|{_OFFICE}|(?:[\w'’-]+ ){{0,3}}?(?:fact ?sheet|lembar fakta|bulletin|buletin|edition|edisi)"
    rf"(?:[,:]| [–—|-])?\s+)?\(?(?P<month>{MONTH})\s+(?P<year>(?:199|20\d)\d)\)?[\s*_|.]*",
    re.IGNORECASE,
)
_BARE_DAY = regex(rf"[\s*_#|]*{DATED}[\s*_|.]*", re.IGNORECASE)


def head_date(text: str, body: int) -> str:
    """Return the date that stands there as ISO 8601, nothing if there is none, or several.

    A day that is still to come is what the document is about, as one long ago is, or one behind "valid until". Rarer
    forms count where no usual one is there, and the title of a report or of minutes where no line tells it.
    """
    lines = _head_lines(text[body : body + _CHARACTERS])
    for forms in _FORMS:
        found = {day for number, line in enumerate(lines) if (day := _date_of(line, lines[:number], forms))}
        if found:
            return found.pop() if len(found) == 1 else ""
    titles = [_TITLE.fullmatch(line) for line in lines[:_TITLES] if not OF_SOMETHING_ELSE.search(line)]
    return next((past(day_of(title["day"])) for title in titles if title), "") or _head_month(lines)


def _head_lines(begins: str) -> list[str]:
    """Return the lines of a head that hold anything; one goes on after a comma, and days are of one calendar."""
    lines: list[str] = []
    for start, end in line_spans(begins, 0):
        line = without_hijra(begins[start:end])
        if lines and lines[-1].rstrip().endswith(",") and line.lstrip()[:1].islower():
            lines[-1] = f"{lines[-1].rstrip()} {line.lstrip()}"
        elif line.strip():
            lines.append(line)
    return lines[:_LINES]


def _head_month(lines: Sequence[str]) -> str:
    """Return the month that stands in the place of a day below a title, or behind what kind of paper it is."""
    said = (_OF_MONTH.fullmatch(line) for line in lines[:_TITLES])
    months = (f"{match['year']}-{month_number(match['month'])}" for match in said if match)
    return next((month for month in months if month <= latest_day().isoformat()), "")


def _said_above(lines: Sequence[str]) -> list[str]:
    """Return the lines of a head without the offices in capitals above them, and without what only tells its kind."""
    others = [line for line in lines if not tells_kind(line)]
    return list(dropwhile(lambda line: line.isupper() and not OF_SOMETHING_ELSE.search(line), others))


def _date_of(line: str, above: Sequence[str], forms: Sequence[Callable[[str], re.Match[str] | None]]) -> str:
    """Return the date of the document that a line says, below those above it; nothing if it says none.

    A longer first line above it may be a title: "Speech at the opening".
    """
    match = next(filter(None, (form(line) for form in forms)), None)
    if not match:
        return ""
    above = _said_above(above)
    is_title = len(above) == 1 and len(above[0].split()) > _LABEL_WORDS
    if above and (DEADLINE if is_title else OF_SOMETHING_ELSE).search(above[-1]):
        return ""
    if len(above) > 1 and _BARE_DAY.fullmatch(line) and EVENT.fullmatch(above[-1]):
        return ""
    return "" if OF_SOMETHING_ELSE.search(line, 0, match.end("day")) else past(_said(match))


def _said(match: re.Match[str]) -> Day | None:
    """Return the day that a line says; in figures, None if it may be either of two: "Date: 06/03/2025"."""
    is_indonesian = bool(match.groupdict().get("day_first") or _INDONESIAN_TIME.search(match[0]))
    return day_of(match["day"]) or day_of_figures(match["day"], day_first=is_indonesian)
