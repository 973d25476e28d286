"""Find the files of a folder, and read their bytes."""

import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from retrieval.documents.formats.registry import NOT_READ, SUFFIXES
from retrieval.documents.side_files import SIDE_SUFFIX
from retrieval.errors import DocumentError, KnowledgeError

UPLOADS = "uploads"
"""The folder, below Kutip's data folder, of documents that were sent to it; their ids begin with it."""
LOCK = "~$"  # how the names of the files begin that Word puts beside a document while somebody edits it
_OF_THE_SYSTEM = frozenset(  # folders of what was thrown away, and of what disks and archives keep for themselves
    "lost+found|$recycle.bin|recycler|#recycle|@recycle|#snapshot|@eadir|system volume information|__macosx".split("|")
)
_OF_DOCUMENTS = (*SUFFIXES, *NOT_READ)
_NOT_THERE = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG}


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file below the knowledge folder; `id` is its path there with `/`. One that was sent has an id below UPLOADS.

    `size` is in bytes, `modified` in nanoseconds, of the file and its side file the newer; `stamp` holds both of each.
    """

    id: str
    path: Path
    size: int
    modified: int
    stamp: str
    side: Path | None = None


def find_files(folder: Path, *, data: Path | None = None) -> list[SourceFile]:
    """List the document files below a folder, and those sent to Kutip, below `data`, its own folder; ordered by id.

    Among them are those of kinds that are not read, so that people are told.
    Hidden files and folders, those of the system such as recycle bins, Word's lock files, links that lead out of the
    folder, whatever is no regular file, and everything else below `data` are left out. A file of the folder comes
    before one that was sent and has its id.
    Raises KnowledgeError if the folder is missing or cannot be read.
    """
    try:
        if not folder.is_dir():
            raise KnowledgeError.missing(folder)
        found = {file.id: file for file in _uploads(data)} if data and not _holds_uploads(folder, data) else {}
        found |= {file.id: file for file in _walk(folder.resolve(), data and data.resolve())}
        return sorted(found.values(), key=lambda file: file.id)
    except OSError as error:
        raise KnowledgeError.unreadable(Path(error.filename or folder), error.strerror or str(error)) from error
    except RecursionError as error:
        raise KnowledgeError.unreadable(folder, "its folders are nested too deeply") from error


def sent_id(folder: Path, data: Path, name: str) -> str:
    """Return the id of a document whose file of this name was sent to Kutip."""
    return name if _holds_uploads(folder, data) else f"{UPLOADS}/{name}"


def _holds_uploads(folder: Path, data: Path) -> bool:
    """Tell whether a knowledge folder is the one of the files that were sent."""
    return (data / UPLOADS).resolve() == folder.resolve()


def _uploads(data: Path) -> Iterator[SourceFile]:
    if (data / UPLOADS).is_dir():
        for file in _walk((data / UPLOADS).resolve(), None):
            yield replace(file, id=f"{UPLOADS}/{file.id}")


def _walk(root: Path, exclude: Path | None) -> Iterator[SourceFile]:
    def fail(error: OSError) -> None:
        if Path(error.filename) == root or not isinstance(error, FileNotFoundError):
            raise error  # its documents must not look removed

    for parent, folders, names in os.walk(root, onerror=fail):
        here = Path(parent)
        kept = (name for name in folders if name[0] != "." and name.lower() not in _OF_THE_SYSTEM)
        folders[:] = sorted(name for name in kept if here / name != exclude)
        there = set(names)
        for name in names:
            if name.startswith((".", LOCK)) or not name.lower().endswith(_OF_DOCUMENTS):
                continue
            path, side = here / name, here / f"{name}{SIDE_SUFFIX}"
            status = _status(path, root)
            beside = _status(side, root) if side.name in there else None
            if status:
                id = os.fsencode(path.relative_to(root).as_posix()).decode(errors="backslashreplace")
                statuses = [status, beside] if beside else [status]
                stamp = " ".join(f"{one.st_size}:{one.st_mtime_ns}" for one in statuses)
                newest = max(one.st_mtime_ns for one in statuses)
                yield SourceFile(id, path, status.st_size, newest, stamp, side if beside else None)


def _status(path: Path, root: Path) -> os.stat_result | None:
    """Return a regular file's status; None for what is none, leads out of the root or is just being removed."""
    try:
        if path.is_symlink() and not path.resolve().is_relative_to(root):
            return None
        status = path.stat()
    except OSError as error:
        if error.errno in _NOT_THERE:
            return None
        raise  # its document must not look removed
    except RuntimeError:  # a circular link
        return None
    return status if stat.S_ISREG(status.st_mode) else None


def document_path(folder: Path, data: Path, id: str) -> Path | None:
    """Return the path of a document's file below a folder, or among those that were sent to Kutip, below `data`.

    None if it is not there any more, or leads out of where it should be.
    """
    own = id.removeprefix(f"{UPLOADS}/")
    return _path_below(folder, id) or (_path_below(data / UPLOADS, own) if own != id else None)


def _path_below(folder: Path, id: str) -> Path | None:
    root = folder.resolve()
    path = root / id
    try:
        inside = path.resolve().is_relative_to(root)
    except (OSError, RuntimeError, ValueError):
        return None
    return path if inside and path.is_file() else None


def read_bytes(file: SourceFile, *, max_bytes: int) -> tuple[bytes, bytes | None, str]:
    """Read a file, its side file if there is one, and the SHA-256 of both in hex.

    Raises DocumentError if one is too large or cannot be read.
    """
    data = _read(file.path, file.size, max_bytes)
    side = _read(file.side, 0, max_bytes) if file.side else None
    digest = sha256(data)
    if side is not None:
        digest.update(b"\0" + side)
    return data, side, digest.hexdigest()


def _read(path: Path, size: int, max_bytes: int) -> bytes:
    if size > max_bytes:
        raise DocumentError(
            f"it has {size / 2**20:.1f} MB, more than the {max_bytes / 2**20:.3g} MB that KUTIP_MAX_FILE_MB allows"
        )
    try:
        with path.open("rb") as stream:
            there = os.fstat(stream.fileno()).st_size  # as many bytes as are asked for are set aside at once
            data = stream.read(min(there, max_bytes) + 1)
            data += stream.read(max_bytes + 1 - len(data)) if len(data) > there else b""
    except OSError as error:
        raise DocumentError(f"it cannot be read: {error.strerror or error}") from error
    if len(data) > max_bytes:
        raise DocumentError(f"it has grown beyond the {max_bytes / 2**20:g} MB allowed")
    return data
