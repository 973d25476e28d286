"""Slips of the fingers are mended where the documents have the word that was meant, and nowhere else."""

import random

import pytest

from benchmarks.slips import with_slip
from retrieval.answering import Snapshot
from retrieval.answers.turns import turn_after
from retrieval.index.numpy_index.word_index import WordIndex
from retrieval.questions.slips import has_mended_words, without_slips
from tests.fakes import BuildSnapshot

WORDS = WordIndex.build(
    [
        ("The ministers held meetings in Bali. That was so. Tibet has a plain.", "en"),
        ("The meeting of ministers was planned. Kelly Pedersen of UNHCR came.", "en"),
        ("Para menteri memimpin pertemuan itu. Rapat evaluasi ditutup.", "id"),
        ("Warga menerima beras. Bus disiapkan sepanjang malam. Berintah dan tolong.", "id"),
    ]
)


def known(word: str) -> bool:
    return word.casefold() in {"meeting", "melting", "plane", "planet", "tiket"}


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        pytest.param("Who held the meting?", "Who held the meeting?", id="left-out"),
        pytest.param("Who held the meeeting?", "Who held the meeting?", id="put-in"),
        pytest.param("Who held the meezing?", "Who held the meeting?", id="changed"),
        pytest.param("Who held the meetign?", "Who held the meeting?", id="the-wrong-way-round"),
        pytest.param("Was it tplanned?", "Was it planned?", id="a-letter-before-it"),
        pytest.param("Who held the eeting?", "Who held the meeting?", id="the-first-letter"),
        pytest.param("Which Minsiters met?", "Which Ministers met?", id="its-capital-stays"),
        pytest.param("Who UNHRC?", "Who UNHCR?", id="its-capitals-stay"),
        pytest.param("Waht was hled in Bali?", "What was held in Bali?", id="short-ones"),
        pytest.param("Wheer was it?", "Where was it?", id="a-word-that-asks"),
        pytest.param("Did Petersen come?", "Did Pedersen come?", id="a-name"),
        pytest.param("siapa pemmimpin rapat?", "siapa pemimpin rapat?", id="one-letter-twice-in-a-made-word"),
        pytest.param("siapa yang nerima beras?", "siapa yang menerima beras?", id="as-people-speak"),
        pytest.param("berapa bus yang disiapin?", "berapa bus yang disiapkan?", id="as-people-speak-of-what-is-done"),
        pytest.param("siapa ketua mentri?", "siapa ketua menteri?", id="of-a-short-base-word-by-chance"),
        pytest.param("siapa memimipn pertmuan?", "siapa memimpin pertemuan?", id="two-in-indonesian"),
        pytest.param("Who met at the meting's end?", "Who met at the meeting's end?", id="with-a-possessive"),
    ],
)
def test_a_slip_is_mended(question: str, meant: str) -> None:
    assert without_slips(question, WORDS, known) == meant


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Who held the meetings?", id="no-slip"),
        pytest.param("What was melting?", id="known-to-the-model"),
        pytest.param("berapa harga tiket?", id="known-to-the-model-in-indonesian"),
        pytest.param("di mana tempat evakuasi?", id="a-base-word-of-indonesian"),
        pytest.param("apa kepanjangan itu?", id="made-of-a-base-word"),
        pytest.param("siapa yang perintahkan warga?", id="made-of-a-base-word-as-people-speak"),
        pytest.param("siapa yang menolong warga?", id="made-of-a-base-word-that-lost-a-letter"),
        pytest.param("Is it in Mali?", id="too-short"),
        pytest.param("pjnya siapa?", id="too-short-without-nya"),
        pytest.param("Is it BUUS 4?", id="a-short-name"),
        pytest.param("Is it teh one?", id="shorter"),
        pytest.param("Who held the meztign?", id="two-slips-in-a-word"),
        pytest.param("minsters meetin plannd?", id="too-many"),
        pytest.param("Who co-chaired 12345 of them?", id="not-there-at-all"),
        pytest.param("Who held the mëeting?", id="another-letter"),
        pytest.param("Кто встретился вчера?", id="another-script"),
        pytest.param("Did Thant come?", id="towards-a-word-without-a-subject"),
        pytest.param("", id="nothing"),
        pytest.param("?" * 10, id="no-word"),
        pytest.param("m" * 2_000, id="one-endless-word"),
    ],
)
def test_what_is_no_slip_stays_as_it_is(question: str) -> None:
    assert without_slips(question, WORDS, known) == question


def test_a_word_that_is_known_is_meant_before_a_more_frequent_one() -> None:
    words = WordIndex.build([("The plane left.", "en"), *[("Plants grow.", "en")] * 3])
    assert without_slips("Where is the plana?", words, lambda word: word in {"plane"}) == "Where is the plane?"
    assert without_slips("Where is the planr?", words, lambda word: False) == "Where is the plant?"


