"""Turn passages and questions into unit vectors."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
from tokenizers import Encoding, Tokenizer

from retrieval.embedding.sessions import load_session, side_by_side

Vectors = npt.NDArray[np.float32]
OnDone = Callable[[int], None] | None

BATCH_TOKENS = 2_048  # padded tokens in one batch; on two cores larger ones are no faster
_FEW = 16  # texts; more are an indexing run's, and questions come first
_LEAST_FILL = 0.8  # of a row of a batch, the share that is no padding
_CHUNK = 1_024  # texts whose tokens are held at once
_UNKNOWN = ("[UNK]", "<unk>")
_WHOLE = ("CJK UNIFIED IDEOGRAPH", "HANGUL SYLLABLE")  # signs that are more than a letter
_SCRIPTS = ("Где встретились министры?", "أين اجتمع وزراء الخارجية؟", "外交部长在哪里开会？")


class Embedder(Protocol):
    """What embeds texts. Vectors are float32 of unit length, one row a text, in the order of the texts.

    `fingerprint` names the model by its content: equal fingerprints give equal vectors. `max_tokens` is how
    many tokens of a text count, without the model's own special ones. `multilingual`: what says the same in two
    languages is close.
    """

    fingerprint: str
    dim: int
    max_tokens: int
    multilingual: bool

    def knows_script(self, question: str) -> bool:
        """Tell whether the model was made for the script of a question, so that its vector means something."""

    def token_spans(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        """Return where each token stands in its text, in characters, special tokens left out."""

    def embed_passages(self, texts: Sequence[str], *, on_done: OnDone = None) -> Vectors:
        """Return the vectors of passages, shape (n, dim); `on_done` hears how many are done, batch by batch."""

    def embed_questions(self, questions: Sequence[str]) -> Vectors:
        """Return the vectors of questions, shape (n, dim)."""


class WrappedEmbedder:
    """An embedder like another, `plain`; whoever inherits says how passages are embedded."""

    def __init__(self, plain: Embedder) -> None:
        self.fingerprint = plain.fingerprint
        self.dim = plain.dim
        self.max_tokens = plain.max_tokens
        self.multilingual = plain.multilingual
        self.knows_script = plain.knows_script
        self.token_spans = plain.token_spans
        self.embed_questions = plain.embed_questions
        self.plain = plain


class OnnxEmbedder:
    """A sentence-transformers model, exported to ONNX with its pooling, run by ONNX Runtime in fp32.

    May be used by several threads at once.
    """

    def __init__(
        self,
        graph: Path,
        tokenizer: Path,
        *,
        fingerprint: str,
        window: int,
        question_prompt: str = "",
        passage_prompt: str = "",
    ) -> None:
        """Load the exported graph and the model's `tokenizer.json`; `window` counts special tokens too."""
        self.fingerprint = fingerprint
        self._prompts = (question_prompt, passage_prompt)
        self._tokens = TokenCounter(tokenizer, window=window)
        self.max_tokens = self._tokens.room_after(passage_prompt)
        self.multilingual = self._tokens.multilingual
        self._session = load_session(graph)
        self.dim = int(self._session.get_outputs()[0].shape[1])

    def knows_script(self, question: str) -> bool:
        return self._tokens.knows_script(question)

    def token_spans(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        return self._tokens.spans(texts)

    def embed_questions(self, questions: Sequence[str]) -> Vectors:
        return self._embed([self._prompts[0] + question for question in questions])

    def embed_passages(self, texts: Sequence[str], *, on_done: OnDone = None) -> Vectors:
        return self._embed([self._prompts[1] + text for text in texts], on_done=on_done, yields=len(texts) > _FEW)

    def _embed(self, texts: Sequence[str], *, on_done: OnDone = None, yields: bool = False) -> Vectors:
        vectors = np.empty((len(texts), self.dim), dtype=np.float32)
        done = 0
        for begin in range(0, len(texts), _CHUNK):
            encodings = self._tokens.encode(texts[begin : begin + _CHUNK])
            batches = list(_batches([len(encoding.ids) for encoding in encodings]))
            grouped = [[encodings[index] for index in batch] for batch in batches]
            runs = side_by_side(self._run, grouped, yields=yields)
            for batch, found in zip(batches, runs, strict=True):
                vectors[[begin + index for index in batch]] = found
                done += len(batch)
                if on_done:
                    on_done(done)
        return vectors

    def _run(self, encodings: Sequence[Encoding]) -> Vectors:
        """Run the graph on texts together, padded to the longest."""
        inputs = np.zeros((2, len(encodings), max(len(encoding.ids) for encoding in encodings)), dtype=np.int64)
        for row, encoding in enumerate(encodings):
            inputs[0, row, : len(encoding.ids)] = encoding.ids
            inputs[1, row, : len(encoding.ids)] = 1
        vectors: Vectors = self._session.run(None, {"input_ids": inputs[0], "attention_mask": inputs[1]})[0]
        return vectors


class TokenCounter:
    """A model's fast tokenizer, used without its stored padding and truncation."""

    def __init__(self, path: Path, *, window: int) -> None:
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._room = window - self._tokenizer.num_special_tokens_to_add(is_pair=False)

    @property
    def multilingual(self) -> bool:
        """Whether the tokenizer was made for several scripts, as those of multilingual models are."""
        return sum(self.knows_script(text) for text in _SCRIPTS) > 1

    def knows_script(self, text: str) -> bool:
        """Tell whether the tokenizer was made for the script of at least half of a text's letters.

        One that was not takes words apart into their letters, or does not know them at all. Latin is always known.
        """
        letters = {place for place, sign in enumerate(text) if sign.isalpha()}
        latin = {place for place in letters if text[place].isascii() or _named(text[place], "LATIN")}
        if 2 * len(latin) >= len(letters):
            return True
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        spans = Counter(encoding.offsets)
        known = set(latin)
        unknown = {self._tokenizer.token_to_id(token) for token in _UNKNOWN}
        for token, (start, end) in zip(encoding.ids, encoding.offsets, strict=True):
            inside = letters.intersection(range(start, end))
            whole = len(inside) > 1 or any(_named(text[place], *_WHOLE) for place in inside)
            if whole and token not in unknown and spans[start, end] == 1:
                known |= inside
        return 2 * len(known) >= len(letters)

    def room_after(self, prompt: str) -> int:
        """Return how many tokens fit the window besides the special ones and a prompt."""
        return self._room - len(self._tokenizer.encode(prompt, add_special_tokens=False).ids)

    def spans(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        """Return the character span of each token in its text, special tokens left out."""
        return [encoding.offsets for encoding in self._tokenizer.encode_batch(texts, add_special_tokens=False)]

    def encode(self, texts: Sequence[str]) -> list[Encoding]:
        """Return the texts' tokens, cut to the window, with the special tokens around them."""
        encodings = self._tokenizer.encode_batch(texts, add_special_tokens=False)
        for encoding in encodings:
            encoding.truncate(self._room)
        return [self._tokenizer.post_process(encoding) for encoding in encodings]


def _named(sign: str, *beginnings: str) -> bool:
    """Tell whether the name that Unicode gives a sign begins so."""
    return unicodedata.name(sign, "").startswith(beginnings)


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Group texts by index, longest first: at most BATCH_TOKENS tokens with the padding, and little of that."""
    batch: list[int] = []
    longest = 0
    for index in sorted(range(len(lengths)), key=lambda index: -lengths[index]):
        if batch and ((len(batch) + 1) * longest > BATCH_TOKENS or lengths[index] < _LEAST_FILL * longest):
            yield batch
            batch = []
        longest = longest if batch else lengths[index]
        batch.append(index)
    if batch:
        yield batch
