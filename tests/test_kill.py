"""A process that is killed while it indexes leaves an index that answers."""

import json
import os
import random
import signal
import time
from pathlib import Path

from filelock import FileLock, Timeout

from tests.processes import ReadDocuments, Workplace

DOCUMENTS = Path(__file__).parent / "documents"
KILLS = int(os.environ.get("KILLS", "3"))
NOTICE = "How long is the notice period of the lease?"
ROLLBACKS = int(os.environ.get("KILLS", "2"))
BUSY_FILES = 5  # of one passage each, for a moment of embedding


def change(place: Workplace, chance: random.Random, turn: int) -> None:
    """Change the folder so that the next index differs: a document, what is to be embedded, which files there are."""
    place.write("lease.txt", f"The notice period of the lease is {turn} weeks.")
    words = (DOCUMENTS / "anselma-thorne.txt").read_text("utf-8").replace(".", "").split()
    for number in range(BUSY_FILES):
        place.write(f"busy-{number}.txt", f"Turn {turn} of {number}: {' '.join(chance.choices(words, k=150))}.")
    (place.knowledge / f"gone-{turn - 1}.txt").unlink(missing_ok=True)
    place.write(f"gone-{turn}.txt", f"This file is there in turn {turn} only.")


def kill_while_indexing(place: Workplace, chance: random.Random, duration: float) -> None:
    """Kill `kutip index` at a moment of its life, every other time while it writes the new version."""
    index = place.data / "index"
    before = set(index.iterdir())
    with place.started("index") as process:
        began = time.monotonic()
        until = began + chance.uniform(0.1, 1) * duration
        if chance.random() < 0.5:
            while process.poll() is None and set(index.iterdir()) <= before:
                time.sleep(0.001)
            until = time.monotonic() + chance.uniform(0, 0.03)
        while process.poll() is None and time.monotonic() < until:
            time.sleep(0.001)
        process.kill()


def test_after_a_kill_at_any_moment_the_next_question_is_answered_verbatim(tmp_path: Path, models: Path) -> None:
    chance = random.Random(20_221_130)
    place = Workplace.make(tmp_path, models)
    change(place, chance, 0)
    began = time.monotonic()
    assert place.kutip("index").returncode == 0
    duration = time.monotonic() - began
    for turn in range(1, KILLS + 1):
        change(place, chance, turn)
        kill_while_indexing(place, chance, duration)
        run = place.kutip("ask", "--json", NOTICE)
        assert run.returncode == 0, run.stderr
        [citation, *_] = json.loads(run.stdout)["citations"]
        text = (place.knowledge / citation["document"]).read_bytes().decode()
        assert text[citation["start"] : citation["end"]] == citation["sentence"]
        assert citation["sentence"] == f"The notice period of the lease is {turn} weeks."
        assert "damaged" not in run.stderr
    names = [path.name for path in (place.data / "index").iterdir()]
    assert {name for name in names if not name.startswith(("v", "seen"))} == {"current", "lock"}
    assert sum(name.startswith("v") for name in names) <= 3


def is_held(lock: Path) -> bool:
    try:
        with FileLock(lock, blocking=False):
            return False
    except Timeout:
        return True


def test_after_a_kill_while_going_back_one_whole_version_answers(
    tmp_path: Path, models: Path, read_documents: ReadDocuments
) -> None:
    chance = random.Random(20_221_130)
    place = Workplace.make(tmp_path, models)
    for weeks in (1, 2, 3):
        place.write("lease.txt", f"The notice period of the lease is {weeks} weeks.")
        read_documents(place)
    for _ in range(ROLLBACKS):
        read_documents(place)  # so that there is something to go back from
        with place.started("index", "--rollback") as process:
            while process.poll() is None and not is_held(place.data / "index" / "lock"):
                time.sleep(0.001)
            time.sleep(chance.uniform(0, 0.02))  # it goes back within some 16 ms
            process.kill()
            assert process.wait() == -signal.SIGKILL
        run = place.kutip("ask", "--json", NOTICE)
        assert run.returncode == 0, run.stderr
        [citation, *_] = json.loads(run.stdout)["citations"]
        assert citation["sentence"] in {f"The notice period of the lease is {weeks} weeks." for weeks in (1, 2, 3)}
        assert "damaged" not in run.stderr
