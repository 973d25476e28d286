"""Lines that call the parts of a file by their numbers, "Article 5", and the titles below them: all are headings."""

import re
from collections import Counter
from dataclasses import replace

from retrieval.documents.formats.extracted import Block, Extracted, trimmed
from retrieval.documents.formats.lines import line_spans, looks_like_title
from retrieval.text.numbered_parts import KINDS, begins_end, is_label_within, is_part_title, labelled_kind
from retrieval.text.patterns import regex
from retrieval.text.words import STOP_WORDS

_TITLE_NUMBER = regex(r"(\d{1,3}(?:\.\d{1,3})*)\.? +[^\W\d_]")  # "5. Liability", above "5.1 …"
_PARAGRAPH_NUMBER = regex(r"\(?(\d{1,3})[.)] +[^\W\d_]")
_CAPTION = regex(r"[*_]{0,3}(?:Table|Tabel)\s+(?:\d{1,3}(?:[.-]\d{1,3})*|[IVX]{1,5})\b[^\n]{3,200}")  # of a table below
_SENTENCE_ENDS = tuple('.!?;:”"')
_MOST_BLANKS = 20  # before an item of a list


def with_labels(found: Extracted) -> list[Block]:
    """Return a file's blocks; lines that call a part by its number are headings, and so is its title on the next line.

    So is one that calls the table right below it. Not so where all that is said of a part stands on the line that calls
    it.
    """
    blocks = _cut_at_labels(found)
    texts = [found.text[block.start : block.end] for block in blocks]
    own = set(found.blocks)
    for number, (above, line, below) in enumerate(zip(["", *texts], texts, [*texts[1:], ""], strict=False)):
        block = blocks[number]
        if block.whole or _is_marked(found, block):
            continue
        if _CAPTION.fullmatch(line) and any(row.whole for row in blocks[number + 1 : number + 2]):
            blocks[number] = replace(block, heading=True)
            continue
        if not block.heading and (_is_title_below(above, line, below) or _is_title_between(above, line, below)):
            blocks[number] = replace(block, heading=True)
        elif block.heading and block not in own and _says_all(above, line, below):
            blocks[number] = replace(block, heading=False)
    return blocks


def _cut_at_labels(found: Extracted) -> list[Block]:
    """Return a file's blocks, with lines that call a part by its number as blocks of their own: headings.

    In a block of several lines such a line comes first, or after the end of a sentence. One with a title and no sign
    before that, as "Article 5 Inspection", is one where it stands alone and there are several.
    """
    texts = [found.text[block.start : block.end] for block in found.blocks]
    several = Counter(labelled_kind(text, loosely=True) for text in texts)
    blocks: list[Block] = []
    for block, text, below in zip(found.blocks, texts, [*texts[1:], ""], strict=False):
        if block.heading or block.whole or _is_marked(found, block):
            blocks.append(block)
            continue
        kind = labelled_kind(text, loosely=True)
        goes_on = below[:1].islower() or text.split()[-1].casefold() in STOP_WORDS
        if not goes_on and (labelled_kind(text) or (kind and several[kind] > 1) or is_label_within(text)):
            blocks.append(replace(block, heading=True))
            continue
        begin, ended = block.start, True
        for start, end in block_lines(found.text, block):
            line = found.text[start:end]
            if ended and labelled_kind(line, bare=True):
                blocks += [Block(begin, start), Block(start, end, heading=True)]
                begin = end
            ended = line.rstrip().endswith(_SENTENCE_ENDS) or begin == end
        blocks.append(Block(begin, block.end))
    return trimmed(found.text, blocks)


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


def _is_title_between(above: str, line: str, below: str) -> bool:
    """Tell whether a line in capitals, or each word of which has one, stands between two paragraphs with numbers."""
    before, after = _PARAGRAPH_NUMBER.match(above), _PARAGRAPH_NUMBER.match(below)
    if not (before and after) or int(after[1]) != int(before[1]) + 1 or not above.rstrip().endswith(_SENTENCE_ENDS):
        return False
    words = [word for word in line.split() if word.casefold() not in STOP_WORDS]
    return bool(words) and looks_like_title(line) and all(word[0].isupper() for word in words) and "\n" not in line


def _says_all(above: str, line: str, below: str) -> bool:
    """Tell whether a label with a title has nothing below it: one of a list, as of agenda items, or of contents."""
    kind = labelled_kind(line, loosely=True)
    if not kind or labelled_kind(line, bare=True):
        return False
    is_listed = labelled_kind(above, loosely=True) == kind and not labelled_kind(above, bare=True)
    return not below or is_listed or labelled_kind(below, loosely=True) == kind or begins_end(below)


def block_lines(text: str, block: Block) -> list[tuple[int, int]]:
    """Return the spans of a block's lines."""
    return [(block.start + start, block.start + end) for start, end in line_spans(text[block.start : block.end], 0)]
