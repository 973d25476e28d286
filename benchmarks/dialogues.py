"""Measure how well follow-up questions are understood, in conversations over documents.

    python -m benchmarks.dialogues [FOLDER] [--knowledge FOLDER] [--shown]

FOLDER has `dialogues.jsonl`, a conversation a line, and its documents below `documents/`, unless --knowledge names
others: {"turns": [{"question": ..., "alone": whether it needs no turn before it, "sentences": [those that answer]}]}.
The one beside this file, `conversations`, in English and Indonesian, was written as training/sets/talks_* were, and is
not trained on. `lookups` is one over tables, lists, logs, minutes and the like, of which each row or line is a
sentence; it was written by somebody who knew no rule of Kutip's. So were the archives below `archives`, of a
foreign ministry, of reporters at court and parliament, of aid workers, of an economy desk, of a city, of a sports
federation and of a health ministry in an outbreak: all files and questions first, a third of these to tempt, then one
run. Which sentences answer was told by somebody who saw no answer, or, for the last two, before the run and mended
after it. What was wrong in that run was mended where a rule could, but for the city's, for which nothing was. Nor was
it for the three that came next, of trade unions, of a harbour and of elections, where three questions in ten are in
another language than what answers them; their answers were told by who wrote them. These four tell best how Kutip does
on an archive that is new to it. The two newest, of a national park and of a power company, were written in the same
way, and what was wrong in the first run was mended where a rule could.
Prints for the turns that need those before, and for the others, in the conversation and asked alone: of those that have
an answer, how many are answered rightly, how many wrongly, and for how many a right sentence comes first, cited or as
related; of those that have none, how many are not answered. Then how many of the answers are right that are sure, and
of those of which Kutip says that it is not. With --shown, each that is not right.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from retrieval.answering import Snapshot
from retrieval.answers.turns import turn_after
from retrieval.embedding.models import load_embedder
from retrieval.index.numpy_index.store import NumpyStore
from retrieval.indexing import IndexingOptions, update_index
from retrieval.reading.reader import THRESHOLD, Reader
from retrieval.reading.reading_model import load_reading_model
from retrieval.reading.span_reader import SpanReader
from retrieval.values import Answer, Hit, Question, Reading, Turn

CONVERSATIONS = Path(__file__).parent / "conversations"


@dataclass(frozen=True)
class Told:
    """A turn's answer in the conversation and to the question alone."""

    turn: dict[str, Any]
    answer: Answer
    alone: Answer


class RememberingReader:
    """Reads nothing twice: most questions are asked alone and in a conversation."""

    def __init__(self, plain: Reader) -> None:
        self._plain = plain
        self._read: dict[tuple[str, tuple[int, ...]], list[Reading]] = {}

    def read(self, questions: Sequence[Question], hits: Sequence[Sequence[Hit]]) -> list[list[Reading]]:
        keys = [
            (question.text, tuple(hit.passage.number for hit in found))
            for question, found in zip(questions, hits, strict=True)
        ]
        new = {key: number for number, key in enumerate(keys) if key not in self._read}
        read = self._plain.read([questions[one] for one in new.values()], [hits[one] for one in new.values()])
        self._read.update(zip(new, read, strict=True))
        return [self._read[key] for key in keys]

    def knows_word(self, word: str) -> bool:
        return self._plain.knows_word(word)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=CONVERSATIONS)
    parser.add_argument("--knowledge", type=Path, help="the documents; those below documents/ otherwise")
    parser.add_argument("--shown", action="store_true", help="show each turn that is not right")
    parser.add_argument("--data", type=Path, default=Path("data"), help="where the exported embedding model is")
    options = parser.parse_args()
    embedder = load_embedder(None, options.data)
    with TemporaryDirectory() as folder:
        store = NumpyStore(Path(folder))
        update_index(store, embedder, IndexingOptions(options.knowledge or options.folder / "documents"))
        index = store.open(embedder.fingerprint)
        assert index is not None
        reader = RememberingReader(SpanReader(load_reading_model(None), index.words))
        lines = (options.folder / "dialogues.jsonl").read_text("utf-8").splitlines()
        told = tell(Snapshot(index, embedder, reader, threshold=THRESHOLD), [json.loads(line) for line in lines])
    for name, alone in (("need the turns before", False), ("stand alone", True)):
        turns = [one for one in told if one.turn["alone"] is alone]
        answerable = sum(bool(one.turn["sentences"]) for one in turns)
        print(f"{len(turns)} turns that {name}: {answerable} with an answer, {len(turns) - answerable} without")
        for how in ("in conversation", "alone"):
            asked = [(one.turn["sentences"], one.alone if how == "alone" else one.answer) for one in turns]
            right = sum(answer.found and is_right(sentences, answer) for sentences, answer in asked)
            wrong = sum(answer.found and not is_right(sentences, answer) for sentences, answer in asked if sentences)
            first = sum(comes_first(sentences, answer) for sentences, answer in asked)
            refused = sum(not answer.found for sentences, answer in asked if not sentences)
            print(
                f"  {how:16} right {right:3}, wrong {wrong:3}, right sentence first {first:3}; not answered {refused}"
            )
    for name, doubtful in (("sure", False), ("doubtful", True)):
        given = [one for one in told if one.answer.found and one.answer.doubtful is doubtful]
        right = sum(is_right(one.turn["sentences"], one.answer) for one in given)
        print(f"{len(given)} answers in conversation that are {name}: {right} right")
    for one in told:
        if options.shown and not is_right(one.turn["sentences"], one.answer):
            print(f"\n{one.turn['question']}" + (f" [{one.answer.understood}]" if one.answer.understood else ""))
            said = "cited" if one.answer.found else "related"
            print(*(f"  {said}: {shown.sentence}" for shown in one.answer.shown[:1]))
            print(*(f"  right: {sentence}" for sentence in one.turn["sentences"] or ["not found"]), sep="\n")


def tell(snapshot: Snapshot, dialogues: Sequence[dict[str, Any]]) -> list[Told]:
    """Ask every turn in its conversation, and by itself."""
    told = []
    for dialogue in dialogues:
        before: Turn | None = None
        alone = snapshot.answer([turn["question"] for turn in dialogue["turns"]])
        for turn, by_itself in zip(dialogue["turns"], alone, strict=True):
            [answer] = snapshot.answer([turn["question"]], [before])
            told.append(Told(turn, answer, by_itself))
            before = turn_after(answer, before)
    return told


def is_right(sentences: Sequence[str], answer: Answer) -> bool:
    """Tell whether the first citation is one of the sentences, or that nothing is found where there is none."""
    return answer.citations[0].sentence in sentences if answer.found else not sentences


def comes_first(sentences: Sequence[str], answer: Answer) -> bool:
    """Tell whether one of the sentences is what is shown first, as an answer or as related."""
    return bool(answer.shown) and answer.shown[0].sentence in sentences


if __name__ == "__main__":
    main()
