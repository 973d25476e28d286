"""Of a web page the main text is read, and what the page says of itself."""

import pytest
from lxml.html import document_fromstring

from retrieval.documents.formats.byline import byline_date
from retrieval.documents.formats.html import extract
from retrieval.documents.parsing import parse_document
from retrieval.errors import DocumentError
from retrieval.values import Document
from tests.made_files import FIRST, SECOND, SENTENCES, TITLE, made_html, texts_and_headings

HEAD = """<meta property="og:site_name" content="The Gazette"><link rel="canonical" href="https://gazette.example/plan">
<meta name="author" content="Ben Ode"><meta property="article:published_time" content="2022-11-15T08:00:00Z">"""

PARAGRAPHS = [f"The harbour of town no. {number} will be built by the ministry within a year." for number in range(5)]


def blocks(data: bytes) -> list[tuple[str, bool]]:
    return texts_and_headings(extract(data))


def document(data: bytes) -> Document:
    parsed = parse_document("a.html", data)
    assert parsed is not None
    return parsed.document


def test_menus_scripts_comments_and_footers_are_left_out() -> None:
    text = extract(made_html()).text
    for word in ("Sport", "cookies", "tracked", "Most read", "Bob", "reserved", "color"):
        assert word not in text


def test_the_page_says_what_it_is() -> None:
    found = document(made_html(head=HEAD))
    assert (found.title, found.date, found.source) == ("The harbour plan", "2022-11-15", "The Gazette")
    assert (found.url, found.author) == ("https://gazette.example/plan", "Ben Ode")


def test_headings_lists_and_table_rows_are_blocks_of_their_own() -> None:
    body = (
        f"<p>{FIRST}</p><h2>What it <em>costs</em></h2><p>{SECOND}</p>"
        "<ul><li>The <b>north</b> basin is first</li><li>Then the south basin</li></ul>"
        "<table><tr><th>Basin</th><th>Depth</th></tr><tr><td>North</td><td>7.5 m</td></tr></table>"
    )
    found = blocks(made_html(body=body))
    assert ("What it costs", True) in found
    for text in ("The north basin is first", "Then the south basin", "Basin | Depth", "North | 7.5 m"):
        assert (text, False) in found


@pytest.mark.parametrize("frame", ["<div id='page'>{}</div>", "<div class='WordSection1'>{}</div>", "{}"])
def test_headings_and_lists_are_read_of_a_page_that_marks_its_text_in_no_way(frame: str) -> None:
    menu = "<ul><li><a href='/'>Home</a></li><li><a href='/news'>News</a></li><li><a href='/us'>About us</a></li></ul>"
    body = f"<h1>The plan</h1><p>{FIRST}</p><h2>What it costs</h2><ul><li>The north basin</li></ul><p>{SECOND}</p>"
    found = blocks(f"<html><body>{menu}{frame.format(body)}</body></html>".encode())
    expected = [
        ("The plan", True),
        (FIRST, False),
        ("What it costs", True),
        ("The north basin", False),
        (SECOND, False),
    ]
    assert found == expected


def test_each_table_has_its_own_columns() -> None:
    table = "<table><tr><th>{}</th><th>{}</th></tr><tr><td>1</td><td>2</td></tr></table>"
    body = f"<p>{FIRST}</p>{table.format('Ann', 'Bob')}{table.format('Cid', 'Dan')}<p>{SECOND}</p>"
    assert "\n\nAnn | Bob\n1 | 2\n\nCid | Dan\n1 | 2\n\n" in extract(made_html(body=body)).text


def test_a_label_between_rows_does_not_part_them_from_the_names_of_their_columns() -> None:
    rows = [
        "<th>Town</th><th>Dead</th>",
        "<td>Orla</td><td>1</td>",
        "<td colspan=2>South</td>",
        "<td>Wick</td><td>2</td>",
    ]
    table = "".join(f"<tr>{row}</tr>" for row in rows)
    text = extract(made_html(body=f"<p>{FIRST}</p><table>{table}</table><p>{SECOND}</p>")).text
    assert "\n\nTown | Dead\nOrla | 1\nSouth\nWick | 2\n\n" in text


