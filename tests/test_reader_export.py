"""Any question answering model of Hugging Face becomes a reader, or one line says why not."""

import errno
import json
import os
import shutil
import sys
import warnings
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from bot.cli import app
from retrieval.embedding.exporting import file_sha256
from retrieval.embedding.models import bundled_model
from retrieval.errors import ModelError
from retrieval.reading.contexts import Context, read_context
from retrieval.reading.reader_export import export_reader
from retrieval.reading.reading_model import FORMAT, Calibration, ReaderExport, load_reading_model
from retrieval.values import Document
from tests.fakes import sentences_of
from tests.processes import Workplace
from tests.tiny_models import TEXT, save_deberta, save_distilbert, save_roberta

FILES = {"model.onnx", "tokenizer.json", "reader.json"}
QUESTION = "Who led the meeting?"


def context_of(text: str) -> Context:
    document = Document("a.txt", "Meeting", text)
    return read_context(document, sentences_of(document))


def torch_odds(folder: Path, context: Context, *, types: bool) -> list[float]:
    """Return the odds of each sentence as transformers and torch have them; `types`: the model wants token types."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import torch
        from transformers import AutoModelForQuestionAnswering, AutoTokenizer

        model: Any = AutoModelForQuestionAnswering.from_pretrained(folder)
        tokenizer: Any = AutoTokenizer.from_pretrained(folder)
        encoding = tokenizer(
            QUESTION, context.text, return_tensors="pt", return_offsets_mapping=True, return_token_type_ids=types
        )
        offsets = encoding.pop("offset_mapping")[0].tolist()
        with torch.no_grad():
            out = model(**encoding)
    starts, ends = out.start_logits[0].double().numpy(), out.end_logits[0].double().numpy()
    sequences = encoding.sequence_ids(0)
    odds = []
    for begin, stop in context.spans:
        inside = [at for at, (_, end) in enumerate(offsets) if sequences[at] == 1 and begin < end <= stop]
        scores = [starts[first] + ends[last] for first in inside for last in inside if first <= last < first + 48]
        odds.append(float(np.log(np.exp(scores).sum()) - starts[0] - ends[0]))
    return odds


def test_a_reader_is_three_files_that_describe_each_other(tiny_reader: Path) -> None:
    assert {path.name for path in tiny_reader.iterdir()} == FILES
    fields = json.loads((tiny_reader / "reader.json").read_text("utf-8"))
    assert fields == asdict(
        ReaderExport(
            window=384,
            model_sha256=file_sha256(tiny_reader / "model.onnx"),
            tokenizer_sha256=file_sha256(tiny_reader / "tokenizer.json"),
            calibration=Calibration(),
            format=FORMAT,
        )
    )


def test_a_reader_that_is_not_quantised_reads_as_torch_does(tiny_model: Path, whole_reader: Path) -> None:
    context = context_of(TEXT)
    [readings] = load_reading_model(whole_reader).read([(QUESTION, context)])
    assert [reading.odds for reading in readings] == pytest.approx(
        torch_odds(tiny_model, context, types=True), abs=1e-3
    )


def test_a_quantised_reader_is_a_quarter_of_the_size_and_reads_nearly_alike(
    whole_reader: Path, tiny_reader: Path
) -> None:
    sizes = [(folder / "model.onnx").stat().st_size for folder in (whole_reader, tiny_reader)]
    assert 0.2 < sizes[1] / sizes[0] < 0.35
    pairs = [(QUESTION, context_of(TEXT)), ("Kapan?", context_of(TEXT * 2))]
    whole, quantised = (
        [reading.odds for readings in load_reading_model(folder).read(pairs) for reading in readings]
        for folder in (whole_reader, tiny_reader)
    )
    assert quantised == pytest.approx(whole, abs=1.0)
    assert quantised != pytest.approx(whole, abs=1e-4)


@pytest.mark.parametrize("save", [save_distilbert, save_roberta, save_deberta])
def test_models_of_other_kinds_read_as_torch_does(save: Callable[[Path], Path], tmp_path: Path) -> None:
    model = save(tmp_path / "other")
    export_reader(str(model), tmp_path / "reader", quantised=False)
    context = context_of("Retno Marsudi led it. Who, when?")
    [readings] = load_reading_model(tmp_path / "reader").read([(QUESTION, context)])
    assert [reading.odds for reading in readings] == pytest.approx(torch_odds(model, context, types=False), abs=1e-3)
    for reading, (begin, end) in zip(readings, context.spans, strict=True):
        start, stop = reading.span
        assert begin <= start < stop <= end
        assert not context.text[start].isspace()


def test_a_model_of_few_places_reads_what_fits(tmp_path: Path) -> None:
    export = export_reader(str(save_roberta(tmp_path / "roberta")), tmp_path / "reader")
    assert export.window == 64  # of 66, the first two mean something else
    [readings] = load_reading_model(tmp_path / "reader").read([(QUESTION * 50, context_of(TEXT * 10))])
    assert len(readings) == 0 or readings[0].sentence.start == 0


def test_a_reader_that_is_there_is_replaced(tiny_model: Path, tiny_reader: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(tiny_reader, tmp_path / "reader"))
    (folder / "model.onnx").write_bytes(b"old")
    export = export_reader(str(tiny_model), folder)
    assert file_sha256(folder / "model.onnx") == export.model_sha256
    assert [path.name for path in tmp_path.iterdir()] == ["reader"]


def test_a_reader_stays_that_another_cannot_take_the_place_of(
    tiny_model: Path, tiny_reader: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(tiny_reader, tmp_path / "reader"))
    replace = Path.replace

    def busy(path: Path, target: Path) -> Path:
        if path.suffix == ".partial":
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", busy)
    assert "Device or resource busy" in refusal(tiny_model, folder)
    assert [path.name for path in tmp_path.iterdir()] == ["reader"]
    assert load_reading_model(folder)


# What cannot be


def refusal(model: str | Path, folder: Path) -> str:
    with pytest.raises(ModelError) as caught:
        export_reader(str(model), folder)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_folder_with_other_things_is_left_as_it_is(tiny_model: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Ana", "utf-8")
    (tmp_path / "reader.json").touch()
    expected = f"The folder {tmp_path} holds something else than a reader. Name another one."
    assert refusal(tiny_model, tmp_path) == expected
    assert {path.name for path in tmp_path.iterdir()} == {"letter.txt", "reader.json"}


def test_the_current_folder_is_not_deleted_either(
    tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "letter.txt").touch()
    monkeypatch.chdir(tmp_path)
    assert "holds something else" in refusal(tiny_model, Path())
    assert (tmp_path / "letter.txt").exists()


def test_a_folder_that_cannot_be_written_is_told(tiny_model: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    expected = f"The reader cannot be written to {tmp_path}/file/reader (Not a directory). Name another folder."
    assert refusal(tiny_model, tmp_path / "file" / "reader") == expected
    expected = f"The reader cannot be written to {tmp_path}/file (Not a directory). Name another folder."
    assert refusal(tiny_model, tmp_path / "file") == expected


def test_a_model_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none", tmp_path / "reader") == f"There is no model folder {tmp_path}/none."
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_no_model_is_told(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    assert refusal(tmp_path / "letters", tmp_path / "reader").startswith(
        f"The model {tmp_path}/letters cannot be loaded: "
    )
    assert [path.name for path in tmp_path.iterdir()] == ["letters"]


def test_a_model_for_something_else_is_told(tmp_path: Path) -> None:
    assert refusal(bundled_model(), tmp_path / "reader") == (
        f"The model {bundled_model()} is none for question answering (it has no weights qa_outputs.bias)."
    )


def test_damaged_weights_are_told(tiny_model: Path, tmp_path: Path) -> None:
    model = Path(shutil.copytree(tiny_model, tmp_path / "model"))
    weights = (model / "model.safetensors").read_bytes()
    (model / "model.safetensors").write_bytes(weights[: len(weights) // 2])
    assert refusal(model, tmp_path / "reader").startswith(f"The model {model} cannot be loaded: ")


def test_a_model_without_its_tokenizer_is_told(tiny_model: Path, tmp_path: Path) -> None:
    model = Path(shutil.copytree(tiny_model, tmp_path / "model"))
    for file in model.glob("*token*"):
        file.unlink()
    assert refusal(model, tmp_path / "reader") == (
        f"The model {model} comes without its tokenizer: save both in one folder."
    )


def test_a_model_without_a_fast_tokenizer_is_told(tiny_model: Path, tmp_path: Path) -> None:
    model = Path(shutil.copytree(tiny_model, tmp_path / "model"))
    (model / "tokenizer.json").unlink()
    (model / "tokenizer_config.json").write_text('{"tokenizer_class": "CanineTokenizer"}', "utf-8")
    assert refusal(model, tmp_path / "reader") == (
        f"The model {model} has no fast tokenizer (tokenizer.json); Kutip needs one."
    )


# The command


def test_the_command_makes_a_reader_that_answers(tiny_model: Path, tmp_path: Path, models: Path) -> None:
    place = Workplace.make(tmp_path / "place", models)
    place.write("a.md", "Ana came to the zoo. Ben left in May.\n")
    run = CliRunner().invoke(app, ["export-reader", str(tiny_model), str(place.folder / "my reader")])
    assert (run.exit_code, run.stdout) == (
        0,
        f"The reader is in {place.folder}/my reader. To use it: KUTIP_READER={place.folder}/my reader\n",
    )
    asked = place.kutip("ask", "--json", "who left?", KUTIP_READER="my reader", KUTIP_THRESHOLD="0")
    answer = json.loads(asked.stdout)
    [citation] = answer["citations"]
    assert (asked.returncode, answer["found"], citation["document"]) == (0, True, "a.md")
    assert citation["sentence"] in ("Ana came to the zoo.", "Ben left in May.")
    start, end = citation["highlight"]
    assert citation["start"] <= start < end <= citation["end"]


def test_a_reader_that_is_not_there_is_one_line_and_exit_status_2(tmp_path: Path, models: Path) -> None:
    place = Workplace.make(tmp_path / "place", models)
    place.write("a.md", "Ana came to the zoo.\n")
    run = place.kutip("ask", "who came?", KUTIP_READER="nowhere")
    assert (run.returncode, run.stdout, run.stderr) == (
        2,
        "",
        "There is no reader in nowhere (it has no reader.json): check KUTIP_READER, or make one with "
        "kutip export-reader.\n",
    )


def test_without_transformers_no_reader_is_made_and_one_line_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "transformers", None)
    with pytest.raises(ModelError, match=r"^A reader is made with transformers and torch, which are not installed\."):
        export_reader("some-model", tmp_path / "reader")
