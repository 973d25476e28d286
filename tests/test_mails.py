"""What a mail quotes is told to be of whoever wrote it, not of the mail's sender."""

import pytest

from retrieval.documents.parsing import parse_document
from retrieval.text.mails import written_by

HEAD = "From: Ana Kusuma <ana@era.example>\nSubject: Re: cap\nDate: Sat, 04 May 2024 10:22:00 +0700\n\n"
TOLD = "On 3 May 2024 Rafiq Salim <rafiq@era.example> wrote:"


def writers(text: str) -> dict[str, str]:
    found = parse_document("a.eml", (HEAD + text).encode())
    assert found
    document = found.document
    return {document.text[one.start : one.end]: written_by(document, one) for one in found.sentences}


@pytest.mark.parametrize(
    ("text", "writer"),
    [
        pytest.param(f"I disagree.\n\n{TOLD}\n> The cap rises.\n", "On 3 May 2024 Rafiq Salim wrote", id="below"),
        pytest.param(f"{TOLD}\n> The cap rises.\n\nI disagree.\n", "On 3 May 2024 Rafiq Salim wrote", id="above"),
        pytest.param("I disagree.\n\nPada 3 Mei Budi menulis:\n> The cap rises.", "Pada 3 Mei Budi menulis", id="pada"),
        pytest.param(
            "I disagree.\n\n---Original Message---\nFrom: Rafiq [mailto:r@era.example]\nSent: 3 May\n\nThe cap rises.",
            "Rafiq",
            id="original-message",
        ),
        pytest.param("I disagree.\n\nFrom: Wick\nTo: Orla\n\nThe cap rises.\n", "", id="a-way"),
        pytest.param("I disagree.\n\nFrom: 3 May\nTo: 5 May\n\nThe cap rises.\n", "", id="a-time"),
        pytest.param("I disagree.\n\nOn Friday we close.\nIn her note Ines wrote:\n\nThe cap rises.\n", "", id="a-day"),
        pytest.param("I disagree.\n\nOn it I wrote a page.\n\nThe cap rises.\n", "", id="prose"),
    ],
)
def test_who_wrote_what_a_mail_quotes(text: str, writer: str) -> None:
    found = writers(text)
    assert (found["The cap rises."], found["I disagree."]) == (writer, "")


def test_who_wrote_what_was_quoted_in_a_quoted_mail() -> None:
    found = writers(
        f"Fine.\n\n{TOLD}\n> I agree.\n>\n> On Thu, 2 May at 10:00 Bo\n> <b@x.example> wrote:\n>> It closes.\n"
    )
    assert (found["I agree."], found["It closes."]) == (
        "On 3 May 2024 Rafiq Salim wrote",
        "On Thu, 2 May at 10:00 Bo wrote",
    )


def test_nobody_is_told_where_a_page_answers_below_what_it_quotes() -> None:
    told, quoted, own = "<p>On 3 May Bo wrote:</p>", "<blockquote><p>It rises.</p></blockquote>", "<p>It stays.</p>"
    head = "Content-Type: text/html\n\n"
    for page, writer in ((f"{own}{told}{quoted}", "On 3 May Bo wrote"), (f"{told}{quoted}{own}", "")):
        parsed = parse_document("a.eml", f"{HEAD.rstrip()}\n{head}{page}".encode())
        assert parsed
        document = parsed.document
        found = {document.text[one.start : one.end]: written_by(document, one) for one in parsed.sentences}
        assert (found["It rises."], found["It stays."]) == (writer, "")


def test_an_attachment_is_not_quoted() -> None:
    parts = [
        f"Content-Type: text/plain\n\nI disagree.\n\n{TOLD}\n> The cap rises.\n",
        'Content-Type: text/plain\nContent-Disposition: attachment; filename="a.txt"\n\nThe cap is old.\n',
    ]
    body = "".join(f"--b\n{part}\n" for part in parts)
    head = HEAD.replace("\n\n", "\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n")
    found = parse_document("a.eml", f"{head}{body}--b--\n".encode())
    assert found
    said = {found.document.text[one.start : one.end]: written_by(found.document, one) for one in found.sentences}
    assert (said["The cap rises."], said["The cap is old."]) == ("On 3 May 2024 Rafiq Salim wrote", "")
