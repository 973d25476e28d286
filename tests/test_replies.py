"""Every answer is something that Telegram accepts, and shows every quote whole."""

import os
import re
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from itertools import pairwise
from urllib.parse import quote as url_quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.messages.replies import (
    answer_messages,
    offered_message,
    pack,
    passage_message,
    plain_text,
    sources_message,
    text_messages,
)
from bot.texts import texts_in
from retrieval.index.passages import MAX_SENTENCE_LENGTH
from retrieval.text.markup import shortened
from retrieval.values import Answer, Citation, Document, Source
from tests.any_text import (
    LIMIT,
    MARKS,
    addresses,
    any_text,
    arrived,
    check_place,
    check_quotes,
    long_text,
    received,
    same,
    units,
)

EXAMPLES = int(os.environ.get("EXAMPLES", "40"))
pytestmark = pytest.mark.timeout(300 + EXAMPLES)
BOT = "kutip_bot"
texts = texts_in("en")
KEY = "80098ZQaagXGxfMA"


def sentence() -> st.SearchStrategy[str]:
    return long_text(MAX_SENTENCE_LENGTH).map(str.strip).filter(lambda text: bool(text))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    return Document(
        id=draw(long_text(300)) + draw(st.sampled_from([".md", ".txt"])),
        title=draw(long_text(300)),
        text="",
        markdown=draw(st.booleans()),
        date=draw(st.sampled_from([None, "2022", "2022-11-30"])),
        source=draw(st.none() | long_text(300)),
        author=draw(st.none() | long_text(300)),
        url=draw(st.none() | addresses),
    )


@st.composite
def citations(draw: st.DrawFn, number: int) -> Citation:
    quoted, document = draw(sentence()), draw(documents())
    place = draw(st.just("a%2C-,b&c") | long_text(3_000).map(url_quote))
    start = draw(st.integers(0, 100))
    span = sorted((draw(st.integers(0, len(quoted))), draw(st.integers(0, len(quoted)))))
    return Citation(
        number,
        quoted,
        start,
        start + len(quoted),
        document,
        highlight=draw(st.sampled_from([None, (start + span[0], start + span[1])])),
        before=draw(long_text(2_000)),
        after=draw(long_text(2_000)),
        page=draw(st.none() | st.integers(1, 100_000)),
        link=document.url and f"{document.url}#:~:text={place}",
        key=draw(st.sampled_from(["", KEY])),
        copies=tuple(draw(st.lists(long_text(300), max_size=3))),
        column=draw(st.just("") | long_text(300)),
        speaker=draw(st.just("") | long_text(300)),
    )


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    shown = tuple(draw(citations(number)) for number in range(1, draw(st.integers(0, 3)) + 1))
    understood, names = draw(st.just("") | long_text(2_000)), tuple(draw(st.lists(long_text(30))))
    if draw(st.booleans()) and shown:
        answer = Answer("?", shown, (), draw(st.sampled_from((0.5, 0.9))), 0.1, disagree=draw(st.booleans()))
    else:
        answer = Answer("?", (), shown, 0.5, 0.1, on_subject=draw(st.booleans()))
    return replace(answer, understood=understood, unknown_names=names)


def shown(messages: list[str]) -> list[str]:
    """Return what people see of messages in HTML, each checked by Telegram's own parser for its rules."""
    return [received(message).text for message in messages]


@settings(max_examples=EXAMPLES)
@given(answers())
def test_telegram_shows_every_quote_of_every_answer_whole(answer: Answer) -> None:
    check_quotes(answer_messages(answer, BOT, texts), answer.citations or answer.related)


@pytest.mark.parametrize("character", ["😀", "&", '"', "é", "ש", "a"])
@pytest.mark.parametrize("word", [1, 40, 249, 1_300])
def test_telegram_accepts_the_longest_answer_that_there_can_be(character: str, word: int) -> None:
    endless = f"{character * word} " * 1_300
    document = Document(f"{endless[:300]}.txt", endless, "", date="2022-11-30", source=endless)
    sentence = endless[:MAX_SENTENCE_LENGTH].strip()
    citations = tuple(Citation(number, sentence, 0, 0, document, before=endless, after=endless) for number in (1, 2, 3))
    assert all(
        1 <= units(text) <= LIMIT for text in shown(answer_messages(Answer("?", citations, (), 1.0, 0.1), BOT, texts))
    )


