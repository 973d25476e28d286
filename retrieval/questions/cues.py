"""What speaks for a sentence without reading it: the question's words, names and kind, in English and Indonesian."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from retrieval.text.amounts import NUMBER_WORDS
from retrieval.text.words import QuestionWord, stems, without_accents
from retrieval.values import Document

_ASKS_DATE = re.compile(  # "when" where it asks, not as in "Who led it when the flood came?"
    r"(?:\A|[^\w\s]|\b(?:and|or|but|so|know|me|us|since|until|by)\b)\s*\bwhen\b|\bwhen\W*\Z"
    r"|\b(?:kapan(?:kah)?|(?:what|which) (?:year|date|day|month|century)"
    r"|(?:tahun|tanggal|bulan|abad|hari) (?:ke )?(?:berapa|apa)(?:kah)?)\b",
    re.IGNORECASE,
)
_DAY = r"\d\d?(?:st|nd|rd|th)?"
_SHORT_MONTH = "(?:jan|feb|peb|mar|apr|jun|jul|aug|agu|agt|sept?|o[ck]t|nov|de[cs])"
_DATE = re.compile(
    r"\b(?:1\d{3}|20\d\d|(?-i:March|MARCH|May|MAY)"  # other than "march" and "may"
    r"|january|february|april|june|july|august|september|october|november|december"
    r"|januari|februari|maret|mei|juni|juli|agustus|oktober|desember|century|abad"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|senin|selasa|rabu|kamis|jumat|sabtu|minggu"
    rf"|{_DAY} {_SHORT_MONTH}|{_SHORT_MONTH}\.? {_DAY}|[0-3]\d/(?:0?[1-9]|1[0-2])|\d/\d\d?/\d\d)\b",
    re.IGNORECASE,
)
_ASKS_NUMBER = re.compile(
    r"\b(?:how (?:many|much|long|old|far|tall|high|big|large|often)|berapa(?:kah)?"
    r"|(?:what|which) (?:percent|percentage|number|age))\b",
    re.IGNORECASE,
)
_ASKS_HOUR = re.compile(r"\b(?:jam|pukul) berapa\b|\bwhat (?:time|hour)\b", re.IGNORECASE)
_BEFORE_RELATIVE = (  # "those who paid", "the WHO"
    "the those people persons person anyone anybody everyone everybody someone somebody one ones others man men woman "
    "women children families residents members he she they"
).split()
_ASKS_WHO = re.compile(
    "".join(rf"(?<!\b{word} )" for word in _BEFORE_RELATIVE) + r"\b(?:who(?:m|se)?|siapa(?:kah)?)\b", re.IGNORECASE
)
_ASKS_WHY = re.compile(r"\b(?:why|kenapa|mengapa)\b", re.IGNORECASE)
_PERSON = r"(\S.{0,58}?\S)"
_WHOSE_WORDS = re.compile(  # "what did the mayor say", "does Ana Lim support it", "apa kata Ratna"
    rf"\b(?:did|does|do|has|had|would|will|is|was) {_PERSON} "
    r"(?:(?:really|also|still|not|now|first|later|ever) )*"
    r"(?:say|think|want|support|oppose|favou?r|believe|agree|call|tell|promise|demand|warn|admit|react|respond|answer"
    r"|regret|explain|describe|accept|against)\b"
    rf"|\b(?:according to|kata|menurut|pendapat|pandangan|tanggapan|komentar|sikap|jawaban) {_PERSON}"
    r"(?= (?:on|about|of|soal|tentang|ttg|mengenai|terhadap|atas|waktu|saat|ketika|kalau|jika|apa|yang)\b|[?,.]|\Z)"
    r"|\b(?:apa kata|saja kata|menurut|pendapat|pandangan|tanggapan|komentar|sikap|jawaban)(nya)\b"
    rf"|\b(?:apakah|kenapa|mengapa) {_PERSON} "
    r"(?:(?:masih|juga|tidak|gak|nggak) )*(?:setuju|mendukung|dukung|menolak|nolak|bilang|mengatakan|menyesal)\b",
    re.IGNORECASE,
)
_MOST_NAMES = 30  # of a question, that are looked for
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NUMBER_WORD = re.compile(
    rf"\b(?:{'|'.join(NUMBER_WORDS)}|dozens?|hundreds|thousands|millions|billions|half|twice|once"
    r"|(?:belas|puluh|ratus|ribu|juta|miliar)an|sebuah|seorang|setengah)\b",
    re.IGNORECASE,
)
_YEAR = r"\b(?:1[5-9]\d\d|20\d\d)\b"
_ASKED_YEAR = re.compile(  # not one that only begins or ends a time
    "".join(
        rf"(?<!\b{word} )"
        for word in (
            "after before since until till from to by between and or than "
            "setelah sesudah sebelum sejak sampai hingga dari antara dan atau"
        ).split()
    )
    + _YEAR,
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"(?<=\w)(?:['’]s|(?<=s)['’])(?!\w)", re.IGNORECASE)
_NAME = re.compile(  # "Rp50.000" is one, and "3/2026", but no day in figures; "u21" is none
    r"(?<=[\s(\"“'])[A-Z][\w'-]*\w(?:[.,]\d+)*"
    r"|(?<!\w)(?<!\d[.,])(?:(?<!/)(?!\d\d?/\d\d?/|(?:19|20)\d\d/(?:19|20)\d\d)\d+(?:/\w+)*/\d{4}(?!\w)|\d[\d.,]*\d|\d)"
)


@dataclass(frozen=True, slots=True)
class Cues:
    """What speaks for a sentence. All but `kind` are in [0, 1].

    Of the question's words, by weight, `own` stand in the sentence or the title, `near` there or in the one before.
    `kind` is 1 if the sentence has the date or number that was asked for, -1 if it has none, 0 if none was asked for.
    `missing` is the share of the question's names and numbers that neither the passage has, as people see it, nor the
    whole document, as it is written; a year counts, too, where the sentence speaks of another one.
    """

    own: float
    near: float
    kind: int
    missing: float


def sentence_cues(
    question: str, asked: Sequence[QuestionWord], document: Document, texts: Sequence[str], passage: str
) -> list[Cues]:
    """Return the cues of sentences, given as people see them; `asked` are the question's words.

    `passage` is all that is seen of theirs, with the document's title.
    """
    title = set(stems(document.title, document.language))
    words = [title.union(stems(text, document.language)) for text in texts]
    around = f"{document.title} {document.date}"
    names = _names(question)
    missing = _missing(_missing(names, passage), document.text[document.body :])
    return [
        Cues(
            _share(asked, own),
            _share(asked, own | before),
            asked_kind_is_there(question, text),
            _missing_share(names, missing | _contradicted_years(question, text, around)),
        )
        for text, own, before in zip(texts, words, [title, *words], strict=False)
    ]


def tells_time(text: str) -> bool:
    """Tell whether a text has a date, a month, a day of the week or the like; an hour alone is none."""
    return _DATE.search(text) is not None


def asks_when(question: str) -> bool:
    """Tell whether a question asks for a time."""
    return _ASKS_DATE.search(question) is not None


def asks_hour(question: str) -> bool:
    """Tell whether a question asks for a time of the day."""
    return _ASKS_HOUR.search(question) is not None


def asks_number(question: str) -> bool:
    """Tell whether a question asks how many or how much, and not when."""
    return not asks_when(question) and _ASKS_NUMBER.search(question) is not None


def asked_kind_is_there(question: str, sentence: str) -> int:
    """Return 1 if the question asks for a date or a number and the sentence has one, -1 if not, 0 if neither."""
    if asks_when(question):
        return 1 if tells_time(sentence) else -1
    if _ASKS_NUMBER.search(question):
        new = set(_NUMBER.findall(sentence)).difference(_NUMBER.findall(question))
        return 1 if new or _NUMBER_WORD.search(sentence) else -1
    return 0


def asks_who(question: str) -> bool:
    """Tell whether a question asks for a person or a body."""
    return bool(_ASKS_WHO.search(question))


def asks_why(question: str) -> bool:
    """Tell whether a question asks for a reason, of which there may be several."""
    return bool(_ASKS_WHY.search(question))


def whose_words(question: str) -> str:
    """Return whom a question asks for what they say or think, in its own words; nothing if it asks for other things."""
    match = _WHOSE_WORDS.search(question)
    return "" if match is None or asks_who(question) else next(filter(None, match.groups()))


def _missing(names: Collection[str], text: str) -> set[str]:
    """Return those of the names and numbers, in small letters, that do not stand in a text by themselves."""
    if not names:
        return set()
    text = without_accents(text).replace("’", "'").casefold()
    return {name for name in names if not re.search(_by_itself(name), text)}


def _by_itself(name: str) -> str:
    """Return a pattern that finds a name, but not within a word, or a number, but not within another.

    What may not come before it is looked for after it: a pattern that begins with plain letters is found far sooner.
    """
    there = re.escape(name)
    if name[0].isdecimal():
        return rf"{there}(?<!\d{there})(?<!\d[.,]{there})(?![.,]?\d)"
    return rf"{there}(?<![\w-]{there})(?<!\w'{there})(?!\w|[.,]\d)"


def _names(question: str) -> list[str]:
    """Return the names and numbers of a question, in small letters and without accents.

    A name is a capitalised word, but for the first. Of very many, the first ones.
    """
    names = _NAME.findall(without_accents(without_possessives(question)).replace("’", "'"))
    return [name.casefold() for name in names[:_MOST_NAMES]]


def _missing_share(names: Sequence[str], missing: Collection[str]) -> float:
    return sum(name in missing for name in names) / len(names) if names else 0.0


def _contradicted_years(question: str, sentence: str, around: str) -> set[str]:
    """Return the years that a question asks of where a sentence speaks of others, and what is around it not of them."""
    there = [int(year) for year in re.findall(_YEAR, sentence)]
    if not there:
        return set()
    asked = (year for year in _ASKED_YEAR.findall(question) if not min(there) <= int(year) <= max(there))
    return {year for year in asked if year not in around}


def without_possessives(text: str) -> str:
    """Leave out what makes names possessive: "Indonesia's", "the ministers'"."""
    return _POSSESSIVE.sub("", text)


def _share(asked: Sequence[QuestionWord], there: set[str]) -> float:
    """Return the share, by weight, of the question's words that are there in one of their forms."""
    whole = sum(word.weight for word in asked)
    found = sum(word.weight for word in asked if not word.stems.isdisjoint(there))
    return found / whole if whole else 0.0
