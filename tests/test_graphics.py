"""Many passages are embedded on the graphics processor, few are not, and none on one that fails or says otherwise.

No graphics processor is at hand: where torch is told to use one, the tests name the ordinary processor.
"""

import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from retrieval.embedding.embedder import Embedder, OnDone, Vectors
from retrieval.embedding.graphics import LEAST, GraphicsEmbedder
from retrieval.embedding.models import load_embedder
from retrieval.errors import IndexingStoppedError, ModelError
from tests.fakes import FakeEmbedder

MANY = [f"alpha bee {'amber ' * (number % 7)}" for number in range(LEAST)]
NOT_USED = "The graphics processor is not used: "


class BrokenEmbedder(FakeEmbedder):
    """Fails when it embeds many passages."""

    def embed_passages(self, texts: Sequence[str], *, on_done: OnDone = None) -> Vectors:
        if len(texts) >= LEAST:
            raise RuntimeError("out of memory\nwith much more about it")
        return super().embed_passages(texts, on_done=on_done)


def test_many_passages_get_the_vectors_that_they_had_without_it(
    models: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "retrieval")
    monkeypatch.setattr("retrieval.embedding.models.may_have_graphics", lambda: True)
    monkeypatch.setattr("retrieval.embedding.models.graphics_device", lambda: "cpu")
    quick = load_embedder(None, models)
    texts = [f"{number} delegations agreed on a plan " * (1 + number % 4) for number in range(LEAST)]
    heard: list[int] = []
    vectors = quick.embed_passages(texts, on_done=heard.append)
    assert caplog.messages == ["Passages are embedded on the graphics processor (cpu)."]
    assert vectors.dtype == np.float32
    assert heard[-1] == LEAST
    assert np.sum(vectors * embedder.embed_passages(texts), axis=1).min() > 0.9999
    assert (quick.fingerprint, quick.dim, quick.max_tokens, quick.multilingual) == (
        embedder.fingerprint,
        embedder.dim,
        embedder.max_tokens,
        embedder.multilingual,
    )
    assert quick.token_spans(texts[:3]) == embedder.token_spans(texts[:3])
    assert quick.embed_questions(texts[:3]) == pytest.approx(embedder.embed_questions(texts[:3]))
    assert quick.knows_script("Who?") and not quick.knows_script("Где встретились министры?")


def test_few_passages_and_questions_do_not_load_it() -> None:
    plain = FakeEmbedder()
    embedder = GraphicsEmbedder(plain, lambda: pytest.fail("it is loaded"))
    assert embedder.embed_passages(MANY[1:]).shape == (LEAST - 1, plain.dim)
    assert embedder.embed_questions(MANY).shape == (LEAST, plain.dim)


def test_it_is_loaded_once() -> None:
    plain, quicker = FakeEmbedder(), FakeEmbedder()
    loaded = [quicker]
    embedder = GraphicsEmbedder(plain, loaded.pop)
    for _ in range(2):
        embedder.embed_passages(MANY)
    assert quicker.passages == [*MANY[:8], *MANY, *MANY]
    assert plain.passages == MANY[:8]


def test_where_there_is_none_after_all_it_is_not_looked_for_again(caplog: pytest.LogCaptureFixture) -> None:
    plain = FakeEmbedder()
    found = [None]
    embedder = GraphicsEmbedder(plain, found.pop)
    for _ in range(2):
        embedder.embed_passages(MANY)
    assert (plain.passages, caplog.messages) == ([*MANY, *MANY], [])


def test_one_that_makes_other_vectors_is_not_used(caplog: pytest.LogCaptureFixture) -> None:
    class OtherEmbedder(FakeEmbedder):
        def embed_passages(self, texts: Sequence[str], *, on_done: OnDone = None) -> Vectors:
            return np.roll(super().embed_passages(texts, on_done=on_done), 1, axis=1)

    plain, other = FakeEmbedder(), OtherEmbedder()
    embedder = GraphicsEmbedder(plain, lambda: other)
    assert embedder.embed_passages(MANY) == pytest.approx(FakeEmbedder().embed_passages(MANY))
    assert (len(caplog.messages), other.passages) == (1, MANY[:8])
    assert caplog.messages[0].startswith(f"{NOT_USED}its vectors differ (cosine ")


def test_one_that_fails_is_left_alone_and_nothing_is_lost(caplog: pytest.LogCaptureFixture) -> None:
    embedder = GraphicsEmbedder(FakeEmbedder(), BrokenEmbedder)
    for _ in range(2):
        assert embedder.embed_passages(MANY) == pytest.approx(FakeEmbedder().embed_passages(MANY))
    assert caplog.messages == [f"{NOT_USED}out of memory"]


def test_one_that_cannot_be_loaded_is_left_alone(caplog: pytest.LogCaptureFixture) -> None:
    def load() -> Embedder:
        raise ModelError("The model cannot be loaded.")

    embedder = GraphicsEmbedder(FakeEmbedder(), load)
    assert embedder.embed_passages(MANY).shape == (LEAST, FakeEmbedder.dim)
    assert caplog.messages == [f"{NOT_USED}The model cannot be loaded."]


def test_indexing_that_is_stopped_stops() -> None:
    def stop(done: int) -> None:
        raise IndexingStoppedError

    with pytest.raises(IndexingStoppedError):
        GraphicsEmbedder(FakeEmbedder(), FakeEmbedder).embed_passages(MANY, on_done=stop)


def test_whatever_torch_sees_of_this_machine_the_vectors_are_the_same(
    models: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.embedding.models.may_have_graphics", lambda: True)
    found = load_embedder(None, models)
    assert isinstance(found, GraphicsEmbedder)
    assert found.embed_passages(MANY) == pytest.approx(embedder.embed_passages(MANY), abs=1e-3)
