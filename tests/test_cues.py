"""Dates, numbers, names and words that a question asks for are told in sentences."""

import pytest

from retrieval.reading.cues import Cues, sentence_cues
from retrieval.text.words import QuestionWord
from retrieval.values import Document

# Names


@pytest.mark.parametrize(
    ("question", "text", "missing"),
    [
        pytest.param("Who chaired it?", "Nobody.", 0, id="no-names"),
        pytest.param("Did Indonesia chair it?", "Indonesia chaired it.", 0, id="there"),
        pytest.param("Did Indonesia chair it?", "Australia chaired it.", 1, id="missing"),
        pytest.param("Did Peña chair it?", "Pen\u0303a chaired it.", 0, id="accent-written-apart"),
        pytest.param("Did Pena chair it?", "Peña chaired it.", 0, id="accent-left-out"),
        pytest.param("Did Indonesia or Australia chair it?", "Australia did.", 0.5, id="one-of-two"),
        pytest.param("Did Indonesia chair it?", "INDONESIA did.", 0, id="capitals"),
        pytest.param("Indonesia chaired it?", "Nobody.", 0, id="the-first-word-is-no-name"),
        pytest.param("What came in 2022?", "Nothing.", 1, id="year"),
        pytest.param("What came in 2022?", "In 2022, nothing.", 0, id="year-there"),
        pytest.param("Were there 1,200 people?", "There were 1,200.", 0, id="number-with-a-comma"),
        pytest.param("Were there 5 people?", "There were 5.", 0, id="one-digit"),
        pytest.param('What is "Kutip"?', "Kutip quotes.", 0, id="quoted"),
        pytest.param("What is (Kutip)?", "It quotes.", 1, id="in-brackets"),
        pytest.param("Did Indonesia chair it?", "Indonesians did.", 1, id="whole-words"),
        pytest.param("What of Al-Azhar?", "Al-Azhar is old.", 0, id="hyphen"),
        pytest.param("What did Azizah say?", "Azizah’s speech was long.", 0, id="possessive"),
        pytest.param(
            "Who is Indonesia's minister?", "The minister of Indonesia spoke.", 0, id="possessive-in-question"
        ),
        pytest.param("Who leads Indonesia?", "INDONESIA'S leader spoke.", 0, id="possessive-in-capitals"),
        pytest.param("Where are the Rivers?", "The Rivers' valley.", 0, id="possessive-of-many"),
        pytest.param("Apa kata Ma’ruf?", "Ma'ruf diam.", 0, id="apostrophe-of-a-phone"),
        pytest.param("Apa kata Ma'ruf?", "Ma’ruf’s dan ‘Ma’ruf’ diam.", 0, id="apostrophe-of-a-book"),
        pytest.param("What is ‘Kutip’?", "Kutip quotes.", 0, id="in-single-quotation-marks"),
        pytest.param("Apa kata Übermut?", "Übermut diam.", 0, id="umlaut"),
        pytest.param("Were there 5 people?", "There were 15, 5,000, 2.5 or 5.5.", 1, id="within-other-numbers"),
        pytest.param("Were there 1.5 tons?", "There were 125.", 1, id="a-point-is-a-point"),
        pytest.param("Did Ana come?", "Diana came to Mariana and Al-Ana and D'Ana.", 1, id="within-other-words"),
        pytest.param("Did Ana come?", "Anas 'Ana' came.", 0, id="in-single-quotation-marks-in-the-text"),
        pytest.param("Did the 'Titanic' sink?", "The Titanic sank.", 0, id="in-single-quotation-marks-in-the-question"),
        pytest.param("Did Ana come?", "’Ana came’ he said.", 0, id="quoted-by-a-phone"),
        pytest.param("What does article 12 say?", "Art.12 says so.", 0, id="number-after-a-point"),
        pytest.param("Siapa yang membayar Rp50.000?", "Ana membayar Rp50.000.", 0, id="amount"),
        pytest.param("Siapa yang membayar Rp50?", "Ana membayar Rp50.000.", 1, id="another-amount"),
        pytest.param("Siapa yang membayar 1,5 juta?", "Ana membayar Rp1,5 juta.", 0, id="amount-without-its-currency"),
        pytest.param("who won the u21 cup?", "Nobody.", 0, id="number-within-a-word"),
        pytest.param("Who decided case 9/2025?", "Case 15/2025 was heard on 9 June 2025.", 1, id="a-number-of-a-case"),
        pytest.param("Who decided case 9/2025?", "Case 9/2025 was heard.", 0, id="the-same-number"),
        pytest.param("What was on 4/3/2026?", "On 4 May 2026 nothing.", 1 / 3, id="a-day-in-figures"),
        pytest.param("", "", 0, id="empty"),
    ],
)
def test_names_that_a_text_does_not_have_are_counted(question: str, text: str, missing: float) -> None:
    document = Document("a.txt", "", text)
    assert [cues.missing for cues in sentence_cues(question, [], document, [""], "")] == [missing]
    assert [cues.missing for cues in sentence_cues(question, [], Document("a.txt", "", ""), [""], text)] == [missing]