def test_the_caption_of_a_table_is_a_heading_above_it() -> None:
    rows = "<tr><th>Town</th><th>Dead</th></tr><tr><td>Orla</td><td>1</td></tr>"
    table = f"<table><caption>Dead by town</caption>{rows}</table>"
    figure = f"<figure><table>{rows}</table><figcaption>Dead by town</figcaption></figure>"
    for part in (table, figure):
        found = blocks(made_html(body=f"<p>{FIRST}</p>{part}<p>{SECOND}</p>"))
        assert found[-4:-1] == [("Dead by town", True), ("Town | Dead", False), ("Orla | 1", False)]


def test_lines_that_were_typed_stay_lines_and_rows() -> None:
    rows = "Town   Dead  Hurt\n----   ----  ----\nOrla      1     2\nSouth\nWick      3     4"
    typed = f"Dear all,\n\nthe figures of Monday are these:\n{rows}\n\nFrom: the ministry\nTel.: 555-0101"
    assert extract(made_html(body=f"<p>{FIRST}</p><pre>{typed}</pre><p>{SECOND}</p>")).text.split("\n\n")[1:-1] == [
        "Dear all,",
        "the figures of Monday are these:",
        "Town | Dead | Hurt\nOrla | 1 | 2\nSouth\nWick | 3 | 4",
        "From: the ministry\nTel.: 555-0101",
    ]


def test_the_raised_number_of_a_note_is_no_part_of_a_figure() -> None:
    body = (
        f"<p>{FIRST}</p><p>It rose to 25<sup>3</sup> percent in 2021<sup class='fn'><a href='#n'>4</a>, 5</sup>."
        " It covers 12 km<sup>2</sup>, on the 21<sup>st</sup> of May.<sup>[6]</sup> Then it fell.</p>"
    )
    text = extract(made_html(body=body)).text
    assert "It rose to 25³ percent in 2021⁴, ⁵. It covers 12 km², on the 21st of May.[6] Then it fell." in text


def test_figures_with_notes_side_by_side_stay_what_they_are() -> None:
    rows = "<tr><td>Papua<td>12<sup>1</sup><td>15<sup>2</sup></tr><tr><td>Bali<td><td>40</tr>"
    found = blocks(made_html(body=f"<p>{FIRST}</p><table>{rows}</table><p>{SECOND}</p>"))
    assert ("Papua | 12¹ | 15²", False) in found
    assert ("Bali | | 40", False) in found


def test_a_table_that_only_lays_out_a_page_is_read_as_text() -> None:
    body = f"<table><tr><td>{FIRST} It was late.<br><br>{SECOND}</td></tr></table>"
    found = parse_document("a.html", made_html(body=body))
    assert found is not None
    texts = [found.document.text[one.start : one.end] for one in found.sentences]
    assert "It was late." in texts


def test_what_is_hidden_or_struck_out_by_a_style_is_not_read() -> None:
    body = (
        f"<p>{FIRST}</p><p hidden>Nobody sees this sentence of the page.</p>"
        "<p hidden='until-found'>Whoever looks for this sentence finds it in the page.</p>"
        "<p>It costs <span style='text-decoration: line-through'>4</span> 5 crowns, the board of the harbour said.</p>"
    )
    text = extract(made_html(body=body)).text
    assert "Nobody" not in text
    assert "Whoever looks" in text
    assert "It costs 5 crowns" in text


def test_what_is_struck_out_is_not_read() -> None:
    body = f"<p>{FIRST}</p><p>The harbour had <del>500</del> 600 ships on <s>Monday</s> Tuesday, <b>she</b> said.</p>"
    assert "The harbour had 600 ships on Tuesday, she said." in extract(made_html(body=body)).text


@pytest.mark.parametrize(
    ("body", "date"),
    [
        pytest.param("<p>The quay was built in 1997 and will close on 14 February 2030.</p>", "", id="in-the-text"),
        pytest.param("<p>It is so.</p><footer>Copyright 2018</footer>", "", id="in-the-footer"),
        pytest.param("<time datetime='2019-03-04'>4 March</time>", "2019-03-04", id="of-the-page"),
    ],
)
def test_a_year_that_the_text_names_is_not_the_pages_date(body: str, date: str) -> None:
    page = made_html(body=f"<h1>The plan</h1><p>{FIRST}</p>{body}<p>{SECOND}</p>")
    assert (document(page).date or "") == date


