"""Of a mail the text is read, and its readable attachments, with subject, sender and date."""

import textwrap
from email.message import EmailMessage
from email.mime.text import MIMEText

import pytest

from retrieval.documents.formats.eml import extract
from retrieval.documents.parsing import parse_document
from retrieval.errors import DocumentError
from tests.made_files import FIRST, SECOND, SENTENCES, TITLE, made_docx, made_eml, made_html, made_pdf

INDONESIAN = "Rapat dewan di Pelabuhan Lama berlangsung hari Selasa — biayanya 3,5 juta."


def lines(data: bytes) -> list[str]:
    found = extract(data)
    return [found.text[block.start : block.end] for block in found.blocks]


def test_the_header_says_what_it_is() -> None:
    parsed = parse_document("a.eml", made_eml().as_bytes())
    assert parsed is not None
    found = parsed.document
    assert (found.title, found.date, found.source, found.author) == (TITLE, "2022-11-15", "Ana Lim", "Ana Lim")


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"\r\n"], ids=["byte-order-mark", "empty-line"])
def test_what_an_archive_puts_before_a_mail_is_no_part_of_it(before: bytes) -> None:
    assert extract(before + bytes(made_eml())).metadata.title == TITLE


def test_a_sender_without_a_name_is_known_by_the_address() -> None:
    message = made_eml()
    message.replace_header("From", "ana@example.org")
    parsed = parse_document("a.eml", message.as_bytes())
    assert parsed is not None
    assert (parsed.document.source, parsed.document.author) == ("ana@example.org", None)


def test_the_plain_text_is_preferred_to_the_same_in_html() -> None:
    data = made_eml(html=f"<html><body><p>{FIRST} In colour.</p></body></html>").as_bytes()
    assert lines(data) == [TITLE, FIRST, SECOND]


def test_a_mail_in_html_alone_is_read() -> None:
    message = made_eml()
    message.set_content(made_html(body=f"<p>{FIRST}</p><p>{SECOND}</p>").decode(), subtype="html")
    assert [line for line in lines(message.as_bytes()) if line in (FIRST, SECOND)] == [FIRST, SECOND]


def in_html(page: str) -> list[str]:
    message = made_eml()
    message.set_content(page, subtype="html")
    return lines(message.as_bytes())[1:]


@pytest.mark.parametrize(
    ("page", "read"),
    [
        pytest.param("<div>Yes, at 10.00.<div>Best, Budi</div></div>", ["Yes, at 10.00.", "Best, Budi"], id="short"),
        pytest.param(
            "<div>He comes at ten<div>It begins at noon</div>and ends</div>",
            ["He comes at ten", "It begins at noon", "and ends"],
            id="lines",
        ),
        pytest.param("One<br>Two <b>and</b> <i>a</i><br/><br>Three", ["One", "Two and a", "Three"], id="breaks"),
        pytest.param(
            "<table><tr><td><p>Papua</p></td><td></td><td>12<sup>1</sup></td></tr></table>", ["Papua | | 12¹"], id="row"
        ),
        pytest.param(
            "<table><tr><th>District<th>Village<th>Deaths<th>Injured</tr><tr><td rowspan=2>Wick<td>Upper<td>5<td>7</tr>"
            "<tr><td>Lower<td>3<td>3</tr><tr><td colspan='2'>Total<td>8<td>10</tr></table>",
            [
                "District | Village | Deaths | Injured",
                "Wick | Upper | 5 | 7",
                "Wick | Lower | 3 | 3",
                "Total | | 8 | 10",
            ],
            id="merged-cells",
        ),
        pytest.param("<table><tr><td colspan=many>A<td rowspan=''>B<td>C</table>", ["A | B | C"], id="odd-spans"),
        pytest.param("<table><tr><td><p>One.</p><p>Two.</p></td></tr></table>", ["One.", "Two."], id="layout"),
        pytest.param("<table><tr><td>One<td>" * 40 + "Two", ["One"] * 39 + ["One | Two"], id="tables-in-tables"),
        pytest.param("<body hidden><p>Yes</p></body>", ["Yes"], id="shown-by-a-script"),
        pytest.param(
            "<p style='display: none'>No</p><p hidden>No</p><del>No</del>Yes<!-- No -->", ["Yes"], id="unseen"
        ),
        pytest.param("<head><title>No</title><style>p{}</style></head><body>Yes</body>", ["Yes"], id="head"),
        pytest.param("<!-- No -->", [], id="nothing"),
        pytest.param("Yes" + "<div>" * 10_000 + "No", ["Yes"], id="deep"),
    ],
)
def test_all_that_people_see_of_a_mail_in_html_is_read(page: str, read: list[str]) -> None:
    assert in_html(page) == read


def test_each_table_has_its_own_columns() -> None:
    message = made_eml()
    table = "<table><tr><td>{}<td>{}</tr><tr><td>1<td>2</tr></table>"
    message.set_content(table.format("A", "B") + table.format("C", "D"), subtype="html")
    assert extract(message.as_bytes()).text.endswith("\n\nA | B\n1 | 2\n\nC | D\n1 | 2")