# Words


def asked(**weights: float) -> list[QuestionWord]:
    return [QuestionWord(frozenset({word}), weight) for word, weight in weights.items()]


def test_a_sentence_has_the_words_of_the_title_and_is_near_those_before_it() -> None:
    document = Document("a.txt", "The zoo", "")
    texts = ["Ana opened it.", "Lions live there.", "So they say."]
    words = asked(zoo=1.0, lion=2.0, ana=1.0)
    assert sentence_cues("", words, document, texts, "") == [
        Cues(own=0.5, near=0.5, kind=0, missing=0.0),
        Cues(own=0.75, near=1.0, kind=0, missing=0.0),
        Cues(own=0.25, near=0.75, kind=0, missing=0.0),
    ]


@pytest.mark.parametrize(
    ("question", "sentence", "missing"),
    [
        pytest.param("What was spent in 2024?", "In 2025, 3 million were.", 1, id="another-year"),
        pytest.param("What was spent in 2024?", "3 million were.", 0, id="no-year"),
        pytest.param("What was spent in 2024?", "In 2024 3 million were, in 2025 four.", 0, id="both"),
        pytest.param("What was spent in 2024?", "From 2020 to 2025 3 million were.", 0, id="within"),
        pytest.param("What was spent in 2023?", "3 million were, 2 in 2022.", 0, id="that-of-the-title"),
        pytest.param("What was spent in 2022?", "3 million were, 2 in 2023.", 0, id="that-of-the-date"),
        pytest.param("What was spent after 2024?", "In 2025, 3 million were.", 0, id="a-time-that-begins"),
        pytest.param("Berapa biaya tahun 2024?", "Tahun 2025 tiga juta.", 1, id="indonesian"),
    ],
)
def test_a_year_is_missing_where_the_sentence_speaks_of_another(question: str, sentence: str, missing: float) -> None:
    document = Document("a.txt", "Report 2023", "", date="2022-03-01")
    [cues] = sentence_cues(question, [], document, [sentence], f"Report 2023: {sentence} In 2024 and 2022 as well.")
    assert cues.missing == missing


def test_names_are_looked_for_in_the_whole_document_and_the_kind_in_each_sentence() -> None:
    document = Document("a.txt", "Carla", "source: Ben\n\nEva came.", body=13)
    cues = sentence_cues(
        "When did Carla, Ben, Dov and Eva come?", [], document, ["Anyone.", "It was in May."], "Carla: Anyone."
    )
    assert [one.kind for one in cues] == [-1, 1]
    assert [one.missing for one in cues] == [2 / 4, 2 / 4]
    assert {one.own for one in cues} == {0.0}
