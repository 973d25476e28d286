"""Lines that say what their value is, "Room: 214", "Ambulance | 118", "Ayes, 19"; and the records that they make up."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from retrieval.text.days import in_words
from retrieval.text.markup import CELL_MARK
from retrieval.text.paragraphs import PARAGRAPH_BREAK
from retrieval.text.patterns import regex
from retrieval.text.speakers import Speakers
from retrieval.text.table_rows import cells_of, row_values, unnamed_pairs
from retrieval.values import Document, Passage, Sentence

_WORD = r"[^\s:|;*_]"
LABELLED = regex(
    r"(?:(?!\d\d\.\d\d[ \t])\d{1,2}(?:\.\d{1,2}){1,3}[ \t]+)?"
    rf"[*_]{{0,3}}(?P<label>[^\W\d_]{_WORD}*(?: {_WORD}+){{0,5}}?)(?: ?\([^()\n]{{1,60}}\))?"
    r"(?:[ \t]{0,60}:[*_]{0,3}|[*_]{1,3}[ \t]{0,60}:|[ \t]+(?P<dash>[–—-])|(?P<comma>,)(?=[ \t]\d[\d.,]*%?\Z))"
    r"[ \t]+(?P<value>[^\s:;|][^\n]*)"
)
"""A line that says of what its value is: "Room: 214", "Magnitudo  : 6,2", "Ana Lim (Wick) – 11 goals", "Ayes, 19".

