"""Split a file's blocks into sentences with exact offsets, by nupunkt inside each.

nupunkt follows Kiss and Strunk, "Unsupervised Multilingual Sentence Boundary Detection" (2006). Its own
abbreviations come from court records and hold many ordinary words ("in", "will", "art"); ours are in
abbreviations.txt. On the sentences of selqa_dev, F1 0.969 instead of 0.965; that set's own cut "J.R.R. | Tolkien".
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise

from nupunkt import PunktParameters, PunktSentenceTokenizer

from retrieval.documents.formats.extracted import Block, Extracted, trimmed
from retrieval.documents.formats.lines import line_spans, looks_like_title
from retrieval.documents.sentence_ends import abbreviations, ends_within, goes_on
from retrieval.markup import RAISED, visible_text
from retrieval.numbered_parts import KINDS, begins_end, is_label_within, is_part_title, labelled_kind
from retrieval.values import Sentence
from retrieval.words import STOP_WORDS

_WINDOW = 5_000  # characters given to nupunkt at once: its time grows with the square on runs of "!?"
_QUOTE_MARKS = re.compile(r"(?:>[ \t]*)+(?=[^\s>])")  # of a block quote, where a sentence begins on a line of its own
_LINE_BEGINS = re.compile(r"[\n\r][ \t]*\Z")
_MOST_BLANKS = 20  # before those marks, where they stand in a list
_NOTE = (  # "[1]", in Markdown "[^1]", "[1](#note)" and "[\[1\]](#note)"; glued on, "[note 3]"; a page, ":78"
    r"(?:\[(?:\^\w{1,3}|\d{1,3}|[a-z]|[ivx]{1,4}|sic|\\\[\w{1,3}\\\])\](?:\([^()\s]*\))?"
    r"|(?<=[^\s,;:])\[[^\W\d_][^\[\]\n]{0,29}\](?![(:])"
    rf"|[{RAISED}]+"
    r"|(?<=[.\]]):\s?\d+(?:[–,-]\s?\d+)*(?![\w:]))"
)
_NOTE_MARKS = re.compile(rf"{_NOTE}+(?:\.(?=\s|$))?\s*")
_SENTENCE_ENDS = tuple('.!?;:”"')
_TITLE_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)\.? +[^\W\d_]")  # "5. Liability", above "5.1 …"
_PAGE_NUMBER = re.compile(r"[-–—] ?\d{1,4} ?[-–—]")
_ITEM = re.compile(r"\d{1,3}(?:\.\d{1,3})*\.")  # "1.": of a list that stands in a paragraph
_CLOSING_MARKS = re.compile(rf"[)\]}}”\"'’»]+{_NOTE}*\s+(?=[^\W\d_a-z])")  # before a capital letter
_LABELLED = re.compile(  # "Date: 16 January", "Hari/Tanggal : Kamis", "**Vacancy no.:** 7"
    r"[ \t]*(?:>[ \t]*)*[*_]{0,3}(?=[^:]{1,30}:)"
    r"[^\W\d_a-z][\w'’/&()-]*(?: [\w'’/&()-]+){0,3}\.?[ \t]*[*_]{0,3}:[*_]{0,3}[ \t]+\S"
)


def split_sentences(found: Extracted) -> list[Sentence]:
    """Return the sentences of a file's blocks in order; they do not overlap, and each shows something."""
    text = found.text
    sentences = []
    for block in _with_labels(found):
        if block.heading or block.whole:
            sentences.append(Sentence(block.start, block.end, block.heading))
            continue
        for begin, stop in pairwise([block.start, *_labelled_lines(text, block), block.end]):
            for start, end in _sentence_spans(text[begin:stop]):
                start += begin
                if found.markdown and (marks := _QUOTE_MARKS.match(text, start, begin + end)):
                    start = marks.end() if _LINE_BEGINS.search(text, max(0, start - _MOST_BLANKS), start) else start
                sentences.append(Sentence(start, begin + end))
    return [sentence for sentence in sentences if _shows_something(found, sentence)]


def _with_labels(found: Extracted) -> list[Block]:
    """Return a file's blocks; lines that call a part by its number are headings, and so is its title on the next line.

    In a block of several lines such a line comes first, or after the end of a sentence. One with a title and no sign
    before that, as "Article 5 Inspection", is one where it stands alone and there are several.
    """
    every = [found.text[block.start : block.end] for block in found.blocks]
    several = Counter(labelled_kind(text, loosely=True) for text in every)
    blocks: list[Block] = []
    for block, below in zip(found.blocks, [*every[1:], ""], strict=False):
        if block.heading or block.whole or _is_marked(found, block):
            blocks.append(block)
            continue
        text = found.text[block.start : block.end]
        kind = labelled_kind(text, loosely=True)
        goes_on = below[:1].islower() or text.split()[-1].casefold() in STOP_WORDS
        if not goes_on and (labelled_kind(text) or (kind and several[kind] > 1) or is_label_within(text)):
            blocks.append(replace(block, heading=True))
            continue
        begin, ended = block.start, True
        for start, end in _lines(found.text, block):
            line = found.text[start:end]
            if ended and labelled_kind(line, bare=True):
                blocks += [Block(begin, start), Block(start, end, heading=True)]
                begin = end
            ended = line.rstrip().endswith(_SENTENCE_ENDS) or begin == end
        blocks.append(Block(begin, block.end))
    blocks = trimmed(found.text, blocks)
    texts = [found.text[block.start : block.end] for block in blocks]
    last = {text: number for number, text in enumerate(texts)}
    headings = set(found.blocks)
    for number, (above, line, below) in enumerate(zip(["", *texts], texts, [*texts[1:], ""], strict=False)):
        block = blocks[number]
        if not (block.heading or block.whole or _is_marked(found, block)) and _is_title_below(above, line, below):
            blocks[number] = replace(block, heading=True)
        of_contents = last[line] > number and labelled_kind(line, loosely=True) == labelled_kind(above, loosely=True)
        if block.heading and block not in headings and (of_contents or _says_all(above, line, below)):
            blocks[number] = replace(block, heading=False)
    return blocks


