"""Whose words a question asks for, and on what: "What did Mrs Okafor say about it?", "Who asked about the bridge?" """

import re
from dataclasses import dataclass

from retrieval.questions.courtesy import as_read
from retrieval.questions.kinds import tells_time
from retrieval.questions.question_parts import PERSON, opened
from retrieval.text.patterns import regex
from retrieval.text.people import names_of
from retrieval.text.words import STOP_WORDS, subject_stems

_PERSON = r"(?P<person{}>\S.{{0,58}}?\S)"
_OBJECT = r"(?: (?!(?:about|on|to|not|that|when)\b)[\w'’-]+){1,4}?"  # "tell the jury", not "tell them to go"
_NO_PERSON = regex(r"\b(?:do|think|want|get|have|that|when|while|if|who|to|say|ask|tell)\b", re.IGNORECASE)
_ON = r"(?: (?:about|on|regarding|concerning) (?P<subject>\S.*))?"
_SOAL = r"(?: (?:soal|tentang|ttg|mengenai|terkait|perihal) (?P<subjek>\S.*))?"
_SAYS = "(?:di)?(?:kata|ucap|sampai|jelas|nyata|ungkap)kan"
_ASKED = regex(
    rf"what (?:else )?(?:did|does|do|has|had) {_PERSON.format('')} (?:also |really |actually )?"
    rf"(?:say|said|reply|answer|explain|argue|testify|(?:tell|told){_OBJECT}|(?P<asks>ask(?:ed)?)){_ON}"
    rf"|apa (?:saja )?(?:kata|(?:yang|yg) {_SAYS}(?: oleh)?|(?P<tanya>(?:yang|yg) ditanyakan(?: oleh)?))"
    rf" {_PERSON.format('_id')}{_SOAL}"
    rf"|(?P<pertanyaan>apa) (?:saja )?pertanyaan {_PERSON.format('_of')}"
    rf"|{_PERSON.format('_by')} (?P<bertanya>(?:ber)?tanya) apa(?: s?aja)?",
    re.IGNORECASE,
)
_WHO_ASKED = regex(
    r"who(?: else)? asked about (?P<subject>\S.*)"
    r"|siapa(?:kah)?(?: saja)? (?:(?:yang|yg) )?(?:(?:ber)?tanya|menanyakan)(?: (?:soal|tentang|ttg|mengenai))?"
    r" (?P<subjek>\S.*)",
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
        subject = subject_stems(who["subject"] or who["subjek"])
        return AskedWords("", tuple(subject), asks=True) if subject else None
    match = _ASKED.fullmatch(asked)
    if match is None:
        return None
    person = next(filter(None, match.group("person", "person_id", "person_of", "person_by")))
    on = match["subject"] or match["subjek"] or ""
    if PERSON.fullmatch(person) or _NO_PERSON.search(person) or not names_of(person) - STOP_WORDS or tells_time(on):
        return None
    words = tuple(subject_stems(on))
    if on and not words:  # "about that", whatever it is
        return None
    return AskedWords(person, words, asks=any(match.group("asks", "tanya", "pertanyaan", "bertanya")))
