"""Put what is asked now in the place of something in the question before: "What about Thailand?", "And in Wick?"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.questions.question_parts import has_letter, names_in, subject_words
from retrieval.questions.replacing import (
    ABOUT_WORD,
    ARTICLE,
    BY_NOW,
    DID,
    LEAD,
    LEADS,
    OF_TIME,
    YANG,
    in_place_of_its_like,
    in_place_of_its_time,
    in_place_of_what_is_counted,
    replaced,
    time_alone,
    without_verb,
    year_in,
)
from retrieval.questions.report_names import with_other_number
from retrieval.questions.variant import Variant
from retrieval.text.languages import question_language
from retrieval.text.patterns import regex
from retrieval.text.words import STOP_WORDS, is_base_word
from retrieval.values import Turn

_NUMBER = regex(r"\d[\d.,]*")
_TOPIC = regex(rf"\s(?P<about>{ABOUT_WORD.pattern})(?:\s.*)?\Z", re.IGNORECASE | re.DOTALL)
_PHRASE = regex(  # a thing that is not named, up to what follows it
    r"\b(?:the|a|an|its|their|his|her)\s+(?:[\w'’-]+\s+){0,3}?[\w'’-]+"
    r"(?=\s+(?:in|of|at|on|for|to|from|by|with|and|is|was|are|were|has|had|cost|take|say|think|want|mean|plan|expect"
    r"|q[1-4]|\d[\w.,]*)\b|\s*\??$)"
)
_LEADS_TO = "(?:" + "|".join(rf"(?<=\b{lead}\s)" for lead in LEADS) + ")"
_FOR = regex(r"(?:for|by|with|from|untuk|buat|bagi|dengan|dari)\b", re.IGNORECASE)
_OF_THE_LAST = regex(
    rf"\s(?P<lead>{'|'.join(LEADS)}|of)\s(?:(?!\b(?:{'|'.join(LEADS)}|of)\b)[^?]){{2,60}}\Z", re.IGNORECASE
)
_THE_ONE = regex(r"\Athe\s+(.+?)\s+ones?\Z", re.IGNORECASE)
_BEFORE_YEAR = regex(r"\s+(?=(?:19|20)\d\d\Z)")
_STANCE = regex(
    r"(?<!\w)(?:for|in favou?r(?: of)?|against|abstain(?:ed|ing)?|setuju|mendukung|menolak|menentang|abstain)(?!\w)",
    re.IGNORECASE,
)
_VOTES = regex(r"\b(?:vot\w+|suara|memilih)\b", re.IGNORECASE)
_MOST = 6  # names


def in_place(phrase: str, before: Turn) -> list[Variant]:
    """Put a phrase in the place of another of the question before: "What about Thailand?" """
    put = _Put.of(_THE_ONE.sub(r"\1", phrase.strip(" ?")), before)
    if only := put.in_its_only_place(before):
        return [only]
    alike = "" if put.names and put.of_its_kind else in_place_of_its_like(put.phrase, put.question)
    counted = [] if alike else put.in_place_of_what_is_counted()
    texts = put.in_place_of_names()
    pieced = [] if alike else [text for text in put.pieced(is_placed=any(texts)) if text not in texts]
    names, about = " ".join(put.names), " ".join(put.names) or put.bare
    has_title = before.title and not (time_alone(phrase) or (alike and LEAD.match(put.phrase)))
    return [
        *(Variant(text, about=names, like=True) for text in (alike, *counted) if text),
        *(Variant(text, about=about) for text in texts if text),
        *(Variant(text, about=about, pieced=True) for text in pieced if text),
        *([Variant(f"{put.phrase}, {before.title}?", about=about)] if has_title else []),
    ]


@dataclass(frozen=True, slots=True)
class _Put:
    """What a message names, "in Wick", and the question before, in which it is put.

    `bare`: without a preposition; `names` are those in it, `found` those of the question, and `topic` what that is
    about: "…about fees".
    """

    phrase: str
    bare: str
    question: str
    names: list[str]
    found: list[str]
    topic: re.Match[str] | None

    @classmethod
    def of(cls, phrase: str, before: Turn) -> "_Put":
        bare = LEAD.sub("", phrase, count=1) if LEAD.match(phrase) else phrase
        question = before.question.rstrip(" ?")
        return cls(phrase, bare, question, names_in(bare, asks=False), names_of(before), _TOPIC.search(question))

    @property
    def of_its_kind(self) -> list[str]:
        """The names of the question, the last first, that are numbers as it is, or have none as it.

        "In the north" takes the place of "Wick" only in "in Wick".
        """
        has_number = _NUMBER.search(self.bare) is not None
        alike = [name for name in reversed(self.found) if bool(_NUMBER.search(name)) is has_number]
        if self.bare != self.phrase and ARTICLE.match(self.bare):
            return [name for name in alike if re.search(rf"{_LEADS_TO}{re.escape(name)}", self.question, re.IGNORECASE)]
        if has_letter(self.bare) and has_number:  # "School 1" in the place of "Sports hall"
            alike += [name for name in reversed(self.found) if has_letter(name) and name not in alike]
        return alike

    @property
    def has_subject(self) -> bool:
        """Whether it is a thing and the question has another between its verbs: "Where does the delegation stay?"."""
        places = _PHRASE.finditer(self.question) if self.bare == self.phrase and ARTICLE.match(self.bare) else ()
        return any(DID.search(self.question, 0, one.start()) for one in places)

    def in_its_only_place(self, before: Turn) -> Variant | None:
        """Return the question with it as what that is about, or for a number, a time or a side, if it is one."""
        phrase, bare, question = self.phrase, self.bare, self.question
        if ABOUT_WORD.match(phrase):  # "And about ice?"
            asked = question[: self.topic.start()] if self.topic else question
            return Variant(f"{asked} {phrase}?", about=" ".join(names_in(phrase, asks=False)))
        if text := with_other_number(question, phrase, before.title.casefold().split()):  # "And no. 3?"
            return Variant(text, like=True)
        if BY_NOW.fullmatch(bare):  # "And before?"
            return Variant(replaced(BY_NOW.pattern, bare, question) or f"{question} {bare}?")
        stance = YANG.sub("", phrase)
        if _STANCE.fullmatch(stance) and _VOTES.search(question) and _STANCE.search(question):  # "And against?"
            return Variant(f"{_STANCE.sub(stance, question, count=1)}?", like=True)
        if text := in_place_of_its_time(bare, question):  # "And in December?", "in 2024?"
            return Variant(text, like=True, about=year_in(bare))
        return None

    def in_place_of_names(self) -> list[str]:
        """Return the question with it as what that is about, and in the place of things and names."""
        bare, question = self.bare, self.question
        texts = []
        if self.topic and bare == self.phrase:
            texts.append(f"{question[: self.topic.start()]} {self.topic['about']} {bare}?")
        if ARTICLE.match(bare):
            places = [without_verb(question, *match.span()) for match in _PHRASE.finditer(question)]
            texts += [f"{question[:start]}{bare}{question[end:]}?" for start, end in places]
        if has_letter(bare) and _NUMBER.search(bare):  # "phase 2" in the place of "phase 1"
            texts.append(replaced(_NUMBER.sub(lambda _: _NUMBER.pattern, re.escape(bare)), bare, question))
        if not YANG.match(bare) and (not any(texts) or any(map(has_letter, self.names))):
            texts += [replaced(re.escape(name), bare, question) for name in self.of_its_kind[:_MOST]]
        return texts

    def in_place_of_what_is_counted(self) -> list[str]:
        if self.names or self.bare != self.phrase or OF_TIME.search(self.bare):
            return []
        return in_place_of_what_is_counted(self.bare, self.question)

    def pieced(self, *, is_placed: bool) -> Iterator[str]:
        """Yield the question with it in the place of its last words, or behind it; `is_placed`: it stands elsewhere."""
        bare, question = self.bare, self.question
        words = list(filter(has_letter, subject_words(question)))
        has_its_place = (ARTICLE.match(bare) and is_placed) or any(map(has_letter, self.found))
        if words and not has_its_place:
            thing = YANG.sub("", bare)
            as_many = words[-len(thing.split()) :]  # a name of two words without capitals: "siti rahmawati"
            patterns = dict.fromkeys(r"\s+".join(map(re.escape, last)) for last in (as_many, words[-1:]))
            last_word = "" if _FOR.match(self.phrase) else r"|{}\Z"  # "for students" is for something
            yield from (replaced(rf"(?:{_LEADS_TO}{one}{last_word.format(one)})", thing, question) for one in patterns)
        if not self.of_its_kind and not self.has_subject:
            yield f"{question} {self.phrase}?"
        last = _OF_THE_LAST.search(question)
        if (
            last and not (self.names or self.topic) and bare == self.phrase
        ):  # "votes in Wick?", "turnout?"; "cost of care?", "death?"
            yield f"{self.phrase}{last[0]}?" if self.found else f"{question[: last.end('lead')]} {self.phrase}?"


def names_of(before: Turn) -> list[str]:
    """Return the names of the question before, also those that only what was cited writes with capitals.

    A word of Indonesian that begins the sentence is none. A year behind a name is one by itself.
    """
    found = [part for name in names_in(before.question) for part in _BEFORE_YEAR.split(name)]
    shown = (*names_in(before.cited, asks=False), *names_in(before.column, asks=False))
    cited = [name for name in shown if name.casefold() not in STOP_WORDS]
    if cited and before.cited.startswith(cited[0]) and question_language(before.question) == "id":
        cited = cited[is_base_word(cited[0].casefold()) :]
    said = (re.search(rf"(?<!\w){re.escape(name)}(?!\w)", before.question, re.IGNORECASE) for name in cited)
    also = [match[0] for match in said if match and has_letter(match[0])]
    names = [*found, *(name for name in also if not any(f" {one} " in f" {name} " for one in found))]
    return sorted(dict.fromkeys(names), key=before.question.find)


def is_part(asked: str) -> bool:
    """Tell whether what is asked is but a part of a question: "in upper wick", not with an article; "yang luka"."""
    lead = LEAD.match(asked)
    return bool(YANG.match(asked)) or (lead is not None and not ARTICLE.match(asked, lead.end()))
