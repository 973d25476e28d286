"""The words of a question for a cell of a table, as tables may have them."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

from retrieval.text.dates import MONTH, WEEKDAY, month_number
from retrieval.text.days import DAY, Day, days_in, in_words
from retrieval.text.languages import question_language
from retrieval.text.names import without_possessives
from retrieval.text.patterns import regex
from retrieval.text.short_names import is_of_beginnings
from retrieval.text.words import STOP_WORDS, base_word, is_base_word, stems, word_forms

_OTHERWISE = {
    "pukul": "jam",
    "cost": "price",
    "costs": "price",
    **dict.fromkeys(("died", "dead", "killed"), "deaths"),
    **dict.fromkeys(("tewas", "wafat"), "meninggal"),
    "lose": "lost",
    "win": "won",
    **dict.fromkeys(("draw", "drew"), "drawn"),
    "pengungsi": "mengungsi",
    **dict.fromkeys(("hp", "ponsel"), "telepon"),
    **dict.fromkeys(("mobile", "cell"), "phone"),
    **dict.fromkeys(("forecast", "forecasts", "outlook"), "projection"),
    **dict.fromkeys(("perkiraan", "prakiraan"), "proyeksi"),
    "leads": "leader",
    "coordinates": "coordinator",
    "manages": "manager",
    "directs": "director",
    **dict.fromkeys(("memimpin", "mimpin"), "ketua"),
}
_ABROAD = {"telepon": "phone", "phone": "telepon"}  # names of columns in the other language
_IN_FULL = {  # names of columns for parts of a year
    "Q1": "first quarter kuartal triwulan I",
    "Q2": "second quarter kuartal triwulan II",
    "Q3": "third quarter kuartal triwulan III",
    "Q4": "fourth quarter kuartal triwulan IV",
    "9M": "nine months sembilan bulan",
}
_SHORT_PART = regex(r"\b(?:Q[1-4]|9M)\b")
_MONTH = regex(MONTH)
_TIME = regex(rf"{MONTH}|{WEEKDAY}|(?:19|20)\d\d", re.IGNORECASE)
_DAY_OF = regex(rf"\b(?:tanggal|tgl|date|hari)\s+(?={DAY})", re.IGNORECASE)  # that of a row
_PUT_RIGHT = regex(
    r"\b(?:after|setelah|sesudah) (?=(?:the )?(?:revision|correction|revisi|perbaikan)\b)", re.IGNORECASE
)
_LIVES_LOST = regex(r"\bkorban jiwa\b", re.IGNORECASE)
_COUNTED = {"people", "persons", "orang", "korban", "warga", "unit"}
_E_MAIL = regex(r"\be-(?=mail)", re.IGNORECASE)
_COMPARES = r"after|before|between|than|except|besides|without|setelah|sesudah|sebelum|antara|daripada|selain|kecuali"
_SPANS = rf"{_COMPARES}|since|until|till|from|to|by|as of|per|sejak|mulai|sampai|hingga|dari"
_HOW_BIG = regex(r"\bhow (?:big|large|high)\b", re.IGNORECASE)
_WORD = regex(r"\w+")
_SPOKEN = regex(r"n[gy]?[aiueo]\w{2,}")
_ITEM = regex(r"(?<![\w.,:])\d{1,2}(?:\.\d{1,2})+(?![\w:]|[.,]\d)")
_GROUPS = regex(r"(?<=\d)[.,](?=\d{3}(?!\d))")


def _otherwise(word: str) -> str:
    """Return the word by which a table may have another, if there is one; of a month the same in both languages."""
    word = word.casefold()
    return f"month{month_number(word)}" if _MONTH.fullmatch(word) else _OTHERWISE.get(word, "")


def _as_written(word: str) -> str:
    """Return an Indonesian verb as it is written, in small letters: "menolak" of "nolak"; other words as they are."""
    small = word.casefold()
    whole = f"me{small}"
    is_spoken = word[0] == "n" and _SPOKEN.fullmatch(word) and not is_base_word(small)
    return whole if is_spoken and is_base_word(base_word(whole)) else small


def without_grouping(text: str) -> str:
    """Return a text without the signs between groups of three digits: "6600" for "6,600" and "6.600"."""
    return _GROUPS.sub("", text)


class AskedCell:
    """A question for a cell of a table: its words, as tables may have them.

    `words` have to stand there, or above; `counted` say of what a number is, which need not be said: "people". `days`
    are those that it names; their words are no words of their own. `items` are numbers with points: "7.2".
    """

    def __init__(self, question: str, *, day_first: bool) -> None:
        question = in_words(question, day_first=day_first or question_language(question) == "id")
        read = _PUT_RIGHT.sub("", _DAY_OF.sub("", _E_MAIL.sub("e", without_possessives(without_grouping(question)))))
        self.question = _HOW_BIG.sub("how much", _LIVES_LOST.sub("meninggal", read))
        words = [one for one in dict.fromkeys(_WORD.findall(self.question)) if not self._says_nothing(one)]
        self.words = [one for one in words if one.casefold() not in _COUNTED] or words
        self.days = days_in(self.question)
        self._of_days = {word for day in self.days for word in _WORD.findall(day.text)}
        self.items = _ITEM.findall(self.question)
        self.counted = [one for one in words if one not in self.words]
        spelt = [_otherwise(word) or word.casefold() for word in words]
        written = list(map(_as_written, words))
        abroad = [_ABROAD.get(word, word) for word in spelt]
        forms = zip(*map(word_forms, (spelt, written, abroad)), strict=True)
        self._forms = {word: frozenset().union(*found) for word, found in zip(words, forms, strict=True)}

    def _says_nothing(self, word: str) -> bool:
        """Tell whether a word tells no cell: a letter does, as of "Store A" and "gudang a"."""
        is_letter = len(word) == 1 and (word == "A" or question_language(self.question) == "id")
        return word.casefold() in STOP_WORDS and not (is_letter and not self.question.startswith(word))

    def compares(self, name: str) -> bool:
        """Tell whether a question names something to compare others with, or leave it out: "after WI 5"."""
        return self._has_before(_COMPARES, name)

    def spans(self, day: Day) -> bool:
        """Tell whether a day only begins or ends the time of which a question asks: "until 5 May"."""
        return self._has_before(_SPANS, day.text)

    def _has_before(self, words: str, name: str) -> bool:
        before = rf"\b(?:{words})\W+(?:the |tanggal )?{re.escape(name)}"
        return re.search(before, self.question, re.IGNORECASE) is not None

    def is_time(self, word: str) -> bool:
        """Tell whether a word is a year, a month or a day of the week, or of a day that the question names."""
        return self.is_of_day(word) or _TIME.fullmatch(word) is not None

    def is_of_day(self, word: str) -> bool:
        """Tell whether a word is one of a day that the question names."""
        return word in self._of_days

    def had(self, text: str, language: str) -> list[str]:
        """Return the words that a text has, in any form."""
        return self._had(self.words, text, language)

    def had_of_name(self, name: str, language: str) -> list[str]:
        """Return the words that the name of a column has, in any form, or else that which is short for all of it."""
        short = (word for word in self.words if is_of_beginnings(word.casefold().removesuffix("nya"), name))
        return self.had(name, language) or list(islice(short, 1))

    def stands_in(self, text: str, language: str) -> bool:
        """Tell whether a text has all of the question's words."""
        return len(self.had(text, language)) == len(self.words)

    def has_all_of(self, text: str, language: str) -> bool:
        """Tell whether the question has all words of a text, and there are some."""
        there = set(stems(text, language))
        had = [*self.had(text, language), *self.had_counted(text, language)]
        return bool(there) and len(set(had)) >= len(there)

    def had_counted(self, text: str, language: str) -> list[str]:
        """Return the words that a text has of those which say of what a number is."""
        return self._had(self.counted, text, language)

    def _had(self, words: Sequence[str], text: str, language: str) -> list[str]:
        text = _E_MAIL.sub("e", without_grouping(text))
        parts = (_IN_FULL[part] for part in _SHORT_PART.findall(text))
        otherwise = [*map(_otherwise, _WORD.findall(text)), *parts]
        there = set(stems(" ".join((text, *otherwise)), language))
        return [word for word in words if not self._forms[word].isdisjoint(there)]


@lru_cache(maxsize=8)
def asked_cell(question: str, *, day_first: bool = False) -> AskedCell:
    """Return a question as one for a cell of a table; `day_first`: so are days in figures to be read, if in doubt."""
    return AskedCell(question, day_first=day_first)
