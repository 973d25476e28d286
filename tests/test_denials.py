"""What is denied is no fact, nor is a rumour that is told above the facts."""

import pytest

from retrieval.documents.parsing import parse_document
from retrieval.ruling_out.denials import is_denied, with_denials, without_denied_marked, without_rumours
from retrieval.values import Document, Hit, Passage, Reading, Sentence


def reading(text: str, marked: str) -> Reading:
    sentence = Sentence(0, len(text))
    hit = Hit(Passage(0, 0, (sentence,)), Document("a.txt", "A", text), 0.5, 0.5, 1.0)
    start = text.index(marked)
    return Reading(hit, sentence, 0.9, (start, start + len(marked)))


@pytest.mark.parametrize(
    ("question", "text", "marked"),
    [
        ("why was it put off?", "He denied that it was put off because of the party.", "because of the party"),
        ("Kenapa ditunda?", "Ia menampik bahwa penundaan itu akibat tekanan partai.", "tekanan partai"),
        ("berapa kali ia menyurati?", "Ratna menarik kembali pernyataannya bahwa ia dua kali menyurati.", "dua kali"),
        ("how many fell ill?", "The ministry rejected reports that 40 died; 12 fell ill.", "40"),
        ("berapa orang sakit?", "Dinas menepis kabar 40 orang sakit, yang benar 12 orang.", "40"),
        ("Berapa persen gaji dipotong?", "Tidak benar gaji guru dipotong 30 persen.", "30 persen"),
        ("beasiswa berapa per siswa?", "Kabar beasiswa dipotong Rp200 ribu per siswa tidak benar.", "Rp200 ribu"),
        ("how many died?", "Reports that 40 had died were false.", "40"),
        ("How much was cut?", "It is not true that pay was cut by 30 percent.", "30 percent"),
        ("what hit the bridge?", "She denied reports on social media that a lorry had struck it.", "a lorry"),
        ("where did they meet?", "He denied a report in the Echo that they met in a hotel in June.", "in a hotel"),
        ("who met him?", "Strand denied that Helena Voss met him in June.", "Helena Voss"),
        ("kapan mereka bertemu?", "Ia membantah bertemu Voss pada 3 Juni.", "3 Juni"),
    ],
)
def test_what_is_denied_does_not_answer(question: str, text: str, marked: str) -> None:
    assert is_denied(question, reading(text, marked))


@pytest.mark.parametrize(
    ("question", "text", "marked"),
    [
        ("what is he accused of?", "He denied that he had taken the money.", "he had taken the money"),
        ("apa dia ketemu Voss?", "Ia membantah bertemu Voss pada 3 Juni.", "bertemu Voss"),
        ("what did he deny?", "He denied that the party pressed him.", "the party pressed him"),
        ("why did he deny that?", "He denied that he knew, because he was afraid.", "he was afraid"),
        ("did the party press him?", "He denied that the party pressed him.", "the party pressed him"),
        ("what did he say about the party?", "He denied that the party pressed him.", "the party pressed him"),
        ("when did he speak?", "On Monday he denied that the party pressed him.", "On Monday"),
        ("how many fell ill?", "The ministry rejected reports that 40 died; 12 fell ill.", "12"),
        ("why was it put off?", "He denied having been pressed, but said the buses were late.", "the buses were late"),
        ("why was it put off?", "He denied that it was the party and said it was because of the rain.", "the rain"),
        ("how many left?", "He did not deny that 40 had left.", "40"),
        ("berapa yang keluar?", "Ia tidak membantah bahwa 40 orang keluar.", "40 orang"),
        ("berapa orang sakit?", "Dinas menepis kabar 40 orang sakit, yang benar 12 orang.", "12 orang"),
        ("how much was refunded?", "The insurer rejected 40 claims worth 4 million euros.", "4 million euros"),
        ("when was the vote?", "The council rejected the claim on 3 May 2024.", "3 May 2024"),
        ("berapa botol ditarik?", "BPOM menarik kembali 1.200 botol sirup dari pasar.", "1.200 botol"),
        ("why was he jailed?", "The court denied bail because he had fled.", "he had fled"),
    ],
)
def test_a_denial_answers_what_is_said_and_whether_it_is_so(question: str, text: str, marked: str) -> None:
    assert not is_denied(question, reading(text, marked))


@pytest.mark.parametrize(
    ("question", "marked"),
    [
        ("apa kata Rudi soal bahan?", ""),
        ("what did Rudi say about it?", ""),
        ("apa yang dibantah Rudi?", "bahan itu kedaluwarsa"),
        ("apa benar bahan itu kedaluwarsa?", "bahan itu kedaluwarsa"),
    ],
)
def test_what_somebody_denies_is_not_marked_as_what_they_say(question: str, marked: str) -> None:
    read = reading("Rudi membantah isu bahwa bahan itu kedaluwarsa.", "bahan itu kedaluwarsa")
    assert [one.marked for one in without_denied_marked(question, [read])] == [marked]