@settings(max_examples=40)
@given(answers())
def test_the_quotes_come_in_order_before_anything_about_them(answer: Answer) -> None:
    quoted = [*answer.citations, *answer.related]
    whole = "\n\n".join(answer_messages(replace(answer, understood="", unknown_names=()), BOT, texts))
    first = [] if answer.found else [texts.nothing_found(answer), *([texts.related] if answer.related else [])]
    first += [texts.doubtful] if answer.doubtful else []
    first += [texts.disagreement(answer)] if answer.disagree else []
    blocks = whole.split("<blockquote expandable>")[0].strip().split("\n\n")
    assert blocks[: len(first)] == first
    last = [block.removesuffix("</a>")[-3:] for block in blocks[len(first) :]]
    assert last == [f"[{one.number}]" for one in quoted]


@settings(max_examples=20)
@given(answers().filter(lambda answer: not answer.found))
def test_the_first_line_of_a_not_found_says_just_that(answer: Answer) -> None:
    assert shown(answer_messages(answer, BOT, texts))[0].split("\n")[0] == "Not found in these documents."


LEASE = Document(
    "contracts/lease.md",
    "The **lease** & more",
    "",
    markdown=True,
    date="2020-03",
    source="A <b>",
    url="https://example.org/",
)


def test_the_number_of_a_citation_is_a_link_to_its_place() -> None:
    link = "https://example.org/a?b=c&d=e#:~:text=It%20rained."
    citation = Citation(1, "It rained.", 0, 10, LEASE, link=link)
    [message] = answer_messages(Answer("?", (citation,), (), 0.9, 0.1), BOT, texts)
    assert message.startswith(f'“It rained.” <a href="{link.replace("&", "&amp;")}">[1]</a>\n')


def test_the_number_of_a_citation_without_a_page_leads_to_what_the_bot_shows_of_it() -> None:
    citation = Citation(1, "It rained.", 0, 10, LEASE, key=KEY)
    [message] = answer_messages(Answer("?", (citation,), (), 0.9, 0.1), BOT, texts)
    assert message.startswith(f'“It rained.” <a href="https://t.me/kutip_bot?start={KEY}">[1]</a>\n')


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("http://intranet/wiki", id="a-host-without-a-dot"),
        pytest.param("https://example.org:0/", id="no-port"),
        pytest.param("https://example.org:port/", id="a-port-of-letters"),
        pytest.param("https://example.org/\0", id="a-control"),
        pytest.param(f"https://example.org/{'a&' * 400}", id="too-long"),
    ],
)
def test_the_number_leads_to_the_bot_where_telegram_would_make_no_link_of_the_address(address: str) -> None:
    citation = Citation(1, "It rained.", 0, 10, Document("a.txt", "T", "", url=address), link=address, key=KEY)
    [message] = answer_messages(Answer("?", (citation,), (), 0.9, 0.1), BOT, texts)
    assert message.startswith(f'“It rained.” <a href="https://t.me/kutip_bot?start={KEY}">[1]</a>\n')
    assert texts.open_page not in passage_message(citation, texts, marked=True)


def test_where_the_link_to_a_sentence_is_too_long_the_page_opens_at_its_top() -> None:
    page = LEASE.url
    citation = Citation(1, "It rained.", 0, 10, LEASE, link=f"{page}#:~:text={'%E9%9B%A8' * 300}", key=KEY)
    [message] = answer_messages(Answer("?", (citation,), (), 0.9, 0.1), BOT, texts)
    assert message.startswith(f'“It rained.” <a href="{page}">[1]</a>\n')


def test_a_ring_that_telegram_would_take_out_stays_on_its_letter() -> None:
    citation = Citation(
        1, "A\u030ase went to A\u030alesund.", 0, 0, Document("a.txt", "A\u030ase", ""), before="A\u030a"
    )
    [message] = answer_messages(Answer("?", (citation,), (), 0.9, 0.1), BOT, texts)
    assert message == (
        "“\u00c5se went to \u00c5lesund.” [1]\n\n"
        "<blockquote expandable><b>[1] \u00c5se</b>\na.txt\n\n\u00c5 <b>\u00c5se went to \u00c5lesund.</b></blockquote>"
    )
    assert text_messages("A\u030ase") == ["\u00c5se"]


