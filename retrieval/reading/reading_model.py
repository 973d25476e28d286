"""Run a reading model: where in a context does the answer to a question stand, if it does?

The model is an extractive one in the manner of BERT (Devlin et al., 2019): for every token of the context, how well an
answer would start and end there; the first token of all stands for "no answer", as for SQuAD 2.0.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Encoding, Tokenizer

from retrieval.embedding.exporting import GRAPH_ERRORS, file_sha256
from retrieval.embedding.sessions import load_session, side_by_side
from retrieval.errors import ModelError
from retrieval.reading.contexts import Context
from retrieval.text.patterns import regex
from retrieval.values import Sentence

FORMAT = 3
BUNDLED = Path(__file__).parent / "bundled"
"""The reader that comes with Kutip; training/README.md tells what it was trained on."""

MAX_WINDOW = 384  # tokens; Kutip's passages with a question are shorter
_LEAST_WINDOW = 16  # special tokens, and something of both question and context
_MAX_ANSWER_TOKENS = 48
_PAIRS = ("()", "[]", "“”")
_ORDINAL = regex(r"(?:st|nd|rd|th)\b")
_ADDRESS = regex(r"(?:https?://|www\.)[^\s<>()\[\]|]*[\w/]|[\w.+-]+@[\w.-]*\w")
_OF_ADDRESSES = regex(r"@|://|www\.")
_AFTER_NUMBER = regex(r"(?<=\d)[.,;:]+\Z")
Logits = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class SentenceReading:
    """What the model says of one sentence of a context.

    `odds` is the logarithm of the odds that the answer stands in it against standing nowhere; `place` and `span` are
    its place and the best answer's in the context's text, in characters.
    """

    sentence: Sentence
    place: tuple[int, int]
    odds: float
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class ScoreWeights:
    """What each kind of evidence for a sentence adds to its score, by which the sentences of a question are ranked."""

    odds: float = 0.5
    cosine: float = 1.0
    words: float = 1.5
    own: float = 1.0
    near: float = 1.0
    kind: float = 0.5


@dataclass(frozen=True, slots=True)
class ConfidenceWeights:
    """What each makes of the logarithm of the odds that a sentence answers.

    The model's odds, not the score; and of shared words only names, and whether there are any (`shared`, 1 or 0). How
    many there are tells little of a question in other words, or of one that was written not to be answered.
    """

    odds: float = 0.25
    share: float = 1.0
    cosine: float = 0.0
    shared: float = 0.0
    missing: float = -1.0
    bias: float = -3.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """What a model's readings are worth: fitted by benchmarks/calibrate.py; until then, a cautious guess."""

    score: ScoreWeights = ScoreWeights()
    confidence: ConfidenceWeights = ConfidenceWeights()


@dataclass(frozen=True, slots=True)
class ReaderExport:
    """What `reader.json` says of the files beside it; `window` is in tokens."""

    window: int
    model_sha256: str
    tokenizer_sha256: str
    calibration: Calibration
    format: int = FORMAT


class ReadingModel:
    """An extractive reading model, run by ONNX Runtime. May be used by several threads at once."""

    def __init__(self, graph: Path, tokenizer: Path, *, window: int, calibration: Calibration) -> None:
        """Load an exported model; it reads at most `window` tokens of question and context."""
        self.calibration = calibration
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(window, strategy="longest_first")  # so that something is left of both
        self._session = load_session(graph)
        self._inputs = [one.name for one in self._session.get_inputs()]

    def read(self, pairs: Sequence[tuple[str, Context]]) -> list[list[SentenceReading]]:
        """Return the readings of the sentences of each (question, context), in the context's order.

        Sentences beyond the window are left out.
        """
        encodings = self._tokenizer.encode_batch([(question, context.text) for question, context in pairs])
        return [
            _sentence_readings(context, encoding, *logits)
            for (_, context), encoding, logits in zip(
                pairs, encodings, side_by_side(self.logits, encodings), strict=True
            )
        ]

    def knows_word(self, word: str) -> bool:
        """Tell whether a word is one token: one that its training texts had often, however it begins."""
        spelt = {word, word.lower(), word.capitalize()}
        return any(len(self._tokenizer.encode(one, add_special_tokens=False).ids) == 1 for one in spelt)

    def logits(self, encoding: Encoding) -> tuple[Logits, Logits]:
        """Run the graph on one pair alone: how well an answer would start and end at each token, of shape (tokens,).

        In 8 bits, a batch shares one scale: what is asked beside a question would change its answer. And on a
        processor's few cores a batch is no quicker.
        """
        tokens = {
            "input_ids": encoding.ids,
            "attention_mask": encoding.attention_mask,
            "token_type_ids": encoding.type_ids,
        }
        inputs = {name: np.array([tokens[name]], dtype=np.int64) for name in self._inputs}
        starts, ends = self._session.run(["start_logits", "end_logits"], inputs)
        return starts[0], ends[0]


