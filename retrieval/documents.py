"""Find the files of a folder and read each as a document."""

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

import yaml

from retrieval.blocks import looks_like_title, split_blocks
from retrieval.encodings import decode
from retrieval.errors import DocumentError, KnowledgeError
from retrieval.markup import shortened, visible_text
from retrieval.values import Document

SUFFIXES = (".md", ".txt")
TITLE_LENGTH = 200  # characters; a longer title is cut
LANGUAGES = ("en", "id")  # what documents are told apart as, and stemmed in

_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_FRONT_MATTER_LINE = re.compile(r"(?:(\w[\w -]*):(?:[ \t]+(.*))?|[ \t#-].*|)\s*\Z")
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?![\d-])")
_FRONT_MATTER_LENGTH = 20_000  # characters; YAML is slow, and nobody writes more
_LANGUAGE_SAMPLE = 5_000


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file below the knowledge folder; `id` is its path there with `/`, `modified` is in nanoseconds."""

    id: str
    path: Path
    size: int
    modified: int


def find_files(folder: Path, *, exclude: Path | None = None) -> list[SourceFile]:
    """List the document files below a folder, ordered by id.

    Hidden files and folders, links that lead out of the folder, whatever is no regular file, and everything
    below `exclude` (Kutip's own data folder) are left out. Raises KnowledgeError if the folder is missing.
    """
    if not folder.is_dir():
        raise KnowledgeError.missing(folder)
    try:
        return sorted(_walk(folder.resolve(), exclude and exclude.resolve()), key=lambda file: file.id)
    except OSError as error:
        raise KnowledgeError.unreadable(folder, error.strerror or str(error)) from error
    except RecursionError as error:
        raise KnowledgeError.unreadable(folder, "its folders are nested too deeply") from error


def _walk(root: Path, exclude: Path | None) -> Iterator[SourceFile]:
    def fail(error: OSError) -> None:
        if Path(error.filename) == root or not isinstance(error, FileNotFoundError):
            raise error  # its documents must not look removed

    for parent, folders, names in os.walk(root, onerror=fail):
        here = Path(parent)
        folders[:] = sorted(name for name in folders if name[0] != "." and here / name != exclude)
        for name in names:
            if name[0] == "." or not name.lower().endswith(SUFFIXES):
                continue
            path = here / name
            try:
                if path.is_symlink() and not path.resolve().is_relative_to(root):
                    continue
                status = path.stat()
            except PermissionError:
                raise
            except (OSError, RuntimeError):  # a broken or circular link, or a file that is just being removed
                continue
            if stat.S_ISREG(status.st_mode):
                id = os.fsencode(path.relative_to(root).as_posix()).decode(errors="backslashreplace")
                yield SourceFile(id, path, status.st_size, status.st_mtime_ns)


def read_bytes(file: SourceFile, *, max_bytes: int) -> tuple[bytes, str]:
    """Read a file and its SHA-256 in hex; raises DocumentError if it is too large or cannot be read."""
    if file.size > max_bytes:
        raise DocumentError(f"it has {file.size / 2**20:.1f} MB, more than the {max_bytes / 2**20:g} MB allowed")
    try:
        with file.path.open("rb") as stream:
            data = stream.read(max_bytes + 1)
    except OSError as error:
        raise DocumentError(f"it cannot be read: {error.strerror or error}") from error
    if len(data) > max_bytes:
        raise DocumentError(f"it has grown beyond the {max_bytes / 2**20:g} MB allowed")
    return data, sha256(data).hexdigest()


def parse_document(id: str, data: bytes) -> Document | None:
    """Make a document of a file's content; None if there is nothing in it to quote.

    Raises DocumentError if the content is not text.
    """
    text = decode(data)
    fields, body = _front_matter(text)
    if not text[body:].strip():
        return None
    url = fields.get("url", "")
    document = Document(
        id=id,
        title=fields.get("title", ""),
        text=text,
        body=body,
        language=_language(fields.get("lang", "")) or _detect_language(text[body : body + _LANGUAGE_SAMPLE]),
        date=_date(fields.get("date", "")),
        source=fields.get("source") or None,
        url=url if re.match(r"https?://[^\s/]", url) else None,
    )
    title = document.title or _title(document)
    return replace(document, title=shortened(title, TITLE_LENGTH))


def _front_matter(text: str) -> tuple[dict[str, str], int]:
    """Return the scalar fields of the YAML front matter and where the body begins (0: no front matter).

    Values stay the strings that they are in the file. A block that YAML refuses, as for a title with a colon
    in it, still counts when every line looks like front matter; its `key: value` lines are then read one by one.
    """
    match = _FRONT_MATTER.match(text, 0, _FRONT_MATTER_LENGTH)
    if not match:
        return {}, 0
    block = match[1]
    try:
        loaded = yaml.load(block, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError):
        lines = [_FRONT_MATTER_LINE.match(line) for line in block.splitlines()]
        if not all(lines):
            return {}, 0
        loaded = {line[1]: (line[2] or "").strip("\"' \t") for line in lines if line and line[1]}
    if loaded is None or loaded == "":
        return {}, match.end()
    if not isinstance(loaded, dict):
        return {}, 0
    fields = {
        str(key).lower(): " ".join(value.encode(errors="replace").decode().split())  # \ud800 is half a character
        for key, value in loaded.items()
        if isinstance(value, str)
    }
    return fields, match.end()


def _title(document: Document) -> str:
    """Return the first heading, else the first line if it looks like a title, else the file's name."""
    text, markdown = document.text, document.is_markdown
    blocks = split_blocks(text, document.body, markdown=markdown)
    headings = [block for block in blocks if block.heading]
    if not headings and len(blocks) > 1 and looks_like_title(text[blocks[0].start : blocks[0].end]):
        headings = blocks[:1] if markdown else []
    for block in headings:
        if title := visible_text(text[block.start : block.end], markdown=markdown):
            return title
    name = document.id.rpartition("/")[2].rpartition(".")[0]
    return " ".join(re.sub(r"[_-]+", " ", name).split()) or document.id


def _language(value: str) -> str:
    """Return the two letters of a language such as "en", "en-GB" or "Indonesian"; nothing if there is none."""
    value = value.lower()
    return {"indonesia": "id", "indonesian": "id", "ind": "id"}.get(value, value[:2])


def _date(value: str) -> str | None:
    """Return the ISO date that a value begins with, to the day, the month or the year; None if it has none."""
    match = _DATE.match(value)
    if not match:
        return None
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return None
    return match[0]


@cache
def _identifier():  # type: ignore[no-untyped-def]  # py3langid carries no types
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # its model takes half a second to load

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(LANGUAGES))
    return identifier


def _detect_language(text: str) -> str:
    return str(_identifier().classify(text)[0])