def test_a_place_is_shown_in_its_passage_with_the_page_that_opens_there() -> None:
    link = "https://example.org/#:~:text=It%20rained."
    citation = Citation(1, "It rained.", 0, 10, LEASE, before="Monday.", after="It snowed.", link=link)
    about = f"<b>{escape(LEASE.title)}</b>\nA &lt;b&gt; · 2020-03 · {LEASE.id}\n\n"
    page = f'\n\n<a href="{link}">Open the page</a>'
    assert passage_message(citation, texts, marked=True) == f"{about}Monday. <b>It rained.</b> It snowed.{page}"
    assert passage_message(citation, texts, marked=False) == f"{about}Monday. It rained. It snowed.{page}"


@settings(max_examples=EXAMPLES)
@given(citations(1), st.booleans())
def test_telegram_accepts_any_place_and_shows_its_sentence_whole(citation: Citation, marked: bool) -> None:
    check_place(passage_message(citation, texts, marked=marked), citation)


def test_what_stands_side_by_side_is_shown_once_in_its_passage() -> None:
    first = Citation(1, "It rained.", 0, 10, LEASE, before="Monday.", after="It snowed. Then it stopped.")
    second = Citation(2, "It snowed.", 11, 21, LEASE, before="Monday. It rained.", after="Then it stopped.")
    [message] = answer_messages(Answer("?", (first, second), (), 0.9, 0.1), BOT, texts)
    seen = plain_text(message)
    assert seen.count("Monday.") == 1
    assert "[1] [2] " in seen and seen.endswith("Monday. It rained. It snowed. Then it stopped.")


PASSAGE = ["Monday.", "It rained.", "It blew.", "It snowed.", "It stopped."]


def cited(passage: list[str], *quoted: int) -> list[Citation]:
    """Cite sentences of a passage by their places in it, numbered in this order."""
    starts = [len(" ".join([*passage[:at], ""])) for at in range(len(passage))]
    return [
        Citation(
            number,
            passage[at],
            starts[at],
            starts[at] + len(passage[at]),
            LEASE,
            before=" ".join(passage[:at]),
            after=" ".join(passage[at + 1 :]),
        )
        for number, at in enumerate(quoted, start=1)
    ]


def opened(citations: Sequence[Citation]) -> list[str]:
    """Return what is seen of each quote to open: the numbers, then the passage."""
    [message] = answer_messages(Answer("?", (), tuple(citations), 0.1, 0.1), BOT, texts)
    blocks = [plain_text(block) for block in message.split("<blockquote expandable>")[1:]]
    return [f"{block.partition(LEASE.title)[0]}{block.strip().splitlines()[-1]}" for block in blocks]


@pytest.mark.parametrize(
    ("quoted", "blocks"),
    [
        pytest.param((1, 3), ["[1] [2] " + " ".join(PASSAGE)], id="with-one-between"),
        pytest.param((3, 0, 1), ["[1] [2] [3] " + " ".join(PASSAGE)], id="in-the-order-of-the-text"),
    ],
)
def test_quotes_of_one_passage_are_shown_once_in_it(quoted: tuple[int, ...], blocks: list[str]) -> None:
    assert opened(cited(PASSAGE, *quoted)) == blocks


def test_a_quote_from_elsewhere_does_not_part_those_of_one_passage() -> None:
    first, other, third = cited(PASSAGE, 3, 0, 1)
    elsewhere = replace(other, document=replace(LEASE, id="other.md"))
    assert opened([first, elsewhere, third]) == [f"[1] [3] {' '.join(PASSAGE)}", f"[2] {' '.join(PASSAGE)}"]


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(replace(cited(PASSAGE, 3)[0], document=replace(LEASE, id="other.md")), id="another-document"),
        pytest.param(cited(["Tuesday.", *PASSAGE[1:]], 3)[0], id="another-passage"),
        pytest.param(cited([*PASSAGE[:-1], "It went on."], 3)[0], id="a-passage-that-begins-like-it"),
        pytest.param(replace(cited(PASSAGE, 3)[0], part="Article 6"), id="another-part"),
    ],
)
def test_quotes_of_different_passages_or_parts_are_shown_each_in_its_own(second: Citation) -> None:
    first = replace(cited(PASSAGE, 1)[0], part="Article 5")
    assert len(opened([first, replace(second, number=2)])) == 2


def test_quotes_that_stand_far_apart_in_one_passage_are_shown_each_by_itself() -> None:
    assert len(opened(cited([*PASSAGE[:2], "It blew. " * 150, *PASSAGE[3:]], 1, 3))) == 2


