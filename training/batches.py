"""Draw a training epoch from examples: what is read with what, in tokens, in batches of similar length."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from transformers import PretrainedConfig

from retrieval.reading.reader_export import takes_token_types
from training.examples import ContextExample, Example
from training.shortened import without_answers, without_one
from training.teaching import Lesson, Teacher

_NEGATIVE = 0.6  # of the questions are also asked of a passage that does not answer
_ALTERED = 0.4  # of the questions that can be are also asked in the altered form
_WITHOUT_ANSWER = 0.25  # of the questions are also asked of the passage without the sentences that answer
_WITHOUT_ONE = 0.25  # of the passages that answer lose another sentence
_NO_TITLE = 0.15  # of the contexts lose their title: people's files often have none that says anything
_LOWERED = 0.2  # of the questions are asked without capitals, as people type them
_POOL = 64  # batches whose items are sorted by length together
_CHUNK = 4_096


@dataclass(frozen=True, slots=True)
class Item:
    """Question and context in tokens; `starts` and `ends` are tokens of the answer, or 0, the first, for none.

    `lesson` is what a teacher reads of them, if one does.
    """

    ids: npt.NDArray[np.int32]
    context: int
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    lesson: Lesson | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of shape (items, tokens); `starts` and `ends` are True where an answer may start and end."""

    input_ids: torch.Tensor
    attention_mask: torch.Tensor
    token_type_ids: torch.Tensor
    starts: torch.Tensor
    ends: torch.Tensor

    def inputs(self, config: PretrainedConfig) -> dict[str, torch.Tensor]:
        """Return what a model reads, by its configuration: not all take token types."""
        inputs = {"input_ids": self.input_ids, "attention_mask": self.attention_mask}
        return inputs | ({"token_type_ids": self.token_type_ids} if takes_token_types(config) else {})


def load_examples(path: Path) -> list[Example]:
    """Read what training/examples.py wrote."""
    examples = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            contexts = [
                ContextExample(one["text"], [(a, b) for a, b in one["spans"]], one["body"])
                for one in row.pop("contexts")
            ]
            examples.append(Example(**row, contexts=contexts))
    return examples


def draw_epoch(
    examples: Sequence[Example], repeats: Mapping[str, float], random: Random
) -> list[tuple[str, ContextExample]]:
    """Return (question, context) pairs; a set's examples come `repeats` times, a fraction by chance."""
    pairs: list[tuple[str, ContextExample]] = []
    for example in examples:
        times = repeats.get(example.set, 1.0)
        for _ in range(int(times) + (random.random() < times % 1)):
            pairs += [
                (
                    question.lower() if random.random() < _LOWERED else question,
                    _untitled(context) if random.random() < _NO_TITLE else context,
                )
                for question, context in _draw(example, random)
            ]
    return pairs


def _draw(example: Example, random: Random) -> Iterator[tuple[str, ContextExample]]:
    answering = [context for context in example.contexts if context.spans]
    first, *others = example.contexts
    others = [context for context in others if not context.spans]
    read = random.choice(answering) if answering else first
    yield example.question, without_one(read, random) if answering and random.random() < _WITHOUT_ONE else read
    if answering and random.random() < _WITHOUT_ANSWER and (emptied := without_answers(read)):
        yield example.question, emptied
    if others and random.random() < _NEGATIVE:
        yield example.question, others[min(int(random.expovariate(1)), len(others) - 1)]
    if example.altered and random.random() < _ALTERED:
        yield example.altered, replace(first, spans=[])


def _untitled(context: ContextExample) -> ContextExample:
    cut = context.body
    if any(start < cut for start, _ in context.spans):
        return context
    return ContextExample(context.text[cut:], [(start - cut, end - cut) for start, end in context.spans])


def tokenised(
    pairs: Sequence[tuple[str, ContextExample]], tokenizer: Tokenizer, teacher: Teacher | None = None
) -> list[Item]:
    """Turn pairs into tokens; those whose answer is cut off by the tokenizer's truncation are left out.

    With a teacher, each has what that reads.
    """
    items = []
    for begin in range(0, len(pairs), _CHUNK):
        chunk = pairs[begin : begin + _CHUNK]
        texts = [(question, context.text) for question, context in chunk]
        encodings = tokenizer.encode_batch(texts)
        lessons = [
            teacher.lesson(*both, encoding) if teacher else None
            for both, encoding in zip(texts, encodings, strict=True)
        ]
        for (_, context), encoding, lesson in zip(chunk, encodings, lessons, strict=True):
            inside = np.array([sequence == 1 for sequence in encoding.sequence_ids])
            offsets = np.array(encoding.offsets)
            starts, ends = [], []
            for start, end in context.spans:
                first = np.flatnonzero(inside & (offsets[:, 0] <= start) & (start < offsets[:, 1]))
                last = np.flatnonzero(inside & (offsets[:, 0] < end) & (end <= offsets[:, 1]))
                if len(first) and len(last):
                    starts.append(int(first[0]))
                    ends.append(int(last[0]))
            if context.spans and not starts:
                continue
            ids = np.array(encoding.ids, dtype=np.int32)
            items.append(Item(ids, int(np.argmax(inside)), tuple(starts) or (0,), tuple(ends) or (0,), lesson))
    return items


def batches(items: Sequence[Item], tokens: int, random: Random) -> list[list[int]]:
    """Return batches of item numbers in random order, each of at most `tokens` tokens with its padding."""
    order = list(range(len(items)))
    random.shuffle(order)
    pool = _POOL * tokens // max(1, int(np.mean([len(item.ids) for item in items])))
    made: list[list[int]] = []
    for begin in range(0, len(order), pool):
        batch: list[int] = []
        for number in sorted(order[begin : begin + pool], key=lambda number: len(items[number].ids)):
            if batch and (len(batch) + 1) * len(items[number].ids) > tokens:
                made.append(batch)
                batch = []
            batch.append(number)
        made.append(batch)
    random.shuffle(made)
    return made


def padded(items: Sequence[Item]) -> Batch:
    """Put items together in tensors."""
    shape = len(items), max(len(item.ids) for item in items)
    ids, mask, types = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
    starts, ends = (torch.zeros(shape, dtype=torch.bool) for _ in range(2))
    for row, item in enumerate(items):
        ids[row, : len(item.ids)] = torch.from_numpy(item.ids.astype(np.int64))
        mask[row, : len(item.ids)] = 1
        types[row, item.context : len(item.ids)] = 1
        starts[row, list(item.starts)] = True
        ends[row, list(item.ends)] = True
    return Batch(ids, mask, types, starts, ends)
