"""What a server needs: nothing is reported to anybody, the locked list is enough to answer, the service can stop."""

import json
from pathlib import Path

import pytest

from tests.processes import Workplace

ROOT = Path(__file__).parent.parent
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
