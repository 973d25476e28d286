"""Who held an office before does not answer who holds it, nor the other way round: "Gubernur saat itu, Ana Lim"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from retrieval.questions.kinds import WHO_FIRST
from retrieval.reading.related import related_last
from retrieval.text.dates import newer
from retrieval.text.names import CAPITAL, NAME_WORD, names_had
from retrieval.text.offices import AN_OFFICE, DEPUTY, FORMER, OFFICE
from retrieval.text.words import has_only, subject_stems
from retrieval.values import Reading

_BETWEEN = r"\s+(?P<between>(?:[\w-]+\s+){0,3}?)"
_HELD_BEFORE = re.compile(rf"\b{FORMER}[\s-]+(?:[\w-]+\s+){{0,2}}\Z|\bthen[\s-]+\Z", re.IGNORECASE)
_OF_DEPUTY = re.compile(rf"\b{DEPUTY}[\s-]+(?:[\w-]+\s+){{0,2}}\Z", re.IGNORECASE)
_HELD_THEN = re.compile(  # "Gubernur Lasar saat itu", "the mayor at the time"
    rf"{_BETWEEN}(?:(?:saat|waktu|ketika|kala) itu|at (?:the|that) time)\b", re.IGNORECASE
)
_HOLDS_NOW = re.compile(rf"{_BETWEEN}(?i:sekarang|kini|saat ini)(?=\s*[,(–—]|\s+(?:adalah|ialah)\s|\s+{CAPITAL})")
_IS_CURRENT = re.compile(r"\b(?:current|incumbent|present)\s+(?:[\w-]+\s+){0,2}\Z", re.IGNORECASE)
_NAME_BEHIND = re.compile(rf"\s*,\s*(?P<name>{NAME_WORD}(?: (?:bin |binti )?{NAME_WORD}){{0,3}})(?=\s*[,.;]|\s*\Z)")
_ASKS_BEFORE = re.compile(
    rf"\b(?:{FORMER}|previous|predecessor|sebelumnya|terdahulu|pendahulu|(?:yang|yg) (?:lama|dulu))\b", re.IGNORECASE
)
_ASKS_HOLDER = re.compile(
    r"\A\W*(?:and |dan )?(?:who(?:[’']s| is) (?:the )?(?:current |new )?|siapa(?:kah)?(?: nama)? )"
    rf"(?P<office>{OFFICE})\b(?P<rest>.*)|\A\W*(?P<first>{OFFICE})\b(?P<before>.*)\bsiapa\W*\Z",
    re.IGNORECASE | re.DOTALL,
)
_SAYS_MORE = re.compile(  # of whoever holds it
    r"\b(?:who|that|which|when|during|(?:yang|yg)(?! (?:sekarang|kini|baru))|saat(?! ini)|waktu|ketika|pada|tahun|masa"
    r"|(?:me|di|ber|ter)[^\W\d]{4,}|(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_ASKS_PREDECESSOR = re.compile(
    r"\bwhom? (?:did|does|will|has) .{2,40}? (?:succeed|replace|follow|take over from)|\bpredecessors?\b"
    r"|\bpendahulu(?:nya)?\b|\b(?:meng)?gantikan siapa\b|\bsiapa yang digantikan\b",
    re.IGNORECASE,
)
_ASKS_SUCCESSOR = re.compile(
    r"\bsuccessors?\b|\bpengganti(?:nya)?\b|\bwho (?:will |has |is to )?(?:succeed|replace)"
    r"|\bsiapa (?:yang )?(?:akan )?(?:meng)?gantikan\b",
    re.IGNORECASE,
)
_TELLS_SUCCESSOR = re.compile(r"\b(?:successors?|pengganti(?:nya)?)\b", re.IGNORECASE)
_TELLS_PREDECESSOR = re.compile(r"\b(?:predecessors?|pendahulu(?:nya)?)\b", re.IGNORECASE)
_TELLS_BOTH = re.compile(r"\b(?:succe(?:ed|ss)\w*|replac\w+|took over|(?:di|meng)gantikan|diganti)\b", re.IGNORECASE)
_BEFORE_WHOM = re.compile(
    rf"\b(?:before|sebelum) (?:(?:Mr|Mrs|Ms|Dr|Pak|Bu)\.? )?(?P<whom>{NAME_WORD}(?: {NAME_WORD})*)"
)
_REPLACES = re.compile(
    r"\b(?:menggantikan|replac(?:e[sd]?|ing)|succeed(?:s|ed|ing)?) (?:(?:Mr|Mrs|Ms|Dr|Pak|Bu|Ibu|Bapak)\.? )?"
    rf"(?P<name>{NAME_WORD}(?: {NAME_WORD}){{0,3}})"
)
_WORD = re.compile(r"\w+")
_FEW_WORDS = 4  # of a question that only says an office
_SURE = 0.5  # in its document, of what a newer one says instead
_BEFORE, _NOW = "before", "now"


def asked_holders_first(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Return readings, those as no answer that name who held an office at another time than a question asks about.

    In their place come sentences of their passage that name who did hold it then, or what a newer document says of it
    surely by itself. Who held it before is no answer only where a question asks for nothing but who holds it.
    """
    asked = _asked(question)
    if asked is None:
        return list(readings)
    office, other = asked
    wrong = [one for one in readings if _times(one.text, office) == {other}]
    if not wrong:
        return list(readings)
    others, first = [one for one in readings if one not in wrong], readings[0]
    instead = list(_instead(question, first, office, other, readings))[:1] if first is wrong[0] else []
    if not instead and first is wrong[0] and other == _BEFORE:
        instead = [
            replace(one, confidence=max(one.confidence, min(first.confidence, one.in_document)))
            for one in others
            if newer(one.hit.document.date, first.hit.document.date) and one.in_document >= _SURE
        ][:1]
    places = {one.place for one in instead}
    return related_last([*instead, *(one for one in readings if one.place not in places)], wrong)


