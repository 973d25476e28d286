"""Make a reader's training examples of question sets, with Kutip's own passages and its own retriever.

    python -m training.examples FOLDER... --out FILE

Each line of the file is one question with what is read for it:

    {"set", "question", "altered", "contexts": [{"text", "spans", "body"}, …]}

First the passages that hold the answer, `spans` saying where; then, with no spans, passages that the retriever finds
close and that do not answer; `body` is where the text after the title begins. A question written not to be answered has
its own passage first, without spans. `altered` is the question changed so that its first context does not answer it, or
null. A question that goes on from others (in its set, `"before": [[question, answer], …]`) stands there as Kutip reads
it after them (follow_ups.py).
"""

import argparse
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import repeat
from pathlib import Path
from random import Random

from retrieval.answers.turns import turn_after
from retrieval.embedding.embedder import Embedder
from retrieval.embedding.models import load_embedder
from retrieval.evaluation.question_sets import load_passages
from retrieval.evaluation.set_index import set_index
from retrieval.index.protocols import Index
from retrieval.questions.courtesy import as_read
from retrieval.questions.follow_ups import variants
from retrieval.reading.contexts import read_context
from retrieval.retriever import Retriever
from retrieval.values import Answer, Citation, Document, Hit, Passage, Question, Turn
from training.altered import altered, names

_HITS = 8
_NEGATIVES = 4
_MAX_LENGTH = 5_000  # characters; longer passages are tables and lists, and hold few questions
_BEFORE_MARK = re.compile(r"\s+(?=[.,;:!?%)\]…](?:\s|$))|(?<=[(\[])\s+|\s+(?=(?:'s|'m|'re|'ve|'ll|'d|n't)\b)")


@dataclass(frozen=True, slots=True)
class ContextExample:
    """A text to read and where, in it, the answer stands; no spans: it does not answer.

    `body` is where the text begins that follows the title; 0 if there is no title.
    """

    text: str
    spans: list[tuple[int, int]]
    body: int = 0


@dataclass(frozen=True, slots=True)
class Example:
    """A question with the contexts that are read for it."""

    set: str
    question: str
    altered: str | None
    contexts: list[ContextExample]


@dataclass(frozen=True, slots=True)
class _Asked:
    text: str
    passage: str  # the text of its first passage
    spans: tuple[tuple[int, int], ...]  # in that
    answers: tuple[str, ...]
    goes_on: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--data", type=Path, default=Path("data"), help="where the exported embedding model is")
    options = parser.parse_args()
    embedder = load_embedder(None, options.data)
    partial = options.out.with_suffix(".partial")
    with partial.open("w", encoding="utf-8") as out:
        for folder in options.folders:
            examples = make_examples(folder, embedder)
            for example in examples:
                out.write(json.dumps(asdict(example), ensure_ascii=False) + "\n")
            print(f"{folder.name}: {len(examples)} questions", file=sys.stderr, flush=True)
    partial.replace(options.out)


def make_examples(folder: Path, embedder: Embedder) -> list[Example]:
    """Return the examples of one set, in the order of its questions."""
    passages = {id: (id, title, text) for id, title, text in load_passages(folder) if len(text) <= _MAX_LENGTH}
    tokenised = _is_tokenised([text for _, _, text in passages.values()])
    if tokenised:
        passages = {id: (id, title, detokenised(text)) for id, title, text in passages.values()}
    asked = _load_questions(folder, {id: text for id, _, text in passages.values()}, tokenised)
    set_name = folder.resolve().name
    random = Random(set_name)
    others = sorted({name for question in asked for name in names(question.text)})
    with set_index(embedder) as place:
        index = place.open(list(passages.values()))
        own = {  # by their texts: of equal ones, only one is in the index
            document.text[document.body :]: index.passages_of(number)
            for number, (document, _) in enumerate(index.documents())
        }
        retriever = Retriever(index)
        examples = []
        for begin in range(0, len(asked), 64):
            batch = asked[begin : begin + 64]
            vectors = place.embedder.embed_questions([question.text for question in batch])
            questions = [Question(question.text, vector) for question, vector in zip(batch, vectors, strict=True)]
            found = [retriever.retrieve(question, count=_HITS) for question in questions]
            for question, hits in zip(batch, found, strict=True):
                contexts = _contexts(question, own.get(question.passage, []), hits, index)
                if not contexts:
                    continue
                change = None
                if contexts[0].spans and not question.goes_on:
                    change = altered(question.text, contexts[0].text, others, random)
                examples.append(Example(set_name, question.text, change, contexts))
    return examples