def test_a_caption_is_a_heading_and_lines_that_were_typed_are_rows() -> None:
    message = made_eml()
    table = "<table><caption>The dead</caption><tr><td>A<td>B</tr><tr><td>1<td>2</tr></table>"
    message.set_content(f"{table}<pre>A  B  C\n1  2  3\n4  5  6</pre>", subtype="html")
    found = extract(message.as_bytes())
    shown = [(found.text[block.start : block.end], block.heading, block.whole) for block in found.blocks]
    rows = ["A | B", "1 | 2", "A | B | C", "1 | 2 | 3", "4 | 5 | 6"]
    assert shown[1:] == [("The dead", True, False), *((row, False, True) for row in rows)]


def test_a_page_that_is_no_other_form_of_the_text_is_no_reason_to_leave_the_text_out() -> None:
    message = made_eml()
    message.make_mixed()
    message.attach(MIMEText(f"<p>{INDONESIAN}</p>" * 5, "html"))  # type: ignore[arg-type]
    assert lines(message.as_bytes())[:3] == [TITLE, FIRST, SECOND]


def test_html_is_read_where_the_plain_text_only_sends_people_there() -> None:
    message = made_eml(html=f"<p>{FIRST}</p><p>{SECOND}</p><p>{INDONESIAN}</p>")
    message.get_body(("plain",)).set_content("Open this mail as a page.")  # type: ignore[union-attr]
    assert lines(message.as_bytes()) == [TITLE, FIRST, SECOND, INDONESIAN]


def test_a_line_that_cannot_be_wrapped_does_not_tell_how_wide_a_mail_is() -> None:
    told = f"{FIRST} The minister for the environment spoke of the plan for it, and of all who will come. {SECOND}"
    message = made_eml()
    message.set_content(f"{textwrap.fill(told, 72)}\n\nhttps://example.org/{'long' * 18}\n")
    assert [" ".join(line.split()) for line in lines(message.as_bytes())[1:-1]] == [told]


@pytest.mark.parametrize("charset", ["iso-8859-1", "us-ascii"])
def test_utf_8_that_is_called_something_else_is_read(charset: str) -> None:
    data = f"From: a@b.c\nSubject: S\nContent-Type: text/plain; charset={charset}\n\n{INDONESIAN}".encode()
    assert lines(data) == ["S", INDONESIAN]


@pytest.mark.parametrize(("charset", "cte"), [("utf-8", "quoted-printable"), ("utf-8", "base64"), ("cp1252", "8bit")])
def test_any_encoding_of_a_part_is_decoded(charset: str, cte: str) -> None:
    message = made_eml()
    message.set_content(INDONESIAN, charset=charset, cte=cte)
    assert lines(message.as_bytes()) == [TITLE, INDONESIAN]


def test_a_subject_beyond_ascii_is_decoded() -> None:
    message = made_eml()
    message.replace_header("Subject", "Rapat — «dewan»")
    assert extract(message.as_bytes()).metadata.title == "Rapat — «dewan»"


def test_a_part_that_says_its_encoding_wrongly_is_read_by_its_bytes() -> None:
    data = made_eml().as_bytes().replace(b"utf-8", b"x-none")
    assert SENTENCES[1] in extract(data).text


def test_attachments_that_can_be_read_follow_below_their_names() -> None:
    data = made_eml(
        "See below.\n",
        attachments=(("plan.pdf", made_pdf()), ("photo.jpg", b"\xff\xd8\xff"), ("costs.docx", made_docx())),
    ).as_bytes()
    found = lines(data)
    assert found[:3] == [TITLE, "See below.", "plan.pdf"]
    assert found.count(FIRST) == 2
    assert "costs.docx" in found
    assert "photo.jpg" not in found


def test_a_part_without_headers_of_its_own_is_the_text() -> None:
    mail = f"From: Ida <i@example.org>\nSubject: Flood\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n{FIRST}\n"
    table = (
        "--b\nContent-Type: text/csv\nContent-Disposition: attachment; filename=t.csv\n\nPlace,Deaths\nWick,2\n--b--\n"
    )
    assert lines((mail + table).encode()) == ["Flood", FIRST, "t.csv", "Place: Wick; Deaths: 2"]


QUOTED = """Yes, we close it.

On 1 March Bob wrote:
> The council met on Friday and decided that the budget will be cut by
> 12 billion rupiah in the coming year. Work on the pier stops in May.
>
>> Is it true?
> It is.
"""


def test_the_marks_of_lines_that_a_mail_answers_are_no_part_of_the_text() -> None:
    message = made_eml()
    message.set_content(QUOTED)
    assert [" ".join(line.split()) for line in lines(message.as_bytes())[1:]] == [
        "Yes, we close it.",
        "On 1 March Bob wrote:",
        "The council met on Friday and decided that the budget will be cut by"
        " 12 billion rupiah in the coming year. Work on the pier stops in May.",
        "Is it true?",
        "It is.",
    ]