def _trimmed(text: str, start: int, stop: int) -> tuple[int, int]:
    """Leave out what some tokens take with them: a blank before a word, the full stop or comma after a number.

    And a mark that opens or closes something else; the ending of a number is taken in, and the rest of an address.
    """
    shown = text[start:stop]
    start, stop = start + len(shown) - len(shown.lstrip()), stop - len(shown) + len(_AFTER_NUMBER.sub("", shown))
    inside = text[start:stop]
    if len(inside) > 1 and not (inside[0] in "([“" and inside[-1] in ")]”"):
        start += any(inside[0] == one[0] and one[1] not in inside for one in _PAIRS)
        stop -= any(inside[-1] == one[1] and one[0] not in inside for one in _PAIRS)
    ending = _ORDINAL.match(text, stop) if text[max(start, stop - 1) : stop].isdecimal() else None
    stop = ending.end() if ending else stop
    if not _OF_ADDRESSES.search(text):
        return start, stop
    addresses = [one.span() for one in _ADDRESS.finditer(text) if one.start() < stop and start < one.end()]
    return min([start, *(first for first, _ in addresses)]), max([stop, *(last for _, last in addresses)])


def _sentence_readings(context: Context, encoding: Encoding, starts: Logits, ends: Logits) -> list[SentenceReading]:
    offsets = np.array(encoding.offsets)
    inside = np.array([sequence == 1 for sequence in encoding.sequence_ids])
    none = float(starts[0] + ends[0])
    readings = []
    for sentence, (begin, end) in zip(context.sentences, context.spans, strict=True):
        tokens = np.flatnonzero(inside & (offsets[:, 1] > begin) & (offsets[:, 1] <= end))
        if not len(tokens):
            continue
        first, last = int(tokens[0]), int(tokens[-1]) + 1
        # scores of the spans that start at a row's token and end at a column's
        scores = starts[first:last, None].astype(np.float64) + ends[None, first:last]
        allowed = np.triu(np.ones_like(scores, dtype=bool)) & ~np.triu(
            np.ones_like(scores, dtype=bool), _MAX_ANSWER_TOKENS
        )
        scores = np.where(allowed, scores, -np.inf)
        best = float(scores.max())
        odds = best + float(np.log(np.exp(scores - best).sum())) - none
        row, column = divmod(int(scores.argmax()), scores.shape[1])
        start, stop = max(begin, int(offsets[first + row, 0])), int(offsets[first + column, 1])
        readings.append(SentenceReading(sentence, (begin, end), odds, _trimmed(context.text, start, stop)))
    return readings


def load_reading_model(folder: Path | None) -> ReadingModel:
    """Return the reading model in a folder that `kutip export-reader` made, or the bundled one.

    Raises ModelError if there is none, or if its files are not those that were written.
    """
    bundled = folder is None
    folder = folder or BUNDLED
    repair = "install Kutip again" if bundled else "make it again with kutip export-reader"
    found_again = repair if bundled else "check KUTIP_READER, or make one with kutip export-reader"
    try:
        export = _parse_export((folder / "reader.json").read_text("utf-8"))
        found = file_sha256(folder / "model.onnx"), file_sha256(folder / "tokenizer.json")
    except FileNotFoundError as error:
        missing = Path(error.filename).name
        raise ModelError(f"There is no reader in {folder} (it has no {missing}): {found_again}.") from error
    except OSError as error:
        raise ModelError(f"The reader in {folder} cannot be read ({error.strerror}): {found_again}.") from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ModelError(f"The file {folder / 'reader.json'} is damaged: {repair}.") from error
    if export is None:
        raise ModelError(f"The reader in {folder} was made by another version of Kutip: {repair}.")
    if found != (export.model_sha256, export.tokenizer_sha256):
        raise ModelError(f"The reader in {folder} is damaged (its SHA-256 is another): {repair}.")
    try:
        return ReadingModel(
            folder / "model.onnx", folder / "tokenizer.json", window=export.window, calibration=export.calibration
        )
    except GRAPH_ERRORS as error:
        raise ModelError(f"The reader in {folder} cannot be run: {repair}.") from error


def _parse_export(text: str) -> ReaderExport | None:
    """Read a `reader.json`; None if it is of another format.

    Raises ValueError, TypeError, KeyError or AttributeError if it is damaged.
    """
    fields = json.loads(text)
    if fields["format"] != FORMAT:
        return None
    score, confidence = fields["calibration"]["score"], fields["calibration"]["confidence"]
    calibration = Calibration(ScoreWeights(**_floats(score)), ConfidenceWeights(**_floats(confidence)))
    export = ReaderExport(**{**fields, "window": int(fields["window"]), "calibration": calibration})
    if not _LEAST_WINDOW <= export.window <= MAX_WINDOW:
        raise ValueError(export.window)
    return export


def _floats(weights: dict[str, float]) -> dict[str, float]:
    return {name: float(weight) for name, weight in weights.items()}
