"""Texts are told to be English or Indonesian, or in a third language where that is sure."""

import pytest

from retrieval.languages import any_language, main_language


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
