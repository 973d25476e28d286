"""What a model reads is measured with the right passage in its hands."""

import json
import sys
from pathlib import Path

import pytest
import torch
from transformers import BertForQuestionAnswering

from retrieval.reading.reading_model import BUNDLED
from training.handed import main
from training.restore import main as restore

ABOUT = "The meeting: Ministers met in Oslo on 3 May 2021. Ana Ruiz was in the chair."
OTHER = "The harvest: Rain has spoiled two thirds of the barley in the valley this year."


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled reader."""
    folder = tmp_path_factory.mktemp("restored")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["restore", "--out", str(folder)])
        restore()
    return folder


def example(question: str, text: str, answer: str | None) -> dict[str, object]:
    spans = [[text.index(answer), text.index(answer) + len(answer)]] if answer else []
    other = OTHER if text == ABOUT else ABOUT
    contexts = [{"text": text, "spans": spans, "body": 0}, {"text": other, "spans": [], "body": 0}]
    return {"set": "one", "question": question, "altered": None, "contexts": contexts}


def handed(model: str, folder: Path, *examples: dict[str, object]) -> None:
    (folder / "examples.jsonl").write_text("\n".join(map(json.dumps, examples)), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["handed", str(folder / "examples.jsonl"), model])
        main()


@pytest.mark.parametrize("exported", [False, True])
def test_right_spans_and_their_odds_are_measured(
    exported: bool, model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    handed(
        str(BUNDLED if exported else model),
        tmp_path,
        example("Where did the ministers meet?", ABOUT, "Oslo"),
        example("Who was in the chair?", ABOUT, "Ana Ruiz"),
        example("How much of the barley did the rain spoil?", OTHER, "two thirds"),
        example("Who paid for the ministers' flights?", ABOUT, None),
    )
    assert "n=3 F1 1.000 another 1.000 written 1.000" in capsys.readouterr().out


def test_a_checkpoint_is_measured_with_its_own_weights(
    model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    weights = BertForQuestionAnswering.from_pretrained(model).state_dict()
    weights["qa_outputs.weight"] = torch.zeros_like(weights["qa_outputs.weight"])
    torch.save({"model": weights}, tmp_path / "last.pt")
    handed(f"{model}:{tmp_path / 'last.pt'}", tmp_path, example("Where did the ministers meet?", ABOUT, "Oslo"))
    assert "F1 0.000 another 0.500" in capsys.readouterr().out
