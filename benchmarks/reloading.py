"""Time questions while nothing else is done, and while many documents are read and embedded, as on /reload.

    python -m benchmarks.reloading FOLDER... [--documents 700] [--out FILE]

The documents are passages of the sets in the folders, the questions are theirs too. One question is asked after the
other, in the process that indexes. Prints a table and writes JSON.
"""

import argparse
import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from pydantic import SecretStr

from bot.library import Library
from bot.settings import Settings
from retrieval.evaluation.question_sets import load_set

_IDLE_SECONDS = 10.0
_ANSWERED_FROM = 300  # documents that are there before
_PAUSE = 0.02  # seconds between two questions


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--documents", type=int, default=700, help="how many are read meanwhile")
    parser.add_argument("--data", type=Path, default=Path("data"), help="where the exported embedding model is")
    parser.add_argument("--out", type=Path, default=Path("reloading.json"))
    options = parser.parse_args()
    sets = [load_set(folder) for folder in options.folders]
    texts = list(dict.fromkeys(text for one in sets for _, _, text in one.passages))
    questions = cycle(question.text for one in sets for question in one.questions)
    with TemporaryDirectory() as folder:
        knowledge, data = Path(folder) / "knowledge", Path(folder) / "data"
        for path in (knowledge, data):
            path.mkdir()
        (data / "models").symlink_to((options.data / "models").resolve())
        _write(texts[:_ANSWERED_FROM], knowledge)
        library = Library(Settings(knowledge=knowledge, data=data, database_url=SecretStr("")))
        library.update()

        def ask(until: Callable[[], bool]) -> list[float]:
            """Return how many seconds each question took."""
            times = []
            while not until():
                began = time.monotonic()
                library.ask(next(questions)).result()
                times.append(time.monotonic() - began)
                time.sleep(_PAUSE)
            return times

        end = time.monotonic() + _IDLE_SECONDS
        idle = ask(lambda: time.monotonic() > end)
        _write(texts[_ANSWERED_FROM : _ANSWERED_FROM + options.documents], knowledge)
        with ThreadPoolExecutor(1) as thread:
            update = thread.submit(library.update)
            busy = ask(update.done)
        receipt = update.result()
        library.close()
    rows = {"nothing else is done": idle, "documents are read": busy}
    told = {
        name: {"questions": len(times), "median": median(times), "most": max(times)} for name, times in rows.items()
    }
    options.out.write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    print(f"{receipt.encoded:,} passages embedded in {receipt.seconds:.0f} s\n")
    print("| while | questions | median, ms | at most, ms |\n| --- | ---: | ---: | ---: |")
    for name, one in told.items():
        print(f"| {name} | {one['questions']:,} | {1e3 * one['median']:.0f} | {1e3 * one['most']:.0f} |")


def _write(texts: list[str], folder: Path) -> None:
    before = len(list(folder.iterdir()))
    for number, text in enumerate(texts, start=before):
        (folder / f"{number:06}.txt").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
