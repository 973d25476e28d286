"""Find the files of a folder, and read their bytes."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from retrieval.errors import DocumentError, KnowledgeError
from retrieval.formats.table import SUFFIXES


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
