"""Measure how well the main text of saved web pages is told from their menus, advertisements and comments.

    python -m benchmarks.pages FOLDER

FOLDER holds pages, NAME.html.gz, and ground-truth.json with the text of each article as people copied it, in the form
of article-extraction-benchmark (scrapinghub). Compared are runs of four words, as there: of each page the share of the
runs found that are right (precision) and of the right ones that are found (recall), their means over all pages, and F1
of the two means. Also counts the pages of which title and date are known.
"""

import argparse
import gzip
import json
import re
import statistics
import time
from collections import Counter
from pathlib import Path

from retrieval.documents.parsing import parse_document
from retrieval.errors import DocumentError

_RUN = 4


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--worst", type=int, default=0, help="name so many pages, the worst first")
    options = parser.parse_args()
    truth = json.loads((options.folder / "ground-truth.json").read_text("utf-8"))
    precisions, recalls, titles, dates, failed = [], [], 0, 0, 0
    ranked: list[tuple[float, str]] = []
    began = time.monotonic()
    for name, known in truth.items():
        text = ""
        try:
            parsed = parse_document(f"{name}.html", gzip.decompress((options.folder / f"{name}.html.gz").read_bytes()))
        except DocumentError:
            parsed = None
        if parsed:
            text = parsed.document.text
            titles += parsed.document.title != name
            dates += parsed.document.date is not None
        failed += parsed is None
        precision, recall = _compared(text, known["articleBody"])
        precisions.append(precision)
        recalls.append(recall)
        ranked.append((precision + recall, name))
    seconds = (time.monotonic() - began) / len(truth)
    precision, recall = statistics.fmean(precisions), statistics.fmean(recalls)
    f1 = 2 * precision * recall / (precision + recall)
    print(f"{len(truth)} pages, {failed} without text: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}.")
    print(f"Title known: {titles}, date known: {dates}. {1000 * seconds:.0f} ms a page.")
    for score, name in sorted(ranked)[: options.worst]:
        print(f"{score / 2:.3f} {name}")


def _compared(found: str, right: str) -> tuple[float, float]:
    """Return precision and recall of the runs of words; 1 where there is nothing to compare on either side."""
    found_runs, right_runs = _runs(found), _runs(right)
    common = (found_runs & right_runs).total()
    return (
        common / found_runs.total() if found_runs else float(not right_runs),
        common / right_runs.total() if right_runs else float(not found_runs),
    )


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    length = min(_RUN, len(words))
    return Counter(tuple(words[begin : begin + length]) for begin in range(len(words) - length + 1) if length)


if __name__ == "__main__":
    main()