@pytest.mark.parametrize(
    ("head", "beside"),
    [
        pytest.param("", "<aside><time datetime='2021-06-02'>2 June</time> A bridge opens</aside>", id="beside-it"),
        pytest.param("", "<div class='related-posts'><time datetime='2021-06-02'>2 June</time></div>", id="related"),
        pytest.param("", "<div><span class='date'>2 June 2021</span> A bridge opens</div>", id="anywhere"),
        pytest.param("<meta property='article:modified_time' content='2025-01-01T10:00'>", "", id="when-changed"),
        pytest.param("<meta property='og:image' content='https://a.example/2018/10/27/a.jpg'>", "", id="of-a-picture"),
    ],
)
def test_a_date_beside_the_text_is_not_the_pages(head: str, beside: str) -> None:
    body = f"<h1>The plan</h1><p>Orla, 4 March 2019 – {FIRST}</p><p>{SECOND}</p>"
    page = made_html(head=head, body=body).replace(b"</main>", f"</main>{beside}".encode())
    assert document(page).date == "2019-03-04"


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("<footer><time class='published' datetime='2019-03-04'>4 March</time></footer>", id="footer"),
        pytest.param("<meta itemprop='datePublished' content='2019-03-04'>", id="itemprop"),
        pytest.param(
            "<footer><script type='application/ld+json'>"
            '{"@context":"https://schema.org","@type":"NewsArticle","datePublished":"2019-03-04"}</script></footer>',
            id="script",
        ),
    ],
)
def test_a_date_that_the_page_tells_programs_in_its_text_is_its(said: str) -> None:
    page = made_html(body=f"<h1>The plan</h1><p>Orla, 14 February 2019 – {FIRST}</p><p>{SECOND}</p>{said}")
    assert document(page).date == "2019-03-04"


@pytest.mark.parametrize("around", ["<div class='related-on page'>", "<nav>", "<section class='related'>"])
def test_a_page_within_what_looks_like_something_beside_it_is_read(around: str) -> None:
    page = made_html().replace(b"<main>", around.encode() + b"<main>")
    assert FIRST in extract(page).text


def test_lines_that_a_page_ends_are_blocks_and_those_of_its_source_are_not() -> None:
    page = made_html(
        body=f"<h1>The plan</h1><p>{FIRST}</p><p>The team:<br>Ana Lim,<br/>who leads\nit</p><p>{SECOND}</p>"
    )
    assert [text for text, _ in blocks(page)[2:4]] == ["The team:", "Ana Lim, who leads it"]


def test_what_leads_to_other_pages_is_not_read_and_who_said_a_quotation_is() -> None:
    others = "<p><b>Baca juga:</b> <a href='/x'>Ten killed</a></p><p>SCROLL TO CONTINUE WITH CONTENT</p>"
    quoted = "<blockquote><p>We will build it.</p><footer>Ben Okoro</footer></blockquote>"
    page = made_html(body=f"<h1>The plan</h1><p>{FIRST}</p>{others}{quoted}<p>{SECOND}</p>")
    assert [text for text, _ in blocks(page)[2:]] == ["We will build it.", "Ben Okoro", SECOND]


@pytest.mark.parametrize(
    "line",
    [
        "Baca Juga Banjir surut di Orla",
        "[Related: The flood in pictures]",
        "Read more: Ten killed",
        "Also on rt.com The flood",
        "(Baca: Banjir surut)",
        "Berita terkait: Banjir",
        "Filed under: Rain",
        "ADVERTISEMENT",
        "The town is furious at its mayor [INSIGHT]|",
    ],
)
def test_what_only_names_another_page_is_not_read(line: str) -> None:
    page = made_html(body=f"<h1>The plan</h1><p>{FIRST}</p><p>{line}</p><p>{SECOND}</p>")
    assert [text for text, _ in blocks(page)[1:]] == [FIRST, SECOND]


@pytest.mark.parametrize(
    "line",
    [
        "Read more books, he said.",
        "Related party sales rose.",
        "Related: the board sold it.",
        "Comments are welcome, he said.",
    ],
)
def test_what_begins_like_it_is_read(line: str) -> None:
    page = made_html(body=f"<h1>The plan</h1><p>{FIRST}</p><p>{line}</p><p>{SECOND}</p>")
    assert [text for text, _ in blocks(page)[1:]] == [FIRST, line, SECOND]


