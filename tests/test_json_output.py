"""The JSON of an answer has the form that README shows, and no other keys but what it tells of."""

import json

from bot.terminal.json_output import answer_json
from retrieval.values import Answer, Citation, Document

LEASE = Document("a/lease.md", "The lease", "It is *three* months.", markdown=True, date="2020", source="The owner")
SHOWN = {
    "number": 1,
    "sentence": "It is *three* months.",
    "start": 0,
    "end": 21,
    "highlight": [7, 12],
    "document": "a/lease.md",
    "title": "The lease",
    "source": "The owner",
    "date": "2020",
    "url": None,
    "page": None,
}


def test_a_found_answer_in_full() -> None:
    cited = Citation(1, LEASE.text, 0, 21, LEASE, highlight=(7, 12))
    answer = Answer("How long?", (cited,), (), 0.91239, 0.04126, disagree=True)
    assert json.loads(answer_json(answer)) == {
        "question": "How long?",
        "found": True,
        "confidence": 0.9124,
        "citations": [SHOWN],
        "related": [],
        "seconds": 0.0413,
    }


def test_how_a_question_was_understood_is_told_where_that_is_not_as_it_is_written() -> None:
    answer = Answer("How lnog?", (), (), 0.1, 0.04, understood="How long?")
    assert json.loads(answer_json(answer))["understood"] == "How long?"


def test_the_column_of_what_is_marked_is_there_where_the_sentence_has_it_not() -> None:
    first, second = Citation(1, LEASE.text, 0, 21, LEASE), Citation(2, LEASE.text, 0, 21, LEASE, column="Months")
    told = json.loads(answer_json(Answer("?", (first, second), (), 0.9, 0.1)))
    assert [one.get("column") for one in told["citations"]] == [None, "Months"]


def test_who_says_what_is_quoted_is_there_where_the_sentence_does_not_tell() -> None:
    first, second = Citation(1, LEASE.text, 0, 21, LEASE), Citation(2, LEASE.text, 0, 21, LEASE, speaker="said Ana")
    told = json.loads(answer_json(Answer("?", (first, second), (), 0.9, 0.1)))
    assert [one.get("speaker") for one in told["citations"]] == [None, "said Ana"]


def test_what_corrects_an_earlier_document_says_so() -> None:
    first, second = Citation(1, LEASE.text, 0, 21, LEASE), Citation(2, LEASE.text, 0, 21, LEASE, corrects=LEASE.id)
    told = json.loads(answer_json(Answer("How long?", (first, second), (), 0.9, 0.04)))
    assert ["corrects" in one for one in told["citations"]] == [False, True]


def test_names_that_no_document_has_are_told() -> None:
    answer = Answer("Did Helm come?", (), (), 0.1, 0.04, unknown_names=("Helm",))
    assert json.loads(answer_json(answer))["unknown_names"] == ["Helm"]


def test_a_not_found_in_full() -> None:
    related = Citation(1, LEASE.text, 0, 21, LEASE)
    answer = Answer("How long?", (), (related,), 0.1, 0.04, on_subject=False)
    assert json.loads(answer_json(answer)) == {
        "question": "How long?",
        "found": False,
        "confidence": 0.1,
        "citations": [],
        "related": [{**SHOWN, "highlight": None}],
        "seconds": 0.04,
    }
