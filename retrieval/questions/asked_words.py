"""Whose words a question asks for, and on what: "What did Mrs Okafor say about it?", "Who asked about the bridge?" """

import re
from dataclasses import dataclass

from retrieval.questions.courtesy import as_read
from retrieval.questions.kinds import tells_time
from retrieval.questions.question_parts import PERSON, opened
from retrieval.text.patterns import regex
from retrieval.text.people import names_of
from retrieval.text.words import STOP_WORDS, subject_stems

_PERSON = r"(?P<person>\S.{0,58}?\S)"
_OBJECT = r"(?: (?!(?:about|on|to|not|that|when)\b)[\w'’-]+){1,4}?"  # "tell the jury", not "tell them to go"
_NO_PERSON = regex(r"\b(?:do|think|want|get|have|that|when|while|if|who|to|say|ask|tell)\b", re.IGNORECASE)
_ON = r"(?: (?:about|on|regarding|concerning) (?P<subject>\S.*))?"
_SOAL = r"(?: (?:soal|tentang|mengenai|terkait|perihal) (?P<subject>\S.*))?"
_SAYS = "(?:di)?(?:kata|ucap|sampai|jelas|nyata|ungkap)kan"
_ASKED = tuple(
    regex(form, re.IGNORECASE)
    for form in (
        rf"what (?:else )?(?:did|does|do|has|had) {_PERSON} (?:also |really |actually )?"
        rf"(?:say|said|reply|answer|explain|argue|testify|(?:tell|told){_OBJECT}|(?P<asks>ask(?:ed)?)){_ON}",
        rf"apa (?:saja )?(?:kata|yang {_SAYS}(?: oleh)?|(?P<asks>yang ditanyakan(?: oleh)?)) {_PERSON}{_SOAL}",
        rf"apa (?:saja )?(?P<asks>pertanyaan) {_PERSON}",
        rf"{_PERSON} (?P<asks>(?:ber)?tanya) apa(?: s?aja)?",
    )
)
_WHO_ASKED = regex(
    r"(?:who(?: else)? asked about"
    r"|siapa(?:kah)?(?: saja)? (?:yang )?(?:(?:ber)?tanya|menanyakan)(?: (?:soal|tentang|mengenai))?)"
    r" (?P<subject>\S.*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class AskedWords:
    """Whose words a question asks for, anybody's if it is for who `asks`, and the words of their subject, if any."""

    person: str
    subject: tuple[frozenset[str], ...]
    asks: bool = False

    @property
    def of_person_on_subject(self) -> bool:
        """Tell whether it is for what somebody says about something, and not for what they ask."""
        return bool(self.person and self.subject) and not self.asks


def asked_words(question: str) -> AskedWords | None:
    """Return whose words a question asks for; None if it asks for something else, or for what was said on some day."""
    asked = opened(as_read(question))[0].strip(" ?!.")
    if who := _WHO_ASKED.fullmatch(asked):
        subject = subject_stems(who["subject"])
        return AskedWords("", tuple(subject), asks=True) if subject else None
    match = next(filter(None, (form.fullmatch(asked) for form in _ASKED)), None)
    if match is None:
        return None
    said = match.groupdict("")
    person, on = said["person"], said.get("subject", "")
    if PERSON.fullmatch(person) or _NO_PERSON.search(person) or not names_of(person) - STOP_WORDS or tells_time(on):
        return None
    words = tuple(subject_stems(on))
    if on and not words:  # "about that", whatever it is
        return None
    return AskedWords(person, words, asks=said["asks"] != "")
