"""What a web page lays out by scripts and styles is read as its readers see it."""

import pytest

from retrieval.documents.formats.html import extract
from retrieval.documents.parsing import parse_document
from tests.made_files import FIRST, SECOND, made_html


@pytest.mark.parametrize(
    ("part", "read"),
    [
        pytest.param(
            "<h2><button>How much is it?</button></h2><div><p>It is £1,500.</p></div>",
            ["How much is it?", "It is £1,500."],
            id="button-in-a-heading",
        ),
        pytest.param(
            "<button class='accordion'>How much is it?</button><div class='panel'><p>It is £1,500.</p></div>",
            ["How much is it?", "It is £1,500."],
            id="button-that-asks",
        ),
        pytest.param(
            "<h3>How much is it?</h3><div class='content'><p>It is £1,500.</p></div><input id='b' type='checkbox'>"
            "<label for='b'>Until when?</label><div class='item-body'><p>Until 30 April.</p></div>",
            ["How much is it?", "It is £1,500.", "Until when?", "Until 30 April."],
            id="panels-called-as-the-text",
        ),
        pytest.param(
            "<h3><button aria-expanded='false'>How much is it?</button></h3>"
            "<div style='display:none'><p>It is £1,500.</p></div>"
            "<button aria-expanded='false' aria-controls='b'>Until when?</button>"
            "<div id='b' hidden><p>Until 30 April.</p></div>",
            ["How much is it?", "It is £1,500.", "Until when?", "Until 30 April."],
            id="panels-that-are-folded",
        ),
        pytest.param(
            "<p>It is £1,500.</p><div hidden><p>It was £900.</p></div><h3>Until when?</h3>"
            "<div style='display: none'><p>Until 3 May.</p></div><p>Until 30 April.</p>",
            ["It is £1,500.", "Until when?", "Until 30 April."],
            id="what-nothing-unfolds",
        ),
        pytest.param("<p>It is £1,500.</p><button>Share this</button>", ["It is £1,500."], id="button-that-does"),
        pytest.param(
            "<table><tr><th><button>Name</button></th><th><button>Phone</button></th></tr>"
            "<tr><td>Ann Gow</td><td>600 110</td></tr></table>",
            ["Name | Phone", "Ann Gow | 600 110"],
            id="buttons-that-sort",
        ),
        pytest.param(
            "<table><tr><th>Place</th><th>Day</th><th>Hours</th></tr><tr><td rowspan=2>Wick</td><td>Monday</td>"
            "<td>10–4</td></tr><tr><td>Friday</td><td>2–8</td></tr><tr><td>Orla</td><td>Friday</td><td>1–3</td></tr></table>",
            ["Place | Day | Hours", "Wick | Monday | 10–4", "Wick | Friday | 2–8", "Orla | Friday | 1–3"],
            id="cell-over-two-rows",
        ),
        pytest.param(
            "<table><tr><th>Who</th><th>Day</th></tr><tr><td rowspan=2><p>Ann Gow</p><p>(chair)</p></td>"
            "<td>Monday</td></tr><tr><td>Friday</td></tr></table>",
            ["Who | Day", "Ann Gow (chair) | Monday", "Ann Gow (chair) | Friday"],
            id="paragraphs-over-two-rows",
        ),
        pytest.param(
            "<div class='grid'><div><div>1,204</div><div>applications received</div></div>"
            "<div><h3>£1.1m</h3><p>paid out</p></div></div>",
            ["1,204 applications received", "£1.1m paid out"],
            id="cards",
        ),
        pytest.param(
            "<ul><li><span>Boats</span><strong>19</strong></li><li><span>Workers</span><strong>88</strong></li></ul>",
            ["Boats: 19", "Workers: 88"],
            id="cards-that-begin-with-what-is-counted",
        ),
        pytest.param(
            "<ul><li><time>09:00</time>Opening by Ann Gow</li><li><time>10:00</time> Report</li></ul>",
            ["09:00 Opening by Ann Gow", "10:00 Report"],
            id="times-of-a-list",
        ),
        pytest.param(
            "<div><div><b>09:00</b><h3>Opening</h3></div><div><b>10:00</b><h3>Report</h3></div></div>",
            ["09:00 Opening", "10:00 Report"],
            id="cards-of-a-programme",
        ),
        pytest.param("<p><span>Fee</span><span>£14</span></p>", ["Fee £14"], id="neighbours-that-a-style-parts"),
        pytest.param(
            "<p>The <span>repo</span><span>rt</span> is out.</p>", ["The report is out."], id="one-word-in-two"
        ),
        pytest.param(
            "<section><header><h2>Budget</h2><p>It is £11.4 million.</p></header></section>",
            ["Budget", "It is £11.4 million."],
            id="header-of-a-section",
        ),
        pytest.param(
            "<dl><dt>Chair</dt><dd>Ann Gow</dd><dt>Members</dt><dd>Peter Swanson</dd><dd>Isla Munro</dd></dl>",
            ["Chair: Ann Gow", "Members: Peter Swanson; Isla Munro"],
            id="name-with-two-values",
        ),
        pytest.param(
            "<div><strong>Closed</strong> on Sundays and public holidays.</div>",
            ["Closed on Sundays and public holidays."],
            id="division-that-begins-in-bold",
        ),
    ],
)
def test_what_readers_see_is_read(part: str, read: list[str]) -> None:
    page = made_html(body=f"<main><h1>The plan</h1><p>{FIRST}</p>{part}<p>{SECOND}</p></main>")
    lines = [line for line in extract(page).text.splitlines() if line]
    assert lines[lines.index(FIRST) + 1 : lines.index(SECOND)] == read


