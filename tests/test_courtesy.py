"""What people write around a question is not read."""

import pytest

from retrieval.questions.courtesy import as_read, says_nothing, without_courtesy


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        pytest.param("Selamat siang, siapa Wali Kota Orla?", "siapa Wali Kota Orla?", id="selamat-siang"),
        pytest.param("Assalamualaikum, mau tanya berapa sewa kios? Terima kasih", "berapa sewa kios?", id="salam"),
        pytest.param("Halo min, mau tanya, kapan pasar terbakar?", "kapan pasar terbakar?", id="halo-min"),
        pytest.param("Pak, saya ingin tahu siapa yang datang", "siapa yang datang", id="pak"),
        pytest.param("Hello, who came?", "who came?", id="hello"),
        pytest.param("di mana, Bu?", "di mana?", id="addressed-last"),
        pytest.param("di mana tuh kak?", "di mana?", id="addressed-last-in-a-chat"),
        pytest.param("apa kata ibu?", "apa kata ibu?", id="whom-it-asks-about"),
        pytest.param("Who was Pham Van Dong?", "Who was Pham Van Dong?", id="name-like-an-address"),
        pytest.param("Who leads the NIH?", "Who leads the NIH?", id="short-form-like-an-address"),
        pytest.param("How long is it in min?", "How long is it in min?", id="unit-like-an-address"),
        pytest.param("1. FC Orla won when?", "1. FC Orla won when?", id="name-with-a-number"),
        pytest.param("mau nanya dong, siapa yang datang", "siapa yang datang", id="mau-nanya"),
        pytest.param("2. Who came to it?", "Who came to it?", id="number-of-a-list"),
        pytest.param("Tell me who came", "who came", id="tell-me"),
        pytest.param("I want to know who came", "who came", id="want-to-know"),
        pytest.param("Hi Kutip! Quick question: who came? Thanks a lot!", "who came?", id="quick-question"),
        pytest.param("Could you please tell me who came, please", "who came", id="could-you"),
        pytest.param("Wait, when?", "when?", id="wait"),
        pytest.param("Thanks!", "", id="nothing-else"),
    ],
)
def test_kind_words_are_left_out(text: str, asked: str) -> None:
    assert without_courtesy(text) == asked


@pytest.mark.parametrize(
    "text",
    [
        "Great Barrier Reef size?",
        "Hi-tech exports?",
        "Baik Indonesia maupun Australia hadir?",
        "Well water quality?",
        "Ibu kota Indonesia apa?",
        "Siap siaga bencana itu apa?",
        "Who said thank you?",
        "Thanksgiving is when?",
    ],
)
def test_words_of_a_question_that_only_look_like_it_stay(text: str) -> None:
    assert without_courtesy(text) == text


@pytest.mark.parametrize(
    ("text", "read"),
    [
        pytest.param("SIAPA YANG DATANG?", "siapa yang datang?", id="capitals"),
        pytest.param("UNHCR IOM?", "UNHCR IOM?", id="short-names"),
        pytest.param("Siapa UNHCR itu?", "Siapa UNHCR itu?", id="a-name-in-capitals"),
        pytest.param("Thanks!", "Thanks!", id="nothing-else"),
    ],
)
def test_a_question_all_in_capitals_is_read_in_small_letters(text: str, read: str) -> None:
    assert as_read(text) == read


@pytest.mark.parametrize(
    "sentence", ["Thank you.", "Yes.", "**Tidak.**", "**Thank you.**", "> Terima kasih.", "Terima kasih banyak.", "No!"]
)
def test_a_kind_word_or_yes_alone_says_nothing(sentence: str) -> None:
    assert says_nothing(sentence)


@pytest.mark.parametrize("sentence", ["Ana Lim.", "Yes, by bus.", "1800", "No parking."])
def test_what_names_or_counts_something_says_it(sentence: str) -> None:
    assert not says_nothing(sentence)
