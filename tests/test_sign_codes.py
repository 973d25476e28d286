"""The signs of vectors tell which are close to a question's."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from retrieval.embedding.embedder import Vectors
from retrieval.index.numpy_index import sign_codes
from retrieval.index.numpy_index.sign_codes import LEAST, SignCodes


def unit(vectors: npt.NDArray[np.floating]) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Vectors = (vectors / lengths).astype(np.float32)
    return scaled


def made(count: int, dim: int, *, topics: int = 200) -> Vectors:
    """Make unit vectors around some directions, as those of texts on some subjects are."""
    chance = np.random.default_rng(1)
    centres = chance.standard_normal((topics, dim))
    return unit(centres[chance.integers(0, topics, count)] + 1.2 * chance.standard_normal((count, dim)))


@pytest.mark.parametrize("dim", [384, 100, 64, 7])
def test_the_cosines_are_near_the_true_ones(dim: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_codes, "LEAST", 1)
    vectors = made(3_000, dim)
    sign_codes.save(vectors, tmp_path)
    codes = SignCodes.open(tmp_path, dim=dim)
    assert codes
    for question in vectors[:3]:
        estimated = codes.cosines(question)
        assert estimated.shape == (3_000,)
        assert estimated.dtype == np.float32
        assert float(np.abs(estimated - vectors @ question).mean()) < 1 / np.sqrt(dim)
        assert estimated.max() == pytest.approx(1.0)


def test_nearly_all_of_the_closest_are_among_those_that_the_signs_tell(tmp_path: Path) -> None:
    vectors = made(LEAST, 384)
    sign_codes.save(vectors, tmp_path)
    codes = SignCodes.open(tmp_path, dim=384)
    assert codes
    found = 0
    for question in unit(vectors[:50] + 0.02 * made(50, 384)):
        told = set(np.argsort(-codes.cosines(question))[:400].tolist())
        found += len(told & set(np.argsort(-(vectors @ question))[:10].tolist()))
    assert found >= 0.99 * 500


def test_few_vectors_have_no_codes(tmp_path: Path) -> None:
    sign_codes.save(made(LEAST - 1, 64), tmp_path)
    assert SignCodes.open(tmp_path, dim=64) is None
    assert list(tmp_path.iterdir()) == []
