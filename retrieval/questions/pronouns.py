"""What a pronoun of a follow-up may stand for: "How old is she?", "Istrinya siapa?" """

import re
from collections.abc import Iterator
from functools import partial

from retrieval.questions.in_place import names_of
from retrieval.questions.kinds import asks_holder, asks_who
from retrieval.questions.question_parts import (
    AUXILIARY,
    PERSON,
    THING,
    WORD,
    asks,
    is_name,
    names_in,
    person_in,
    subject_words,
)
from retrieval.questions.replacing import ARTICLE
from retrieval.text.offices import AN_OFFICE
from retrieval.text.patterns import regex
from retrieval.text.quotation_marks import quotations
from retrieval.values import Turn

SHORT = 8  # words of a question without a name that may go on from another one
_ONE_PERSON = regex(r"\b(?:s?he|him|his|hers?|dia|ia|beliau)\b", re.IGNORECASE)
_AGE_OF = regex(r"\b(?:umur|usia)nya\b", re.IGNORECASE)
_DONE_TO_IT = regex(  # "yang mewakilinya", which no name follows as in "padinya Budi"
    r"\b(?:yang|yg|siapa|akan|sudah|telah|bisa|untuk) me\w{3,}nya\b", re.IGNORECASE
)
_AUXILIARY = f"(?:{AUXILIARY}|must|might)"
_OBJECT = regex(
    rf"(?:him|them|(?:it|this|that|these|those)(?! {_AUXILIARY}\b)|there|ini|itu|tersebut|sana|situ)\b", re.IGNORECASE
)
_AFTER_AUXILIARY = regex(rf"\b{_AUXILIARY} \Z", re.IGNORECASE)
_NYA_WORDS = 2  # before "nya": what is somebody's, and one more


def pronoun_in(asked: str) -> re.Match[str] | None:
    """Return what stands in a question for what was spoken of before, and in no words that it quotes."""
    short = len(WORD.findall(asked)) <= SHORT
    own = asked
    for start, end in quotations(asked, 0, len(asked)):
        own = f"{own[:start]}{' ' * (end - start)}{own[end:]}"
    return PERSON.search(own) or (THING.search(own) if short else None)


def names_before(asked: str, pronoun: re.Match[str]) -> list[str]:
    """Return the names before a pronoun; none is the word that "nya" ends, as in "Istrinya siapa?" """
    said = asked[: pronoun.start()]
    return names_in(said.rpartition(" ")[0] if pronoun[0].casefold() == "nya" else said)


def means_before(asked: str, pronoun: re.Match[str]) -> bool:
    """Tell whether a pronoun hardly means what its question says before it; not in "which farmers lost their cows"."""
    said = asked[: pronoun.start()]
    words = subject_words(said)
    if pronoun[0].casefold() == "nya":
        return len(words) <= _NYA_WORDS
    free = _OBJECT.match(asked, pronoun.start()) or (not pronoun["own"] and _AFTER_AUXILIARY.search(said))
    return not words or bool(free)


def in_its_place(asked: str, before: Turn) -> Iterator[str]:
    """Put what was spoken of before in the place of a pronoun: "How old is she?"

    Where one person is meant, that is not what a title names with an article; and no title if a person was asked for.
    Where that was the holder of an office, it is the office, too, in small letters: "siapa bupati?", "wakilnya?"
    """
    pronouns = PERSON if PERSON.search(asked) else THING
    answered = [name for answer in (before.answer, *before.earlier) for name in names_in(answer, asks=False)]
    others = [person_in(before.title), *reversed(names_of(before))]
    if _ONE_PERSON.search(asked):
        known = asks_who(before.question) and any(map(is_name, answered))
        others = [name for name in others if not (ARTICLE.match(name) or (known and name in before.title))]
    spoken_of = [*answered, *others]
    names = list(dict.fromkeys(filter(is_name, spoken_of)))[:3]
    for name in names:
        yield pronouns.sub(partial(_form, name), asked)
    office = AN_OFFICE.search(before.question) if asks_holder(before.question) else None
    if office and office[0].islower():
        asking, held = before.question[: office.start()], before.question[office.start() :].rstrip(" ?")
        yield f"{'' if asks(asked) else asking}{pronouns.sub(partial(_form, held), asked).rstrip(' ?')}?"
    yield from with_topic(asked, before, named=not _DONE_TO_IT.search(asked))


def with_topic(asked: str, before: Turn, *, named: bool = True) -> Iterator[str]:
    """Ask it of what was spoken of, and, if `named`, of the names in it: "any deaths?" """
    asking = asked.rstrip(" ?")
    if before.title:
        yield f"{asking}, {before.title}?"
    if not named:
        return
    names = [*names_in(before.answer, asks=False), *reversed(names_in(before.question))]
    yield from (f"{asking} {name}?" for name in list(dict.fromkeys(filter(is_name, names)))[:2])


def _form(name: str, pronoun: re.Match[str]) -> str:
    if pronoun[0].casefold() == "nya":
        return name if pronoun.string[: pronoun.start()].endswith(" ") else f" {name}"
    return name.removesuffix("'s") + "'s" if pronoun["own"] else name


def speaks_of_one_person(asked: str) -> bool:
    """Tell whether a question says by a pronoun whom it means, and that is a person: "how old is she", "umurnya"."""
    return bool(_ONE_PERSON.search(asked) or _AGE_OF.search(asked))


def means_one_person(pronoun: re.Match[str]) -> bool:
    """Tell whether a pronoun stands for one person, not for several, and for no thing."""
    return _ONE_PERSON.fullmatch(pronoun[0]) is not None
