"""The formats that Kutip reads. A new one is a module beside this one, with a function `extract`, and a line here.

CONTRIBUTING.md tells what else it needs.
"""

import re
from dataclasses import dataclass
from importlib import import_module

from retrieval.documents.formats.extracted import Extracted
from retrieval.errors import DocumentError, failing_alone

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
    Format("pdf.pages", (".pdf",), rb"%PDF-"),
    Format("docx", (".docx",), rb"PK\x03\x04", holds=b"word/document.xml"),
    Format("xlsx", (".xlsx",), rb"PK\x03\x04", holds=b"xl/workbook.xml"),
    Format("pptx", (".pptx",), rb"PK\x03\x04", holds=b"ppt/presentation.xml"),
    Format("odt", (".odt",), rb"PK\x03\x04", holds=b"mimetypeapplication/vnd.oasis.opendocument.text"),
    Format("rtf", (".rtf",), rb"\{\\rtf"),
    Format("html", (".html", ".htm"), _HTML),
    Format("markdown", (".md",)),
    Format("plain", (".txt",)),
    Format("eml", (".eml",)),
    Format("csv", (".csv",)),
)
SUFFIXES = tuple(suffix for format in FORMATS for suffix in format.suffixes)
NOT_READ = {
    **dict.fromkeys((".doc", ".pages"), ".docx"),
    **dict.fromkeys((".xls", ".ods", ".numbers"), ".xlsx"),
    **dict.fromkeys((".ppt", ".odp"), ".pptx"),
    **dict.fromkeys((".mht", ".mhtml"), ".html"),
    ".msg": ".eml",
}
"""The suffixes of other documents that people have, each with that of a format to save them in."""


def extract(name: str, data: bytes) -> Extracted:
    """Take the text out of a file's bytes; raises DocumentError if they cannot be read, or are of none of the formats.

    The library that reads a format is imported with the first file of it.
    """
    module = import_module(f"retrieval.documents.formats.{_format(name, data).module}")
    with failing_alone():
        found: Extracted = module.extract(data)
    return found


def save_as(name: str) -> str:
    """Return the suffix of a format to save a document in whose kind, by its name, is not read; nothing of others."""
    return next((saved for suffix, saved in NOT_READ.items() if name.lower().endswith(suffix)), "")


def _format(name: str, data: bytes) -> Format:
    name = name.lower()
    named = next((format for format in FORMATS if name.endswith(format.suffixes)), None)
    fitting = [
        one for one in FORMATS if one.begins and re.match(one.begins, data[:_HEAD], re.DOTALL) and one.holds in data
    ]
    if fitting:
        return named if named in fitting else fitting[0]  # slides may hold a workbook
    if named:
        return named
    if saved := save_as(name):
        raise DocumentError(f"files of this kind are not read: save it as {saved}")
    raise DocumentError("files of this kind are not read")
