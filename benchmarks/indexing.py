"""Measure `kutip index` on many documents: the first run, one with nothing changed, one with one file edited.

    python -m benchmarks.indexing FOLDER... [--documents 1000 10000] [--json FILE]

Each passage of the question sets in FOLDER... becomes a text file, as many as are asked for; several sizes are measured
one after the other, in folders that are removed afterwards. Memory is the largest of the process itself; those that
read files have theirs, the largest of which is told too. Prints a Markdown table.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from retrieval.evaluation.question_sets import load_passages

_COMMAND = str(Path(sys.executable).with_name("kutip"))


@dataclass(frozen=True, slots=True)
class Run:
    """One run of `kutip index`: `memory` in MB, `encoded` in passages."""

    documents: int
    what: str
    seconds: float
    memory: float
    encoded: int
    passages: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--documents", nargs="+", type=int, default=[1_000, 10_000], help="how many, one or several")
    parser.add_argument("--json", type=Path, help="write the results here too")
    parser.add_argument("--data", type=Path, default=Path("data"), help="where the exported embedding model is")
    options = parser.parse_args()
    texts = list(dict.fromkeys(text for folder in options.folders for _, _, text in load_passages(folder)))
    if len(texts) < max(options.documents):
        parser.error(f"there are only {len(texts):,} different passages in these folders")
    print("| documents | run | seconds | memory, MB | passages | embedded |")
    print("| ---: | --- | ---: | ---: | ---: | ---: |")
    runs = []
    for count in options.documents:
        for run in measure(texts[:count], options.data):
            runs.append(run)
            cells = f"{run.seconds:.1f} | {run.memory:.0f} | {run.passages:,} | {run.encoded:,}"
            print(f"| {run.documents:,} | {run.what} | {cells} |", flush=True)
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"\nThe largest process of all, those that read files among them: {children:.0f} MB.")
    if options.json:
        options.json.write_text(json.dumps([asdict(run) for run in runs], indent=1), "utf-8")


def measure(texts: Sequence[str], data: Path) -> Iterator[Run]:
    """Yield the runs over so many documents."""
    with TemporaryDirectory(prefix="kutip-") as folder:
        place = Path(folder)
        (place / "data").mkdir()
        (place / "data/models").symlink_to((data / "models").resolve())
        for number, text in enumerate(texts):
            path = place / f"knowledge/{number // 1_000:03}/{number:06}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        time.sleep(2.5)  # files that are younger may still change, and are not known by their times
        yield _index(place, "first", len(texts))
        yield _index(place, "nothing changed", len(texts))
        path = place / "knowledge/000/000000.txt"
        path.write_text(f"{texts[0]}\n\nA sentence was added at the end of this file.", "utf-8")
        yield _index(place, "one file edited", len(texts))


def _index(place: Path, what: str, documents: int) -> Run:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KUTIP_")}
    began = time.monotonic()
    process = subprocess.Popen([_COMMAND, "index", "--json"], cwd=place, env=environment, stdout=subprocess.PIPE)
    assert process.stdout
    printed = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.monotonic() - began
    if process.returncode:
        sys.exit(f"kutip index ended with {process.returncode}")
    receipt: dict[str, Any] = json.loads(printed)
    return Run(documents, what, seconds, usage.ru_maxrss / 1024, receipt["encoded"], receipt["passages"])


if __name__ == "__main__":
    main()
