"""Split a file's blocks into sentences with exact offsets, by nupunkt inside each.

nupunkt follows Kiss and Strunk, "Unsupervised Multilingual Sentence Boundary Detection" (2006). Its own
abbreviations come from court records and hold many ordinary words ("in", "will", "art"); ours are in
abbreviations.txt. On the sentences of selqa_dev, F1 0.969 instead of 0.965; that set's own cut "J.R.R. | Tolkien".
"""

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from nupunkt import PunktParameters, PunktSentenceTokenizer

from retrieval.documents.formats.extracted import Block, Extracted
from retrieval.documents.part_labels import block_lines, with_labels
from retrieval.documents.sentence_ends import abbreviations, ends_within, goes_on
from retrieval.text.markup import RAISED, visible_text
from retrieval.text.patterns import regex
from retrieval.text.words import STOP_WORDS
from retrieval.values import Sentence

_WINDOW = 5_000  # characters given to nupunkt at once: its time grows with the square on runs of "!?"
_QUOTE_MARKS = regex(r"(?:>[ \t]*)+(?=[^\s>])")  # of a block quote, where a sentence begins on a line of its own
_LINE_BEGINS = regex(r"[\n\r][ \t]*\Z")
_MOST_BLANKS = 20  # before those marks, where they stand in a list
_NOTE = (  # "[1]", in Markdown "[^1]", "[1](#note)" and "[\[1\]](#note)"; glued on, "[note 3]"; a page, ":78"
    r"(?:\[(?:\^\w{1,3}|\d{1,3}|[a-z]|[ivx]{1,4}|sic|\\\[\w{1,3}\\\])\](?:\([^()\s]*\))?"
    r"|(?<=[^\s,;:])\[[^\W\d_][^\[\]\n]{0,29}\](?![(:])"
    rf"|[{RAISED}]+"
    r"|(?<=[.\]]):\s?\d+(?:[–,-]\s?\d+)*(?![\w:]))"
)
_NOTE_MARKS = regex(rf"{_NOTE}+(?:\.(?=\s|$))?\s*")
_PAGE_NUMBER = regex(r"[-–—] ?\d{1,4} ?[-–—]")
_ITEM = regex(  # "1.", "4A.": of a list that stands in a paragraph; "Table 2.": before what it shows
    r"[\"“‘]?(?:(?:Table|Tabel|Figure|Fig\.|Gambar|Chart|Grafik|Map|Peta|Box|Kotak) )?\d{1,3}[A-Za-z]?(?:\.\d{1,3})*\."
)
_CLOSING_MARKS = regex(rf"[)\]}}”\"'’»]+{_NOTE}*\s+(?=[^\W\d_a-z])")  # before a capital letter
_LABELLED = regex(  # "Date: 16 January", "Hari/Tanggal : Kamis", "**Vacancy no.:** 7", "3W: Who does what, where"
    r"[ \t]*(?:>[ \t]*)*[*_]{0,3}(?=[^:]{1,30}:)"
    r"(?:\d(?=[A-Z]))?[^\W\d_a-z][\w'’/&()-]*(?: [\w'’/&()-]+){0,3}\.?[ \t]*[*_]{0,3}:[*_]{0,3}[ \t]+\S"
)
_CLOCKED = regex(  # "10.00 Opening", of a programme
    r"[ \t]*(?:>[ \t]*)*(?:[01]?\d|2[0-4])[.:][0-5]\d(?:[ \t]?[–-][ \t]?\d\d?[.:]\d\d)?(?![\d.,%])[ \t:]+[^\W\d_]"
)
_WHO = regex(  # "Dr Amina Rook, National Coordinator", of those present
    r"[ \t]*(?:[A-Z][\w'’-]*\.? ){1,3}[A-Z][\w'’-]+, (?P<office>[^\n.!?;:]{2,80})(?<![\s,])[ \t]*(?=\r?\n|\Z)"
)

_REACHED = regex(  # "Ministry of Energy, spokesman: Oliver Tanaya, 0411 200 610", of whom to call
    r"[ \t]*[*_]{0,3}[A-Z][^\n]{0,120}?[:,–—-][ \t]*(?:\+?\(?\d[\d ()./-]{5,20}\d|[\w.+-]+@[\w.-]+\w)[ \t]*(?=\r?\n|\Z)"
)


def split_sentences(found: Extracted) -> list[Sentence]:
    """Return the sentences of a file's blocks in order; they do not overlap, and each shows something."""
    text = found.text
    sentences = []
    for block in with_labels(found):
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


def _labelled_lines(text: str, block: Block) -> list[int]:
    """Return the places in a block where lines with a label begin, from the first of two that follow each other on.

    So do the heads of minutes, lists of who is who or whom to call, and programmes with their hours, whose lines are no
    sentence together; one line with a label alone may be of prose that was wrapped. What stands below them is another
    sentence: "Seconded: Cr Boyce", "That …".
    """
    lines = block_lines(text, block)
    labelled = [
        any(kind.match(text, *line) for kind in (_LABELLED, _CLOCKED, _REACHED)) or _names_office(text, line[0])
        for line in lines
    ]
    first = next((number for number, both in enumerate(pairwise(labelled)) if all(both)), len(lines))
    shown = [text[slice(*line)].rstrip() for line in lines]
    width = max(map(len, shown), default=0)
    return [
        start
        for number, (start, _) in enumerate(lines)
        if number >= first
        and (labelled[number] or (labelled[number - 1] and _is_apart(shown[number], shown[number - 1], width)))
    ]


def _names_office(text: str, start: int) -> bool:
    """Tell whether a line is somebody's name and office; one that leads on to the next is not."""
    match = _WHO.match(text, start)
    return match is not None and match["office"].split()[-1].casefold() not in STOP_WORDS


def _is_apart(line: str, above: str, width: int) -> bool:
    """Tell whether a line is no part of that above it: it begins with a capital, and its first word had room there."""
    words = line.split(maxsplit=1)
    leads_on = above.endswith(",") or above.split()[-1].casefold() in STOP_WORDS
    return line[:1].isupper() and not leads_on and len(above) + 1 + len(words[0]) <= width


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
