"""Search by words gives each passage its BM25 score as a share of the best that the question allows."""

from pathlib import Path
from unicodedata import normalize

import numpy as np
import pytest
from bm25s import BM25
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.index.numpy_index.word_index import WordIndex
from retrieval.text.words import QuestionWord, question_stems, stems, without_accents, word_forms

PASSAGES = [
    ("The committee published its annual report in Jakarta.", "en"),
    ("Reports were late; the committee was not.", "en"),
    ("Panitia menerbitkan laporan tahunan di Jakarta.", "id"),
    ("A cat sat on the mat, and the cat slept.", "en"),
    ("!!! ... ???", "en"),
]


def shares(index: WordIndex, question: str) -> list[float]:
    return [round(float(share), 6) for share in index.shares(index.question_words(question))]


def forms(question: str) -> list[frozenset[str]]:
    return [word.stems for word in WordIndex.build(PASSAGES).question_words(question)]


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Where was the annual report published?", id="several-words"),
        pytest.param("Which cat slept?", id="a-word-that-stands-twice"),
        pytest.param("Jakarta", id="a-word-in-both-languages"),
        pytest.param("Laporan tahunan panitia", id="indonesian"),
    ],
)
def test_shares_are_what_bm25s_computes_divided_by_the_weights(question: str) -> None:
    index = WordIndex.build(PASSAGES)
    words = index.question_words(question)
    model = BM25(k1=1.2, b=0.75, method="lucene")
    model.index([stems(text, language) for text, language in PASSAGES], show_progress=False)
    known = [next((stem for stem in sorted(word.stems) if stem in model.vocab_dict), None) for word in words]
    expected = model.get_scores([stem for stem in known if stem])
    weight = sum(word.weight for word in words)
    assert index.shares(words) == pytest.approx(expected / weight, abs=1e-6)
    assert expected.any()


def test_shares_are_one_number_a_passage() -> None:
    index = WordIndex.build(PASSAGES)
    found = index.shares(index.question_words("cat"))
    assert (found.shape, found.dtype) == ((5,), np.dtype(np.float32))


def test_a_rare_word_weighs_as_inverse_document_frequency_says() -> None:
    [once, twice, never] = WordIndex.build(PASSAGES).question_words("mat committee zebra")
    assert [once.weight, twice.weight, never.weight] == pytest.approx(
        [np.log(1 + 4.5 / 1.5), np.log(1 + 3.5 / 2.5), np.log(1 + 5.5 / 0.5)]
    )


@pytest.mark.parametrize("word", ["tübi̇tak", "¹", "it's", "reports"])
def test_any_word_has_its_forms(word: str) -> None:
    [there] = word_forms([word])
    assert word in there
    assert there >= set(stems(word, "en"))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        pytest.param("reporting", [{"reporting", "report"}], id="english-stem"),
        pytest.param("melaporkan", [{"melaporkan", "lapor"}], id="indonesian-stem"),
        pytest.param("Jakarta JAKARTA jakarta", [{"jakarta"}], id="each-word-once"),
        pytest.param("Who was the zebra?", [{"zebra"}], id="words-that-only-build-the-sentence-left-out"),
        pytest.param("Siapakah ketua panitia itu?", [{"ketua", "tua"}, {"panitia"}], id="in-indonesian-too"),
        pytest.param("Who is who?", [{"who"}, {"is"}], id="only-such-words-count-after-all"),
        pytest.param("??? !", [], id="no-words"),
        pytest.param("", [], id="empty"),
    ],
)
def test_a_question_is_stemmed_in_every_language(question: str, expected: list[set[str]]) -> None:
    assert forms(question) == expected


def test_accents_do_not_count_however_they_are_written() -> None:
    apart = normalize("NFD", "José Peña of São Tomé")
    for text in (apart, "José Peña of São Tomé"):
        assert stems(text, "en") == stems("Jose Pena of Sao Tome", "en")
        assert question_stems(text) == question_stems("Jose Pena of Sao Tome")
    assert without_accents("कीमत 가격 é") == "कीमत 가격 e"


def test_passages_are_stemmed_in_their_language() -> None:
    assert stems("Reporting on the reports", "en") == ["report", "on", "the", "report"]
    assert stems("Laporan dan melaporkan", "id") == ["lapor", "dan", "lapor"]
    assert stems("Reporting Ça va", "fr") == ["reporting", "ca", "va"]


