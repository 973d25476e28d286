"""A sentence, or a part of one, that somebody pastes to find where it stands, or to ask who said it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.questions.chat_spelling import written_out
from retrieval.questions.question_parts import ASKS
from retrieval.reading.related import SUBJECT_CONFIDENCE
from retrieval.ruling_out.denials import denied
from retrieval.text.headings import stands_as_heading
from retrieval.text.markup import visible_text
from retrieval.text.names import FULL_NAME, NAME_WORD, names_within, without_possessives
from retrieval.text.paragraphs import paragraph_begin
from retrieval.text.patterns import regex
from retrieval.text.quotations import is_quoted, quoted_by, said_within
from retrieval.text.speakers import Speakers
from retrieval.text.words import stems, subject_stems, words_had
from retrieval.values import Reading

_NO_LANGUAGE = ""  # words as they are
_WHOLE, _PART = 4, 7
"""Words from which on a whole sentence, and a part of one, is no question that the document happens to say."""
_SAID, _QUOTED = 4, 3  # words of a part, where the question asks who said it, or sets it in quotation marks
_LEAST_WORDS, _NEARLY = 3, 0.75
"""Of what was said nearly so: words that tell its subject, and the share of them that a sentence has."""
_OPENING, _CLOSING = "[\"“„«‘']", "[\"”“»’']"
_IN_MARKS = regex(rf"{_OPENING}(?P<words>.+){_CLOSING}\W{{0,9}}\Z", re.DOTALL)
_NEGATES = regex(r"\b(?:no|not|never|nobody|\w+n['’]t|tidak|tak|bukan|belum)\b", re.IGNORECASE)
_WHO_SAID = regex(  # a quote, and not whoever said something of it
    r"(?:who|siapa(?:kah)?)\s+(?:(?:was|is) it (?:that|who)\s+|yang\s+|has\s+|had\s+|pernah\s+)*"
    r"(?:said|says|warned|(?P<asked>asked)(?! (?:about|for|if|whether|when|where|why|how|what|who)\b)"
    r"|mengatakan|menyatakan|berkata|bilang)\b(?!\s+(?:that|this|it|so|itu|ini|begitu)\s*(?:[,?]|\Z))"
    r"(?:\s+(?:that|bahwa)\b|\s*:)?\s*(?P<words>.+)",
    re.IGNORECASE | re.DOTALL,
)
_ASKED = regex(r"(?:, [^,.\n]{3,80},)? (?:asked|bertanya|menanyakan)\b")  # behind the name of who did
_NAMES = regex(rf"(?:\w+\.? ){{0,3}}{NAME_WORD}")


def pasted_only(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Return the sentences that a question consists of, whole ones first, as sure as can be; all readings if none.

    Marks and the case of letters do not count. A sentence that asks is not looked for, but answered, and so is what
    stands as a heading. Where it is asked who said something, that is marked; who asked it did not say it.
    """
    said = _WHO_SAID.match(question)
    if said and not said["asked"]:
        readings = [one for one in readings if not _marks_who_asked(one)]
    text = said["words"] if said else question
    marked = _IN_MARKS.match(text)
    words = stems(written_out(marked["words"] if marked else text), _NO_LANGUAGE)
    part = _QUOTED if marked else _SAID if said else _PART
    asks_itself = not marked and not said and ASKS.match(text) is not None  # "who was …" is also a part of a sentence
    if len(words) < min(part, _WHOLE):
        return list(readings)
    wholes, parts = [], []
    for reading in readings:
        seen = visible_text(reading.text, markdown=reading.hit.document.markdown)
        there = stems(written_out(seen), _NO_LANGUAGE)
        asks = seen.endswith("?")
        if asks or stands_as_heading(reading.hit.document, reading.sentence) or (said and _denies(reading, words)):
            continue
        if there == words:
            within = _speaker(replace(reading, highlight=None)) if said else None
            wholes.append(replace(reading, confidence=1.0, highlight=within))
        elif len(words) >= part and not asks_itself and f" {' '.join(words)} " in f" {' '.join(there)} ":
            parts.append(replace(reading, confidence=1.0, highlight=_speaker(reading) if said else None))
    if exact := [*wholes, *parts]:
        return (_with_who_is_meant(exact[0], readings) if said else []) or exact
    return _most_like(said["words"], readings) if said and not marked else list(readings)