@pytest.mark.parametrize(
    ("question", "text", "put"),
    [
        ("when did it close?", "We hear that it closed in May. That is not so: it moved.", "That is not so: it moved."),
        ("when did it close?", "We hear that it closed in May. That is not true. It moved.", "It moved."),
        ("was it signed?", "I have read that it was signed in May. It was not. We go home.", "It was not."),
        ("when did it close?", "Papers say that it closed in May. No, it is open.", "No, it is open."),
        ("kapan tutup?", "Beredar kabar bahwa pasar tutup 3 Mei. Itu tidak benar. Pasar buka.", "Pasar buka."),
        ("which rumour is there?", "There is a rumour that it closed in May. That is not so: it moved.", ""),
        ("when did it close?", "It closed in May. That is not so: it moved.", ""),
        ("when did it close?", "We hear that it closed in May. It was not full. We wait.", ""),
        ("when did it close?", "We hear that it closed in May.\n\nIt was not. It rained.", ""),
    ],
)
def test_a_denial_in_the_next_sentence_takes_the_place_of_what_is_heard(question: str, text: str, put: str) -> None:
    parsed = parse_document("a.txt", text.encode())
    assert parsed is not None
    hit = Hit(Passage(0, 0, tuple(parsed.sentences)), parsed.document, 0.5, 0.5, 1.0)
    [one] = with_denials(question, [Reading(hit, parsed.sentences[0], 0.9)])
    assert one.text == (put or parsed.document.text_of(parsed.sentences[0]))


HOAX = """# Hoaks: Bantuan Rp3 Juta

**Narasi yang beredar:**

"Bantuan dibagikan. Pendaftaran ditutup 30 April."

**Faktanya:**

Bantuan terakhir disalurkan pada Agustus.
"""
MYTHS = (
    "Myth: It was made in a week.\nFact: It was made in two years.\n\nMyth: It costs 90 crowns.\n\nFact: It is free.\n"
)
CLAIM = "## Claim\n\nThe firm asks for 40 crowns.\n\n## Facts\n\nThe board pays in May.\n"


@pytest.mark.parametrize(
    ("question", "id", "text", "found"),
    [
        ("kapan pendaftaran ditutup?", "a.md", HOAX, 'Pendaftaran ditutup 30 April."'),
        ("what does it cost?", "a.txt", MYTHS, "Myth: It costs 90 crowns."),
        ("how long did it take?", "a.txt", MYTHS, "Myth: It was made in a week."),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_rumour_above_the_facts_does_not_answer(question: str, id: str, text: str, line_end: str, found: str) -> None:
    assert without_rumours(question, [sentence_of(id, text.replace("\n", line_end), found)]) == []


@pytest.mark.parametrize(
    ("question", "id", "text", "found"),
    [
        ("apa narasi yang beredar?", "a.md", HOAX, 'Pendaftaran ditutup 30 April."'),
        ("kapan bantuan disalurkan?", "a.md", HOAX, "Bantuan terakhir disalurkan pada Agustus."),
        ("which myth is there about its cost?", "a.txt", MYTHS, "Myth: It costs 90 crowns."),
        ("how long did it take?", "a.txt", MYTHS, "Fact: It was made in two years."),
        ("what does it cost?", "a.txt", MYTHS, "Fact: It is free."),
        ("how much does the firm ask for?", "a.md", CLAIM, "The firm asks for 40 crowns."),
        ("what does it cost?", "a.txt", MYTHS[: MYTHS.index("Fact: It is free")], "Myth: It costs 90 crowns."),
        ("why did it fail?", "a.txt", f"Myth: It froze.\n\nOne.\n\nIt was old.\n\n{MYTHS}", "It was old."),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_facts_answer_and_a_rumour_that_is_asked_for(
    question: str, id: str, text: str, line_end: str, found: str
) -> None:
    read = [sentence_of(id, text.replace("\n", line_end), found)]
    assert without_rumours(question, read) == read


def sentence_of(id: str, text: str, found: str) -> Reading:
    parsed = parse_document(id, text.encode())
    assert parsed is not None
    sentence = next(one for one in parsed.sentences if text[one.start : one.end].endswith(found))
    return Reading(Hit(Passage(0, 0, (sentence,)), parsed.document, 0.5, 0.5, 1.0), sentence, 0.9)