def test_what_a_page_shows_only_over_a_name_or_offers_is_not_read() -> None:
    over = "<span class='rollover-people-block'><a href='/a'>Ana Lim doubles down</a> <a href='/b'>Ten more</a></span>"
    offer = "<div class='plus-cta'><p>Get the stories of the day in your mail, every morning.</p></div>"
    page = made_html(body=f"<h1>The plan</h1><p>Ana Lim{over} left. {FIRST}</p>{offer}<p>{SECOND}</p>")
    assert [text for text, _ in blocks(page)[1:]] == [f"Ana Lim left. {FIRST}", SECOND]


def test_words_of_a_sentence_are_read_whatever_they_show_besides() -> None:
    said = "The <span class='tooltip'>dam</span> holds <span class='tooltip-trigger'>9 billion</span> litres there."
    page = made_html(body=f"<h1>The plan</h1><p>{said}</p><div class='newsletter'><p>{FIRST}</p><p>{SECOND}</p></div>")
    found = [text for text, _ in blocks(page)]
    assert "The dam holds 9 billion litres there." in found


@pytest.mark.parametrize("name", ["link", "nav-item", "share", "caption"])
@pytest.mark.parametrize(
    ("before", "within", "behind"), [("Ana Lim said that ", "the dam is closed", "."), ("", "The dam", " is closed.")]
)
def test_words_of_a_sentence_are_read_whatever_their_class(name: str, before: str, within: str, behind: str) -> None:
    linked = f"{before}<span class='{name}'><a href='/dam'>{within}</a></span>{behind}"
    found = [
        text for text, _ in blocks(made_html(body=f"<h1>The plan</h1><p>{FIRST}</p><p>{linked}</p><p>{SECOND}</p>"))
    ]
    assert f"{before}{within}{behind}" in found


@pytest.mark.parametrize(
    ("head", "title", "author"),
    [
        ("<meta property='og:title' content='A flood in Orla | The Gazette'>", "A flood in Orla", ""),
        ("<meta property='og:title' content='The Gazette | A flood - and more'>", "A flood - and more", ""),
        ("<meta property='og:title' content='The Gazette – a history'>", "The Gazette – a history", ""),
        ("<meta property='og:title' content='Opinion | A flood'>", "Opinion | A flood", ""),
        ("<meta name='author' content='Jeff Foust Monday; November'>", "", "Jeff Foust"),
        ("<meta name='author' content='Ruby Tuesday'>", "", "Ruby Tuesday"),
        ("<meta name='author' content='Theresa May; Ana Lim; MS'>", "", "Theresa May; Ana Lim"),
        ("<meta name='author' content='CNN; NPR'>", "", "CNN; NPR"),
    ],
)
def test_titles_are_without_the_site_and_authors_are_names(head: str, title: str, author: str) -> None:
    page = made_html(head=f"<meta property='og:site_name' content='The Gazette'>{head}")
    found = document(page)
    assert (found.title, found.author or "") == (title or "The harbour plan", author)


def test_entries_among_the_paragraphs_of_a_text_are_read() -> None:
    paragraph = (
        "<p>The trial began in May and drew people from all of the islands, who stood before the court for hours.</p>"
    )
    entry = '<div class="e"><div class="d">{}</div><div>{}</div></div>'
    entries = entry.format("14 October", "Ana Lim is sentenced.") + entry.format("20 October", "She files an appeal.")
    page = f"<main><h1>Case</h1>{paragraph}{entries}{paragraph}<div><div>Get our news.</div></div></main>"
    text = extract(page.encode()).text
    assert [line for line in text.split("\n") if line][1:5] == [
        "14 October",
        "Ana Lim is sentenced.",
        "20 October",
        "She files an appeal.",
    ]
    assert "Get our news" not in text


def test_lines_of_addresses_are_blocks() -> None:
    body = "<p>The office is open on weekdays and answers all letters within ten days of their coming in.</p>" * 2
    text = extract(f"<main>{body}<p>Tel. 555 0140<br>press@era.example<br>www.era.example</p></main>".encode())
    assert [text.text[one.start : one.end] for one in text.blocks][-3:] == [
        "Tel. 555 0140",
        "press@era.example",
        "www.era.example",
    ]


def test_a_line_break_is_white_space() -> None:
    body = f"<p>{FIRST}<br>{SECOND}</p>"
    assert f"{FIRST} {SECOND}" in extract(made_html(body=body)).text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_page_is_decoded_as_it_says(encoding: str) -> None:
    body = "<p>The café in Besançon was closed on Monday because of the flood in the old town.</p>" * 3
    data = made_html(body=body).decode().replace('charset="utf-8"', f'charset="{encoding.removesuffix("-sig")}"')
    assert "The café in Besançon was closed" in extract(data.encode(encoding)).text