It may be a numbered clause: "4.1 Adults: one dose"."""
ROW_SIGN = "|"
_HOW_MANY = frozenset("number total amount count jumlah banyaknya".split())
_WORDS = regex(r"\w+")
_BEGINNING = 300  # characters, in which a document says what it is about
_MARKS = " \t>*•-"  # before an item of a list
_BLANKS_OF_SENTENCE = 3  # before a colon: more than a label has before a sentence
_LEAST_ALIKE = 2  # lines with a dash or a comma, which may also stand in a sentence
_ENDS_SENTENCE = regex(r"[.!?][\"'”’*_)]*\Z")


@dataclass(frozen=True, slots=True)
class Line:
    """A line with a label; its value is `text[start:end]` of its document, and `sign` is what parts them."""

    sentence: Sentence
    label: str
    start: int
    end: int
    sign: str


@dataclass(frozen=True, slots=True)
class Record:
    """Sentences of a passage that belong together, as what a log says of one case, and those that have labels."""

    sentences: Sequence[Sentence]
    lines: Sequence[Line]


def records_of(document: Document, passage: Passage) -> list[Record]:
    """Return the records of a passage in which lines have labels.

    Headings and blank lines part them; where each line stands alone, the first label when it comes again; where labels
    stand behind something else, as in "- Ana Lim, director. Phone: 0101", so do the ends of lines. A dash or a comma,
    which a sentence may have, too, parts a label only where several lines have it. Who speaks in a transcript is no
    label, nor is what stands before several sentences of one line.
    """
    lines = lines_of(document, passage)
    if not lines:
        return []
    spoken = {start for start, one in lines.items() if ends_sentence(document.text_of(one))}
    if spoken:
        speakers = Speakers(document, passage.sentences[0])
        told = Counter(lines[start].label for start in spoken)
        within = {lines[start].label for start in spoken if not _begins_line(document.text, start)}
        turns = {label for label in within if told[label] > 1}
        lines = {
            start: one
            for start, one in lines.items()
            if start not in spoken or not (one.label in turns or speakers.of(one.sentence))
        }
    records = []
    for group in _groups(_paragraphs(document, passage, lines), lines):
        found = [lines[one.start] for one in group if one.start in lines]
        signs = Counter(line.sign for line in found)
        records.append(
            Record(group, [one for one in found if one.sign in (":", ROW_SIGN) or signs[one.sign] >= _LEAST_ALIKE])
        )
    return [one for one in records if one.lines]


def _begins_line(text: str, start: int) -> bool:
    return not text[text.rfind("\n", 0, start) + 1 : start].strip(_MARKS)


def lines_of(document: Document, passage: Passage) -> dict[int, Line]:
    """Return the sentences of a passage that may be lines with labels, by where they begin."""
    pairs = unnamed_pairs(document, passage.sentences)
    lines = {}
    for sentence in passage.sentences:
        text = document.text_of(sentence)
        if pair := pairs.get(sentence.start):
            label, value = (document.text[slice(*cell)] for cell in pair)  # "Day | : Monday", "Hour: | 9 a.m."
            end = pair[1][1]
            lines[sentence.start] = Line(sentence, label.strip("*_: "), end - len(value.lstrip(": ")), end, ROW_SIGN)
        elif (match := LABELLED.fullmatch(text)) and not (sentence.heading or _is_told(match, document, sentence)):
            start, end = (sentence.start + place for place in match.span("value"))
            lines[sentence.start] = Line(sentence, match["label"], start, end, match["dash"] or match["comma"] or ":")
    return lines


def _is_told(match: re.Match[str], document: Document, sentence: Sentence) -> bool:
    """Tell whether what may be a line with a label is a sentence with a colon, or a row of a table."""
    is_sentence = match["label"].count(" ") >= _BLANKS_OF_SENTENCE and ends_sentence(match["value"])
    return is_sentence or bool(cells_of(document, sentence) or row_values(document, sentence))


def _groups(paragraphs: Sequence[list[Sentence]], lines: Mapping[int, Line]) -> list[list[Sentence]]:
    """Join paragraphs that are a line with a label each, up to that which has the label of the first one again."""
    groups: list[list[Sentence]] = []
    first = ""
    for paragraph in paragraphs:
        line = lines.get(paragraph[0].start) if len(paragraph) == 1 else None
        label = line.label if line else ""
        if label and first and label != first:
            groups[-1] += paragraph
        else:
            groups.append(paragraph)
            first = label
    return groups


def _paragraphs(document: Document, passage: Passage, lines: Mapping[int, Line]) -> list[list[Sentence]]:
    """Return the sentences of a passage by paragraph, or by line, if a label stands within one; a heading by itself."""
    text = document.text

    def are_parted(before: Sentence, after: Sentence) -> bool:
        empty_line = PARAGRAPH_BREAK.search(text, before.end, after.start)
        return before.heading or after.heading or empty_line is not None

    return [part for one in _split(passage.sentences, are_parted) for part in _parts(text, one, lines)]


def _parts(text: str, paragraph: Sequence[Sentence], lines: Mapping[int, Line]) -> list[list[Sentence]]:
    """Return the sentences of a paragraph by line, if no line begins with a label, but one has it; else all of them."""
    parts = _split(paragraph, lambda before, after: "\n" in text[before.end : after.start])
    within = any(one.start in lines for part in parts for one in part[1:])
    return parts if within and all(part[0].start not in lines for part in parts) else [list(paragraph)]


def _split(sentences: Sequence[Sentence], are_parted: Callable[[Sentence, Sentence], bool]) -> list[list[Sentence]]:
    """Return sentences in groups, each up to where one and the next are parted."""
    groups = [list(sentences[:1])]
    for before, after in pairwise(sentences):
        if are_parted(before, after):
            groups.append([after])
        else:
            groups[-1].append(after)
    return groups


def record_title(document: Document, passage: Passage, sentence: Sentence) -> str | None:
    """Return the first line of the record of a line whose label another record of its passage has, too.

    Nothing of a line that stands in no such record, and None of a sentence that has no label.
    """
    records = records_of(document, passage)
    own = next(((record, line) for record in records for line in record.lines if line.sentence == sentence), None)
    if own is None:
        return None
    record, line = own
    first = record.lines[0].sentence
    several = any(one.label == line.label for other in records if other is not record for one in other.lines)
    return document.text_of(first) if several and first != sentence else ""


def head_of(document: Document) -> str:
    """Return what tells what a document is about: its title, its date and how it begins, up to a line with a label.

    A second heading is that of a part.
    """
    told, headings = [document.title, in_words(document.date or "", day_first=True)], 0
    for line in document.text[document.body : document.body + _BEGINNING].splitlines():
        headings += line.startswith("#")
        if headings > 1 or CELL_MARK in line or LABELLED.fullmatch(line.strip(_MARKS)):
            break
        told.append(line)
    return "\n".join(told)


def telling_words(label: str) -> list[str]:
    """Return the words of a label without those that say only that it is a number: all, if there are no others."""
    words = _WORDS.findall(label)
    return [word for word in words if word.casefold() not in _HOW_MANY] or words


def ends_sentence(text: str) -> bool:
    """Tell whether a text ends as a sentence does."""
    return _ENDS_SENTENCE.search(text) is not None
