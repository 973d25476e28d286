"""Understand a question that goes on from the one before: "And when?", "who else?", "what about Thailand?".

No model rewrites it. What it may stand for is put together from its own words, the words of the question before and the
answer to that; the retriever and the reader then tell which of these the documents answer most surely (Interpreter).
In English and Indonesian.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from retrieval.questions.asked_contact import asks_only_contact
from retrieval.questions.asked_day import asked_day
from retrieval.questions.asked_part import NUMBER_ALONE, asked_part, names_a_whole, with_other_part
from retrieval.questions.courtesy import as_read
from retrieval.questions.in_place import in_place, is_part
from retrieval.questions.kinds import asks_who
from retrieval.questions.periods import without_periods
from retrieval.questions.pronouns import (
    SHORT,
    in_its_place,
    means_before,
    means_one_person,
    names_before,
    pronoun_in,
    with_topic,
)
from retrieval.questions.question_parts import (
    ABOUT,
    ASKS,
    ELSE,
    PERSON,
    SENTENCE_END,
    THING,
    WHO_SAID_IT,
    WORD,
    asks,
    is_question,
    names_in,
    only_goes_on,
    opened,
    rest_of,
    subject_words,
)
from retrieval.questions.replacing import time_alone
from retrieval.questions.report_names import has_date
from retrieval.questions.report_steps import of_another_report, other_year, step_asked_for, without_report_names
from retrieval.questions.to_the_bot import addresses_the_bot, is_courtesy
from retrieval.questions.variant import Variant
from retrieval.text.patterns import regex
from retrieval.values import Turn

_COMPARED = regex(
    r"^(?:compared (?:with|to)|versus|vs|than|dibanding(?:kan)?(?: dengan)?|ketimbang)\b\.?\s*(?=[^,]*$)", re.IGNORECASE
)
_CLOCK = regex(r"(?:what time is it(?: now)?|jam berapa sekarang)\W*\Z", re.IGNORECASE)
_DAY_ALONE = regex(r"\A(?=the \d\d?(?:st|nd|rd|th)\W*\Z)", re.IGNORECASE)
_LONE_CAPITAL = regex(r"\A[A-Z](?=[a-z]+\b(?!\s+[A-Z]))")  # of a first word, as phones make it; "USA" has more
_THERE = regex(r"\b(?:is|was|are|were) there\Z", re.IGNORECASE)
_PHRASE_WORDS = 4
_ASKED_IN = 2  # questions of a message that are read one by one
_LONGEST = 600  # characters of a variant: more are no question that somebody would ask
_LONGEST_CITED = 550  # of a sentence of which it is asked who said it
_MOST = 6  # variants


def variants(question: str, before: Turn | None, written: str = "") -> list[Variant]:
    """Return what a question may stand for after the turn before it, at most _MOST.

    `written` is the question with the capitals of what was cited, by which a name that is put in it is known for one.
    The question itself comes first, unless it cannot stand alone. One that surely stands alone is all that there is.
    """
    alone = Variant(as_read(question), alone=True)
    if is_courtesy(alone.text):
        return [alone]
    going_on = list(_variants(alone, before, Variant(as_read(written or question)))) if before else []
    first, *others = going_on or [alone]
    found = dict.fromkeys([first, *_asked_in(alone.text), *others])
    return [one for one in found if len(one.text) <= _LONGEST or one.alone][:_MOST] or [alone]


def asks_for_more(question: str) -> bool:
    """Tell whether a question asks for what was not said yet: "Who else …?" """
    asked, connected = opened(question)
    return only_goes_on(asked, connected=connected) or bool(ELSE.search(asked))


def leans_on_before(question: str) -> bool:
    """Tell whether a question says whom or what it means only by a pronoun, or not at all."""
    asked, _ = opened(question)
    pronoun = pronoun_in(asked)
    return not subject_words(asked) or bool(pronoun and not names_before(asked, pronoun))


def may_go_on(question: str) -> bool:
    """Tell whether a question is short and names nothing, so that it may be about what was spoken of."""
    asked, _ = opened(question)
    return len(WORD.findall(asked)) <= SHORT and not names_in(_LONE_CAPITAL.sub(lambda first: first[0].lower(), asked))


def _asked_in(message: str) -> list[Variant]:
    """Return the last questions of a message that says more than them."""
    sentences = SENTENCE_END.split(message)
    asked = [as_read(one) for one in sentences if one.endswith("?") and not leans_on_before(one)]
    return [Variant(one) for one in reversed(asked[-_ASKED_IN:])] if len(sentences) > 1 else []


@dataclass(frozen=True, slots=True)
class _Message:
    """What goes on from a turn: as it is read (`alone`), what it asks, opened, and what it names after "what about"."""

    alone: Variant
    asked: str
    connected: bool
    phrase: str

    @classmethod
    def of(cls, alone: Variant, before: Turn) -> "_Message":
        asked, connected = opened(alone.text)
        about = ABOUT.match(asked) or _compared(asked)
        phrase = asked[about.end() :].strip(" ?") if about else ""
        phrase = time_alone(phrase or asked) or phrase
        if _DAY_ALONE.match(phrase or asked) and has_date(before.question):  # "And the 9th?"
            phrase = f"on {phrase or asked}"
        return cls(alone, asked, connected, phrase)

    @property
    def said(self) -> str:
        return self.phrase or self.asked

    @property
    def words(self) -> int:
        return len(WORD.findall(self.asked))

    @property
    def bare(self) -> bool:
        return not subject_words(self.asked)

    @property
    def is_phrase(self) -> bool:
        """Whether it only names something: "what about Thailand?", "in Thailand?" """
        if self.phrase:
            return True
        is_part_only = not is_question(self.asked) and (
            self.connected or (is_part(self.asked) and not asks(self.asked))
        )
        return self.words <= _PHRASE_WORDS and not self.bare and is_part_only


def _variants(alone: Variant, before: Turn, written: Variant) -> Iterator[Variant]:
    message = _Message.of(alone, before)
    if only := _told_by_its_form(message, before):
        yield from only
        return
    if step := step_asked_for(message.said):
        if year := other_year(before.question, step):
            yield Variant(year, like=True)
        yield Variant(without_periods(without_report_names(before)), step=step)
    if other := of_another_report(message.said, before):
        yield Variant(other)
        yield from in_place(message.said, before)
    elif only_goes_on(message.asked, connected=message.connected):
        yield from (Variant(text, new=True) for text in _else("", before))
    elif ELSE.search(message.asked):
        yield from _more(message, before)
    elif message.is_phrase:
        yield from _naming(message, before, _Message.of(written, before).said)
    else:
        yield from _asking(message, before)


def _told_by_its_form(message: _Message, before: Turn) -> list[Variant]:
    """Return what a message means that asks for the hour, a day, a part of the document or who said it, if it does."""
    if _CLOCK.match(message.asked) or asked_day(message.asked):
        return [message.alone]
    if part := _of_a_part(message.said, before):
        return [Variant(part, here=True), *([message.alone] if names_a_whole(message.said) else [])]
    if (who := WHO_SAID_IT.fullmatch(message.asked)) and 0 < len(before.cited) < _LONGEST_CITED:
        return [Variant(f"{'siapa yang mengatakan' if who['siapa'] else 'who said'}: {before.cited}")]
    return []


def _more(message: _Message, before: Turn) -> Iterator[Variant]:
    """Ask for what was not said yet: "who else?", "what else did she say?" """
    once_more = ELSE.sub(lambda match: match["asks"] or "", message.asked).strip(" ?!.")
    named = bool(names_in(once_more))
    if named or subject_words(once_more):
        yield replace(message.alone, new=True)
    if PERSON.search(once_more):
        yield from (Variant(text, new=True) for text in in_its_place(once_more, before))
    elif not named:
        yield from (Variant(text, new=True) for text in _else(once_more, before))


def _naming(message: _Message, before: Turn, named: str) -> Iterator[Variant]:
    """Ask what was asked before of what is `named` now: "what about Thailand?" """
    if message.words > SHORT:
        yield message.alone
    yield from _here(message, before, doubtful=True)
    if _has_owner(message.said):
        yield from (Variant(text) for text in in_its_place(message.said, before))
    else:
        yield from in_place(named, before)


def _asking(message: _Message, before: Turn) -> Iterator[Variant]:
    """Ask what is asked now of what was spoken of: "And when?", "How old is she?", "any deaths?" """
    asked, alone, pronoun = message.asked, message.alone, pronoun_in(message.asked)
    if addresses_the_bot(asked) and not pronoun:  # small talk
        yield alone
    elif message.bare:
        if PERSON.search(asked):
            yield from (Variant(text) for text in in_its_place(asked, before))
        yield from _asked_again(asked, before)
    elif pronoun and not names_before(asked, pronoun):  # whom it means does not stand before it
        clear = means_one_person(pronoun) or not names_in(asked)
        there = clear and not subject_words(asked[: pronoun.start()])
        yield replace(alone, same_document=there, likely_there=not names_in(asked) and means_before(asked, pronoun))
        yield from _here(message, before)
        yield from (Variant(text) for text in in_its_place(asked, before))
    else:
        yield alone
        if may_go_on(asked):
            yield from _here(message, before)
            surely = message.connected or asks_only_contact(asked)
            yield from (Variant(text, doubtful=not surely) for text in with_topic(asked, before))
        if message.words <= _PHRASE_WORDS and not asks(asked) and not is_question(asked):  # "Thailand?"
            yield from (replace(one, doubtful=True) for one in in_place(asked, before))


def _here(message: _Message, before: Turn, *, doubtful: bool = False) -> list[Variant]:
    """Return the message itself, looked for only in the document that answered before."""
    return [Variant(message.alone.text, here=True, doubtful=doubtful)] if before.key else []


def _of_a_part(asked: str, before: Turn) -> str:
    """Return what asks for the part of the document before that is named now: "And paragraph 2?"; else nothing."""
    asked = asked.strip(" ?")
    other = with_other_part(asked, before.question)
    if NUMBER_ALONE.fullmatch(asked):
        return other
    part = asked_part(asked)
    return "" if part is None or part.document else other or asked


def _compared(asked: str) -> re.Match[str] | None:
    """Return how a message begins that compares with what it names: "vs 2025?"; None for "compared with what?"."""
    match = _COMPARED.match(asked)
    return None if match and asks(asked[match.end() :]) else match


def _has_owner(phrase: str) -> bool:
    """Tell whether a phrase says by a pronoun whose it is: "her husband", "istrinya"."""
    pronoun = PERSON.search(phrase) or THING.search(phrase)
    return bool(pronoun and (pronoun["own"] or pronoun[0].casefold() == "nya"))


def _asked_again(asked: str, before: Turn) -> Iterator[Variant]:
    """Ask what is asked now of what was asked before: "And when?" """
    asking = asked.rstrip(" ?")
    if _THERE.search(asking) and asks_who(before.question):  # "How many were there?"
        yield from (Variant(text, goes_on=True) for text in with_topic(asking, before))
        return
    yield Variant(f"{asking} {rest_of(before.question)}?", goes_on=True)
    if before.answer:
        yield Variant(f"{asking} {before.answer} {rest_of(before.question)}?", goes_on=True, repeats=True)
    if before.title and before.title.casefold() not in before.question.casefold():
        yield Variant(f"{asking} {rest_of(before.question)}, {before.title}?", goes_on=True)
    if before.title and THING.search(asking):
        yield Variant(f"{asking}, {before.title}?", goes_on=True)  # "When was it?"


def _else(once_more: str, before: Turn) -> Iterator[str]:
    """Ask once more what was asked before, or what is asked now."""
    if subject_words(once_more) or _THERE.search(once_more):
        yield from with_topic(once_more, before)
        return
    yield before.question
    if ASKS.match(once_more):
        yield f"{once_more} {rest_of(before.question)}?"
