"""Short forms of words, as people write them in chats, are read as the words."""

import pytest

from retrieval.answers.turns import turn_after
from retrieval.questions.chat_spelling import written_out
from retrieval.questions.several import questions_in
from retrieval.questions.to_the_bot import is_courtesy
from tests.fakes import BuildSnapshot


@pytest.mark.parametrize(
    ("question", "written"),
    [
        pytest.param("brp pengungsi yg pulang tgl 4?", "berapa pengungsi yang pulang tanggal 4?", id="indonesian"),
        pytest.param("Brp hrg telur", "Berapa harga telur", id="capital"),
        pytest.param("dmn posko utk org sakit", "di mana posko untuk orang sakit", id="two-words"),
        pytest.param("how many ppl died, pls", "how many people died, please", id="english"),
        pytest.param("udh brp?", "sudah berapa?", id="two"),
        pytest.param("whats on on friday, and whos there", "what's on on friday, and who's there", id="apostrophe"),
        pytest.param("apa ga ada bantuan?", "apa tidak ada bantuan?", id="beside-another"),
        pytest.param("Tgl 4/3 brp yang luka?", "Tanggal 4 Maret berapa yang luka?", id="day-and-month"),
        pytest.param("berapa tanggal 04-12-2025?", "berapa tanggal 04 Desember 2025?", id="with-its-year"),
    ],
)
def test_short_forms_are_written_out(question: str, written: str) -> None:
    assert written_out(question) == written


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("siapa kepala desa GA?", id="name-in-capitals"),
        pytest.param("yg.example.org", id="address"),
        pytest.param("surel info@dpt.example", id="mail"),
        pytest.param("the BRP-4 vessel", id="code"),
        pytest.param("berapa orang di Tanjung?", id="whole-words"),
        pytest.param("Siapa Karna Sobahi?", id="name"),
        pytest.param("Who has a bs in engineering?", id="other-language"),
        pytest.param("what did the org chart say", id="english-word"),
        pytest.param("apa isi surat tanggal 4/13?", id="no-month"),
        pytest.param("siapa yang datang tanggal 4-5/3?", id="two-days"),
        pytest.param("siapa yang datang tanggal 1-3 Maret?", id="days-of-a-month"),
        pytest.param("siapa yang datang tanggal 5-7?", id="days"),
        pytest.param("siapa yang datang tanggal 3/4 maret?", id="one-of-two-days"),
        pytest.param("laporan tanggal 4/3/BPBD", id="number-of-a-letter"),
    ],
)
def test_names_addresses_and_whole_words_stay(question: str) -> None:
    assert written_out(question) == question


def test_a_message_of_nothing_but_a_short_form_asks() -> None:
    assert not is_courtesy("brp?")


def test_questions_with_short_forms_are_told_apart() -> None:
    message = "Brp pengungsi di Orla? Kpn mereka pulang?"
    assert questions_in(message) == ["Brp pengungsi di Orla?", "Kpn mereka pulang?"]


def test_a_question_with_short_forms_is_answered_and_gone_on_from_as_one_without(
    snapshot_of: BuildSnapshot,
) -> None:
    text = "Bupati Orla, Amara Quill, membuka pasar baru pada 4 Maret 2021. Pasar itu memiliki 217 kios."
    snapshot = snapshot_of({"pasar.txt": text})
    short, long = snapshot.answer(["brp kios di pasar yg baru?", "berapa kios di pasar yang baru?"])
    assert (short.question, short.taken_for, short.found) == ("brp kios di pasar yg baru?", "", True)
    assert (short.citations, short.confidence) == (long.citations, long.confidence)
    assert turn_after(short) == turn_after(long)
