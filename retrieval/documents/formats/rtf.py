"""Rich text (.rtf): its paragraphs, by striprtf."""

import re
from collections.abc import Iterator

from striprtf.striprtf import rtf_to_text

from retrieval.documents.formats.extracted import Extracted, Metadata, raised
from retrieval.documents.formats.plain import plain_blocks
from retrieval.errors import DocumentError
from retrieval.text.patterns import regex

_TITLE = regex(r"\{\\title\s+(.*?)(?<!\\)\}", re.DOTALL)
_AUTHOR = regex(r"\{\\author\s+(.*?)(?<!\\)\}", re.DOTALL)
_CODE_PAGE = regex(r"\\ansicpg\d+")
_CREATED = regex(r"\{\\creatim\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})")
_CONTROL = r"\\(?!super(?![a-z]))[a-z]+-?\d*\s?"  # what a \super stands before ends at the next
_RAISED = regex(rf"(\\super(?![a-z0])\d*\s?(?:{_CONTROL})*)(\d{{1,3}})(?![\d.,])")
_TOKEN = regex(r"\\(?P<word>[a-z]+)(?P<number>-?\d*)\s?|\\'[0-9a-f]{2}|\\.|[{}]|[^\\{}]+", re.DOTALL | re.IGNORECASE)
_UNSEEN = {"v", "deleted", "strike", "striked", "fldinst"}  # hidden, struck out, the address of a link


def extract(data: bytes) -> Extracted:
    """Read a rich text file; raises DocumentError if it is damaged."""
    source = data.decode("latin-1")  # RTF is ASCII; what is beyond stands for bytes of the code page that it names
    if not source.lstrip().startswith("{\\rtf"):
        raise DocumentError("it is no rich text file")
    seen = _RAISED.sub(lambda match: match[1] + _escaped(raised(match[2])), "".join(_seen(source)))
    text = _text(seen).replace("\xad", "")
    created = _CREATED.search(source)
    metadata = Metadata(
        title=_field(_TITLE, source),
        author=_field(_AUTHOR, source),
        created=f"{created[1]}-{int(created[2]):02}-{int(created[3]):02}" if created else "",
    )
    return Extracted(text, plain_blocks(text, wrapped=False), metadata)


def _seen(source: str) -> Iterator[str]:
    """Yield the parts of a file, without the text that people do not see; a switch lasts to the end of its group."""
    groups: list[frozenset[str]] = []
    on: frozenset[str] = frozenset()
    for token in _TOKEN.finditer(source):
        word = (token["word"] or "").casefold()
        if token[0] == "{":
            groups.append(on)
        elif token[0] == "}":
            on = groups.pop() if groups else on
        elif word in _UNSEEN:
            on = on - {word} if token["number"] == "0" else on | {word}
        elif word == "plain":
            on = on & {"fldinst"}
        is_text = not word and token[0] not in ("{", "}")
        if word == "line":
            yield " "
        elif not on or not (is_text or word == "u"):
            yield token[0]


def _text(source: str) -> str:
    try:
        return str(rtf_to_text(source, errors="replace"))  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, IndexError, TypeError, AttributeError, OverflowError) as error:
        raise DocumentError("it is a damaged rich text file") from error


def _escaped(text: str) -> str:
    return "".join(f"\\u{ord(character)}?" for character in text)


def _field(pattern: re.Pattern[str], source: str) -> str:
    """Return a property, read with the code page of the file."""
    match, page = pattern.search(source), _CODE_PAGE.search(source)
    head = "{\\rtf1\\ansi" + (page[0] if page else "")
    return " ".join(_text(f"{head} {match[1]}}}").split()) if match else ""
