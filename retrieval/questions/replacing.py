"""What of a question a phrase takes the place of: its like, a month, what is counted."""

import re

from retrieval.questions.question_parts import AUXILIARY
from retrieval.text.dates import MONTH
from retrieval.text.patterns import regex

ARTICLE = regex(r"(?:the|an?)\s", re.IGNORECASE)
LEADS = "in on at by for from to with di ke pada untuk dari menurut".split()
LEAD = regex(rf"(?:{'|'.join(LEADS)})\s+", re.IGNORECASE)
ABOUT_WORD = regex(r"(?:about|tentang|soal|mengenai)\b", re.IGNORECASE)
_ENDS = regex(
    rf"\s+(?={LEAD.pattern}|{ABOUT_WORD.pattern}|(?:laporan|report|sitrep|nomor|tanggal|yang|and|dan)\b)|\Z",
    re.IGNORECASE,
)
YANG = regex(r"(?:yang|the ones|those)\s+", re.IGNORECASE)
_COUNTED = regex(r"\b(?:how many|(?:the )?number of|berapa(?: (?:jumlah|banyak))?|jumlah)(?=\s+\w)", re.IGNORECASE)
_VERB = regex(rf"\b(?:{AUXILIARY})\b", re.IGNORECASE)
_MOST_COUNTED = 3  # words of what is counted, of which another one may take the last one's place
OF_TIME = regex(
    r"\b(?:years?|months?|weeks?|days?|yesterday|today|tomorrow|tahun|bulan|minggu|pekan|hari|kemarin|besok)\b",
    re.IGNORECASE,
)
_MONTH_ALONE = regex(  # not that of a day, nor "may they"
    rf"(?<!\d )\b(?!may (?:i|we|you|s?he|it|they|the)\b){MONTH}\b(?! \d\d?\b)", re.IGNORECASE
)
_MONTH = regex(rf"{_MONTH_ALONE.pattern}(?P<year> \d{{4}})?", re.IGNORECASE)
_YEAR = regex(r"(?:tahun )?\d{4}")
_A_YEAR = regex(r"\b(?:tahun )?(?:19|20)\d\d\b", re.IGNORECASE)
_BEGINS_TIME = regex(rf"\s*(?:{OF_TIME.pattern}|\d|{MONTH}\b)", re.IGNORECASE)
DID = regex(r"\b(?:do|does|did)\s+\Z", re.IGNORECASE)
"""Finds what stands right before the subject of a question: "Where does the delegation stay?"."""
BY_NOW = regex(
    r"\b(?:now|nowadays|currently|before|earlier|previously|sekarang|kini|saat ini|dulu|dahulu|sebelumnya)\b",
    re.IGNORECASE,
)
"""Matches what tells now from before."""
_YEAR_AGO = regex(r"\b(?:last|this|next) year\b|\btahun (?:lalu|kemarin|ini|depan)\b", re.IGNORECASE)
_TIME_ALONE = regex(  # "tahun 2024", "sebelumnya siapa", "who before"
    rf"(?:(?:siapa|berapa|di ?mana|who|where|how (?:many|much)) )?(?P<time>{BY_NOW.pattern}|(?:bulan )?{_MONTH.pattern}"
    rf"|{_YEAR.pattern})(?: (?:siapa|berapa|di ?mana))?",
    re.IGNORECASE,
)


def time_alone(asked: str) -> str:
    """Return the time that is all that a message names, "tahun 2024?", "sebelumnya siapa?"; nothing if it says more."""
    match = _TIME_ALONE.fullmatch(asked.strip(" ?"))
    return match["time"] if match else ""


def replaced(pattern: str, bare: str, question: str) -> str:
    """Return the question with a phrase in the place of what a pattern finds in it; nothing if it finds nothing."""
    article = r"(?:\b(?:the|an?)\s+)?" if ARTICLE.match(bare) else ""
    text = re.sub(rf"{article}(?<!\w){pattern}(?!\w)", lambda _: bare, question, flags=re.IGNORECASE)
    return f"{text}?" if text != question else ""