def test_a_page_that_says_its_encoding_wrongly_is_read_by_its_bytes() -> None:
    body = "<p>The café in Besançon was closed on Monday because of the flood in the old town.</p>" * 3
    data = made_html(body=body).decode().replace('charset="utf-8"', 'charset="ascii"')
    assert "The café in Besançon was closed" in extract(data.encode("cp1252")).text


def test_a_page_without_text_says_so() -> None:
    with pytest.raises(DocumentError, match="no main text"):
        extract(b"<!DOCTYPE html><html><head><title>Empty</title></head><body></body></html>")


def test_ten_thousand_nested_tags_are_no_crash() -> None:
    nested = b"<div>" * 10_000 + f"<p>{FIRST} {SECOND}</p>".encode() + b"</div>" * 10_000
    data = b"<!DOCTYPE html><html><body>" + nested + b"</body></html>"
    try:
        assert SENTENCES[1] in extract(data).text
    except DocumentError as error:
        assert "text" in str(error)


def test_entities_that_hold_each_other_are_not_expanded() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    data = f'<!DOCTYPE html [<!ENTITY e0 "bomb">{entities}]><html><body><p>&e9; {FIRST} {SECOND}</p></body></html>'
    assert len(extract(data.encode()).text) < 10_000


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            f"<p>{FIRST}</p>Loose words stand here as well.<p>{SECOND}</p>Some more of them at the end.",
            [FIRST, "Loose words stand here as well.", SECOND, "Some more of them at the end."],
            id="loose-text",
        ),
        pytest.param(
            f"<p>{FIRST}</p><ul><li>All the fruits<ul><li>An apple</li><li>A pear</li></ul></li></ul><p>{SECOND}</p>",
            [FIRST, "All the fruits", "An apple", "A pear", SECOND],
            id="list-in-a-list",
        ),
        pytest.param(
            f"<p>{FIRST}</p><blockquote><p>She said this.</p><p>Then she said that.</p></blockquote><p>{SECOND}</p>",
            [FIRST, "She said this.", "Then she said that.", SECOND],
            id="paragraphs-in-a-quote",
        ),
        pytest.param(
            f"<p>{FIRST}</p><table><tr><td><p>Ann</p><p>Lim</p></td><td>Chair<br>Board</td></tr></table><p>{SECOND}</p>",
            [FIRST, "Ann Lim | Chair Board", SECOND],
            id="paragraphs-in-a-cell",
        ),
        pytest.param(
            f"<p>{FIRST}</p><table><tr><th>Town</th><th>Needs</th></tr><tr><td>Orla</td>"
            f"<td>Now: <ul><li>12 tents</li><li>40 blankets</li></ul></td></tr></table><p>{SECOND}</p>",
            [FIRST, "Town | Needs", "Orla | Now: 12 tents 40 blankets", SECOND],
            id="list-in-a-cell",
        ),
        pytest.param(
            f"{''.join(f'<p>{text}</p>' for text in PARAGRAPHS)}"
            f"<div>The budget is twelve billion, said Minister Lim on Tuesday in Sabang.</div><p>{SECOND}</p>",
            [*PARAGRAPHS, "The budget is twelve billion, said Minister Lim on Tuesday in Sabang.", SECOND],
            id="division-between-paragraphs",
        ),
        pytest.param(
            f"<p>{FIRST}</p><p>Lim said <q>it opens <i>in May</i></q>, and <q>soon</q>.</p>"
            f"<p>Run <code>kutip index</code> first.</p><p>{SECOND}</p>",
            [FIRST, "Lim said “it opens in May”, and “soon”.", "Run kutip index first.", SECOND],
            id="quotation-and-code-in-a-line",
        ),
        pytest.param(
            f"<p>{FIRST}</p><p>The minister said that <span></span>it rose, <b> </b>and <i class='fa'></i>fell.</p>"
            f"<p><span id='more-1'></span>It was late in Orla.</p><p>{SECOND}</p>",
            [FIRST, "The minister said that it rose, and fell.", "It was late in Orla.", SECOND],
            id="empty-marks",
        ),
        pytest.param(f"<p>A long&#x200b; har&#x200b;bour. {FIRST}</p>", [f"A long harbour. {FIRST}"], id="no-width"),
        pytest.param(f"<p>A long har&shy;bour. {FIRST}</p>", [f"A long harbour. {FIRST}"], id="soft-hyphen"),
    ],
)
def test_nothing_of_the_text_is_lost_or_glued_together(body: str, expected: list[str]) -> None:
    found = [text for text, _ in blocks(made_html(body=body))]
    assert [text for text in found if text in expected] == expected


