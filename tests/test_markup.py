"""Text is shown as people see it: on one line and without Markdown's marks."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.markup import visible_text


@pytest.mark.parametrize(
    ("text", "visible"),
    [
        pytest.param("A **bold** and *slanted* and __both__ _kinds_.", "A bold and slanted and both kinds.", id="bold"),
        pytest.param("snake_case and 2 * 3 * 4", "snake_case and 2 * 3 * 4", id="marks-that-mark-nothing"),
        pytest.param("A **bold sentence that ends", "A **bold sentence that ends", id="half-a-pair"),
        pytest.param("See [the *report*](http://a.b/c_d_e 'Title').", "See the report.", id="link"),
        pytest.param("See <http://a.b/c> and <me@a.b>.", "See http://a.b/c and me@a.b.", id="address"),
        pytest.param("See [the report][1] and [2].", "See [the report][1] and [2].", id="reference"),
        pytest.param("![A **map**](map.png) of Bali", "A map of Bali", id="image"),
        pytest.param("Run `kutip *ask*` now.", "Run kutip *ask* now.", id="code"),
        pytest.param("A <b>bold</b> word <!-- hidden --> more", "A bold word more", id="html"),
        pytest.param("One<br>two<br/>three", "One two three", id="html-line-breaks"),
        pytest.param("2 < 3 & 4 > 3", "2 < 3 & 4 > 3", id="signs-of-comparison"),
        pytest.param("Caf&eacute; &amp; bar &#8211; &nope;", "Café & bar – &nope;", id="entities"),
        pytest.param(r"1\. A \*star\* \a", r"1. A *star* \a", id="escapes"),
        pytest.param("One line\n> goes on\r\n>> and on.", "One line goes on and on.", id="quoted-lines"),
        pytest.param("One\\\ntwo  \nthree\nfour", "One two three four", id="line-ends"),
        pytest.param("  One\t two \u00a0\u2003three\r\nfour ", "One two three four", id="white-space"),
        pytest.param("The ~~old~~ way", "The ~~old~~ way", id="not-of-commonmark"),
        pytest.param("- not a list", "- not a list", id="no-blocks"),
        pytest.param("", "", id="empty"),
    ],
)
def test_markdown_is_seen_without_its_marks(text: str, visible: str) -> None:
    assert visible_text(text, markdown=True) == visible


@pytest.mark.parametrize(
    ("text", "visible"),
    [
        pytest.param("A **bold** [link](x) &amp; `code`", "A **bold** [link](x) &amp; `code`", id="marks"),
        pytest.param("One\n> two\\\n<b>three</b>", "One > two\\ <b>three</b>", id="lines"),
        pytest.param("  One\t two \r\n\n three ", "One two three", id="white-space"),
    ],
)
def test_plain_text_is_seen_as_it_stands_but_for_white_space(text: str, visible: str) -> None:
    assert visible_text(text, markdown=False) == visible


@settings(max_examples=150)
@given(st.text(st.characters(codec="utf-8")))
def test_any_text_is_seen_on_one_line(text: str) -> None:
    for markdown in (False, True):
        visible = visible_text(text, markdown=markdown)
        assert visible == " ".join(visible.split())


@settings(max_examples=150)
@given(st.lists(st.sampled_from("abc déf. 1 , ; ? ! ' “ ” – ( )".split()), min_size=1).map(" ".join))
def test_words_without_marks_are_seen_as_they_stand(text: str) -> None:
    assert visible_text(text, markdown=True) == text