def in_place_of_its_like(phrase: str, question: str) -> str:
    """Put a phrase in the place of the one that begins alike, as "di pasar bawah" of "di pasar besar"; else nothing.

    That is with the same word, other than one that many phrases begin with, or else with the same preposition. So it is
    put in the place of one that ends alike, as "ordinary passports" of "diplomatic passports".
    """
    phrase = YANG.sub("", phrase)
    lead = LEAD.match(phrase)
    words = phrase[lead.end() if lead else 0 :].split()
    alike = [(words[0], " ".join(words))] if len(words) > 1 and not ARTICLE.match(f"{words[0]} ") else []
    if lead:
        alike.append((lead[0].strip(), phrase))
    for word, put in alike:
        found = [
            match
            for match in re.finditer(rf"(?<!\w){re.escape(word)}\s", question, re.IGNORECASE)
            if _is_time(question[match.end() :]) == _is_time(put.removeprefix(match[0]))
        ]
        if found:
            return f"{question[: found[-1].start()]}{put}{_end_of(question, found[-1].end())}?"
    if lead or len(words) == 1 or ARTICLE.match(phrase):
        return ""
    first = rf"(?:(?!(?:{'|'.join(LEADS)}|{AUXILIARY}|of|the|an?)\b)[\w'’-]+\s+){{0,{len(words) - 1}}}"
    return replaced(first + re.escape(words[-1]), phrase, question)


def _is_time(phrase: str) -> bool:
    """Tell whether a phrase begins with a year, a day or a month."""
    return _BEGINS_TIME.match(phrase) is not None


def without_verb(question: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of a phrase without the verb that ends the question, or stands before a preposition.

    So it is in "Where did the minister of mines go?" and "Where does the minister stay in Wick?".
    """
    is_before_lead = LEAD.match(question, end + 1) and question.count(" ", start, end) > 1
    if not (end == len(question) or is_before_lead) or not DID.search(question, 0, start):
        return start, end
    return start, max(question.rfind(" ", start, end), question.find(" ", start) + 1)


def in_place_of_its_time(phrase: str, question: str) -> str:
    """Put a month in the place of another, with its year if it has one, a year in that of another; else nothing."""
    if month := _MONTH.fullmatch(phrase):
        pattern = _MONTH if month["year"] else _MONTH_ALONE
    elif _YEAR.fullmatch(phrase):
        pattern = _YEAR_AGO if _YEAR_AGO.search(question) else _A_YEAR
    else:
        return ""
    text = pattern.sub(phrase, question, count=1)
    return f"{text}?" if text != question else ""


def year_in(phrase: str) -> str:
    """Return the year of a phrase that is one; nothing if it is none."""
    return phrase[-4:] if _YEAR.fullmatch(phrase) else ""


def in_place_of_what_is_counted(phrase: str, question: str) -> list[str]:
    """Put a phrase in the place of what a question asks the number of, "and deaths?", or of its last word alone.

    So it is with one of several words: "berapa tarif parkir motor?", "kalau mobil?"
    """
    counted, thing = _COUNTED.search(question), YANG.sub("", phrase)
    if not counted or not thing:
        return []
    end = _end_of(question, counted.end() + 1)
    *others, _ = question[counted.end() : len(question) - len(end)].split() or [""]
    texts = [f"{question[: counted.end()]} {thing}{end}?"]
    is_phrase = 0 < len(others) < _MOST_COUNTED and not _VERB.search(" ".join(others))
    return [*texts, f"{question[: counted.end()]} {' '.join(others)} {thing}{end}?"] if is_phrase else texts


def _end_of(question: str, place: int) -> str:
    """Return what follows the phrase of a question that goes on at a place."""
    end = _ENDS.search(question, place)
    return question[end.start() :] if end else ""