def test_passages_in_either_language_are_found_by_their_own_stems() -> None:
    index = WordIndex.build([("It was reported.", "en"), ("Dia melaporkan.", "id"), ("Nothing.", "en")])
    assert [share > 0 for share in shares(index, "reports")] == [True, False, False]
    assert [share > 0 for share in shares(index, "laporan")] == [False, True, False]


def test_a_word_that_stands_nowhere_lowers_every_share() -> None:
    index = WordIndex.build(PASSAGES)
    alone, with_another = shares(index, "cat"), shares(index, "cat zebra")
    assert 0 < with_another[3] < alone[3]
    assert shares(index, "zebra") == [0, 0, 0, 0, 0]


@pytest.mark.parametrize("question", [pytest.param("", id="empty"), pytest.param("?!", id="marks")])
def test_a_question_without_words_shares_nothing(question: str) -> None:
    assert shares(WordIndex.build(PASSAGES), question) == [0, 0, 0, 0, 0]


def test_a_question_of_small_words_alone_finds_them() -> None:
    index = WordIndex.build([("The Who played.", "en"), ("They sang.", "en")])
    found = shares(index, "Who is the who?")
    assert found[0] > found[1] == 0


def test_passages_without_any_words_can_be_indexed() -> None:
    assert shares(WordIndex.build([("...", "en"), ("?!", "id")]), "cat") == [0, 0]


def test_one_passage_can_be_indexed() -> None:
    [share] = shares(WordIndex.build([("A cat.", "en")]), "cat")
    assert 0 < share < 1


def test_of_the_forms_of_one_word_in_a_passage_the_best_counts() -> None:
    index = WordIndex.build([("walking walk", "id"), ("other words", "en"), ("more other words", "en")])
    assert shares(index, "walking") == shares(index, "walk")


def test_a_form_rare_in_one_language_counts_for_no_more_than_its_word() -> None:
    index = WordIndex.build([("The walking tour.", "en"), *[("Wisata walking.", "id")] * 20])
    assert max(shares(index, "walking")) <= 1


@settings(max_examples=100)
@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from("walking walk report menerbitkan terbit makan runs run".split())).map(" ".join),
            st.sampled_from(["en", "id", "fr"]),
        ),
        min_size=1,
        max_size=12,
    ),
    st.lists(st.sampled_from("walking reports menerbitkan makanan running zebra who".split())).map(" ".join),
)
def test_a_share_is_at_least_0_and_at_most_1(passages: list[tuple[str, str]], question: str) -> None:
    index = WordIndex.build(passages)
    found = index.shares(index.question_words(question))
    assert ((found >= 0) & (found <= 1 + 1e-6)).all()


@settings(max_examples=60)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=20), min_size=1, max_size=5), st.text(max_size=20))
def test_any_text_can_be_indexed_and_asked_for(texts: list[str], question: str) -> None:
    index = WordIndex.build([(text, "en") for text in texts])
    assert index.shares(index.question_words(question)).shape == (len(texts),)


@settings(max_examples=60)
@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_a_text_is_found_by_its_own_words(text: str) -> None:
    index = WordIndex.build([(text, "en"), ("unlikelyword", "en")])
    found = shares(index, text)
    assert (found[0] > 0) == bool(stems(text, "en"))


def test_what_was_saved_opens_as_it_was(tmp_path: Path) -> None:
    built = WordIndex.build(PASSAGES)
    built.save(tmp_path)
    opened = WordIndex.open(tmp_path, size=len(PASSAGES))
    for question in ("annual reports", "laporan", "cat zebra", ""):
        assert opened.question_words(question) == built.question_words(question)
        assert shares(opened, question) == shares(built, question)


def test_only_arrays_are_saved(tmp_path: Path) -> None:
    WordIndex.build(PASSAGES).save(tmp_path)
    for path in tmp_path.iterdir():
        np.load(path, allow_pickle=False)
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".npy"] * 5


def test_a_word_is_a_value() -> None:
    [word] = WordIndex.build([("cat", "en")]).question_words("cats")
    assert word == QuestionWord(frozenset({"cat", "cats"}), float(np.log1p(0.5 / 1.5)))


def test_roman_numbers_keep_their_letters() -> None:
    assert stems("Wanareja III dan VIII, bukunya", "id") == ["wanareja", "iii", "dan", "viii", "buku"]
