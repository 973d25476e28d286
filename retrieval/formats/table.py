"""The formats that Kutip reads. A new one is a module beside this one, with a function `extract`, and a line here."""

import re
from dataclasses import dataclass
from importlib import import_module

from retrieval.formats.extracted import Extracted


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: the module that reads it, its suffixes, and how its bytes begin, where that tells it."""

    module: str
    suffixes: tuple[str, ...]
    begins: bytes | None = None


# By its bytes, a file is of the first format here that they fit, whatever its name; by its name otherwise.
FORMATS = (
    Format("pdf", (".pdf",), rb".{0,1024}?%PDF-"),
    Format("docx", (".docx",), rb"PK\x03\x04.*word/document\.xml"),
    Format("rtf", (".rtf",), rb"\s*\{\\rtf"),
    Format(
        "html",
        (".html", ".htm"),
        rb"(?i:\xef\xbb\xbf)?\s*(?:<\?xml.{0,200}?>\s*)?(?:<!--.{0,2000}?-->\s*)*(?i:<!doctype\s+html|<html\b)",
    ),
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
    format = _format(name, data)
    found: Extracted = import_module(f"retrieval.formats.{format.module}").extract(data)
    return found


def _format(name: str, data: bytes) -> Format:
    for format in FORMATS:
        if format.begins and re.match(format.begins, data, re.DOTALL):
            return format
    return next(format for format in FORMATS if name.lower().endswith(format.suffixes))