def test_a_line_goes_on_after_a_word_that_ends_none_though_a_name_ends_the_text() -> None:
    message = made_eml()
    asked = "Dear Ms Lim, is it true that the mayor will come to the dinner on"
    message.set_content(f"No.\n\nOn 1 March Bob wrote:\n> {asked}\n> 24 November? And may I come?\n> Bob Roe\n")
    assert [" ".join(line.split()) for line in lines(message.as_bytes())[3:]] == [
        f"{asked} 24 November? And may I come?",
        "Bob Roe",
    ]


@pytest.mark.parametrize("width", range(56, 72))
def test_lines_that_flow_are_one_paragraph(width: int) -> None:
    message = made_eml()
    text = " ".join(
        3 * ["The harbour will be dredged in May, and the contractor will be told in writing by the mayor."]
    )
    message.set_content(" \n".join(textwrap.wrap(text, width)), params={"format": "flowed"})
    [paragraph] = lines(message.as_bytes())[1:]
    assert paragraph.split() == text.split()


def test_a_mail_that_is_nothing_but_a_file_is_read() -> None:
    mail = "From: Ida <i@example.org>\nSubject: Flood\nContent-Type: text/csv; name=t.csv\n"
    table = "Content-Disposition: attachment; filename=t.csv\n\nPlace,Deaths\nWick,2\n"
    assert lines((mail + table).encode()) == ["Flood", "t.csv", "Place: Wick; Deaths: 2"]


def test_an_attachment_that_is_damaged_leaves_the_mail_readable() -> None:
    data = made_eml(attachments=(("plan.pdf", made_pdf()[:200]), ("b.docx", b"PK\x03\x04"))).as_bytes()
    assert lines(data) == [TITLE, FIRST, SECOND]


def test_mails_in_mails_are_read_to_a_depth() -> None:
    message = made_eml("Level 0.\n")
    for level in range(1, 6):
        outer = made_eml(f"Level {level}.\n")
        outer.add_attachment(message)
        message = outer
    text = extract(message.as_bytes()).text
    assert [level for level in range(6) if f"Level {level}." in text] == [2, 3, 4, 5]


def test_an_attachment_that_names_a_path_is_only_a_name() -> None:
    data = made_eml(attachments=(("../../etc/passwd.txt", b"Some words of text.\n"),)).as_bytes()
    assert "Some words of text." in extract(data).text


def test_what_is_no_mail_says_so() -> None:
    with pytest.raises(DocumentError, match="neither a sender nor a subject"):
        extract(b"Just some words.\n")


def test_a_mail_of_a_picture_leaves_its_attachment_readable() -> None:
    message = made_eml()
    message.set_content("<html><body><img src='cid:x'></body></html>", subtype="html")
    message.add_attachment(made_pdf(), maintype="application", subtype="pdf", filename="plan.pdf")
    assert FIRST in lines(message.as_bytes())


def test_html_is_read_where_the_plain_text_is_blank() -> None:
    data = made_eml(" \n", html=f"<html><body><p>{FIRST}</p><p>{SECOND}</p></body></html>").as_bytes()
    assert lines(data) == [TITLE, FIRST, SECOND]


def test_text_after_a_picture_is_read_too() -> None:
    message = made_eml("Before the picture.\n")
    message.add_attachment(b"\xff\xd8", maintype="image", subtype="jpeg", filename="a.jpg")
    message.add_attachment("After the picture.\n")
    *_, last = message.iter_parts()
    del last["Content-Disposition"]
    assert lines(message.as_bytes()) == [TITLE, "Before the picture.", "After the picture."]


def test_text_in_html_between_others_is_read_once() -> None:
    message = EmailMessage()
    message["Subject"] = TITLE
    message.make_mixed()
    for text, subtype in ((FIRST, "plain"), ("<html><body><p>The pier was closed.</p></body></html>", "html")):
        part = EmailMessage()
        part.set_content(text, subtype=subtype)
        message.attach(part)
    message.attach(made_eml(f"{SECOND}\n", html=f"<html><body><p>{SECOND}</p></body></html>"))
    assert lines(message.as_bytes()) == [TITLE, FIRST, "The pier was closed.", SECOND]


def test_an_attached_markdown_file_is_read_as_people_see_it() -> None:
    data = made_eml("See.\n", attachments=(("a.md", b"# Quay\n\nThe **minister** said [so](http://a.b/c).\n"),))
    assert lines(data.as_bytes()) == [TITLE, "See.", "a.md", "Quay", "The minister said so."]


def test_an_attachment_beside_the_html_alone_is_read() -> None:
    message = made_eml("See below.\n", html="<html><body><p>See below.</p></body></html>")
    [_, html] = message.iter_parts()
    assert isinstance(html, EmailMessage)
    html.add_attachment(made_docx(), maintype="application", subtype="octet-stream", filename="costs.docx")
    assert FIRST in lines(message.as_bytes())
