"""What is told of another's wife or lawyer, or was done to another, does not answer what is asked of somebody."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from retrieval.questions.kinds import asked_kind_is_there
from retrieval.reading.once import one_a_sentence
from retrieval.text.names import NAME_WORD, names_had
from retrieval.text.offices import names_besides_offices
from retrieval.text.words import base_word, stems
from retrieval.values import Reading

_INDONESIAN = "istri|isteri|suami|anak|putra|putri|ayah|kakak|adik|keponakan|pengacara|kuasa|penasihat"
_RELATIONS = (  # each group of words is one
    "istri isteri wife",
    "suami husband",
    "anak putra putri son daughter child",
    "ayah father",
    "mother",
    "kakak adik brother sister",
    "keponakan nephew niece",
    "pengacara kuasa penasihat lawyer attorney counsel solicitor",
)
_WORDS = "|".join(word for group in _RELATIONS for word in group.split())
_NAMES = rf"(?:{NAME_WORD} ){{0,3}}{NAME_WORD}"
_TITLE = r"(?i:(?:pak|bu|bapak|ibu|mr|mrs|ms|dr)\b\.? )?"
_RELATED_TO = re.compile(  # "istri Surya", "kuasa hukum dari Pak Surya", "the wife of Surya", "Surya's wife"
    rf"\b(?i:(?P<relation>{_WORDS})(?: hukum)? (?:dari |of |for )|(?P<relasi>{_INDONESIAN})(?: hukum)? )"
    rf"{_TITLE}(?!(?:Ibu|Bapak|Pak|Bu|Anda|Saya|Beliau)\b)(?P<whose>{_NAMES})"
    rf"|\b(?P<owner>{_NAMES})['’]s? (?P<of_owner>{_WORDS})\b"
)
_ASKS_WHO_IS = re.compile(
    rf"\A\W*(?:and |dan )?(?:who(?:[’']s| is| was)(?: the)?|siapa(?:kah)?(?: nama)?) (?:{_WORDS}|{NAME_WORD})"
    rf"|\A\W*(?:{_WORDS})\b.*\bsiapa\W*\Z",
    re.IGNORECASE,
)

_HELPS = r"(?:(?:was|were|is|are|has|have|been|akan|sudah|telah|juga|hanya|pernah) )*"
_DONE_TO = (  # not "born", as many people go by other names then
    "dituntut divonis dihukum didakwa dijatuhi ditahan ditangkap diperiksa dilantik dipecat"
    " sentenced jailed fined charged convicted arrested detained appointed sacked"
).replace(" ", "|")
_DONE = rf"(?: \([^()]{{1,20}}\))?,? {_HELPS}(?P<done>{_DONE_TO})\b"
_ASKED_OF = re.compile(rf"\b(?P<whom>{_NAMES}){_DONE}")
_TOLD_OF = re.compile(rf"\b(?P<whom>(?:{NAME_WORD} ){{1,3}}{NAME_WORD}){_DONE}")


def is_done_to_another(question: str, reading: Reading) -> bool:
    """Tell whether a question asks what was done to somebody, and it was done to another before what is marked.

    The text names both, and does not call one person so: "Ana Lim, the skipper, was fined".
    """
    return _done_to(question, reading) is not None


def done_to_asked_first(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Put in the place of what was done to another the sentence of its passage that says it of whom a question names.

    That has a date or a number, if the question asks for one.
    """
    done = ((one, _done_to(question, one)) for one in readings)
    return one_a_sentence(next(_said_of(question, one, *whom), one) if whom else one for one, whom in done)


def _said_of(question: str, reading: Reading, names: Sequence[str], done: str) -> Iterator[Reading]:
    """Yield the sentences of a reading's passage with names and what was done, in any form: "menuntut", "dituntut"."""
    document = reading.hit.document
    for sentence in reading.hit.passage.sentences:
        text = document.text_of(sentence)
        if sentence.heading or names_had(text, names) != set(names) or asked_kind_is_there(question, text) < 0:
            continue
        if not _forms(done, document.language).isdisjoint(_forms(text, document.language)):
            yield replace(reading, sentence=sentence, highlight=None)


def _forms(text: str, language: str) -> set[str]:
    return {*map(base_word, re.findall(r"[a-z]+", text)), *stems(text, language)}


def _done_to(question: str, reading: Reading) -> tuple[list[str], str] | None:
    """Return the names of whom a question asks what was done to them, and what, if a sentence says it of another."""
    if not reading.highlight:
        return None
    text, sentence = reading.hit.document.text, reading.sentence
    told = list(_TOLD_OF.finditer(text, sentence.start, reading.highlight[0]))
    for asked in _ASKED_OF.finditer(question) if told else ():
        names = asked["whom"].split()
        others = [one["whom"].split() for one in told if one["done"] == asked["done"]]
        if others and not names_had(reading.text, names) and names_had(text, names) == set(names):
            return None if any(_are_one(names, other, text) for other in others) else (names, asked["done"])
    return None


def is_of_other_relation(question: str, reading: Reading) -> bool:
    """Tell whether what is marked is said of somebody's wife, lawyer or the like, and a question asks for another's.

    Whoever is related stands in the sentence by another name than the question has, and not in what is marked: "lawyer
    Ana Lim" is the lawyer. The document does not call one person by both names.
    """
    if not reading.highlight or not _ASKS_WHO_IS.match(question):
        return False
    asked, said = list(_related_to(question)), list(_related_to(reading.text))
    begin, end = (place - reading.sentence.start for place in reading.highlight)
    for relation, names, _ in asked:
        others = [one for one in said if one[0] == relation]
        if not others or names_had(reading.text, names):
            continue
        if all(stop <= begin or end <= start for _, _, (start, stop) in others) and not any(
            _are_one(names, other, reading.hit.document.text) for _, other, _ in others
        ):
            return True
    return False


def _related_to(text: str) -> Iterator[tuple[int, list[str], tuple[int, int]]]:
    """Yield each relation in a text, with the names of whom somebody is related to, and where these stand."""
    for match in _RELATED_TO.finditer(text):
        relation = (match["relation"] or match["relasi"] or match["of_owner"]).casefold()
        number = next(place for place, group in enumerate(_RELATIONS) if relation in group.split())
        which = "whose" if match["whose"] else "owner"
        if names := names_besides_offices(f", {match[which]}"):
            yield number, names, match.span(which)


def _are_one(names: list[str], others: list[str], text: str) -> bool:
    """Tell whether a text calls a person by names of both: "Surya Baskoro" for "Surya" and "Baskoro"."""
    either = rf"(?:{'|'.join(map(re.escape, names))})", rf"(?:{'|'.join(map(re.escape, others))})"
    between = rf" (?:{NAME_WORD} |\w\. )?"
    return any(re.search(rf"\b{one}{between}{other}\b", text) for one, other in (either, either[::-1]))