def test_what_is_called_latin_1_is_read_as_browsers_do() -> None:
    body = f"<p>{FIRST} \u201cDon\u2019t go\u201d, he said.</p>"
    data = made_html(body=body).decode().replace('charset="utf-8"', 'charset="iso-8859-1"').replace("©", "")
    assert "\u201cDon\u2019t go\u201d" in extract(data.encode("cp1252")).text


# Lists of values, and chats


def test_a_value_is_read_with_its_name_and_an_answer_without_its_question() -> None:
    long, north = "What the town of Orla has to say of all this", f"North{' and south' * 20}"
    pairs = [
        ("<dt>Opened:</dt><dd>12 October 2026</dd>", ["Opened: 12 October 2026"]),
        ("<dt>Closed</dt><dd><p>In May</p></dd>", ["Closed: In May"]),
        ("<dt>Who pays?</dt><dd>The town pays for it.</dd>", ["Who pays?", "The town pays for it."]),
        (f"<dt>{long}</dt><dd>It is wet.</dd>", [long, "It is wet."]),
        ("<dt>Piers</dt><dd>North</dd><dd>South</dd>", ["Piers: North; South"]),
        (f"<dt>Walls</dt><dd>{north}</dd><dd>East</dd>", ["Walls", north, "East"]),
    ]
    values = "".join(pair for pair, _ in pairs)
    found = extract(made_html(body=f"<h1>{TITLE}</h1><p>{FIRST}</p><dl>{values}</dl><p>{SECOND}</p>"))
    texts = [found.text[block.start : block.end] for block in found.blocks]
    assert texts == [TITLE, FIRST, *(line for _, lines in pairs for line in lines), SECOND]


def message(text: str, *, name: str = "", number: int = 1) -> str:
    """Make a message as Telegram Desktop exports it; one that goes on from the message before has no name."""
    said = f'<div class="from_name">\n{name} \n</div>' if name else ""
    time = '<div class="pull_right date details" title="12.11.2026 08:00:20 UTC+07:00">08:00</div>'
    look = "message default clearfix" + ("" if name else " joined")
    return (
        f'<div class="{look}" id="message{number}"><div class="body">{time}{said}<div class="text">\n{text}\n</div>'
        "</div></div>"
    )


def test_a_chat_that_telegram_has_exported_is_read_message_by_message() -> None:
    day = '<div class="message service" id="message-1"><div class="body details">12 November 2026</div></div>'
    forwarded = '<div class="from_name">The Post</div><div class="text">The port is shut.</div>'
    messages = [
        message("The conference is at 14.00.<br>Come early.", name="Ana Lim"),
        message("Gate 7 is open.", number=2),
        message("Who comes?", name="Ben", number=3),
        message("", name="Ana Lim", number=4).replace('<div class="text">\n\n</div>', f"<div>{forwarded}</div>"),
    ]
    head = '<div class="page_header"><div class="content"><div class="text bold">\nPress of Orla \n</div></div></div>'
    page = f"<html><head><title>Exported Data</title></head><body>{head}{day}{''.join(messages)}</body></html>"
    parsed = parse_document("messages.html", page.encode())
    assert parsed is not None
    text = parsed.document.text
    assert (parsed.document.title, text.split("\n\n")) == (
        "Press of Orla",
        [
            "12 November 2026",
            "Ana Lim: The conference is at 14.00. Come early.",
            "Ana Lim: Gate 7 is open.",
            "Ben: Who comes?",
            "Ana Lim: The port is shut.",
        ],
    )
    assert [text[one.start : one.end] for one in parsed.sentences if one.heading] == ["12 November 2026"]


