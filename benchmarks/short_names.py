"""Measure what it costs to ask by another name than the documents use, and what knowing short names brings back.

    python -m benchmarks.short_names FOLDER...

Every passage of a set is in one index. Of its questions those count that name something by a short name, or in full,
for which the documents or well_known_names.txt have the other. Each is asked as it is, and by the other name; prints
how many of those with an answer are answered rightly, and how many of all wrongly, as they are typed and where what is
not found so is looked for by other names.
"""

import argparse
from pathlib import Path

from benchmarks.slips import found, measured
from retrieval.answering import Snapshot
from retrieval.answers.other_names import OtherNames
from retrieval.embedding.models import load_embedder
from retrieval.evaluation.judging import Judge
from retrieval.evaluation.question_sets import load_set
from retrieval.evaluation.set_index import set_index
from retrieval.reading.reader import THRESHOLD
from retrieval.reading.reading_model import load_reading_model
from retrieval.reading.span_reader import SpanReader


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--data", type=Path, default=Path("data"), help="where the exported embedding model is")
    options = parser.parse_args()
    embedder, model = load_embedder(None, options.data), load_reading_model(None)
    for folder in options.folders:
        data = load_set(folder)
        judge = Judge(data)
        with set_index(embedder) as place:
            index = place.open(data.passages, documents=data.documents)
            reader = SpanReader(model, index.words)
            snapshot = Snapshot(index, embedder, reader, threshold=THRESHOLD)
            names = OtherNames(index, reader.knows_word)
            named = [(one, others[0]) for one in data.questions if (others := names.readings(one.text))]
            questions = [one for one, _ in named]
            print(f"{data.name}: {len(named)} of {len(data.questions)} questions have a name with another")
            if not any(one.answers for one in questions):
                continue
            for how, texts in (
                ("as it is", [one.text for one in questions]),
                ("by the other", [by for _, by in named]),
            ):
                typed = snapshot.read(texts)
                answers = snapshot.answer(texts)
                again = [
                    snapshot.read([answer.spelt])[0] if answer.spelt and not found(one) else one
                    for answer, one in zip(answers, typed, strict=True)
                ]
                print(f"  {how:13} typed       ", measured(judge, questions, typed))
                print(f"  {how:13} other names ", measured(judge, questions, again), flush=True)


if __name__ == "__main__":
    main()
