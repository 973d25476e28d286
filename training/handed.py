"""Measure what a model reads when it is handed the right passage: that is what training improves.

    python -m training.handed EXAMPLES MODEL... [--count 300]

EXAMPLES is made by training/examples.py, of sets that no MODEL was trained on; a MODEL is a Hugging Face question
answering folder, a checkpoint of training/train.py beside such a folder ("START:last.pt"), or a reader that `kutip
export-reader` wrote, in its 8 bits. For each set, over its first --count questions of each kind:

    F1        of the best span with the answers, a question that its passage answers
    another   AUROC of that passage against the closest one that does not answer, by how much the best span is
              likelier than no answer
    written   AUROC of it against the passages of questions that were written not to be answered
"""

import argparse
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Encoding, Tokenizer
from transformers import AutoModelForQuestionAnswering, AutoTokenizer

from retrieval.embedding.sessions import side_by_side
from retrieval.evaluation.measures import auroc, span_f1
from retrieval.reading.reading_model import load_reading_model
from training.batches import Item, load_examples, padded
from training.examples import ContextExample, Example

_WINDOW = 384  # tokens of question and context
_LONGEST = 30  # tokens of an answer
_BATCH = 16
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Found:
    """The likeliest span of a context, and the logarithm of its odds against no answer."""

    text: str
    odds: float


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of one set's questions: F1 of the spans, and the odds where there is an answer and where not."""

    f1: list[float]
    right: list[float]
    another: list[float]
    written: list[float]


Read = Callable[[Sequence[tuple[str, ContextExample]]], list[Found]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("examples", type=Path)
    parser.add_argument("models", nargs="+", metavar="MODEL")
    parser.add_argument("--count", type=int, default=300)
    options = parser.parse_args()
    examples = load_examples(options.examples)
    for name in options.models:
        print(name)
        for set_name, measured in measure(name, examples, options.count).items():
            print(f"  {set_name:20} n={len(measured.f1)} F1 {np.mean(measured.f1):.3f}", end="")
            print(f" another {auroc(measured.right, measured.another):.3f}", end="")
            print(f" written {auroc(measured.right, measured.written):.3f}" if measured.written else "", flush=True)


def measure(name: str, examples: Sequence[Example], count: int) -> dict[str, Measured]:
    """Read `count` questions a set that are answered, and as many that are not, each with its passage."""
    read = _reader(name)
    by_set = defaultdict(list)
    for example in examples:
        by_set[example.set].append(example)
    return {set_name: _measured(own, read, count) for set_name, own in by_set.items()}


def _measured(examples: Sequence[Example], read: Read, count: int) -> Measured:
    answerable = [one for one in examples if one.contexts[0].spans][:count]
    written = [one for one in examples if not one.contexts[0].spans][:count]
    others = [(one.question, next((other for other in one.contexts if not other.spans), None)) for one in answerable]
    right = read([(one.question, one.contexts[0]) for one in answerable])
    answers = [[one.contexts[0].text[slice(*span)] for span in one.contexts[0].spans] for one in answerable]
    return Measured(
        f1=[span_f1(found.text, own) for found, own in zip(right, answers, strict=True)],
        right=[found.odds for found in right],
        another=[found.odds for found in read([(question, other) for question, other in others if other])],
        written=[found.odds for found in read([(one.question, one.contexts[0]) for one in written])],
    )


def _reader(name: str) -> Read:
    """Return what reads questions with their contexts."""
    if (Path(name) / "reader.json").is_file():
        return _exported(Path(name))
    folder, _, checkpoint = name.partition(":")
    model = AutoModelForQuestionAnswering.from_pretrained(folder)
    model.train(False)
    if checkpoint:
        model.load_state_dict(torch.load(checkpoint, weights_only=True)["model"])
    tokenizer = _cutting(Tokenizer.from_str(AutoTokenizer.from_pretrained(folder).backend_tokenizer.to_str()))

    def read(pairs: Sequence[tuple[str, ContextExample]]) -> list[Found]:
        encodings = tokenizer.encode_batch([(question, context.text) for question, context in pairs])
        found: dict[int, Found] = {}
        order = sorted(range(len(pairs)), key=lambda number: len(encodings[number].ids))
        for begin in range(0, len(order), _BATCH):
            numbers = order[begin : begin + _BATCH]
            batch = padded([_item(encodings[number]) for number in numbers])
            with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
                out = model(**batch.inputs(model.config))
            for row, number in enumerate(numbers):
                logits = out.start_logits[row].float().numpy(), out.end_logits[row].float().numpy()
                found[number] = _best(*logits, encodings[number], pairs[number][1].text)
        return [found[number] for number in range(len(pairs))]

    return read


def _exported(folder: Path) -> Read:
    model = load_reading_model(folder)
    tokenizer = _cutting(Tokenizer.from_file(str(folder / "tokenizer.json")))

    def read(pairs: Sequence[tuple[str, ContextExample]]) -> list[Found]:
        encodings = tokenizer.encode_batch([(question, context.text) for question, context in pairs])
        logits = side_by_side(model.logits, encodings)
        return [
            _best(*found, encoding, context.text)
            for (_, context), encoding, found in zip(pairs, encodings, logits, strict=True)
        ]

    return read


def _cutting(tokenizer: Tokenizer) -> Tokenizer:
    """Have a tokenizer cut contexts that are too long."""
    tokenizer.enable_truncation(_WINDOW, strategy="only_second")
    tokenizer.no_padding()
    return tokenizer


def _item(encoding: Encoding) -> Item:
    return Item(np.array(encoding.ids, dtype=np.int32), encoding.sequence_ids.index(1), (0,), (0,))


def _best(starts: Floats, ends: Floats, encoding: Encoding, text: str) -> Found:
    """Return the likeliest span in the context, and by how much it is likelier than no answer."""
    first = encoding.sequence_ids.index(1)
    last = len(encoding.ids) - 1  # the separator
    sums = starts[first:last, None] + ends[None, first:last]
    allowed = np.triu(np.ones_like(sums, dtype=bool)) & ~np.triu(np.ones_like(sums, dtype=bool), _LONGEST)
    start, end = np.unravel_index(int(np.where(allowed, sums, -np.inf).argmax()), sums.shape)
    begin, stop = encoding.offsets[first + int(start)][0], encoding.offsets[first + int(end)][1]
    return Found(text[begin:stop], float(sums[start, end] - starts[0] - ends[0]))


if __name__ == "__main__":
    main()