def is_of_other_turn(question: str, reading: Reading) -> bool:
    """Tell whether a sentence names only who came after somebody, where a question asks who came before.

    Or the other way round. Nor is anybody whom a question names the one that it asks for: "who was mayor before Lim?"
    """
    before, after = _ASKS_PREDECESSOR.search(question), _ASKS_SUCCESSOR.search(question)
    marked, whom = reading.marked, _BEFORE_WHOM.search(question)
    if whom and marked and WHO_FIRST.search(question) and names_had(marked, whom["whom"].split()):
        return True
    if bool(before) == bool(after):
        return False
    own, other = (_TELLS_PREDECESSOR, _TELLS_SUCCESSOR)[:: 1 if before else -1]
    replaced = [names_had(question, match["name"].split()) for match in _REPLACES.finditer(reading.text)]
    if (marked and has_only(subject_stems(question), marked)) or (before and replaced and all(replaced)):
        return True
    rest = other.sub(" ", reading.text)
    return other.search(reading.text) is not None and not (own.search(rest) or _TELLS_BOTH.search(rest))


def with_predecessor_marked(question: str, reading: Reading) -> Reading:
    """Mark whom somebody replaces, behind that word, where who came before is asked for, and not who replaces them."""
    if not (reading.highlight and _ASKS_PREDECESSOR.search(question)) or _ASKS_SUCCESSOR.search(question):
        return reading
    match = _REPLACES.search(reading.hit.document.text, reading.highlight[1], reading.sentence.end)
    return replace(reading, highlight=match.span("name")) if match else reading


def _asked(question: str) -> tuple[str, str] | None:
    """Return the office of which a question asks who holds it, or held it before, and what the other of these is."""
    if _ASKS_BEFORE.search(question):
        office = AN_OFFICE.search(question)
        is_short = WHO_FIRST.search(question) or len(question.split()) <= _FEW_WORDS
        return (office[0], _NOW) if office and is_short else None
    match = _ASKS_HOLDER.match(question)
    if match is None or _SAYS_MORE.search(match["rest"] or match["before"] or ""):
        return None
    return match["office"] or match["first"], _BEFORE


def _instead(
    question: str, reading: Reading, office: str, other: str, readings: Sequence[Reading]
) -> Iterator[Reading]:
    """Yield the sentences, read in a reading's document, that have an office at the time that a question asks about.

    What stands between the office and that time is said in the question or the reading, too: of one body, not another.
    It may be what only one of the two says.
    """
    document = reading.hit.document
    asked_time, other_time = (_HELD_THEN, _HOLDS_NOW) if other == _NOW else (_HOLDS_NOW, _HELD_THEN)
    known = set(_WORD.findall(f"{question} {reading.text}".casefold()))
    is_bare = any(not one["between"] for one in _told(office, other_time, reading.text))
    hits = {one.hit.passage.number: one.hit for one in readings if one.hit.document.id == document.id}
    there = [(hit, sentence) for hit in hits.values() for sentence in hit.passage.sentences]
    for hit, sentence in there:
        text = document.text_of(sentence)
        if sentence.heading or sentence == reading.sentence or _times(text, office) & {other, ""}:
            continue
        for told in _told(office, asked_time, text):
            if is_bare or known.issuperset(_WORD.findall(told["between"].casefold())):
                name = _NAME_BEHIND.match(text, told.end())
                start, end = name.span("name") if name else (0, 0)
                marked = (sentence.start + start, sentence.start + end) if name else None
                yield replace(reading, hit=hit, sentence=sentence, highlight=marked)


def _told(office: str, time: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """Return what tells that time behind an office in a text."""
    offices = re.finditer(rf"\b{re.escape(office)}\b", text, re.IGNORECASE)
    return [told for match in offices if (told := time.match(text, match.end()))]


def _times(text: str, office: str) -> set[str]:
    """Return when an office in a text was held, by the words beside it: before, now, or nothing of that.

    Another office is that of a deputy.
    """
    found = set()
    for match in re.finditer(rf"\b{re.escape(office)}\b", text, re.IGNORECASE):
        if _OF_DEPUTY.search(text, 0, match.start()):
            continue
        if _HELD_BEFORE.search(text, 0, match.start()) or _HELD_THEN.match(text, match.end()):
            found.add(_BEFORE)
        else:
            is_now = _IS_CURRENT.search(text, 0, match.start()) or _HOLDS_NOW.match(text, match.end())
            found.add(_NOW if is_now else "")
    return found
