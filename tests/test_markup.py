"""Text is shown as people see it: on one line and without Markdown's marks."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.text.markup import visible_parts, visible_spans, visible_text


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
        pytest.param("25<sup>3</sup> of <del>5</del> <u>6</u>", "25^3 of ~~5~~ 6", id="html-raised-and-struck-out"),
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


# Where what is seen stands

# Marks in every order that they can come in, beside words that stand in link targets too.
marks = st.sampled_from(
    [
        *(" ", "\n", "\r\n", "\n> ", "\\", "\\*", "\\\n", "&amp;", "&eacute;", "&NotEqualTilde;", "](x 'and')"),
        *"and b é 🙂 * ** _ ` `` [ ] ![ ](x/and) <br> <b> <http://a.b/and> <!--and--> & |".split(),
    ]
)
markdown_texts = st.lists(marks, max_size=15).map("".join)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param("Dogs and cats and more", 14, id="plain"),
        pytest.param("[here](http://x/and) *and*", 22, id="link-target-and-emphasis"),
        pytest.param("![a map](and.png) and", 18, id="image-target"),
        pytest.param("![maps and more](a.png)", 7, id="image-text"),
        pytest.param("[x](y 'and') `and`", 14, id="link-title-and-code"),
        pytest.param("`` `and` ``", 4, id="code-with-backticks"),
        pytest.param("<!-- and --> <b>and</b>", 16, id="comment-and-html"),
        pytest.param("a &amp; b and", 10, id="entity"),
        pytest.param(r"\*and\*", 2, id="escapes"),
        pytest.param("a<br>and", 5, id="html-line-break"),
        pytest.param("a\r\n>> and", 6, id="quoted-line"),
        pytest.param("<http://a.b/and>", 12, id="address"),
        pytest.param("**x and**", 4, id="strong"),
        pytest.param("**x and", 4, id="half-a-pair"),
    ],
)
def test_the_last_and_that_is_seen_stands_where_it_is_written(text: str, place: int) -> None:
    visible = visible_text(text, markdown=True)
    at = visible.rindex("and")
    assert visible_spans(text, markdown=True)[at : at + 3] == [(place + n, place + n + 1) for n in range(3)]


@pytest.mark.parametrize(
    ("text", "visible", "spans"),
    [
        pytest.param("&eacute;&amp;b", "é&b", [(0, 8), (8, 13), (13, 14)], id="entities"),
        pytest.param(
            "a\n> b<br>c\\\n d", "a b c d", [(0, 1), (1, 4), (4, 5), (5, 9), (9, 10), (10, 13), (13, 14)], id="lines"
        ),
        pytest.param(r"\*a\*", "*a*", [(1, 2), (2, 3), (4, 5)], id="escapes"),
        pytest.param("`` ` ``b", "`b", [(3, 4), (7, 8)], id="code-with-backticks"),
        pytest.param("**b", "**b", [(0, 1), (1, 2), (2, 3)], id="half-a-pair"),
    ],
)
def test_what_is_written_otherwise_stands_for_all_that_is_written(
    text: str, visible: str, spans: list[tuple[int, int]]
) -> None:
    assert visible_text(text, markdown=True) == visible
    assert visible_spans(text, markdown=True) == spans


def test_in_plain_text_every_mark_stands_for_itself() -> None:
    assert visible_spans(" &amp;\n > *", markdown=False) == [
        *((n, n + 1) for n in range(1, 6)),
        (6, 8),
        (8, 9),
        (9, 10),
        (10, 11),
    ]


@settings(max_examples=500)
@given(markdown_texts | st.text(st.characters(codec="utf-8")))
def test_every_character_that_is_seen_has_its_place(text: str) -> None:
    for markdown in (False, True):
        visible = visible_text(text, markdown=markdown)
        spans = visible_spans(text, markdown=markdown)
        assert len(spans) == len(visible)
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert spans == sorted(spans)
        for character, (start, end) in zip(visible, spans, strict=True):
            if character == " ":
                continue
            assert text[start:end] == character or (markdown and text[start] in "&\0")


@settings(max_examples=300)
@given(markdown_texts, st.data())
def test_a_word_that_is_seen_is_seen_where_it_stands(text: str, data: st.DataObject) -> None:
    """So a span of what is seen can be carried over to the document and back."""
    visible = visible_text(text, markdown=True)
    if not visible:
        return
    first = data.draw(st.integers(0, len(visible) - 1))
    end = data.draw(st.integers(first + 1, len(visible)))
    spans = visible_spans(text, markdown=True)
    before, middle, after = visible_parts(text, (spans[first][0], spans[end - 1][1]), markdown=True)
    assert before + middle + after == visible
    assert visible[first:end].strip() in middle
    assert middle == middle.strip()


@pytest.mark.parametrize(
    ("text", "span", "parts"),
    [
        pytest.param("The **Bali** Process met.", (6, 20), ("The ", "Bali Process", " met."), id="across-marks"),
        pytest.param("The **Bali** Process met.", (3, 13), ("The ", "Bali", " Process met."), id="blanks-at-the-ends"),
        pytest.param("Caf&eacute; *noir*", (3, 4), ("Caf", "é", " noir"), id="part-of-an-entity"),
        pytest.param("One *two*", None, ("One two", "", ""), id="none"),
        pytest.param("One [two](three)", (9, 15), ("One two", "", ""), id="nothing-seen"),
        pytest.param("One two", (4, 99), ("One ", "two", ""), id="beyond-the-end"),
        pytest.param("A\u030ase e\u0301t", (5, 6), ("A\u030ase ", "e\u0301", "t"), id="letter-without-its-mark"),
        pytest.param("A\u030ase", (1, 3), ("", "A\u030as", "e"), id="mark-without-its-letter"),
        pytest.param("", (0, 0), ("", "", ""), id="empty"),
    ],
)
def test_a_span_is_cut_out_of_what_is_seen(
    text: str, span: tuple[int, int] | None, parts: tuple[str, str, str]
) -> None:
    assert visible_parts(text, span, markdown=True) == parts
