"""The folder of documents that administrators sent to the bot, each with what was there before it."""

import os
import re
import shutil
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from uuid import uuid4

from retrieval.documents.encodings import without_halves
from retrieval.documents.files import LOCK, UPLOADS
from retrieval.documents.formats.registry import SUFFIXES
from retrieval.text.patterns import regex

_BEFORE = ".before"  # hidden, so that it is not indexed: each file's earlier version, or one that was removed
_KEY_BYTES = 4  # of a file's name in a key, and of what is there
_MOST_BYTES = 150  # of a name; file systems take 255
_LEADS = regex(rf"\A(?:[.\s]|{re.escape(LOCK)})+")
_BAD = regex(r'[\x00-\x1f\x7f<>:"|?*]')


def file_name(sent: str | None) -> str | None:
    """Return a name as which a file of this name may be stored; None if it has no name, or no ending that is read.

    What people send never names a folder, a hidden file, or one that Word locks.
    """
    name = unicodedata.normalize("NFC", without_halves(sent or ""))
    name = _LEADS.sub("", _BAD.sub("", re.split(r"[/\\]", name)[-1])).strip()
    ending = next((ending for ending in SUFFIXES if name.lower().endswith(ending)), None)
    if ending is None or len(name) == len(ending):
        return None
    stem, suffix = name[: -len(ending)], name[-len(ending) :]
    return stem.encode()[: _MOST_BYTES - len(suffix)].decode(errors="ignore") + suffix


class UploadFolder:
    """Methods touch files, and raise OSError where they cannot. A name is one that `file_name` returned."""

    def __init__(self, data: Path) -> None:
        self._folder = data / UPLOADS

    def names(self) -> list[str]:
        """List the files that are there, in order."""
        try:
            return sorted(path.name for path in self._folder.iterdir() if path.is_file() and path.name[0] != ".")
        except FileNotFoundError:
            return []

    def meant(self, asked: str) -> str | None:
        """Return the name of a file as people write it: in small letters perhaps, or without its ending.

        None if none fits, or several do.
        """
        names, asked = self.names(), unicodedata.normalize("NFC", asked)
        if asked in names:
            return asked
        whole = [name for name in names if name.casefold() == asked.casefold()]
        fitting = whole or [name for name in names if Path(name).stem.casefold() == asked.casefold()]
        return fitting[0] if len(fitting) == 1 else None

    def store(self, name: str, content: bytes) -> None:
        """Write a file whole, in place of one of this name, which can be brought back; one like it changes nothing."""
        if (self._folder / name).is_file() and (self._folder / name).read_bytes() == content:
            return
        with self._passing(name) as partial:
            with partial.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            self._keep(name)
            partial.replace(self._folder / name)

    def remove(self, name: str) -> bool:
        """Take a file away, so that it can be brought back; False if there is none of this name."""
        if name not in self.names():
            return False
        self._set_aside(name)
        return True

    def key(self, name: str) -> str:
        """Return what stands for the last change of a file in a button's data; nothing if there was none."""
        paths = self._folder / name, self._folder / _BEFORE / name
        state = [blake2b(path.read_bytes()).digest() if path.exists() else b"" for path in paths]
        return _name_key(name) + blake2b(b"\n".join(state), digest_size=_KEY_BYTES).hexdigest() if any(state) else ""

    def knows(self, name: str) -> bool:
        """Tell whether a file of this name is there, or was."""
        return bool(self.key(name))

    def undo(self, key: str) -> str | None:
        """Bring back what was there before the change of a file that a key stands for, and return the file's name.

        None if it is not the last one of a file any more. Undone once more, it is as it was.
        """
        for name in {*self.names(), *self._earlier()}:
            if key.startswith(_name_key(name)) and self.key(name) == key:
                current, before = self._folder / name, self._folder / _BEFORE / name
                if not current.exists():
                    before.replace(current)
                elif before.exists():
                    with self._passing(name) as passing:
                        _double(before, passing)
                        self._keep(name)
                        passing.replace(current)
                else:
                    self._set_aside(name)
                return name
        return None

    def _earlier(self) -> list[str]:
        try:
            return [path.name for path in (self._folder / _BEFORE).iterdir()]
        except FileNotFoundError:
            return []

    def _keep(self, name: str) -> None:
        """Let what is there be the earlier version too, so that it is never away before another takes its place."""
        current, before = self._folder / name, self._folder / _BEFORE / name
        if not current.exists():
            before.unlink(missing_ok=True)
            return
        with self._passing(name) as passing:
            _double(current, passing)
            passing.replace(before)

    def _set_aside(self, name: str) -> None:
        self._keep(name)
        (self._folder / name).unlink()

    @contextmanager
    def _passing(self, name: str) -> Iterator[Path]:
        """Give a name that nobody else uses, beside the earlier versions, for as long as the block lasts."""
        (self._folder / _BEFORE).mkdir(parents=True, exist_ok=True)
        path = self._folder / _BEFORE / f"{name}.{uuid4().hex}"
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)  # a link that replaces one to the same file does nothing, and stays


def _name_key(name: str) -> str:
    return blake2b(name.encode(), digest_size=_KEY_BYTES).hexdigest()


def _double(path: Path, double: Path) -> None:
    """Give a file another name; where there are no links, a copy has it."""
    try:
        os.link(path, double)
    except OSError:
        shutil.copy2(path, double)
