"""Measure what a slip of the fingers costs a question, and what mending it brings back.

    python -m benchmarks.slips FOLDER... [--questions 300]

Every passage of a set is in one index. Each question is asked as it is and with one slip, in a word of five letters or
more: one left out, put in or changed, or two the wrong way round. Prints for both, as they are typed and where what is
not found so is looked for without slips, how many of those with an answer are answered rightly, and how many of all
wrongly; and how many questions mending changes, be it needed or not.
"""

import argparse
import random
import re
from collections.abc import Sequence
from pathlib import Path
from string import ascii_lowercase

from retrieval.answering import Snapshot
from retrieval.embedding.models import load_embedder
from retrieval.evaluation.judging import Judge
from retrieval.evaluation.question_sets import SetQuestion, load_set
from retrieval.evaluation.set_index import set_index
from retrieval.reading.reader import THRESHOLD
from retrieval.reading.reading_model import load_reading_model
from retrieval.reading.span_reader import SpanReader
from retrieval.text.words import STOP_WORDS
from retrieval.values import Reading

_WORD = re.compile(r"[A-Za-z]{5,}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--questions", type=int, default=300, help="at most so many of a set")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--shown", action="store_true", help="show what was mended otherwise than it was meant")
    parser.add_argument("--data", type=Path, default=Path("data"), help="where the exported embedding model is")
    options = parser.parse_args()
    embedder, model = load_embedder(None, options.data), load_reading_model(None)
    chance = random.Random(options.seed)
    for folder in options.folders:
        data = load_set(folder, questions=options.questions)
        judge = Judge(data)
        clean = [question.text for question in data.questions]
        slipped = [with_slip(text, chance) for text in clean]
        with set_index(embedder) as place:
            index = place.open(data.passages, documents=data.documents)
            snapshot = Snapshot(index, embedder, SpanReader(model, index.words), threshold=THRESHOLD)
            print(data.name)
            for name, texts in (("as it is", clean), ("with a slip", slipped)):
                mended = [snapshot.without_slips(text) for text in texts]
                typed = [snapshot.read([text])[0] for text in texts]
                again = [
                    snapshot.read([now])[0] if now != text and not found(read) else read
                    for text, now, read in zip(texts, mended, typed, strict=True)
                ]
                for how, read in (("typed", typed), ("mended", again)):
                    print(f"  {name:12} {how:7}", measured(judge, data.questions, read), flush=True)
                changed = [(text, now) for text, now in zip(texts, mended, strict=True) if text != now]
                back = sum(now.casefold() == one.casefold() for one, now in zip(clean, mended, strict=True))
                print(f"  {name:12} {len(changed)} of {len(texts)} changed, {back} as it was meant")
                for one, (text, now) in enumerate(zip(texts, mended, strict=True)):
                    if options.shown and now.casefold() != clean[one].casefold():
                        print(f"    {text}\n    {now}" if now != text else f"    {text}")


def with_slip(question: str, chance: random.Random) -> str:
    """Return a question with one slip in one of its words, not in the first letter; as it is, if all are short."""
    words = [match for match in _WORD.finditer(question) if match[0].casefold() not in STOP_WORDS]
    if not words:
        return question
    match = chance.choice(words)
    word = slipped = match[0]
    while slipped == word:
        place = chance.randrange(1, len(word) - 1)
        before, here, after = word[:place], word[place], word[place + 1 :]
        letter = chance.choice(ascii_lowercase)
        swapped = before + after[0] + here + after[1:]
        slipped = chance.choice([before + after, before + letter + after, before + letter + here + after, swapped])
    return question[: match.start()] + slipped + question[match.end() :]


def found(readings: Sequence[Reading]) -> bool:
    """Tell whether readings, best first, are an answer."""
    return bool(readings) and readings[0].confidence >= THRESHOLD


def measured(judge: Judge, questions: Sequence[SetQuestion], read: Sequence[Sequence[Reading]]) -> str:
    """Return how many of the questions with an answer are answered rightly, and how many of all wrongly."""
    answered = [(question, readings[0]) for question, readings in zip(questions, read, strict=True) if found(readings)]
    right = sum(bool(question.answers) and judge.holds(question, first) for question, first in answered)
    answerable = sum(bool(question.answers) for question in questions)
    return f"right {right / answerable:6.1%} of {answerable}   wrong {len(answered) - right} of {len(questions)}"


if __name__ == "__main__":
    main()