def detokenised(text: str) -> str:
    """Join what a tokeniser took apart: "( played in 1981 ) ." becomes "(played in 1981)."."""
    return _BEFORE_MARK.sub("", text.replace("``", '"').replace("''", '"'))


def _is_tokenised(texts: Sequence[str]) -> bool:
    sample = " ".join(texts[:200])
    return sample.count(" . ") + sample.count(" , ") > sample.count(". ") / 2


def _load_questions(folder: Path, texts: dict[str, str], tokenised: bool) -> list[_Asked]:
    """Return the questions whose passage is there and whose answers stand in it."""
    asked = []
    for line in (folder / "questions.jsonl").read_text("utf-8").split("\n"):
        if not line.strip():
            continue
        row = json.loads(line)
        ids = row.get("passage_ids") or [row.get("passage_id")]
        text = texts.get(str(ids[0]))
        if text is None:
            continue
        spans = set()
        answers = []
        for answer, start in zip(row["answers"], row.get("answer_start") or repeat(0), strict=False):
            answer = (detokenised(answer) if tokenised else answer).strip()
            places = [match.start() for match in re.finditer(re.escape(answer), text)] if answer else []
            if places:
                start = min(places, key=lambda place: abs(place - start))
                spans.add((start, start + len(answer)))
                answers.append(" ".join(answer.casefold().split()))
        if spans or not row["answers"]:
            question = (detokenised(row["question"]) if tokenised else row["question"]).strip()
            before = row.get("before")
            said = _as_read(question, before) if before else question
            asked.append(_Asked(said, text, tuple(sorted(spans)), tuple(answers), goes_on=bool(before)))
    return asked


def _as_read(question: str, before: Sequence[tuple[str, str]]) -> str:
    """Return what is read for a question after others: as it is, in their document, or else with words of theirs."""
    turn: Turn | None = None
    for asked, answer in before:
        turn = turn_after(_answered(asked, answer, _read_after(asked, turn)), turn)
    return _read_after(question, turn)


def _read_after(question: str, turn: Turn | None) -> str:
    first, *others = variants(question, turn)
    return as_read(question) if any(one.here for one in others) else first.text


def _answered(question: str, answer: str, read: str) -> Answer:
    """Return the answer to a question of a conversation, as far as the next goes on from it."""
    citation = Citation(1, answer, 0, len(answer), Document("", "", answer), (0, len(answer)), key="there")
    understood = read if read != as_read(question) else ""
    return Answer(question, (citation,) if answer else (), (), 1.0, 0.0, understood=understood)


def _contexts(question: _Asked, own: Sequence[Passage], hits: Sequence[Hit], index: Index) -> list[ContextExample]:
    """Return the passages that answer, then those that only seem to, as the retriever ranks them.

    Nothing if none answers that should.
    """
    positive, negative, seen = [], [], set()
    for passage in own:
        example = _example(passage, index, question.spans)
        if example.spans or not question.spans:
            positive.append(example)
            seen.add(passage.number)
    if not positive:
        return []
    for hit in hits:
        if hit.passage.number in seen:
            continue
        example = _example(hit.passage, index, ())
        if hit.passage in own:
            negative.append(example)  # the same document, another place
        elif not any(answer in example.text.casefold() for answer in question.answers):
            negative.append(example)
    if not question.spans:  # its own passage may be cut in several: the closest to the question first
        rank = {hit.passage.number: place for place, hit in enumerate(hits)}
        order = sorted(range(len(own)), key=lambda number: rank.get(own[number].number, _HITS))
        positive = [positive[number] for number in order]
    return positive[:2] + negative[:_NEGATIVES]


def _example(passage: Passage, index: Index, spans: Sequence[tuple[int, int]]) -> ContextExample:
    """Return a passage as it is read, with the answers' spans, given in the body of its document, that it holds."""
    document = index.document(passage.document)
    context = read_context(document, passage.sentences)
    found = []
    for start, end in spans:
        first, last = start + document.body, end + document.body
        for sentence, (begin, stop) in zip(context.sentences, context.spans, strict=True):
            if sentence.start <= first < sentence.end:
                answer = " ".join(document.text[first : min(last, sentence.end)].split())
                near = begin + first - sentence.start  # white space before it may have been folded
                places = [match.start() for match in re.finditer(re.escape(answer), context.text[begin:stop])]
                if answer and places:
                    place = begin + min(places, key=lambda place: abs(begin + place - near))
                    found.append((place, place + len(answer)))
    return ContextExample(context.text, sorted(set(found)), len(f"{document.title}: ") if document.title else 0)


if __name__ == "__main__":
    main()
