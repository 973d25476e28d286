"""Start `kutip` as its users do: as a process of its own, in a folder of its own."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from typing import IO, Protocol

COMMAND = str(Path(sys.executable).with_name("kutip"))
PATIENCE = 120.0  # seconds, after which a process is killed: then the test fails, but it does end


@dataclass(frozen=True, slots=True)
class Workplace:
    """A folder with documents and data, where nobody else's settings count; the model is exported already."""

    folder: Path
    patience: float = PATIENCE

    @classmethod
    def make(cls, folder: Path, models: Path, patience: float = PATIENCE) -> "Workplace":
        """Make one; `models` is the data folder that holds the exported model.

        What is started there is killed after `patience` seconds.
        """
        place = cls(folder, patience)
        place.knowledge.mkdir(parents=True)
        place.data.mkdir()
        (place.data / "models").symlink_to(models / "models")
        return place

    def copied(self, folder: Path, patience: float = PATIENCE) -> "Workplace":
        """Copy it into a folder, with its index, where a test may change it."""
        copytree(self.folder, folder, symlinks=True, dirs_exist_ok=True)
        return Workplace(folder, patience)

    @property
    def knowledge(self) -> Path:
        return self.folder / "knowledge"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def write(self, name: str, text: str | bytes) -> Path:
        """Write a document, and return its path."""
        path = self.knowledge / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def environment(self, **settings: str) -> dict[str, str]:
        """Return the environment of a process: the tests' own without what would change its work, and these."""
        path = {name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ}
        inherited = {n: value for n, value in os.environ.items() if not n.startswith(("KUTIP_", "PYTHON"))}
        return inherited | path | settings

    def kutip(
        self, *arguments: str | bytes, stdin: str | bytes = "", **settings: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end; `settings` are environment variables."""
        return self._run([COMMAND, *arguments], stdin, settings)

    def python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run Python to its end, as `kutip` is run."""
        return self._run([sys.executable, *arguments], "", {})

    def _run(
        self, command: list[str | bytes], stdin: str | bytes, settings: dict[str, str]
    ) -> subprocess.CompletedProcess[str]:
        run = subprocess.run(
            command,
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            cwd=self.folder,
            env=self.environment(**settings),
            timeout=self.patience,
            check=False,
        )
        return subprocess.CompletedProcess(run.args, run.returncode, run.stdout.decode(), run.stderr.decode())

    @contextmanager
    def started(
        self, *arguments: str, stderr: int | IO[str] = subprocess.PIPE, command: str = COMMAND, **settings: str
    ) -> Iterator[subprocess.Popen[str]]:
        """Start a command whose standard streams are pipes, and see to it that it ends with the block."""
        process = subprocess.Popen(
            [command, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
            cwd=self.folder,
            env=self.environment(**settings),
            encoding="utf-8",
        )
        watchdog = threading.Timer(self.patience, process.kill)
        watchdog.start()
        try:
            yield process
        finally:
            watchdog.cancel()
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout, process.stderr):
                if stream and not stream.closed:
                    with suppress(BrokenPipeError):  # what was never read goes nowhere
                        stream.close()


class ReadDocuments(Protocol):
    """Brings the index of a workplace up to date, in its data folder or in the database of an address."""

    def __call__(self, place: Workplace, url: str = "") -> None: ...
