"""Measure the answers of one reader or several on sets of questions with known answers.

    python -m benchmarks.answers FOLDER... [--only NAME] [--json FILE] [--plot FILE]

Prints a Markdown table, a row for each set and reader. retrieval/evaluation/evaluate.py says what is measured, and how.
p@k: right passage among the first k; s@k: right sentence among the first k; F1, EM: of the marked span; AUROC: of the
confidence, with the article there or taken out, and on questions written to be unanswerable; at 5 %, 10 %: share of the
answerable questions answered with so many wrong among the answers; right, wrong: at the default threshold; ECE:
calibration error; s: seconds a question that is asked alone. Shares in per cent. The plot shows all sets together.
"""

import argparse
import json
import statistics
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

from benchmarks.judged import judgements
from bot.plots import write_plot
from bot.terminal.evaluate import evaluation_json
from bot.terminal.progress import shown
from retrieval.embedding.models import load_embedder
from retrieval.errors import KutipError
from retrieval.evaluation.evaluate import SEEDS, Evaluation, MakeReader, evaluate
from retrieval.evaluation.question_sets import load_set
from retrieval.evaluation.set_index import set_index
from retrieval.reading.reader import THRESHOLD
from retrieval.reading.reading_model import load_reading_model
from retrieval.reading.similarity import SimilarityReader
from retrieval.reading.span_reader import SpanReader

_PERCENT = {
    "p@1": "passage_at_1",
    "p@5": "passage_at_5",
    "p@20": "passage_at_20",
    "s@1": "sentence_at_1",
    "s@3": "sentence_at_3",
    "F1": "span_f1",
    "EM": "exact_match",
}
_NUMBERS = {"AUROC out": "auroc_taken_out", "written": "auroc_written"}
_RISK = {"at 5 %": "coverage_at_5", "at 10 %": "coverage_at_10", "right": "right", "wrong": "wrong_of_answers"}
_REST = {"ECE": "calibration_error", "s": "seconds"}
_COLUMNS = {**_PERCENT, **_NUMBERS, **_RISK, **_REST}
_IN_PERCENT = {**_PERCENT, **_RISK}


def _readers(folder: Path | None) -> dict[str, MakeReader]:
    """Return the readers that are compared, by their names: similarity alone, and a reading model."""
    model = load_reading_model(folder)
    return {
        "similarity": lambda index, embedder: SimilarityReader(embedder, index.words),
        "reader": lambda index, embedder: SpanReader(model, index.words),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--only", choices=["similarity", "reader"], help="measure one of the two")
    parser.add_argument("--reader", type=Path, help="a reader's folder, instead of the bundled one")
    parser.add_argument("--threshold", type=float, default=THRESHOLD, help="confidence below which nothing is found")
    parser.add_argument("--json", type=Path, help="write the results here too")
    parser.add_argument("--plot", type=Path, help="draw risk and reliability into this PNG")
    parser.add_argument("--questions", type=int, help="ask at most so many of a set, a random sample")
    parser.add_argument("--judged", action="store_true", help="count by judged.jsonl what its sets have otherwise")
    parser.add_argument("--seeds", type=int, default=SEEDS, help="how many halves of the articles to take out")
    parser.add_argument("--data", type=Path, default=Path("data"), help="where the exported models are")
    parser.add_argument(
        "--database", default="", help="address of a PostgreSQL database to keep the indexes in, instead of files"
    )
    options = parser.parse_args()
    readers = {name: make for name, make in _readers(options.reader).items() if options.only in (name, None)}
    embedder = load_embedder(None, options.data)
    results: list[Evaluation] = []
    print(f"| {'set':20} | {'reader':10} | " + " | ".join(f"{name:>6}" for name in _COLUMNS) + " |")
    print("| --- | --- |" + " ---: |" * len(_COLUMNS), flush=True)
    for folder in options.folders:
        data = load_set(folder, questions=options.questions)
        with set_index(embedder, options.database) as place:
            for name, make in readers.items():
                with shown() if sys.stderr.isatty() else nullcontext(lambda progress: None) as on_progress:
                    result = evaluate(
                        data,
                        place,
                        make,
                        reader=name,
                        threshold=options.threshold,
                        seeds=options.seeds,
                        judgements=judgements(data.name) if options.judged else None,
                        on_progress=on_progress,
                    )
                results.append(result)
                _print_row(result.set, name, [result])
    for name in readers:
        _print_row("mean", name, [result for result in results if result.reader == name])
    checked, wrong = sum(result.quotes for result in results), sum(result.quotes_different for result in results)
    print(f"\nThreshold {options.threshold}. Quotes compared with their files: {checked:,}, different: {wrong:,}.")
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        rows = [json.loads(evaluation_json(result)) for result in results]
        options.json.write_text(json.dumps(rows, indent=1, ensure_ascii=False), "utf-8")
    if options.plot:
        options.plot.parent.mkdir(parents=True, exist_ok=True)
        together = {name: [one for r in results if r.reader == name for one in r.judged] for name in readers}
        write_plot(options.plot, ", ".join(folder.resolve().name for folder in options.folders), together)
    sys.exit(bool(wrong))


def _print_row(set: str, reader: str, results: Sequence[Evaluation]) -> None:
    """Print the means over results of one reader."""
    cells = []
    for title, name in _COLUMNS.items():
        values = [value for result in results if (value := getattr(result, name)) is not None]
        if not values:
            cells.append("-")
        elif title in _IN_PERCENT:
            cells.append(f"{100 * statistics.mean(values):.1f}")
        else:
            cells.append(f"{statistics.mean(values):.3f}")
    print(f"| {set:20} | {reader:10} | " + " | ".join(f"{cell:>6}" for cell in cells) + " |", flush=True)


if __name__ == "__main__":
    try:
        main()
    except KutipError as error:
        sys.exit(str(error))