def test_long_sentences_side_by_side_are_shown_each_in_its_passage() -> None:
    long = "☃" * 700
    first = Citation(1, long, 0, 700, LEASE)
    second = Citation(2, long, 701, 1_401, LEASE, before=long)
    messages = answer_messages(Answer("?", (first, second), (), 0.9, 0.1), BOT, texts)
    assert "[1] [2] " not in " ".join(map(plain_text, messages))


def test_an_answer_in_full() -> None:
    citation = Citation(
        1,
        "The notice period is *three* months & [a day](https://a.org).",
        0,
        0,
        LEASE,
        before="Before <it>.",
        after="After.",
    )
    sentence = "The notice period is three months &amp; a day."
    assert answer_messages(Answer("?", (citation,), (), 0.9, 0.1), BOT, texts) == [
        f"“{sentence}” [1]\n\n"
        "<blockquote expandable><b>[1] The **lease** &amp; more</b>\n"
        "A &lt;b&gt; · 2020-03 · contracts/lease.md\n\n"
        f"Before &lt;it&gt;. <b>{sentence}</b> After.</blockquote>"
    ]


@pytest.mark.parametrize(("confidence", "is_doubtful"), [(0.45, True), (0.7, True), (0.71, False)])
def test_an_answer_that_is_not_sure_says_so_before_its_quotes(confidence: float, is_doubtful: bool) -> None:
    answer = Answer("?", (Citation(1, "It rained.", 0, 10, LEASE),), (), confidence, 0.1)
    doubt = "I am not sure that this answers it:\n\n"
    assert answer_messages(answer, BOT, texts)[0].startswith(f"{doubt}“It rained.”" if is_doubtful else "“It rained.”")
    assert (doubt in offered_message(answer.citations[0], answer, BOT, texts)) is is_doubtful


def test_the_column_of_what_is_marked_stands_above_the_quote() -> None:
    row = Document("a.md", "A", "| Wick | 7 |")
    cited = Citation(1, row.text, 0, 12, row, highlight=(9, 10), column="Houses <damaged>")
    [message] = answer_messages(Answer("?", (cited,), (), 0.9, 0.1), "kutip_bot", texts)
    assert message.startswith("<i>Houses &lt;damaged&gt;:</i>\n“| Wick | <b>7</b> |” [1]")


def test_a_column_with_a_name_of_several_lines_stands_on_one() -> None:
    row = Document("a.xlsx", "A", "| Wick | 7 |")
    cited = Citation(1, row.text, 0, 12, row, highlight=(9, 10), column="Houses\n\ndamaged")
    [message] = answer_messages(Answer("?", (cited,), (), 0.9, 0.1), "kutip_bot", texts)
    assert message.startswith("<i>Houses damaged:</i>\n“| Wick | <b>7</b> |” [1]")


def test_who_says_what_is_quoted_stands_above_it() -> None:
    said = Document("a.md", "A", '"We left," said Ana. "It was late."')
    cited = Citation(1, '"It was late."', 21, 35, said, speaker="said Ana <Lim>")
    [message] = answer_messages(Answer("?", (cited,), (), 0.9, 0.1), "kutip_bot", texts)
    assert message.startswith('<i>said Ana &lt;Lim&gt;:</i>\n“"It was late."” [1]')


def test_a_correction_is_told_before_its_quote_and_goes_with_what_it_corrects() -> None:
    first = Citation(1, "Three came.", 0, 11, Document("a.txt", "A", "Three came."))
    second = Citation(2, "Four came.", 0, 10, Document("b.txt", "B", "Four came."), corrects="a.txt")
    answer = Answer("?", (first, second), (), 0.9, 0.1)
    quotes = f"“Three came.” [1]\n\n<i>{texts.corrected}</i>\n“Four came.” [2]\n\n"
    assert answer_messages(answer, BOT, texts)[0].startswith(quotes)
    assert quotes in offered_message(first, answer, BOT, texts)
    assert "Three" not in offered_message(second, answer, BOT, texts)
    other = Citation(3, "None left.", 0, 10, Document("c.txt", "C", "None left."))
    assert "Four" not in offered_message(other, replace(answer, citations=(first, second, other)), BOT, texts)
    assert texts.corrected not in answer_messages(replace(answer, citations=(second,)), BOT, texts)[0]


