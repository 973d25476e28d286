"""Where a larger model sees the answers, in the tokens of the one that is trained.

The larger model, the teacher, gives each pair a probability for every place where an answer may start and end, and for
none. The smaller one learns these beside the answers that people marked (Hinton, Vinyals and Dean, "Distilling the
Knowledge in a Neural Network", 2015).
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Encoding, Tokenizer
from torch.nn.utils.rnn import pad_sequence
from transformers import AutoModelForQuestionAnswering, AutoTokenizer

from retrieval.reading.reader_export import takes_token_types

Tokens = npt.NDArray[np.integer[Any]]


class Lesson(NamedTuple):
    """A pair in the teacher's tokens; `starts` and `ends` are the learner's tokens in which each starts and ends.

    They are -1 where the learner has none, and 0 for the first token, which stands for "no answer".
    """

    ids: Tokens
    types: Tokens
    starts: Tokens
    ends: Tokens


class Teacher:
    """A question answering model of Hugging Face's that others learn from."""

    def __init__(self, folder: Path, window: int) -> None:
        """Load the model; pairs are cut to `window` of its tokens."""
        self._model = AutoModelForQuestionAnswering.from_pretrained(folder, dtype=torch.bfloat16).eval()
        self._tokenizer: Tokenizer = AutoTokenizer.from_pretrained(folder).backend_tokenizer
        self._tokenizer.enable_truncation(window, strategy="longest_first")
        self._tokenizer.no_padding()

    def lesson(self, question: str, text: str, learner: Encoding) -> Lesson:
        """Return what the teacher reads of a pair; `learner` is what the learner reads of it."""
        encoding = self._tokenizer.encode(question, text)
        token_at = _token_at(learner, len(text))
        starts, ends = (np.full(len(encoding.ids), -1, dtype=np.int32) for _ in range(2))
        starts[0] = ends[0] = 0
        for number in _context(encoding):
            start, end = encoding.offsets[number]
            if token := text[start:end].strip():  # in some models, a word's token begins with the blank before it
                start = text.index(token, start)
                starts[number], ends[number] = token_at[start], token_at[start + len(token) - 1]
        return Lesson(np.array(encoding.ids), np.array(encoding.type_ids), starts, ends)

    @torch.inference_mode()
    def teach(self, lessons: Sequence[Lesson], width: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Return how likely an answer starts, and ends, in each of the learner's tokens, in the shape (lessons, width).

        Each row's sum is 1.
        """
        ids, types, starts, ends = map(_padded, zip(*lessons, strict=True), (0, 0, -1, -1))
        mask = _padded([np.ones_like(lesson.ids) for lesson in lessons], 0)
        inputs = {"token_type_ids": types} if takes_token_types(self._model.config) else {}
        out = self._model(input_ids=ids, attention_mask=mask, **inputs)
        return _shared_out(out.start_logits, starts, width), _shared_out(out.end_logits, ends, width)


def _padded(rows: Iterable[Tokens], filling: int) -> torch.Tensor:
    return pad_sequence([torch.from_numpy(row).long() for row in rows], batch_first=True, padding_value=filling)


def _shared_out(logits: torch.Tensor, places: torch.Tensor, width: int) -> torch.Tensor:
    likely = logits.float().masked_fill(places < 0, -torch.inf).softmax(1)
    return torch.zeros(len(logits), width).scatter_add(1, places.clamp(min=0), likely)


def _token_at(encoding: Encoding, length: int) -> Tokens:
    """Return the token of each character of the context, -1 where there is none."""
    tokens = np.full(length, -1, dtype=np.int32)
    for number in _context(encoding):
        start, end = encoding.offsets[number]
        tokens[start:end] = number
    return tokens


def _context(encoding: Encoding) -> list[int]:
    return [number for number, sequence in enumerate(encoding.sequence_ids) if sequence == 1]