def test_what_headings_fold_is_read_of_a_page_that_marks_its_text_in_no_way_and_no_menus() -> None:
    folded = "<h3><button aria-expanded='false'>{}</button></h3><div style='display:none'><p>{}</p></div>"
    menu = f"<nav>{folded.format('Services', 'All the services of the town of Orla.')}</nav>"
    body = f"{menu}<h1>The plan</h1><p>{FIRST}</p>{folded.format('How much is it?', 'It is £1,500.')}<p>{SECOND}</p>"
    text = extract(made_html(body=body)).text
    assert "It is £1,500." in text
    assert "services of the town" not in text


RIGHT = "The harbour opened in 1911, not in 1919."


@pytest.mark.parametrize(
    ("note", "read"),
    [
        pytest.param(f"<div class='note'>Correction: {RIGHT}</div>", f"Correction: {RIGHT}", id="block"),
        pytest.param(f"<div class='note'><p>Ralat, 4 Maret: {RIGHT}</p></div>", f"Ralat, 4 Maret: {RIGHT}", id="day"),
        pytest.param(f"<aside class='correction'>{RIGHT}</aside>", RIGHT, id="aside-that-is-called-so"),
        pytest.param(
            f"<aside><p>Correction to this article: {RIGHT}</p></aside>",
            f"Correction to this article: {RIGHT}",
            id="aside-that-begins-so",
        ),
        pytest.param(
            f"<details><summary>Correction</summary>{RIGHT}</details>", f"Correction: {RIGHT}", id="what-unfolds"
        ),
        pytest.param(
            f"<aside class='correction'><h4>Correction</h4><p>{RIGHT}</p></aside>",
            f"Correction: {RIGHT}",
            id="heading-of-a-note",
        ),
        pytest.param(
            f"<aside class='corrections'><h4>Our mistakes</h4><p>{RIGHT}</p><p>We are sorry.</p></aside>",
            RIGHT,
            id="several-blocks",
        ),
        pytest.param(f"<aside>{RIGHT}</aside>", None, id="another-aside"),
        pytest.param(
            "<aside class='correction'><a href='/all'>All the corrections of this week are here.</a></aside>",
            None,
            id="links",
        ),
        pytest.param(f"<aside><p>Correction of the market hits funds: {RIGHT}</p></aside>", None, id="of-a-market"),
    ],
)
@pytest.mark.parametrize("frame", ["<div class='text'>{}</div>{}", "<div class='text'>{}{}</div>"])
def test_a_note_that_corrects_a_text_is_kept(frame: str, note: str, read: str | None) -> None:
    text = f"<p>{FIRST * 2}</p><p>{SECOND * 2}</p>"
    page = f"<html><body><div class='story'><h2>The harbour</h2>{frame.format(text, note)}</div></body></html>"
    lines = extract(page.encode()).text.split("\n\n")
    assert [line for line in lines if "harbour opened" in line or "this week" in line] == [read] * (read is not None)


@pytest.mark.parametrize("kind", ["post", "update", "entry-content"])
@pytest.mark.parametrize(
    "entry",
    [
        "<h2><time>{}</time> {}</h2><p>{}</p>",
        "<time>{}</time><h2>{}</h2><p>{}</p>",
        "<p class='time'>{}</p><h3>{}</h3><p>{}</p>",
        "<div class='ts'><span class='time'>{} BST</span></div><h3>{}</h3><p>{}</p>",
    ],
)
def test_the_entries_of_a_live_report_keep_their_order_headings_and_hours(entry: str, kind: str) -> None:
    entries = [("16.15", "Tug sent", "A tug is there."), ("12.20", "Ship aground", f"A ship ran aground. {SECOND}")]
    parts = "".join(f"<div class='{kind}'>{entry.format(*told)}</div>" for told in entries)
    body = f"<h1>The harbour plan: live</h1><p>{FIRST}</p>{parts}"
    zone = " BST" if "BST" in entry else ""
    lines = extract(made_html(body=body)).text.split("\n\n")
    told = [line for hour, title, text in entries for line in (f"{hour}{zone} {title}", text)]
    assert lines == ["The harbour plan: live", FIRST, *told]


def test_the_hour_of_an_entry_without_a_heading_stands_before_its_text() -> None:
    parts = "".join(f"<div class='post'><time>{hour}</time><p>{SECOND}</p></div>" for hour in ("16.15", "12.20"))
    lines = extract(made_html(body=f"<h1>The harbour plan: live</h1><p>{FIRST}</p>{parts}")).text.split("\n\n")
    assert lines[2:] == [f"16.15 {SECOND}", f"12.20 {SECOND}"]


@pytest.mark.parametrize("entry", ["<h2>{} Tug sent</h2><p>A tug.</p>", "{}<p>A tug is there. It waits.</p>"])
def test_the_day_of_the_entries_of_a_live_report_stays_its_date(entry: str) -> None:
    times = [f"<time datetime='2024-03-11T{hour}'>{hour}</time>" for hour in ("16:15", "12:20")]
    parts = "".join(f"<div class='post'>{entry.format(time)}</div>" for time in times)
    parsed = parse_document("a.html", made_html(body=f"<h1>The harbour plan: live</h1><p>{FIRST}</p>{parts}"))
    assert parsed is not None
    assert parsed.document.date == "2024-03-11"