def _is_marked(found: Extracted, block: Block) -> bool:
    """Tell whether a block of Markdown is an item of a list, or quoted."""
    begin = found.text.rfind("\n", max(0, block.start - _MOST_BLANKS), block.start) + 1
    return found.markdown and not set("->+*").isdisjoint(found.text[begin : block.start])


def _is_title_below(above: str, line: str, below: str) -> bool:
    """Tell whether a line is the title of the part that the line above it calls by its number, or has its own number.

    Right above another label it is one in capitals, or of what is larger: not all that is said there.
    """
    if "\n" in line or not below or not looks_like_title(line):
        return False
    if number := _TITLE_NUMBER.match(line):
        return re.match(rf"{re.escape(number[1])}\.1(?!\d)", below) is not None
    kind, next_kind, kinds = labelled_kind(above, bare=True), labelled_kind(below), list(KINDS)
    is_larger = not next_kind or line.isupper() or (kind != "" and kinds.index(kind) < kinds.index(next_kind))
    return kind != "" and is_part_title(line) and not labelled_kind(line) and is_larger and not begins_end(below)


def _says_all(above: str, line: str, below: str) -> bool:
    """Tell whether a label with a title has nothing below it: one of a list, as of agenda items, or of contents."""
    kind = labelled_kind(line, loosely=True)
    if not kind or labelled_kind(line, bare=True):
        return False
    is_listed = labelled_kind(above, loosely=True) == kind and not labelled_kind(above, bare=True)
    return not below or is_listed or labelled_kind(below, loosely=True) == kind or begins_end(below)


def _lines(text: str, block: Block) -> list[tuple[int, int]]:
    return [(block.start + start, block.start + end) for start, end in line_spans(text[block.start : block.end], 0)]


def _labelled_lines(text: str, block: Block) -> list[int]:
    """Return the places in a block where lines with a label begin, from the first of two that follow each other on.

    So do the heads of minutes and lists of who is who, whose lines are no sentence together; one line with a label
    alone may be of prose that was wrapped.
    """
    lines = _lines(text, block)
    labelled = [_LABELLED.match(text, *line) is not None for line in lines]
    first = next((number for number, both in enumerate(pairwise(labelled)) if all(both)), len(lines))
    return [start for (start, _), begins in zip(lines[first:], labelled[first:], strict=True) if begins]


def _shows_something(found: Extracted, sentence: Sentence) -> bool:
    text = visible_text(found.text[sentence.start : sentence.end], markdown=found.markdown)
    if _PAGE_NUMBER.fullmatch(text):
        return False
    return any(character.isprintable() and not character.isspace() for character in text)


@cache
def _tokenizer() -> PunktSentenceTokenizer:
    return PunktSentenceTokenizer(PunktParameters(abbrev_types=set(abbreviations())), include_common_abbrevs=False)


def _sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sentences of one block, joined where a full stop is no end."""
    start = end = 0
    for next_start, next_end in _stripped_spans(text):
        marks = _NOTE_MARKS.match(text, next_start, next_end)
        if start < end and marks:  # "It ended.[1] Then": the mark belongs to what it is a note to
            end = next_start + len(marks[0].rstrip())
            next_start = marks.end()
            if next_start == next_end:
                continue
        closing = _CLOSING_MARKS.match(text, next_start, next_end) if start < end == next_start else None
        if closing:  # 'It ended."[1] Then'
            yield start, next_start + len(closing[0].rstrip())
            start, end = closing.end(), next_end
            continue
        if start < end and (goes_on(text, end, next_start) or _ITEM.fullmatch(text, start, end)):
            end = next_end
            continue
        if start < end:
            yield start, end
        start, end = next_start, next_end
    if start < end:
        yield start, end


def _stripped_spans(text: str) -> Iterator[tuple[int, int]]:
    offset = 0
    while offset < len(text):
        window = _whole_words(text[offset : offset + _WINDOW]) if offset + _WINDOW < len(text) else text[offset:]
        spans = list(_tokenizer().span_tokenize(window))
        if offset + len(window) < len(text) and len(spans) > 1:
            spans.pop()  # it may go on beyond the window: the next window begins with it
        for start, end in spans:
            ends = [*(start + end for end in ends_within(window[start:end])), end]
            for begin, stop in pairwise([start, *ends]):
                piece = window[begin:stop]
                if piece.strip():
                    yield offset + begin + len(piece) - len(piece.lstrip()), offset + begin + len(piece.rstrip())
        offset += spans[-1][1] if spans else len(window)


def _whole_words(window: str) -> str:
    """Cut a window after its last blank, if it has one."""
    return window[: max(window.rfind(" "), window.rfind("\n")) + 1] or window
