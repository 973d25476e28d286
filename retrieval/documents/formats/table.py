"""The formats that Kutip reads. A new one is a module beside this one, with a function `extract`, and a line here."""

import re
from dataclasses import dataclass
from importlib import import_module

from retrieval.documents.formats.extracted import Extracted
from retrieval.errors import failing_alone

_HEAD = 4_096  # bytes in which it shows what a file is


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: the module that reads it and its suffixes; how its bytes begin and what is in them, if known."""

    module: str
    suffixes: tuple[str, ...]
    begins: bytes | None = None
    holds: bytes = b""


_HTML = rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*(?i:<!doctype\s+html|<html\b)"

# By its bytes, a file is of the first format here that they fit, whatever its name; by its name otherwise.
FORMATS = (
    Format("pdf", (".pdf",), rb"%PDF-"),
    Format("docx", (".docx",), rb"PK\x03\x04", holds=b"word/document.xml"),
    Format("rtf", (".rtf",), rb"\{\\rtf"),
    Format("html", (".html", ".htm"), _HTML),
    Format("markdown", (".md",)),
    Format("plain", (".txt",)),
    Format("eml", (".eml",)),
    Format("csv", (".csv",)),
)
SUFFIXES = tuple(suffix for format in FORMATS for suffix in format.suffixes)


def extract(name: str, data: bytes) -> Extracted:
    """Take the text out of a file's bytes; raises DocumentError if they cannot be read.

    The library that reads a format is imported with the first file of it.
    """
    module = import_module(f"retrieval.documents.formats.{_format(name, data).module}")
    with failing_alone():
        found: Extracted = module.extract(data)
    return found


def _format(name: str, data: bytes) -> Format:
    for format in FORMATS:
        if format.begins and re.match(format.begins, data[:_HEAD], re.DOTALL) and format.holds in data:
            return format
    return next(format for format in FORMATS if name.lower().endswith(format.suffixes))
