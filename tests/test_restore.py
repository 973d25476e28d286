"""A reader that was exported comes back as a model that can be trained further."""

import json
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer
from transformers import AutoTokenizer

from retrieval.embedding.nano_embedding import model_file
from retrieval.reading.reader_export import export_reader
from retrieval.reading.reading_model import BUNDLED
from training.multilingual import read
from training.restore import main, read_weights


@pytest.fixture
def trained(tiny_model: Path, tmp_path: Path) -> Path:
    """The tiny model with biases and scales as training leaves them: no two alike."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import torch
        from transformers import BertForQuestionAnswering

        torch.manual_seed(0)
        model = BertForQuestionAnswering.from_pretrained(tiny_model)
        for values in model.parameters():
            if values.dim() == 1:
                torch.nn.init.normal_(values, mean=0.5, std=0.3)
        model.save_pretrained(tmp_path / "trained")
        AutoTokenizer.from_pretrained(tiny_model).save_pretrained(tmp_path / "trained")
    return tmp_path / "trained"


def test_the_weights_come_back_as_closely_as_7_bits_have_them(trained: Path, tmp_path: Path) -> None:
    export_reader(str(trained), tmp_path / "reader")
    original = load_file(trained / "model.safetensors")
    restored = read_weights(tmp_path / "reader" / "model.onnx")
    assert original.keys() <= restored.keys()
    for name, values in original.items():
        assert restored[name].shape == values.shape, name
        # embeddings have 8 bits, matrices 7; a row that was multiplied makes its column up to twice as coarse
        most = 0.51 / 127 if "embeddings" in name else 1 / 63
        assert np.abs(restored[name] - values).max() <= most * np.abs(values).max(), name


def test_the_bundled_reader_is_restored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["restore", "--out", str(tmp_path / "model")])
    main()
    restored = load_file(tmp_path / "model" / "model.safetensors")
    tokenizer = AutoTokenizer.from_pretrained(tmp_path / "model")
    start = read(model_file())
    numbers = {piece: number for number, (piece, _) in enumerate(start.pieces)}
    kept = [numbers[piece] for piece in tokenizer.convert_ids_to_tokens(list(range(len(tokenizer))))]
    words = start.matrix("emb.word", start.hidden)[kept]
    assert np.array_equal(restored["bert.embeddings.word_embeddings.weight"], words)  # they were not trained
    query = start.matrix("l0.q.w", start.hidden)
    change = restored["bert.encoder.layer.0.attention.self.query.weight"] - query
    assert 0 < np.linalg.norm(change) / np.linalg.norm(query) < 0.5  # trained further, and the same model still
    config = json.loads((tmp_path / "model" / "config.json").read_text())
    assert config["vocab_size"] == len(tokenizer)
    assert config["pad_token_id"] == tokenizer.pad_token_id
    text = "The old <s>price</s> was 5 [SEP]"
    bundled = Tokenizer.from_file(str(BUNDLED / "tokenizer.json"))
    assert tokenizer(text).input_ids == bundled.encode(text).ids


def test_embeddings_of_4_bits_come_back_as_they_were(trained: Path, tmp_path: Path) -> None:
    name = "bert.embeddings.word_embeddings.weight"
    weights = load_file(trained / "model.safetensors")
    random = np.random.default_rng(0)
    numbers = random.integers(-8, 8, weights[name].shape).astype(np.float32)
    numbers[:, ::32] = -8
    weights[name] = numbers / 64
    save_file(weights, trained / "model.safetensors", metadata={"format": "pt"})
    export_reader(str(trained), tmp_path / "reader")
    assert np.array_equal(read_weights(tmp_path / "reader" / "model.onnx")[name], weights[name])
