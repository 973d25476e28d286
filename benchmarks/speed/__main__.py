"""Measure how fast Kutip is, beside what people would use, and beside what the machine allows at best.

    python -m benchmarks.speed [FOLDER...] [--sizes 1000 10000 100000 1000000] [--out speed]

FOLDER... are sets of questions with their passages, real text; without them, the sample documents. Where more passages
are wanted than there are, real vectors with noise are added, with the sentences of two texts in one. Everything is
measured in turn, in one run. What one thread does is measured on one processor, in a process of its own. faiss,
hnswlib and txtai are measured where they are installed. Writes OUT.json, OUT.md and OUT.png.
"""

import argparse
import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.speed.askers import library_of_defaults, measure_askers
from benchmarks.speed.figures import Figure
from benchmarks.speed.indexing import measure_embedding, measure_unchanged
from benchmarks.speed.machine import Machine, measure_machine
from benchmarks.speed.processes import measure_start
from benchmarks.speed.questions import measure_answers, measure_top
from benchmarks.speed.report import figure_of, write_report
from benchmarks.speed.search import measure_search
from benchmarks.speed.texts import Texts, load_texts
from bot.library import Library
from bot.settings import Settings
from retrieval.embedding.embedder import Embedder
from retrieval.embedding.models import load_embedder

_MOST_READ = 100_000  # passages; larger indexes are searched alone


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--sizes", nargs="+", type=int, default=[1_000, 10_000, 100_000, 1_000_000])
    parser.add_argument("--askers", nargs="+", type=int, default=[1, 8, 64, 256])
    parser.add_argument("--questions", type=int, default=60, help="of each measurement")
    parser.add_argument("--seconds", type=float, default=20, help="for which askers ask")
    parser.add_argument("--cache", type=Path, default=Path("data/speed"), help="where the indexed texts are kept")
    parser.add_argument("--data", type=Path, default=Path("data"), help="where the exported embedding model is")
    parser.add_argument("--out", type=Path, default=Path("speed"))
    parser.add_argument("--one-thread", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not options.one_thread:  # first, as what begins a process counts as its memory
        _tell("start")
        with TemporaryDirectory() as folder:
            started = measure_start(runs=5, folder=Path(folder))
    embedder = load_embedder(None, options.data)
    cache = options.cache / ("sets" if options.folders else "sample")
    texts = load_texts(options.folders, embedder, cache)
    with TemporaryDirectory(dir=options.cache) as folder:
        if options.one_thread:
            machine = measure_machine()
            figures = _on_one_thread(options, texts, embedder, Path(folder), machine)
            print(json.dumps({"machine": asdict(machine), "figures": [asdict(one) for one in figures]}))
            return
        machine, figures = _in_a_process_of_its_own()
        figures += _together(options, texts, embedder, Path(folder), machine)
    write_report(options.out, machine, figures + started)


def _on_one_thread(
    options: argparse.Namespace, texts: Texts, embedder: Embedder, folder: Path, machine: Machine
) -> list[Figure]:
    questions = texts.questions[: options.questions]
    vectors = embedder.embed_questions(questions)
    figures = []
    for size in options.sizes:
        _tell(f"search among {size:,}")
        figures += measure_search(texts.index.vectors, vectors, size)
        if size <= _MOST_READ:
            _tell(f"question to top 10 of {size:,}")
            figures += measure_top(texts, questions, embedder, size, folder / f"top-{size}", machine)
    return figures


def _in_a_process_of_its_own() -> tuple[Machine, list[Figure]]:
    """Run this again on one processor: libraries then begin one thread each."""
    first = min(os.sched_getaffinity(0))
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.speed", *sys.argv[1:], "--one-thread"],
        stdout=subprocess.PIPE,
        check=True,
        preexec_fn=lambda: os.sched_setaffinity(0, {first}),
    )
    told = json.loads(run.stdout)
    return Machine(**told["machine"]), [figure_of(fields) for fields in told["figures"]]


def _together(
    options: argparse.Namespace, texts: Texts, embedder: Embedder, folder: Path, machine: Machine
) -> list[Figure]:
    questions = texts.questions[: options.questions]
    figures: list[Figure] = []
    for size in (size for size in options.sizes if size <= _MOST_READ):
        _tell(f"question to answer from {size:,}")
        figures += measure_answers(texts, questions, embedder, size, folder / f"answers-{size}", machine)
    _tell("indexing")
    figures += measure_embedding(texts.index, embedder, rounds=4)
    figures.append(measure_unchanged(texts, embedder, runs=3))
    settings = Settings.model_construct(knowledge=Path("knowledge"), data=options.data)
    library = Library(settings)
    library.update()
    defaults = library_of_defaults(settings)
    for askers in options.askers:
        _tell(f"{askers} askers")
        figures += measure_askers(library, defaults, questions, askers, options.seconds)
    library.close()
    defaults.close()
    return figures


def _tell(what: str) -> None:
    print(f"Measuring: {what}.", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
