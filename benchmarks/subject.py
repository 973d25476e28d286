"""Measure how well a "not found" tells a subject that is not there from one where only the answer is missing.

    python -m benchmarks.subject FOLDER...

off the subject  questions whose article was taken out (half of the articles, means over the seeds)
on the subject   questions written to be unanswerable, with everything in the index
Prints the share of each that is told rightly. The last line holds the means over the sets, and the mean of both.
"""

import argparse
import statistics
from collections.abc import Sequence, Set
from pathlib import Path

from retrieval.answering import Snapshot
from retrieval.answers.subject import on_subject
from retrieval.embedding.models import load_embedder
from retrieval.evaluation.judging import Judge
from retrieval.evaluation.question_sets import QuestionSet, SetQuestion, load_set
from retrieval.evaluation.set_index import SetIndex, set_index
from retrieval.reading.reading_model import BUNDLED, ReadingModel, load_reading_model
from retrieval.reading.span_reader import SpanReader


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--seeds", type=int, default=2, help="how many halves of the articles to take out")
    parser.add_argument("--data", type=Path, default=Path("data"), help="where the exported model is")
    parser.add_argument("--reader", type=Path, default=BUNDLED, help="the reader's folder; the bundled one otherwise")
    options = parser.parse_args()
    embedder, model = load_embedder(None, options.data), load_reading_model(options.reader)
    on, off = [], []
    for folder in options.folders:
        data = load_set(folder)
        with set_index(embedder) as place:
            written = [question for question in data.questions if not question.answers]
            if written:
                on.append(_share_on_subject(place, model, data, {id for id, _, _ in data.passages}, written))
            halves, judge = [], Judge(data)
            answerable = [question for question in data.questions if question.answers]
            for seed in range(options.seeds):
                kept = data.half_of_articles(seed)
                inside = judge.inside(answerable, kept)
                outside = [question for question, is_there in zip(answerable, inside, strict=True) if not is_there]
                halves.append(1 - _share_on_subject(place, model, data, kept, outside))
            off.append(statistics.mean(halves))
        shown = f"{on[-1]:7.1%}" if written else f"{'-':>7}"
        print(f"{data.name:24} off the subject {off[-1]:7.1%}   on the subject {shown}", flush=True)
    both = statistics.mean([statistics.mean(off), statistics.mean(on)]) if on else statistics.mean(off)
    print(f"means: off {statistics.mean(off):.1%}" + (f", on {statistics.mean(on):.1%}, both {both:.1%}" if on else ""))


def _share_on_subject(
    place: SetIndex, model: ReadingModel, data: QuestionSet, kept: Set[str], questions: Sequence[SetQuestion]
) -> float:
    """Return the share of questions of which the passages that are kept, all in the index, are said to speak."""
    index = place.open([passage for passage in data.passages if passage[0] in kept], documents=data.documents)
    snapshot = Snapshot(index, place.embedder, SpanReader(model, index.words), threshold=0.0)
    return statistics.mean(on_subject(snapshot.read([question.text])[0]) for question in questions)


if __name__ == "__main__":
    main()
