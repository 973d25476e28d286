"""The beginning of a time does not answer when it ends, nor its end when it begins: "closed from 3 October"."""

import re

from retrieval.values import Reading

_ASKS_END = re.compile(r"\b(?:(?:un)?till? (?:when|what)|(?:sampai|hingga) kapan)\b", re.IGNORECASE)
_ASKS_BEGINNING = re.compile(
    r"\b(?:since (?:when|what)|from (?:when|what (?:time|date|day|month|year|age))|(?:sejak|mulai|dari) kapan"
    r"|when (?:does|do|did|will)\b.*\b(?:open|start|begin|come(?! to an end)|arrive|join|move in|take over)"
    r"|kapan\b.*\b(?:(?:di)?buka|(?:di)?mulai|tiba|datang|masuk|bergabung))\b",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"\b(?:from|since|as (?:of|at)|sejak|mulai|dari|per)(?:\s+(?:the|tanggal|hari))?\s*\Z", re.IGNORECASE
)
_ENDS = re.compile(
    r"\b(?:until|till?|up to|sampai|hingga|s\.?d\.?)(?:\s+(?:the|tanggal|hari|dengan))*\s*\Z", re.IGNORECASE
)
_LEADS = re.compile(
    r"\A(?:from|since|as (?:of|at)|until|till?|sejak|mulai|dari|per|sampai|hingga)(?:\s+dengan)?\b", re.IGNORECASE
)
_ASKS_SINCE = re.compile(r"\b(?:since|sejak)\b", re.IGNORECASE)
_IS_PUT_OFF = re.compile(
    r"\b(?:delayed|postponed|put (?:off|back)|deferred|ditunda|diundur(?:kan)?|mundur|tertunda)\b", re.IGNORECASE
)
_IS_CLOSED = re.compile(
    r"\b(?:closed|shut|blocked|not|no|never|without|out of|tanpa|tutup|ditutup|libur|diliburkan|dari rumah|tidak|belum"
    r"|tak)\b",
    re.IGNORECASE,
)
_LASTS = re.compile(
    r"\b(?:for|selama) (?:\w+ ){0,2}?(?:hours?|days?|weeks?|months?|years?|jam|hari|minggu|bulan|tahun)\b",
    re.IGNORECASE,
)
_LEAVES = re.compile(
    r"\b(?:resign|leav|retire|replace|step(?:s|ped|ping)? (?:down|aside|back)|berhenti|mundur|pensiun|diganti)",
    re.IGNORECASE,
)
_GOES_ON_TO = re.compile(r"(?:\W+(?:to|until|till|sampai|hingga|s\.?d)\b|\s*[–-]\s*\d)", re.IGNORECASE)


def is_of_other_end(question: str, reading: Reading) -> bool:
    """Tell whether the time that is marked in a sentence is the other end of that which is asked for."""
    leading = _leading_to_marked(reading)
    if _ASKS_END.search(question):
        return _BEGINS.search(leading) is not None and not _has_end(reading)
    if _ASKS_BEGINNING.search(question):
        return _ENDS.search(leading) is not None and not _opens_then(question, reading)
    return False


def _has_end(reading: Reading) -> bool:
    """Tell whether a sentence says more than when something begins: when it ends, how long it lasts, who leaves."""
    start, end = reading.highlight or (reading.sentence.start, reading.sentence.start)
    text = reading.hit.document.text
    goes_on = _GOES_ON_TO.search(text[start:end]) or _GOES_ON_TO.match(text, end)
    return bool(goes_on or _LASTS.search(reading.text) or _LEAVES.search(reading.text))


def _opens_then(question: str, reading: Reading) -> bool:
    """Tell whether something opens or begins when a sentence says that it stays closed until, or is put off until."""
    is_closed = not _ASKS_SINCE.search(question) and _IS_CLOSED.search(reading.text)
    return bool(is_closed or _IS_PUT_OFF.search(reading.text))


def _leading_to_marked(reading: Reading) -> str:
    """Return what a sentence has up to its marked span, with the word that leads to it, if that is marked, too."""
    text, sentence = reading.hit.document.text, reading.sentence
    start, end = reading.highlight or (sentence.start, sentence.start)
    leads = _LEADS.match(text[start:end])
    return text[sentence.start : start + (leads.end() if leads else 0)]
