"""The embedding model gives what sentence-transformers gives, whatever the batches."""

import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import Unigram
from tokenizers.pre_tokenizers import Metaspace

from retrieval.embedding.embedder import BATCH_TOKENS, Embedder, TokenCounter, _batches
from retrieval.embedding.models import bundled_model

TEXTS = [
    "The meeting was co-chaired by Indonesia and Australia.",
    "Siapa yang memimpin pertemuan itu?",
    "",
    " \n\t",
    "a",
    "“Naïve” – café, ½ €, 日本 🙂 \u202e\u0301",
    "1,234.5 % of x != y && z",
    "The delegations agreed on a plan.\n" * 30,
    "unbreakable" * 60,
    "The delegations agreed on a plan. " * 100,
]


@pytest.fixture(scope="module")
def expected() -> npt.NDArray[np.float32]:
    """What sentence-transformers itself makes of TEXTS."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from sentence_transformers import SentenceTransformer  # seconds: only where it is needed

        model = SentenceTransformer(str(bundled_model()), device="cpu")
        vectors: npt.NDArray[np.float32] = model.encode(TEXTS, normalize_embeddings=True, show_progress_bar=False)
    return vectors


def test_passages_are_embedded_as_sentence_transformers_does(
    embedder: Embedder, expected: npt.NDArray[np.float32]
) -> None:
    assert embedder.embed_passages(TEXTS) == pytest.approx(expected, abs=1e-5)


def test_questions_are_embedded_as_sentence_transformers_does(
    embedder: Embedder, expected: npt.NDArray[np.float32]
) -> None:
    assert embedder.embed_questions(TEXTS) == pytest.approx(expected, abs=1e-5)


def test_vectors_are_float32_of_unit_length(embedder: Embedder) -> None:
    vectors = embedder.embed_passages(TEXTS)
    assert (vectors.dtype, vectors.shape) == (np.dtype(np.float32), (10, 384))
    assert embedder.dim == 384
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(10), abs=1e-5)


def test_vectors_come_in_the_order_of_the_texts_over_many_batches(embedder: Embedder) -> None:
    texts = [f"{word} {'and more ' * (number % 23)}" for number, word in enumerate("red green blue black".split() * 15)]
    together = embedder.embed_passages(texts)
    alone = np.concatenate([embedder.embed_passages([text]) for text in texts[::7]])
    assert together[::7] == pytest.approx(alone, abs=1e-5)


def test_several_threads_may_embed_at_once(embedder: Embedder) -> None:
    alone = embedder.embed_passages(TEXTS)
    with ThreadPoolExecutor(4) as pool:
        for vectors in pool.map(embedder.embed_passages, [TEXTS] * 8):
            assert vectors == pytest.approx(alone, abs=1e-6)


def test_a_few_texts_do_not_wait_until_many_are_embedded(embedder: Embedder) -> None:
    many, few = ["harbour plan " * 60] * 100, ["a harbour", "a plan for a harbour " * 5]
    told: list[int] = []
    begun = Event()

    def tell(done: int) -> None:
        told.append(done)
        begun.set()

    with ThreadPoolExecutor(1) as threads:
        bulk = threads.submit(embedder.embed_passages, many, on_done=tell)
        begun.wait()
        embedder.embed_passages(few)
        assert told[-1] < 0.6 * len(many)
        bulk.result()
    assert told[-1] == len(many)


def test_no_texts_have_no_vectors(embedder: Embedder) -> None:
    assert embedder.embed_passages([]).shape == (0, 384)
    assert embedder.embed_questions([]).shape == (0, 384)
    assert embedder.token_spans([]) == []


def test_what_exceeds_the_window_does_not_count(embedder: Embedder) -> None:
    words = ["word"] * (embedder.max_tokens - 1)
    [window, longer, shorter] = embedder.embed_passages(
        [" ".join([*words, "end"]), " ".join([*words, "end", "more"]), " ".join([*words, "more"])]
    )
    assert longer == pytest.approx(window, abs=1e-6)
    assert shorter != pytest.approx(window, abs=1e-3)


def test_the_window_is_that_of_the_model_without_special_tokens(embedder: Embedder) -> None:
    assert embedder.max_tokens == 254


def test_tokens_have_their_spans_in_the_text(embedder: Embedder) -> None:
    text = "Meetings  cafés,\r\n日本!"
    [spans] = embedder.token_spans([text])
    assert [text[start:end] for start, end in spans] == ["Meetings", "cafés", ",", "日", "本", "!"]


def test_long_texts_have_all_their_tokens_counted(embedder: Embedder) -> None:
    assert [len(spans) for spans in embedder.token_spans(["word " * 1_000, "", "two words"])] == [1_000, 0, 2]


def test_progress_is_told_batch_by_batch_until_all_are_done(embedder: Embedder) -> None:
    told: list[int] = []
    embedder.embed_passages(["A word. " * 60] * 25, on_done=told.append)
    assert len(told) > 1
    assert told == sorted(set(told))
    assert told[-1] == 25


def test_what_progress_raises_stops_the_embedding(embedder: Embedder) -> None:
    def stop(done: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        embedder.embed_passages(TEXTS, on_done=stop)


# Scripts


@pytest.mark.parametrize(
    ("text", "known"),
    [
        pytest.param("Who came?", True, id="english"),
        pytest.param("Wer spielt die Flöte über Ægypten?", True, id="latin-with-marks"),
        pytest.param("Ai đã gặp nhau ở đâu?", True, id="vietnamese"),
        pytest.param("", True, id="empty"),
        pytest.param("2022? 🙂", True, id="no-letters"),
        pytest.param("Кто основал Bali Process?", True, id="half-latin"),
        pytest.param("Кто пришёл?", False, id="russian"),
        pytest.param("Πού συναντήθηκαν οι υπουργοί;", False, id="greek"),
        pytest.param("أين اجتمع وزراء الخارجية؟", False, id="arabic"),
        pytest.param("विदेश मंत्री कहाँ मिले?", False, id="hindi"),
        pytest.param("รัฐมนตรีพบกันที่ไหน", False, id="thai"),
        pytest.param("外交部长在哪里开会？", False, id="chinese"),
        pytest.param("会議はどこで開かれましたか？", False, id="japanese"),
        pytest.param("외교장관들은 어디에서 만났습니까?", False, id="korean"),
    ],
)
def test_the_bundled_model_knows_latin_letters_only(embedder: Embedder, text: str, known: bool) -> None:
    assert embedder.knows_script(text) is known
    assert not embedder.multilingual


@pytest.fixture
def many_scripts(tmp_path: Path) -> TokenCounter:
    """The tokenizer of a model that was made for several scripts."""
    pieces = "▁Где ▁встрет ились ▁министры ▁أين ▁اجتمع ▁وزراء ▁الخارجية 外交 部 长 在 哪里 开 会 장관 은".split()
    signs = dict.fromkeys("▁?？؟" + "".join(pieces).replace("▁", ""))
    vocabulary = [("<unk>", 0.0), *((piece, -1.0) for piece in pieces), *((sign, -9.0) for sign in signs)]
    tokenizer = Tokenizer(Unigram(list(dict(vocabulary).items()), unk_id=0))
    tokenizer.pre_tokenizer = Metaspace()
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    return TokenCounter(tmp_path / "tokenizer.json", window=64)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        pytest.param("Где встретились министры?", True, id="russian"),
        pytest.param("外交部长在哪里开会？", True, id="chinese"),
        pytest.param("장관은?", True, id="korean"),
        pytest.param("Πού συναντήθηκαν οι υπουργοί;", False, id="greek"),
    ],
)
def test_a_script_is_known_whose_words_stay_together(many_scripts: TokenCounter, text: str, known: bool) -> None:
    assert many_scripts.knows_script(text) is known


def test_a_model_for_several_scripts_is_multilingual(many_scripts: TokenCounter) -> None:
    assert many_scripts.multilingual


# Batches


def width(batch: list[int], lengths: list[int]) -> int:
    return max(lengths[index] for index in batch)


@given(st.lists(st.integers(2, 256), max_size=60))
def test_batches_hold_every_text_once_within_the_limit(lengths: list[int]) -> None:
    batches = list(_batches(lengths))
    assert sorted(index for batch in batches for index in batch) == list(range(len(lengths)))
    assert all(len(batch) * width(batch, lengths) <= BATCH_TOKENS for batch in batches)


@given(st.lists(st.integers(2, 256), max_size=60))
def test_a_row_of_a_batch_is_mostly_no_padding(lengths: list[int]) -> None:
    for batch in _batches(lengths):
        assert min(lengths[index] for index in batch) >= 0.8 * width(batch, lengths)


def test_the_longest_texts_come_first_and_equal_ones_in_order() -> None:
    assert list(_batches([10, 100, 10, 99, 100])) == [[1, 4, 3], [0, 2]]


def test_a_text_longer_than_a_batch_is_a_batch() -> None:
    assert list(_batches([BATCH_TOKENS + 1, BATCH_TOKENS + 1])) == [[0], [1]]