def test_a_not_found_in_full() -> None:
    citation = Citation(1, "A *b*", 0, 0, Document("a.txt", "T", "A *b*"))
    assert answer_messages(Answer("?", (), (citation,), 0.1, 0.1), BOT, texts) == [
        "Not found in these documents.\nThey seem to speak of this subject, but not to answer the question.\n\n"
        "Perhaps related, but not an answer:\n\n"
        "“A *b*” [1]\n\n"
        "<blockquote expandable><b>[1] T</b>\na.txt\n\n<b>A *b*</b></blockquote>"
    ]


def test_names_that_no_document_has_are_told_before_the_quote() -> None:
    citation = Citation(1, "It rained.", 0, 10, LEASE)
    [message] = answer_messages(Answer("?", (citation,), (), 0.9, 0.1, unknown_names=("Helm", "<b>")), BOT, texts)
    assert message.startswith("<i>No document's text has “Helm”, “&lt;b&gt;”.</i>\n\n“It rained.” [1]")


def test_a_not_found_without_anything_related_quotes_nothing() -> None:
    assert answer_messages(Answer("?", (), (), 0.0, 0.1, on_subject=False), BOT, texts) == [
        "Not found in these documents.\nThey seem to say nothing on this subject."
    ]


def test_an_answer_is_bold_in_its_quote_and_underlined_among_the_words_around_it() -> None:
    citation = Citation(1, "It is **three** months & [a day](x).", 5, 41, LEASE, highlight=(13, 36), before="So:")
    assert answer_messages(Answer("?", (citation,), (), 0.9, 0.1), BOT, texts) == [
        "“It is <b>three months &amp; a day</b>.” [1]\n\n"
        "<blockquote expandable><b>[1] The **lease** &amp; more</b>\n"
        "A &lt;b&gt; · 2020-03 · contracts/lease.md\n\n"
        "So: <b>It is <u>three months &amp; a day</u>.</b></blockquote>"
    ]


def test_an_answer_in_right_to_left_text_is_marked_within_its_isolation() -> None:
    citation = Citation(1, "שלום <1>.", 0, 9, Document("a.txt", "T", ""), highlight=(5, 8))
    [message] = answer_messages(Answer("?", (citation,), (), 0.9, 0.1), BOT, texts)
    assert message.startswith("“\u2068שלום <b>&lt;1&gt;</b>.\u2069” [1]\n")


@pytest.mark.parametrize(
    ("dates", "line"),
    [
        pytest.param(
            ("2021", "2020-05"), "The documents seem to give different answers, the newest first:", id="dated"
        ),
        pytest.param(("2021", None), "The documents seem to give different answers:", id="undated"),
    ],
)
def test_that_the_documents_disagree_is_said_before_the_quotes(dates: tuple[str | None, ...], line: str) -> None:
    cited = tuple(
        Citation(n, f"No {n}.", 0, 5, Document("a.txt", "T", "", date=date)) for n, date in enumerate(dates, 1)
    )
    [message] = answer_messages(Answer("?", cited, (), 0.9, 0.1, disagree=True), BOT, texts)
    assert message.startswith(f"{line}\n\n“No 1.” [1]\n\n“No 2.” [2]\n\n<blockquote expandable>")


def test_surroundings_that_are_long_are_cut_at_words_on_the_far_side() -> None:
    before, after = "early " * 100, "late " * 100
    citation = Citation(1, "Here.", 0, 0, Document("a.txt", "T", ""), before=before.strip(), after=after.strip())
    [message] = answer_messages(Answer("?", (citation,), (), 0.9, 0.1), BOT, texts)
    assert re.search(r"\n…(early )+<b>Here\.</b> (late )+late…</blockquote>\Z", message)
    assert len(message) < 700


@pytest.mark.parametrize("keep_end", [False, True])
def test_a_text_without_blanks_is_cut_and_not_hidden(keep_end: bool) -> None:
    """So a long path, or a title in Chinese, is still told."""
    cut = shortened("x" * 300, 100, keep_end=keep_end)
    assert cut.strip("…") in ("x" * 99, "x" * 100)


def nesting(text: str) -> int:
    """Count the directional isolates and embeddings that are open at the end (UAX #9, X1 to X8)."""
    open_marks: list[str] = []
    for character in text:
        if character in "\u2066\u2067\u2068":
            open_marks.append("isolate")
        elif character in "\u202a\u202b\u202d\u202e":
            open_marks.append("embedding")
        elif character == "\u202c" and open_marks[-1:] == ["embedding"]:
            open_marks.pop()
        elif character == "\u2069" and "isolate" in open_marks:
            while open_marks.pop() != "isolate":
                pass
    return len(open_marks)


