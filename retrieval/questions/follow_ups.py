"""Understand a question that goes on from the one before: "And when?", "who else?", "what about Thailand?".

No model rewrites it. What it may stand for is put together from its own words, the words of the question before and the
answer to that; the retriever and the reader then tell which of these the documents answer most surely (see Snapshot).
In English and Indonesian.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from retrieval.questions.asked_day import asked_day
from retrieval.questions.asked_part import NUMBER_ALONE, asked_part, names_a_whole, with_other_part
from retrieval.questions.courtesy import as_read
from retrieval.questions.in_place import ARTICLE, in_place, is_part, names_of, of_another_report, without_report_names
from retrieval.questions.kinds import asks_who
from retrieval.questions.periods import without_periods
from retrieval.questions.question_parts import (
    ABOUT,
    ASKS,
    AUXILIARY,
    ELSE,
    PERSON,
    SENTENCE_END,
    THING,
    WHO_SAID_IT,
    WORD,
    asks,
    is_name,
    is_question,
    names_in,
    opened,
    person_in,
    rest_of,
    subject_words,
)
from retrieval.questions.report_names import has_date
from retrieval.questions.report_steps import other_year, step_asked_for
from retrieval.questions.to_the_bot import addresses_the_bot
from retrieval.questions.variant import Variant
from retrieval.values import Turn

_COMPARED = re.compile(
    r"^(?:compared (?:with|to)|versus|vs|than|dibanding(?:kan)?(?: dengan)?|ketimbang)\b\.?\s*(?=[^,]*$)", re.IGNORECASE
)
_CLOCK = re.compile(r"(?:what time is it(?: now)?|jam berapa sekarang)\W*\Z", re.IGNORECASE)
_DAY_ALONE = re.compile(r"\A(?=the \d\d?(?:st|nd|rd|th)\W*\Z)", re.IGNORECASE)
_ONE_PERSON = re.compile(r"\b(?:s?he|him|his|hers?|dia|ia|beliau)\b", re.IGNORECASE)
_LONE_CAPITAL = re.compile(r"\A[A-Z](?=[a-z]+\b(?!\s+[A-Z]))")  # of a first word, as phones make it; "USA" has more
_DONE_TO_IT = re.compile(  # "yang mewakilinya", which no name follows as in "padinya Budi"
    r"\b(?:yang|yg|siapa|akan|sudah|telah|bisa|untuk) me\w{3,}nya\b", re.IGNORECASE
)
_THERE = re.compile(r"\b(?:is|was|are|were) there\Z", re.IGNORECASE)
_SHORT = 8  # words of a question without a name that may go on from another one
_AUXILIARY = f"(?:{AUXILIARY}|must|might)"
_OBJECT = re.compile(
    rf"(?:him|them|(?:it|this|that|these|those)(?! {_AUXILIARY}\b)|there|ini|itu|tersebut|sana|situ)\b", re.IGNORECASE
)
_AFTER_AUXILIARY = re.compile(rf"\b{_AUXILIARY} \Z", re.IGNORECASE)
_NYA_WORDS = 2  # before "nya": what is somebody's, and one more
_PHRASE_WORDS = 4
_ASKED_IN = 2  # questions of a message that are read one by one
_LONGEST = 600  # characters of a variant: more are no question that somebody would ask
_LONGEST_CITED = 550  # of a sentence of which it is asked who said it
_MOST = 6  # variants


def variants(question: str, before: Turn | None) -> list[Variant]:
    """Return what a question may stand for after the turn before it, at most _MOST.

    The question itself comes first, unless it cannot stand alone. One that surely stands alone is all that there is.
    """
    alone = Variant(as_read(question), alone=True)
    if is_courtesy(alone.text):
        return [alone]
    going_on = list(_variants(alone, before)) if before else []
    first, *others = going_on or [alone]
    found = dict.fromkeys([first, *_asked_in(alone.text), *others])
    return [one for one in found if len(one.text) <= _LONGEST or one.alone][:_MOST] or [alone]


def is_courtesy(text: str) -> bool:
    """Tell whether a message asks nothing: "Thanks!", "ok", a thumb."""
    asked, connected = opened(text)
    more = _only_goes_on(asked, connected=connected) or ELSE.search(asked)
    if "?" in asked and (len(WORD.findall(asked)) > 1 or "(" in asked):  # "Is that right?", "And (a)?"
        return False
    return not (more or asks(asked) or PERSON.search(asked) or subject_words(asked))


def _only_goes_on(asked: str, *, connected: bool) -> bool:
    """Tell whether a message, opened, says nothing but that there may be more: "And then?", "lalu", "?"."""
    return not WORD.search(asked) and (connected or "?" in asked)


def asks_for_more(question: str) -> bool:
    """Tell whether a question asks for what was not said yet: "Who else …?" """
    asked, connected = opened(question)
    return _only_goes_on(asked, connected=connected) or bool(ELSE.search(asked))


def leans_on_before(question: str) -> bool:
    """Tell whether a question says whom or what it means only by a pronoun, or not at all."""
    asked, _ = opened(question)
    pronoun = _pronoun(asked)
    return not subject_words(asked) or bool(pronoun and not _names_before(asked, pronoun))


def may_go_on(question: str) -> bool:
    """Tell whether a question is short and names nothing, so that it may be about what was spoken of."""
    asked, _ = opened(question)
    return len(WORD.findall(asked)) <= _SHORT and not names_in(_LONE_CAPITAL.sub(lambda first: first[0].lower(), asked))


def _asked_in(message: str) -> list[Variant]:
    """Return the last questions of a message that says more than them."""
    sentences = SENTENCE_END.split(message)
    asked = [as_read(one) for one in sentences if one.endswith("?") and not leans_on_before(one)]
    return [Variant(one) for one in reversed(asked[-_ASKED_IN:])] if len(sentences) > 1 else []


def _pronoun(asked: str) -> re.Match[str] | None:
    short = len(WORD.findall(asked)) <= _SHORT
    return PERSON.search(asked) or (THING.search(asked) if short else None)


def _names_before(asked: str, pronoun: re.Match[str]) -> list[str]:
    """Return the names before a pronoun; none is the word that "nya" ends, as in "Istrinya siapa?" """
    said = asked[: pronoun.start()]
    return names_in(said.rpartition(" ")[0] if pronoun[0].casefold() == "nya" else said)


def _means_before(asked: str, pronoun: re.Match[str]) -> bool:
    """Tell whether a pronoun hardly means what its question says before it; not in "which farmers lost their cows"."""
    said = asked[: pronoun.start()]
    words = subject_words(said)
    if pronoun[0].casefold() == "nya":
        return len(words) <= _NYA_WORDS
    free = _OBJECT.match(asked, pronoun.start()) or (not pronoun["own"] and _AFTER_AUXILIARY.search(said))
    return not words or bool(free)


def _variants(alone: Variant, before: Turn) -> Iterator[Variant]:
    asked, connected = opened(alone.text)
    words = len(WORD.findall(asked))
    bare = not subject_words(asked)
    pronoun = _pronoun(asked)
    about = ABOUT.match(asked) or _compared(asked)
    phrase = asked[about.end() :].strip(" ?") if about else ""
    if _DAY_ALONE.match(phrase or asked) and has_date(before.question):  # "And the 9th?"
        phrase = f"on {phrase or asked}"
    said = phrase or asked
    here = [Variant(alone.text, here=True)] if before.key else []
    if _CLOCK.match(asked) or asked_day(asked):
        yield alone
        return
    if part := _of_a_part(said, before):
        yield Variant(part, here=True)
        if names_a_whole(said):
            yield alone
        return
    if (who := WHO_SAID_IT.fullmatch(asked)) and 0 < len(before.cited) < _LONGEST_CITED:
        yield Variant(f"{'siapa yang mengatakan' if who['siapa'] else 'who said'}: {before.cited}")
        return
    if step := step_asked_for(said):
        if year := other_year(before.question, step):
            yield Variant(year, like=True)
        yield Variant(without_periods(without_report_names(before)), step=step)
    if other := of_another_report(said, before):
        yield Variant(other)
        yield from in_place(said, before)
    elif _only_goes_on(asked, connected=connected):
        yield from (Variant(text, new=True) for text in _else("", before))
    elif ELSE.search(asked):
        once_more = ELSE.sub(lambda match: match["asks"] or "", asked).strip(" ?!.")
        named = bool(names_in(once_more))
        if named or subject_words(once_more):
            yield replace(alone, new=True)
        if PERSON.search(once_more):
            yield from (Variant(text, new=True) for text in _named(once_more, before))
        elif not named:
            yield from (Variant(text, new=True) for text in _else(once_more, before))
    elif phrase or (words <= _PHRASE_WORDS and not bare and _is_phrase(asked, connected=connected)):
        if words > _SHORT:
            yield alone
        yield from (replace(one, doubtful=True) for one in here)
        if _has_owner(said):
            yield from (Variant(text) for text in _named(said, before))
        else:
            yield from in_place(said, before)
    elif addresses_the_bot(asked) and not pronoun:  # small talk
        yield alone
    elif bare:
        if PERSON.search(asked):
            yield from (Variant(text) for text in _named(asked, before))
        yield from _asked_again(asked, before)
    elif pronoun and not _names_before(asked, pronoun):  # whom it means does not stand before it
        clear = _ONE_PERSON.fullmatch(pronoun[0]) or not names_in(asked)
        there = bool(clear) and not subject_words(asked[: pronoun.start()])
        yield replace(alone, same_document=there, likely_there=not names_in(asked) and _means_before(asked, pronoun))
        yield from here
        yield from (Variant(text) for text in _named(asked, before))
    else:
        yield alone
        if may_go_on(asked):
            yield from here
            yield from (Variant(text, doubtful=not connected) for text in _with_topic(asked, before))
        if words <= _PHRASE_WORDS and not asks(asked) and not is_question(asked):  # "Thailand?"
            yield from (replace(one, doubtful=True) for one in in_place(asked, before))


def _of_a_part(asked: str, before: Turn) -> str:
    """Return what asks for the part of the document before that is named now: "And paragraph 2?"; else nothing."""
    asked = asked.strip(" ?")
    other = with_other_part(asked, before.question)
    part = asked_part(asked)
    if part is None or part.document:
        return other if NUMBER_ALONE.fullmatch(asked) else ""
    return other or asked


def _compared(asked: str) -> re.Match[str] | None:
    """Return how a message begins that compares with what it names: "vs 2025?"; None for "compared with what?"."""
    match = _COMPARED.match(asked)
    return None if match and asks(asked[match.end() :]) else match


def _is_phrase(asked: str, *, connected: bool) -> bool:
    """Tell whether a message is no question by itself: "and Thailand?", "in Thailand?" """
    return not is_question(asked) and (connected or (is_part(asked) and not asks(asked)))


def _has_owner(phrase: str) -> bool:
    """Tell whether a phrase says by a pronoun whose it is: "her husband", "istrinya"."""
    pronoun = PERSON.search(phrase) or THING.search(phrase)
    return bool(pronoun and (pronoun["own"] or pronoun[0].casefold() == "nya"))


def _asked_again(asked: str, before: Turn) -> Iterator[Variant]:
    """Ask what is asked now of what was asked before: "And when?" """
    asking = asked.rstrip(" ?")
    if _THERE.search(asking) and asks_who(before.question):  # "How many were there?"
        yield from (Variant(text, goes_on=True) for text in _with_topic(asking, before))
        return
    yield Variant(f"{asking} {rest_of(before.question)}?", goes_on=True)
    if before.answer:
        yield Variant(f"{asking} {before.answer} {rest_of(before.question)}?", goes_on=True, repeats=True)
    if before.title and before.title.casefold() not in before.question.casefold():
        yield Variant(f"{asking} {rest_of(before.question)}, {before.title}?", goes_on=True)
    if before.title and THING.search(asking):
        yield Variant(f"{asking}, {before.title}?", goes_on=True)  # "When was it?"


def _with_topic(asked: str, before: Turn, *, named: bool = True) -> Iterator[str]:
    """Ask it of what was spoken of, and, if `named`, of the names in it: "any deaths?" """
    asking = asked.rstrip(" ?")
    if before.title:
        yield f"{asking}, {before.title}?"
    if not named:
        return
    names = [*names_in(before.answer, asks=False), *reversed(names_in(before.question))]
    yield from (f"{asking} {name}?" for name in list(dict.fromkeys(filter(is_name, names)))[:2])


def _else(once_more: str, before: Turn) -> Iterator[str]:
    """Ask once more what was asked before, or what is asked now."""
    if subject_words(once_more) or _THERE.search(once_more):
        yield from _with_topic(once_more, before)
        return
    yield before.question
    if ASKS.match(once_more):
        yield f"{once_more} {rest_of(before.question)}?"


def _named(asked: str, before: Turn) -> Iterator[str]:
    """Put what was spoken of before in the place of a pronoun: "How old is she?"

    Where one person is meant, that is not what a title names with an article; and no title if a person was asked for.
    """
    pronouns = PERSON if PERSON.search(asked) else THING
    answered = [name for answer in (before.answer, *before.earlier) for name in names_in(answer, asks=False)]
    others = [person_in(before.title), *reversed(names_of(before))]
    if _ONE_PERSON.search(asked):
        known = asks_who(before.question) and any(map(is_name, answered))
        others = [name for name in others if not (ARTICLE.match(name) or (known and name in before.title))]
    spoken_of = [*answered, *others]
    for name in list(dict.fromkeys(filter(is_name, spoken_of)))[:3]:
        yield pronouns.sub(partial(_form, name), asked)
    yield from _with_topic(asked, before, named=not _DONE_TO_IT.search(asked))


def _form(name: str, pronoun: re.Match[str]) -> str:
    if pronoun[0].casefold() == "nya":
        return name if pronoun.string[: pronoun.start()].endswith(" ") else f" {name}"
    return name.removesuffix("'s") + "'s" if pronoun["own"] else name