def test_tables_keep_the_words_of_buttons_and_two_rows_of_names() -> None:
    contacts = "<tr><th>Subject</th><th>E-mail</th></tr><tr><td>Facebook</td><td>c@x.org</td></tr>"
    votes = (
        "<tr><th rowspan=2>District</th><th colspan=2>Marlow</th><th colspan=2>Brandt</th></tr>"
        "<tr><th>Votes</th><th>%</th><th>Votes</th><th>%</th></tr>"
        "<tr><td>Orla</td><td>52,000</td><td>46.6</td><td>60,310</td><td>53.4</td></tr>"
    )
    boats = "<tr><th colspan=2>Boats</th></tr><tr><th>Name</th><th>Port</th></tr><tr><td>Swan</td><td>Wick</td></tr>"
    page = (
        "<html><head><title>The commission</title></head><body><main><h1>The commission</h1><p>All that the commission"
        f" has counted stands below, and how it is reached.</p><table>{contacts}</table><p>These are the votes,"
        f" as they were counted on Sunday:</p><table>{votes}</table><p>These are all the boats that it has:</p>"
        f"<table>{boats}</table></main></body></html>"
    )
    parsed = parse_document("a.html", page.encode())
    assert parsed is not None
    lines = parsed.document.text.splitlines()
    assert {"Subject | E-mail", "Facebook | c@x.org", "Name | Port"} <= set(lines)
    assert {
        "District | Marlow Votes | Marlow % | Brandt Votes | Brandt %",
        "Orla | 52,000 | 46.6 | 60,310 | 53.4",
    } <= set(lines)


@pytest.mark.parametrize("headline", ["Orla floods, 6.300 people leave", "Orla floods, thousands leave"])
@pytest.mark.parametrize("site", ["Kabar Orla", "KabarOrla.id"])
def test_the_headline_of_a_page_is_not_its_source(headline: str, site: str) -> None:
    body = f"<h1>{headline}</h1>" + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    page = f"<html><head><title>{headline} | {site}</title></head><body><article>{body}</article></body></html>"
    found = document(page.encode())
    assert (found.title, found.source) == (headline, site if "6.300" in headline or "." in site else None)


def test_a_name_of_a_site_that_its_pages_are_called_by_stays_their_source() -> None:
    head = "<meta property='og:site_name' content='Orla Town Council'>"
    for name in "Orla Town Council", "About Orla Town Council":
        page = made_html(head=head, body=f"<h1>{name}</h1><p>{FIRST}</p><p>{SECOND}</p>")
        assert document(page).source == "Orla Town Council"


@pytest.mark.parametrize(
    ("byline", "date"),
    [
        pytest.param(
            "<div class='meta'>Ann Gow | Monday, June 3rd, 2024 | 3 min read | 14 comments</div>",
            "2024-06-03",
            id="parts",
        ),
        pytest.param("<div class='byline'>Sept 20, 2024</div>", "2024-09-20", id="short-month"),
        pytest.param("<p class='byline'>By Ann Gow | Posted 26/06/2024 at 17:35</p>", "2024-06-26", id="in-figures"),
        pytest.param(
            "<div class='post-meta'><i>Posted: <b>26/06/2024</b></i> <i>Updated: <b>28/06/2024</b></i></div>",
            "2024-06-26",
            id="updated",
        ),
        pytest.param(
            "<div class='kicker'>Council, June 3rd, 2024, 3 min read</div>", None, id="what-is-called-something-else"
        ),
    ],
)
@pytest.mark.parametrize("heading", ["h1", "h2"])
def test_the_day_in_a_byline_that_is_left_out_is_that_of_the_page(heading: str, byline: str, date: str | None) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    body = f"<div><{heading}>A harbour for the town</{heading}>{byline}<div class='text'>{text}</div></div>"
    assert document(f"<html><head><title>A harbour</title></head><body>{body}</body></html>".encode()).date == date


def test_of_two_days_in_bylines_and_of_one_below_the_text_none_is_that_of_the_page() -> None:
    tree = document_fromstring("<h1>A plan</h1><div class='meta'>3 June 2024</div><div class='meta'>4 June 2024</div>")
    assert byline_date(tree) == ""
    tree = document_fromstring(f"<h1>A plan</h1><p>{FIRST * 2}</p><div class='meta'>3 June 2024</div>")
    assert byline_date(tree) == ""
    tree = document_fromstring("<div class='date'>3 June 2024</div><h1>A plan</h1><div class='date'>4 June 2024</div>")
    assert byline_date(tree) == "2024-06-04"
