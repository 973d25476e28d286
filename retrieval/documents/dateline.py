"""The date that a document bears at its head: on a line of its own, behind a label or a place, or before its text."""

import re
from datetime import date

from retrieval.dates import MONTH, WEEKDAY, month_number
from retrieval.documents.formats.lines import line_spans

_LINES, _CHARACTERS = 12, 1_500  # that a head has at most
_DAY = (
    rf"(?:{WEEKDAY},?\s+)?(?:(?P<day>\d\d?)(?:st|nd|rd|th)?\s+(?P<month>{MONTH})\.?,?"
    rf"|(?P<month_first>{MONTH})\.?\s+(?P<day_after>\d\d?)(?:st|nd|rd|th)?,?)\s+(?P<year>(?:1[89]|20)\d\d)\b"
)
_LABEL = r"(?:date|dated|released?|published|issued|tanggal|tgl\.?|hari\s?[/,]\s?tanggal)\s*:\s*"
_PLACE = r"(?-i:[A-Z])[\w.'’ -]{1,40},\s*"
_TIME = r"(?:,?\s+(?:pukul|at|jam)?\s*\d\d?[.:]\d\d(?:\s*(?:[ap]\.?m\.?|wib|wita|wit|gmt|utc))?)?"
_OWN_LINE = re.compile(rf"[\s>*_#|]*(?:{_LABEL})?[*_]*\s*(?:{_PLACE})?{_DAY}{_TIME}[\s*_|.]*", re.IGNORECASE)
_BEFORE_TEXT = re.compile(rf"[\s>*_]*{_PLACE}\(?{_DAY}\)?{_TIME}[*_]*\s*[–—:-]", re.IGNORECASE)


def head_date(text: str, body: int) -> str:
    """Return the first such date as ISO 8601, nothing if there is none; `body` is where the text begins.

    A day that is still to come is what the document is about.
    """
    begins = text[body : body + _CHARACTERS]
    lines = (begins[start:end] for start, end in line_spans(begins, 0))
    for line in [line for line in lines if line.strip()][:_LINES]:
        match = _OWN_LINE.fullmatch(line) or _BEFORE_TEXT.match(line)
        if match:
            month, day = match["month"] or match["month_first"], match["day"] or match["day_after"]
            found = f"{match['year']}-{month_number(month)}-{int(day):02}"
            return found if found <= date.today().isoformat() else ""
    return ""
