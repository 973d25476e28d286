"""A PostgreSQL server with pgvector, started by the tests in a folder of its own; no port is opened."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

MISSING = "PostgreSQL with pgvector is not installed (Debian: postgresql-17 and postgresql-17-pgvector)"
_SETTINGS = {
    "listen_addresses": "''",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "shared_buffers": "128MB",
}


def programs() -> Path | None:
    """Return the folder of the newest PostgreSQL's programs that has pgvector."""
    found = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    shares = {path: Path("/usr/share/postgresql") / path.parent.name / "extension/vector.control" for path in found}
    return max((path for path in found if shares[path].exists()), key=lambda path: int(path.parent.name), default=None)


@contextmanager
def started() -> Iterator[str]:
    """Start a server, yield its address, and stop it. Skips where there is none, or fails where one is required."""
    folder = programs()
    if folder is None:
        if os.environ.get("KUTIP_TEST_POSTGRES") == "required":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    place = Path(tempfile.mkdtemp(prefix="kutip-postgres-"))  # a short path: a socket's is at most 107 characters
    root = os.geteuid() == 0  # the server refuses to run as root
    if root:
        shutil.chown(place, "postgres", "postgres")
    as_other = ["runuser", "-u", "postgres", "--"] if root else []

    def run(program: str, *arguments: str) -> None:
        command = [*as_other, str(folder / program), "-D", str(place / "data"), *arguments]
        subprocess.run(command, check=True, capture_output=True, cwd=place)

    run("initdb", "--username=kutip", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
    with (place / "data/postgresql.conf").open("a") as settings:
        settings.writelines(f"{name} = {value}\n" for name, value in _SETTINGS.items())
        settings.write(f"unix_socket_directories = '{place}'\n")
    run("pg_ctl", "-w", "-l", str(place / "log"), "start")
    try:
        yield f"postgresql://kutip@/postgres?host={place}"
    finally:
        run("pg_ctl", "-w", "-m", "immediate", "stop")
        shutil.rmtree(place)
