"""The formats that Kutip reads: which files are of one, and how it is read. A new one is a module and a line here."""

from collections.abc import Callable
from dataclasses import dataclass

from retrieval.formats.extracted import Extracted
from retrieval.formats.markdown import extract_markdown
from retrieval.formats.plain import extract_plain


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: the suffixes that it is known by, and the function that reads it."""

    name: str
    suffixes: tuple[str, ...]
    extract: Callable[[bytes], Extracted]


FORMATS = (
    Format("Markdown", (".md",), extract_markdown),
    Format("plain text", (".txt",), extract_plain),
)
SUFFIXES = tuple(suffix for format in FORMATS for suffix in format.suffixes)


def extract(name: str, data: bytes) -> Extracted:
    """Take the text out of a file's bytes, in the format that its name says; raises DocumentError if it cannot."""
    [format] = (format for format in FORMATS if name.lower().endswith(format.suffixes))
    return format.extract(data)
