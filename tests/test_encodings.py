"""Bytes become the text that was meant, or are refused: never text that is garbled."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.documents.encodings import decode
from retrieval.errors import DocumentError

TEXT = "“Naïve” – café, ½ €, 日本 🙂\r\n"
JAPANESE = "私たちは来週の火曜日に東京で会議を開きます。新しい報告書について話し合う予定です。\n" * 20
CHINESE = "我们下个星期二在北京开会。大家将讨论新的报告，并决定下一步的工作。\n" * 20
RUSSIAN = "Мы встретимся на следующей неделе во вторник, чтобы обсудить новый доклад комитета.\n" * 5
WESTERN = "The café’s naïve façade – “très chic” – cost £20, the résumé said.\n" * 5


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(TEXT.encode(), id="utf-8"),
        pytest.param(codecs.BOM_UTF8 + TEXT.encode(), id="utf-8-marked"),
        pytest.param(codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), id="utf-16-le"),
        pytest.param(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), id="utf-16-be"),
        pytest.param(codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), id="utf-32-le"),
        pytest.param(codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"), id="utf-32-be"),
    ],
)
def test_unicode_is_read_whatever_its_form(data: bytes) -> None:
    assert decode(data) == TEXT


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        pytest.param(WESTERN, "cp1252", id="western"),
        pytest.param("Only one é here.\n", "cp1252", id="one-accent"),
        pytest.param(WESTERN * 2_000, "cp1252", id="western-and-large"),
        pytest.param(RUSSIAN, "cp1251", id="russian"),
        pytest.param(JAPANESE, "shift_jis", id="japanese"),
        pytest.param(CHINESE, "gb18030", id="chinese"),
        pytest.param(CHINESE * 300, "gb18030", id="chinese-and-large"),
    ],
)
def test_older_encodings_are_told_from_the_text(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_no_bytes_are_an_empty_text() -> None:
    assert decode(b"") == ""


def test_a_byte_order_mark_inside_the_text_stays() -> None:
    assert decode("a\ufeffb".encode()) == "a\ufeffb"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"Text with a \0 in it.", "it is not text: it holds NUL bytes", id="nul"),
        pytest.param("Text".encode("utf-16-le"), "it is not text: it holds NUL bytes", id="utf-16-without-mark"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "it is not text: it holds NUL bytes", id="picture"),
        pytest.param(
            (WESTERN + "\0").encode("utf-16"), "it is not text: it holds control characters", id="utf-16-one-nul"
        ),
        pytest.param(codecs.BOM_UTF16_LE + b"a\0\0\0", "it is not text: it holds control characters", id="utf-16-nul"),
        pytest.param(b"\x01\x02\x03 words", "it is not text: it holds control characters", id="control-characters"),
        pytest.param(b"words\x7f" * 20, "it is not text: it holds control characters", id="delete"),
        pytest.param(codecs.BOM_UTF8 + b"a\xff", "it is not valid UTF-8 text at byte 1", id="marked-but-not-utf-8"),
        pytest.param(codecs.BOM_UTF16_LE + b"a\0b", "it is not valid UTF-16-LE text at byte 2", id="half-a-unit"),
        pytest.param(
            codecs.BOM_UTF16_LE + b"a\0\x00\xd8", "it is not valid UTF-16-LE text at byte 2", id="half-a-pair"
        ),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError) as caught:
        decode(data)
    assert str(caught.value) == reason


def test_random_bytes_are_refused() -> None:
    data = bytes((i * i * 7 + i * 13) % 255 + 1 for i in range(5_000))
    with pytest.raises(DocumentError, match="it is not text"):
        decode(data)


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(b"\xe9", id="another-encoding"),
        pytest.param(b"\xe2\x80", id="half-a-character"),
        pytest.param(b"\xed\xa0\x80", id="half-a-pair"),
        pytest.param(b"\xff", id="no-encoding"),
    ],
)
def test_damaged_utf8_names_its_first_line(damage: bytes) -> None:
    lines = ["“Naïve”, he said.\n".encode()] * 2_000
    lines[1_233] = b"A " + damage + b" here.\n"
    with pytest.raises(DocumentError) as caught:
        decode(b"".join(lines))
    assert str(caught.value) == "it mixes encodings: line 1,234 is not UTF-8, most of it is"


def test_a_text_cut_inside_its_last_character_is_refused() -> None:
    with pytest.raises(DocumentError, match="line 1 is not UTF-8"):
        decode("“Naïve” – café".encode()[:-1])


def test_a_few_control_characters_are_let_through() -> None:
    text = "A form feed\x0c and an escape\x1b[0m, and one bell\x07 in a long text.\n"
    assert decode(text.encode()) == text


@settings(max_examples=200)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"])).filter(lambda text: text[:1] != "\ufeff"))
def test_any_text_in_utf8_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode()) == text


@settings(max_examples=100)
@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text = decode(data)
    except DocumentError:
        return
    assert "\0" not in text
    assert text.encode(errors="replace").decode() == text, "it can be written"
