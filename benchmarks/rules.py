"""Ask every rule of what does not answer whether it would silence what does: the right sentences of question sets.

    python -m benchmarks.rules FOLDER... [--shown RULE...]

Each question is put to each rule with the sentence that answers it, as a reader that is sure of it would; no model
reads. What a rule silences there, it may take from people. Prints for each set how many pairs were asked and how many
were silenced, then for each rule; with --shown, the pairs that these rules silence.
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path

from retrieval.documents.parsing import parse_document
from retrieval.evaluation.question_sets import QuestionSet, SetQuestion, answer_pattern, load_set
from retrieval.evaluation.set_index import titled
from retrieval.ruling_out.rules import RULES
from retrieval.values import Hit, Parsed, Passage, Reading

_SURE = 0.9


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--shown", nargs="+", default=(), metavar="RULE", help="show what these rules silence")
    options = parser.parse_args()
    silenced: Counter[str] = Counter()
    pairs = 0
    with ProcessPoolExecutor() as processes:
        for folder, (asked, found) in zip(
            options.folders, processes.map(_ask, options.folders, repeat(frozenset(options.shown))), strict=True
        ):
            count = sum(len(shown) for shown in found.values())
            print(f"{folder.name:30} {asked:7,} pairs {count:5,} silenced", flush=True)
            pairs += asked
            for rule, shown in found.items():
                silenced[rule] += len(shown)
                if rule in options.shown:
                    print(*(f"    {rule}: {one}" for one in shown), sep="\n")
    for rule in sorted((_name(rule) for rule in RULES), key=lambda name: -silenced[name]):
        print(f"{rule:30} {silenced[rule]:7,} of {pairs:,}")


def _ask(folder: Path, shown: frozenset[str]) -> tuple[int, dict[str, list[str]]]:
    """Return how many pairs a set has, and what each rule silences of them, in full of those that are shown."""
    found: dict[str, list[str]] = {}
    asked = 0
    for question, reading in _right(load_set(folder)):
        asked += 1
        for rule in RULES:
            if rule(question.text, reading):
                text = f"{question.text} – {' '.join(reading.text.split())} «{' '.join(reading.marked.split())}»"
                found.setdefault(_name(rule), []).append(text if _name(rule) in shown else "")
    return asked, found


def _right(data: QuestionSet) -> Iterator[tuple[SetQuestion, Reading]]:
    """Yield each question that has an answer with the sentence in which one begins, marked where it is no whole one."""
    texts = {id: (title, text) for id, title, text in data.passages}
    parsed: dict[str, Parsed | None] = {}
    for question in data.questions:
        for id in question.passages & texts.keys():
            if id not in parsed:
                parsed[id] = parse_document("passage.txt", titled(*texts[id]).encode())
            if (document := parsed[id]) and (reading := _reading(question, document)):
                yield question, reading
                break


def _reading(question: SetQuestion, parsed: Parsed) -> Reading | None:
    document, passage = parsed.document, Passage(0, 0, parsed.sentences)
    for answer in question.answers:
        found = answer_pattern(answer).search(document.text, document.body)
        sentences = (one for one in parsed.sentences if found and one.start <= found.start() < one.end)
        if found and (sentence := next(sentences, None)) and not sentence.heading:
            marked = (found.start(), min(found.end(), sentence.end)) if question.spans else None
            hit = Hit(passage, document, cosine=_SURE, words=_SURE, score=_SURE)
            return Reading(hit, sentence, _SURE, marked, in_document=_SURE)
    return None


def _name(rule: object) -> str:
    return getattr(rule, "__name__", str(rule)).lstrip("_")


if __name__ == "__main__":
    main()