@settings(max_examples=100)
@given(st.lists(st.sampled_from(["a", "א", " ", *MARKS]), min_size=1, max_size=12).map("".join))
def test_the_directions_of_a_quote_end_with_it(sentence: str) -> None:
    citation = Citation(1, sentence, 0, 0, Document("a.txt", sentence, ""), before=sentence, after=sentence)
    for message in answer_messages(Answer("?", (citation,), (), 0.9, 0.1), BOT, texts):
        for line in re.sub("<[^>]*>", "", message).split("\n"):
            assert nesting(line) == 0


def test_right_to_left_text_stands_by_itself_between_its_marks() -> None:
    citation = Citation(1, "שלום.", 0, 0, Document("a.txt", "T", ""))
    [message] = answer_messages(Answer("?", (citation,), (), 0.9, 0.1), BOT, texts)
    assert message.startswith("“\u2068שלום.\u2069” [1]\n")


# Plain text


@settings(max_examples=EXAMPLES)
@given(st.lists(long_text(3_000), max_size=20).map("\n".join).filter(lambda text: bool(text.strip())))
def test_a_long_text_loses_no_character(text: str) -> None:
    messages = [message for message in text_messages(text) if message.strip()]
    whole = "".join(shown(messages))
    assert same("".join(whole.split())) == same("".join(text.split()))
    assert all(same(arrived(message)).strip() == same(message).strip() for message in shown(messages))


@pytest.mark.parametrize("around", [409, 818, 4_096, 8_192])
def test_a_long_line_loses_no_character_wherever_it_is_cut(around: int) -> None:
    numbers = "".join(map(str, range(10_000)))
    for length in range(around - 5, around + 6):
        assert "".join("".join(shown(text_messages(numbers[:length]))).split()) == numbers[:length]


def test_a_text_is_split_between_lines() -> None:
    lines = [f"failed: file-{number}.txt: it is <not> text" for number in range(300)]
    messages = shown(text_messages("\n".join(lines)))
    assert len(messages) > 1
    assert [line for message in messages for line in message.split("\n")] == lines


def test_blank_lines_stay() -> None:
    assert text_messages("a\n\nb & c") == ["a\n\nb &amp; c"]


def test_a_line_is_not_broken_that_fits_a_message() -> None:
    line = "a word " * 500
    assert text_messages(line.strip()) == [line.strip()]


@settings(max_examples=100)
@given(st.lists(st.integers(1, LIMIT) | st.integers(1, 50), max_size=12))
def test_packing_keeps_every_block_whole_and_in_order(lengths: list[int]) -> None:
    blocks = ["a" * length for length in lengths]
    separator = "\n\n"
    messages = pack(blocks)
    assert separator.join(messages) == separator.join(blocks)
    assert all(units(message) <= LIMIT for message in messages)
    assert all(units(f"{a}{separator}{b.partition(separator)[0]}") > LIMIT for a, b in pairwise(messages))


# Sources


@settings(max_examples=EXAMPLES)
@given(st.lists(st.builds(Source, documents(), st.integers(1, 99_999), st.just(KEY)), max_size=12), any_text)
def test_telegram_accepts_every_page_of_sources(listed: list[Source], name: str) -> None:
    received(sources_message(listed, f"Documents: {name}", texts, first=99_990))


def test_a_page_of_sources_in_full() -> None:
    listed = [Source(LEASE, 1, KEY), Source(Document("a.txt", "A < B", ""), 1_234, KEY)]
    assert sources_message(listed, "5 documents", texts, first=4) == (
        "<b>5 documents</b>\n\n"
        "<b>4. The **lease** &amp; more</b>\nA &lt;b&gt; · 2020-03 · contracts/lease.md · 1 passage\n\n"
        "<b>5. A &lt; B</b>\na.txt · 1,234 passages"
    )


def test_the_number_of_passages_is_told_of_a_document_with_a_long_path() -> None:
    path = "/".join(["a folder with a long name"] * 10) + "/lease.txt"
    assert sources_message([Source(Document(path, "T", ""), 7, KEY)], "1 document", texts).endswith("· 7 passages")
