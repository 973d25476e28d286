"""What is told of "he" or "she" does not answer of whom the text calls otherwise."""

from collections.abc import Callable

import pytest

from retrieval.embedding.embedder import Embedder
from retrieval.index.numpy_index.index import NumpyIndex
from retrieval.ruling_out.other_people import is_of_other_people
from retrieval.values import Hit, Reading
from tests.fakes import FakeEmbedder

BuildIndex = Callable[[Embedder, dict[str, str]], NumpyIndex]
MAYORS = (
    '"I will pick up the phone," Ms Calder told supporters. She is 49 and has two sons. She beat him by 11 votes.'
    " Her husband is 52.\n\nMr Pell did not concede.\n"
)
SWORN_IN = (
    "# Nur Hasan Dilantik\n\nMenteri Budi Roe melantik Nur Hasan menggantikan Adi Pras. "
    "Perempuan kelahiran Ampalas, 14 Mei 1978, itu meraih gelar doktor pada 2011.\n"
)
FAMILIES = (
    'Alan Pell, who was mayor, was blamed.\n\nRuth Calder, 49, said sorry, as Ms Lim did. "We failed you," she told '
    'the families. "The least is to say so."\n\nHe met Ben Roe. "Good man," he said.\n\nThe gift of Wickaid is kept.\n'
)
BRIDGE = (
    "# Inquiry into Wick Bridge opens\n\nWick Bridge fell in May. Ana Lim left. She has been succeeded by Bo Roe.\n"
)
STRIKE = '"We stop on Monday," said Peter Haugen. "The engines are the trouble."\n'
TWO = "Mr and Mrs Pell came. She is 49.\n"


@pytest.mark.parametrize(
    ("text", "question", "begins", "is_other"),
    [
        pytest.param(MAYORS, "How old is Alan Pell?", "She is 49", True, id="she-for-mr"),
        pytest.param(MAYORS, "How many sons does Mr Pell have?", "She is 49", True, id="sons-for-mr"),
        pytest.param(MAYORS, "How old is the wife of Mr Pell?", "She is 49", False, id="a-wife-of-his"),
        pytest.param(MAYORS, "How old is Alan Pell of Wick?", "She is 49", True, id="of-a-place"),
        pytest.param(MAYORS, "How old is Ms Calder?", "She is 49", False, id="she-for-ms"),
        pytest.param(MAYORS, "How old is Calder?", "She is 49", False, id="she-for-whom-the-text-calls-ms"),
        pytest.param(MAYORS, "How old is Ben Roe?", "She is 49", False, id="nobody-with-a-title"),
        pytest.param(MAYORS, "How old is Mr Pell's wife?", "She is 49", False, id="his-wife"),
        pytest.param(MAYORS, "When did Calder beat Pell?", "She is 49", False, id="two-people"),
        pytest.param(MAYORS, "By how much did Pell lose?", "She beat him", False, id="and-him"),
        pytest.param(MAYORS, "How old is Pell?", "Her husband", False, id="her-husband"),
        pytest.param(MAYORS, "How old is his husband?", "Her husband", True, id="his-not-her-husband"),
        pytest.param(MAYORS, "How old is her husband?", "Her husband", False, id="her-own-husband"),
        pytest.param(MAYORS, "How old is his wife?", "Her husband", False, id="something-else-of-his"),
        pytest.param(STRIKE, "What did Jan Haugen say about engines?", '"The engines', True, id="of-a-namesake"),
        pytest.param(STRIKE, "What did Peter Haugen say about engines?", '"The engines', False, id="of-the-same"),
        pytest.param(
            STRIKE, "What did Union Leader Peter Haugen say about engines?", '"The engines', False, id="with-his-office"
        ),
        pytest.param(TWO, "How old is Mrs Pell?", "She is 49", False, id="mr-and-mrs"),
        pytest.param(TWO, "How old is Pell?", "She is 49", False, id="either"),
        pytest.param(FAMILIES, "What did Pell say about the families?", '"We failed', True, id="quoted-of-another"),
        pytest.param(FAMILIES, "What did Pell say?", '"The least', True, id="and-on"),
        pytest.param(FAMILIES, "What did Calder say about the families?", '"We failed', False, id="quoted-of-her"),
        pytest.param(FAMILIES, "What did the mayor say?", '"We failed', False, id="an-office"),
        pytest.param(FAMILIES, "What did Pell say about Ben?", '"Good', False, id="perhaps-of-him"),
        pytest.param(FAMILIES, "What did Wickaid say?", '"We failed', False, id="a-body"),
        pytest.param(SWORN_IN, "Kapan Adi Pras lahir?", "Perempuan", True, id="whom-the-title-does-not-name"),
        pytest.param(SWORN_IN, "Adi lahir kapan?", "Perempuan", True, id="a-name-that-begins"),
        pytest.param(SWORN_IN, "Kapan Nur Hasan lahir?", "Perempuan", False, id="whom-the-title-names"),
        pytest.param(BRIDGE, "Who succeeded Ana Lim?", "She has", False, id="the-title-names-no-person"),
        pytest.param(BRIDGE.replace("Bridge", "Roe"), "Who succeeded Ana Lim?", "She has", False, id="who-begins"),
        pytest.param(SWORN_IN, "Kapan Pak Nur lahir?", "Perempuan", True, id="perempuan-for-pak"),
    ],
)
def test_he_and_she_are_not_of_others(
    index_of: BuildIndex, text: str, question: str, begins: str, is_other: bool
) -> None:
    index = index_of(FakeEmbedder(max_tokens=128), {"a.md": text})
    [reading] = [
        Reading(Hit.looked_up(passage, index.document(0)), one, 0.9)
        for passage in index.passages_of(0)
        for one in passage.sentences
        if index.document(0).text_of(one).startswith(begins)
    ]
    assert is_of_other_people(question, reading) is is_other