def _with_who_is_meant(quoted: Reading, readings: Sequence[Reading]) -> list[Reading]:
    """Return, where only "he said" tells who said something, the sentence before it that is read to name them, and it.

    It stands in the quotation's paragraph; or in the one before, if that names one person, and the quotation's nobody.
    Nothing where there is none, or where the sentence tells it.
    """
    document, sentence = quoted.hit.document, quoted.sentence
    if quoted.highlight or not is_quoted(document, sentence) or quoted_by(document, sentence):
        return []
    near = (one for one in readings if one.hit.passage.number == quoted.hit.passage.number and one is not quoted)
    start = quoted.hit.passage.start
    begin = paragraph_begin(document.text, start, sentence.start)
    above = paragraph_begin(document.text, start, start + len(document.text[start:begin].rstrip()))
    is_only = len(set(re.findall(FULL_NAME, document.text[above:begin]))) == 1
    if is_only and not names_within(document.text[begin : sentence.start]):
        begin = above
    before = [one for one in near if begin <= one.sentence.start < sentence.start and _NAMES.match(one.marked)]
    named = max(before, key=lambda one: one.confidence, default=quoted.silent())
    if named.confidence <= SUBJECT_CONFIDENCE:
        return []
    as_sure = replace(named, confidence=quoted.confidence, in_document=quoted.confidence)
    return [replace(one, as_named=True) for one in (as_sure, quoted)]


def _most_like(said: str, readings: Sequence[Reading]) -> list[Reading]:
    """Put first the sentences that somebody says with most words of what was said, as sure as their share of these.

    Before the first of them stands the one that names who says it.
    """
    asked = subject_stems(without_possessives(said))
    if len(asked) < _LEAST_WORDS:
        return list(readings)
    like, others = [], []
    for reading in readings:
        share = len(words_had(asked, reading.text, reading.hit.document.language)) / len(asked)
        is_so = bool(_NEGATES.search(reading.text)) == bool(_NEGATES.search(said)) and not denied(reading)
        if share >= _NEARLY and is_so and _is_said(reading):
            confidence = max(share, reading.confidence)
            like.append(replace(reading, confidence=confidence, in_document=confidence, highlight=_speaker(reading)))
        else:
            others.append(reading)
    like.sort(key=lambda one: -one.confidence)
    return (_with_who_is_meant(like[0], readings) if like else []) or [*like, *others]


def _marks_who_asked(reading: Reading) -> bool:
    return reading.highlight is not None and bool(_ASKED.match(reading.hit.document.text, reading.highlight[1]))


def _is_said(reading: Reading) -> bool:
    """Tell whether a reading's sentence is told to be said: in a turn, between quotation marks or in other words."""
    document, sentence = reading.hit.document, reading.sentence
    told = Speakers(document, sentence).of(sentence) or said_within(document, sentence)
    return bool(told) or is_quoted(document, sentence)


def _denies(reading: Reading, words: Sequence[str]) -> bool:
    """Tell whether a reading's sentence says that what these words tell is not so."""
    texts = (reading.hit.document.text[slice(*span)] for span in denied(reading))
    return any(f" {' '.join(words)} " in f" {' '.join(stems(written_out(text), _NO_LANGUAGE))} " for text in texts)


def _speaker(reading: Reading) -> tuple[int, int] | None:
    """Return where a sentence tells who says a part of it: by its label, beside what it quotes, or as it was read."""
    document, sentence = reading.hit.document, reading.sentence
    speakers = Speakers(document, sentence)
    if speakers.of(sentence):
        return speakers.label_in(sentence)
    within = said_within(document, sentence)
    return within or (None if is_quoted(document, sentence) else reading.highlight)
