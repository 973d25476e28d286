"""What is in the package that users install."""

import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source archive of a working copy in use: with secrets, data, documents."""
    copy = tmp_path_factory.mktemp("copy") / "kutip"
    ignored = shutil.ignore_patterns(".git", ".venv", ".*_cache", "__pycache__", "data", "results")
    shutil.copytree(ROOT, copy, ignore=ignored)
    (copy / ".env").write_text("KUTIP_TELEGRAM_TOKEN=123456:SECRET\n", "utf-8")
    (copy / "data" / "index").mkdir(parents=True)
    (copy / "data" / "index" / "current").write_text("v000001\n", "utf-8")
    output = tmp_path_factory.mktemp("dist")
    command = [
        sys.executable,
        "-m",
        "build",
        "--sdist",
        "--wheel",
        "--no-isolation",
        "--outdir",
        str(output),
        str(copy),
    ]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return output


def files_of_the_packages() -> set[str]:
    return {
        path.relative_to(ROOT).as_posix()
        for package in ("bot", "retrieval")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_holds_the_two_packages_and_nothing_else(built: Path) -> None:
    [wheel] = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert names == files_of_the_packages()
    assert {
        "retrieval/documents/abbreviations.txt",
        "retrieval/reading/bundled/model.onnx",
        "retrieval/py.typed",
    } <= names


def test_the_wheel_has_the_command_and_the_licence(built: Path) -> None:
    [wheel] = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        information = {name.partition(".dist-info/")[2]: name for name in archive.namelist() if ".dist-info/" in name}
        entry_points = archive.read(information["entry_points.txt"]).decode()
    assert entry_points.split() == ["[console_scripts]", "kutip", "=", "bot.cli:main"]
    assert "licenses/LICENSE" in information


def test_the_source_archive_holds_nothing_private(built: Path) -> None:
    [archive] = built.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    own = {name for name in names if not name.startswith(("bot/", "retrieval/"))}
    assert files_of_the_packages() <= names
    assert own <= {"README.md", "CHANGELOG.md", "LICENSE", "PKG-INFO", "pyproject.toml", ".gitignore"}
