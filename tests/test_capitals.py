"""Names that are typed in small letters are told by how the documents write them."""

import pytest

from retrieval.questions.capitals import with_capitals

TEXT = [
    "The mayor of St Brannoc, Ana Roe, met the BPBD of Wick on Monday.",
    "Flooding began there in May. Stennack stayed dry.",
]


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("when did roe meet the bpbd of wick?", "when did Roe meet the BPBD of Wick?"),
        ("what about st brannoc?", "what about St Brannoc?"),
        ("who is the mayor", "who is the mayor"),  # as the text has it
        ("when did flooding begin, in may or on monday?", "when did flooding begin, in may or on monday?"),
        ("is stennack flooded", "is stennack flooded"),  # that only begins a sentence may be any word
        ("Where is wick?", "Where is Wick?"),
        ("Where did Ana meet roe?", "Where did Ana meet roe?"),  # somebody who types capitals
    ],
)
def test_names_get_the_capitals_that_texts_write_them_with(question: str, written: str) -> None:
    assert with_capitals(question, TEXT) == written


def test_an_address_tells_nothing_of_how_a_name_is_written() -> None:
    assert with_capitals("what did roe say?", [*TEXT, "Write to m.roe@orla.example."]) == "what did Roe say?"