def test_of_the_forms_of_a_word_the_whole_one_is_meant() -> None:
    words = WordIndex.build([("It affected all.", "en")])
    assert without_slips("Whom was it affectd?", words, lambda word: False) == "Whom was it affected?"


def test_no_ending_is_put_to_a_word_that_is_whole() -> None:
    words = WordIndex.build([("Masa darurat mereka perpanjang.", "id")])
    assert without_slips("Sampai kapan masa itu diperpanjang?", words, lambda word: False).endswith("diperpanjang?")


def test_a_word_of_which_the_documents_have_the_form_with_me_is_no_slip() -> None:
    words = WordIndex.build([("Bupati meninjau posko dan memutuskan itu.", "id")])
    question = "Posko mana yang ditinjau dan apa diputuskan?"
    assert without_slips(question, words, lambda word: False) == question


def test_of_a_name_the_shortest_form_is_meant() -> None:
    words = WordIndex.build([("It rained in Ansel.", "en")])
    assert without_slips("How many in Anselm?", words, lambda word: False) == "How many in Ansel?"


def test_two_letters_the_wrong_way_round_or_one_twice_are_likelier_than_a_wrong_one() -> None:
    words = WordIndex.build([("They held talks.", "en"), *[("It takes time. She was borne.", "en")] * 3])
    assert without_slips("Who held the takls?", words, lambda word: False) == "Who held the talks?"
    assert without_slips("Who was bornn?", words, lambda word: False) == "Who was born?"


@pytest.fixture
def snapshot(snapshot_of: BuildSnapshot) -> Snapshot:
    library = "Amara Quill founded the lending library of Orla in 2014. It has 3,000 books. She was born in 1950."
    return snapshot_of(
        {
            "library.txt": library,
            "thorne.txt": "Anselma Thorne was born in Upper Wick. Thorne discovered a comet.",
            "lease.txt": "The notice period of the lease is three months. The major repairs are for the landlord.",
        },
    )


def test_a_question_with_a_slip_is_answered_and_gone_on_from_as_it_was_meant(snapshot: Snapshot) -> None:
    [first] = snapshot.answer(["Who fuonded the lending libary?"])
    assert first.citations[0].sentence.startswith("Amara Quill founded")
    assert (first.question, first.taken_for) == ("Who fuonded the lending libary?", "Who founded the lending library?")
    [second] = snapshot.answer(["And when?"], [turn_after(first)])
    assert "2014" in second.citations[0].sentence


def test_a_follow_up_with_a_slip_is_answered_as_one_without(snapshot: Snapshot) -> None:
    [first] = snapshot.answer(["Who founded the lending library?"])
    before = turn_after(first)
    [slipped] = snapshot.answer(["And when was it fuonded?"], [before])
    [clean] = snapshot.answer(["And when was it founded?"], [before])
    assert slipped.found
    assert slipped.spelt == "And when was it founded?"
    assert (slipped.understood, slipped.citations) == (clean.understood, clean.citations)


def test_the_words_that_were_meant_have_to_stand_in_what_is_cited() -> None:
    asked, meant = "Who signed the leese?", "Who signed the lease?"
    assert has_mended_words("He signed two leases.", "en", asked, meant)
    assert has_mended_words("He signed two leases.", "en", "Waht leese was signed?", "What lease was signed?")
    assert not has_mended_words("He signed a receipt.", "en", asked, meant)


def test_a_slip_is_told_where_it_is_found_with_it_and_not_where_it_is_not_found_without(snapshot: Snapshot) -> None:
    [found] = snapshot.answer(["How long is the notice peroid of the lease?"])
    assert (found.found, found.taken_for) == (True, "How long is the notice period of the lease?")
    assert snapshot.without_slips("Who is the majjor of Paris?") == "Who is the major of Paris?"
    [wanting] = snapshot.answer(["Who is the majjor of Paris?"])
    assert (wanting.found, wanting.question, wanting.taken_for) == (False, "Who is the majjor of Paris?", "")


def test_most_slips_in_the_documents_sentences_are_mended_and_nothing_else_is(
    all_snapshot: Snapshot,
) -> None:
    index = all_snapshot.index
    places = (index.sentence(row) for row in range(index.sentence_count))
    texts = ((index.document(passage.document).text, sentence) for passage, sentence in places)
    sentences = sorted({text[sentence.start : sentence.end] for text, sentence in texts})
    chance = random.Random(0)
    slipped = {sentence: with_slip(sentence, chance) for sentence in sentences}
    there = [sentence for sentence in sentences if slipped[sentence] != sentence]
    back = sum(all_snapshot.without_slips(slipped[sentence]) == sentence for sentence in there)
    print(f"{back} of {len(there)} mended")
    assert len(there) > 100
    assert back >= 0.8 * len(there)
    assert [sentence for sentence in sentences if all_snapshot.without_slips(sentence) != sentence] == []
