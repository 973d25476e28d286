"""Texts are told to be English or Indonesian, or in a third language where that is sure."""

import pytest

from retrieval.text.languages import any_language, main_language, question_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("Who chaired the meeting?", "en", id="english"),
        pytest.param("Siapa yang memimpin pertemuan itu?", "id", id="indonesian"),
        pytest.param("Di mana menteri-menteri bertemu?", "id", id="taken-for-malay"),
        pytest.param("BPMC?", "en", id="a-name-alone"),
        pytest.param("", "en", id="nothing"),
        pytest.param("¿Dónde se reunieron los ministros de Asuntos Exteriores?", "es", id="spanish"),
        pytest.param("Wo trafen sich die Außenminister?", "de", id="german"),
        pytest.param("Где встретились министры?", "ru", id="russian"),
        pytest.param("外交部长在哪里开会？", "zh", id="chinese"),
        pytest.param("أين اجتمع وزراء الخارجية؟", "ar", id="arabic"),
    ],
)
def test_the_language_of_a_question_is_told(text: str, language: str) -> None:
    assert any_language(text) == language


def test_a_document_is_told_to_be_in_one_of_the_two_main_languages() -> None:
    assert [main_language(text) for text in ("The ministers met.", "Para menteri bertemu.")] == ["en", "id"]
    assert main_language("Wo trafen sich die Außenminister?") in ("en", "id")


@pytest.mark.parametrize("question", ["What did Tomas Ortega say?", "What did Amina Yusuf say?", "Who is Siti?"])
def test_names_do_not_tell_the_language_of_a_question(question: str) -> None:
    assert question_language(question) == "en"


def test_a_question_without_small_words_is_told_by_its_letters() -> None:
    assert question_language("harga beras terbaru") == "id"
    assert question_language("Apa kata Tom Smith?") == "id"
