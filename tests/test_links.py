"""A link opens a document's address at the sentence, encoded as browsers read it."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answers.links import place_link
from retrieval.values import Document, Sentence

PAGE = "https://example.org/plan"


def link(text: str, quote: str, *, nth: int = 0, url: str | None = PAGE, markdown: bool = False) -> str | None:
    start = -1
    for _ in range(nth + 1):
        start = text.index(quote, start + 1)
    return place_link(Document("a", "T", text, url=url, markdown=markdown), Sentence(start, start + len(quote)))


def test_a_document_without_an_address_has_no_link() -> None:
    assert link("It rained.", "It rained.", url=None) is None


def test_a_sentence_is_given_in_full() -> None:
    assert link("It rained. It stopped.", "It stopped.") == f"{PAGE}#:~:text=It%20stopped."


def test_signs_that_have_a_meaning_in_a_directive_are_encoded() -> None:
    assert link("A-b, c & d: é?", "A-b, c & d: é?") == f"{PAGE}#:~:text=A%2Db%2C%20c%20%26%20d%3A%20%C3%A9%3F"


def test_an_address_with_a_fragment_keeps_it() -> None:
    assert link("It rained.", "It rained.", url=f"{PAGE}#top") == f"{PAGE}#top:~:text=It%20rained."


def test_of_a_long_sentence_the_first_and_last_words_are_given() -> None:
    words = [f"word{number}" for number in range(60)]
    sentence = " ".join(words) + "."
    assert link(sentence, sentence) == (
        f"{PAGE}#:~:text={'%20'.join(words[:6])},{'%20'.join([*words[-6:-1], 'word59.'])}"
    )


def test_a_sentence_that_stands_there_twice_is_told_by_the_words_around_it() -> None:
    text = "Of Monday we know: It rained. Then came Tuesday, and of it we know: It rained. Nobody came."
    assert link(text, "It rained.", nth=1) == (f"{PAGE}#:~:text=of%20it%20we%20know%3A-,It%20rained.,-Nobody%20came.")


def test_as_many_words_around_it_are_given_as_tell_it() -> None:
    text = (
        "On the first day of the week all day long: It rained. On the second day of the week all day long: It rained."
    )
    found = link(text, "It rained.", nth=1)
    assert found is not None
    assert "second day of the week all day long:-,It rained." in unquote(found)


def test_marks_of_markdown_are_not_looked_for_on_the_page() -> None:
    assert (
        link("It *rained* [hard](x).", "It *rained* [hard](x).", markdown=True) == f"{PAGE}#:~:text=It%20rained%20hard."
    )


def test_white_space_is_as_a_page_shows_it() -> None:
    assert link("It\n  rained.", "It\n  rained.") == f"{PAGE}#:~:text=It%20rained."


def test_the_words_around_it_are_taken_from_one_paragraph_each() -> None:
    text = "One more.\n\nWhy no?\n\nNo comment.\n\nShort.\n\nNo comment.\n\nThe end of it."
    assert link(text, "No comment.", nth=1) == f"{PAGE}#:~:text=Short.-,No%20comment.,-The%20end%20of%20it."


def test_the_words_around_it_hold_no_mark_of_a_list_or_a_note() -> None:
    text = "No.\n\nThey met.[^1] It is over. No.\n\n- One\n- Two"
    assert link(text, "No.", nth=1, markdown=True) == f"{PAGE}#:~:text=It%20is%20over.-,No.,-One"


def test_of_a_row_of_a_table_the_first_and_the_last_cell_are_given() -> None:
    assert link("Ann Lim | Chair | 2020", "Ann Lim | Chair | 2020") == f"{PAGE}#:~:text=Ann%20Lim,2020"


def test_a_row_whose_first_cell_stands_elsewhere_is_told_by_the_row_before() -> None:
    text = "Indonesia was the host.\n\nCountry | Arrived\nMalaysia | 2021\nIndonesia | 2022"
    assert link(text, "Indonesia | 2022") == f"{PAGE}#:~:text=2021-,Indonesia,2022"


def test_the_first_row_of_a_table_is_told_by_no_paragraph() -> None:
    text = f"Indonesia {'was the host ' * 50}.\n\nIndonesia | 2022"
    assert link(text, "Indonesia | 2022") == f"{PAGE}#:~:text=Indonesia,2022"


def test_the_first_row_below_the_head_of_a_table_is_told_by_the_head() -> None:
    text = "Indonesia met.\n\n| Country | Arrived |\n|:---|---:|\n| Indonesia | 2022 |"
    row = "| Indonesia | 2022 |"
    assert link(text, row, markdown=True) == f"{PAGE}#:~:text=Arrived-,Indonesia,2022"


def test_of_a_row_with_one_filled_cell_this_is_given() -> None:
    text = "| Name | Born |\n|---|---|\n| Nobody | |\n| Lonely cell | |"
    assert link(text, "| Lonely cell | |", markdown=True) == f"{PAGE}#:~:text=Lonely%20cell"


def test_capitals_do_not_tell_a_sentence_from_another() -> None:
    text = "Of Monday: it rained. Of Tuesday: It rained."
    assert link(text, "It rained.") == f"{PAGE}#:~:text=it%20rained.%20Of%20Tuesday%3A-,It%20rained."


def test_capitals_do_not_tell_the_first_words_of_a_long_sentence_from_others() -> None:
    words = [f"word{number}" for number in range(60)]
    sentence = " ".join(words)
    text = f"{' '.join(words[:8]).upper()} came first. {sentence}"
    assert link(text, sentence) == f"{PAGE}#:~:text={'%20'.join(words[:12])},{'%20'.join(words[-6:])}"


def test_capitals_do_not_tell_a_row_from_others() -> None:
    text = "INDONESIA was the host.\n\nCountry | Arrived\nMalaysia | 2021\nIndonesia | 2022"
    assert link(text, "Indonesia | 2022") == f"{PAGE}#:~:text=2021-,Indonesia,2022"


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        pytest.param("It ended.[^1]", "It ended.", id="note"),
        pytest.param("[^1]: It ended.", "It ended.", id="text-of-a-note"),
        pytest.param("It has 10<sup>6</sup> metres.", "It has 106 metres.", id="raised"),
        pytest.param("![A logo](a.png) It ended.", "It ended.", id="image"),
        pytest.param("[![A logo](a.png)](b.html) It ended.", "It ended.", id="image-with-a-link"),
        pytest.param("It is ~~bad~~ <del>worse</del>.", "It is bad worse.", id="struck-out"),
    ],
)
def test_of_markdown_a_link_holds_what_a_page_shows(sentence: str, shown: str) -> None:
    found = link(sentence, sentence, markdown=True)
    assert found is not None
    assert unquote(found) == f"{PAGE}#:~:text={shown}"


def test_of_a_long_sentence_as_many_words_are_given_as_stand_nowhere_else() -> None:
    words = [f"word{number}" for number in range(60)]
    sentence = " ".join(words) + "."
    text = f"{' '.join(words[:8])} came first. {sentence}"
    assert link(text, sentence) == f"{PAGE}#:~:text={'%20'.join(words[:12])},{'%20'.join(words[-6:])}."


def test_a_long_run_without_blanks_before_a_sentence_takes_no_time() -> None:
    text = f"It rained. {'x' * 200_000} It rained."
    assert link(text, "It rained.", nth=1) == f"{PAGE}#:~:text=It%20rained."


@pytest.mark.parametrize(("start", "page"), [(0, 1), (12, 2)])
def test_a_pdf_file_is_opened_at_the_page(start: int, page: int) -> None:
    document = Document("a.pdf", "T", "It rained.\n\nIt stopped.", url="https://example.org/a.pdf#x", pages=(0, 12))
    assert place_link(document, Sentence(start, start + 5)) == f"https://example.org/a.pdf#page={page}"


@given(st.text(min_size=1).filter(str.strip), st.text(), st.text())
def test_any_text_makes_a_link_of_plain_signs(quote: str, before: str, after: str) -> None:
    text = before + quote + after
    made = place_link(Document("a", "T", text, url=PAGE), Sentence(len(before), len(before) + len(quote)))
    assert made is not None
    assert made.isascii()
    assert not set(made.removeprefix(PAGE)) & set(' "<>&\n')
