"""What is said besides quotes: what is known of a document, and all of it in every language."""

import ast
import io
import string
from pathlib import Path
from typing import Any

import pytest
from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from bot.catalogue import LANGUAGES
from bot.texts import texts_in
from retrieval.index.protocols import FileRecord
from retrieval.receipts import FailedFile
from retrieval.values import Answer, Document


@pytest.mark.parametrize(
    ("document", "page", "line"),
    [
        pytest.param(Document("a.txt", "T", ""), None, "a.txt", id="nothing"),
        pytest.param(
            Document("x/a.pdf", "T", "", date="2022-11", source="Antara", author="Ana Lim", pages=(0,)),
            3,
            "Ana Lim · Antara · 2022-11 · page 3 · x/a.pdf",
            id="everything",
        ),
        pytest.param(
            Document("a.eml", "T", "", source="Ana", author="Ana"), None, "Ana · a.eml", id="author-is-source"
        ),
    ],
)
def test_a_source_line_says_what_is_known(document: Document, page: int | None, line: str) -> None:
    assert texts_in("en").source_line(document, page) == line


def test_other_files_that_say_the_same_are_named() -> None:
    assert (
        texts_in("en").source_line(Document("a.txt", "T", ""), copies=("b.txt", "c/d.md"))
        == "a.txt · also in b.txt, c/d.md"
    )


@pytest.mark.parametrize(("language", "number", "seconds"), [("en", "12,345", "12.5"), ("id", "12.345", "12,5")])
def test_numbers_are_written_as_the_language_does(language: str, number: str, seconds: str) -> None:
    texts = texts_in(language)
    assert (texts.number(12_345), texts.seconds(12.46)) == (number, seconds)


@pytest.mark.parametrize(("place", "page"), [(0, 1), (9, 1), (10, 3), (25, 3), (30, 4), (99, 4)])
def test_a_place_stands_on_the_last_page_that_has_begun(place: int, page: int) -> None:
    assert Document("a.pdf", "T", "", pages=(0, 10, 10, 30)).page(place) == page


def test_a_document_without_pages_has_none() -> None:
    assert Document("a.txt", "T", "").page(5) is None


@pytest.mark.parametrize(
    ("answer", "second"),
    [
        pytest.param(Answer("?", (), (), 0.0, 0.0), texts_in("en").on_subject, id="on-subject"),
        pytest.param(Answer("?", (), (), 0.0, 0.0, on_subject=False), texts_in("en").off_subject, id="off-subject"),
        pytest.param(
            Answer("?", (), (), 0.0, 0.0, on_subject=False, readable=False), texts_in("en").unreadable, id="unreadable"
        ),
        pytest.param(
            Answer("?", (), (), 0.0, 0.0, ask_in="id"),
            "What is closest is in Indonesian. Questions in that language find more.",
            id="other-language",
        ),
    ],
)
def test_a_not_found_says_on_its_second_line_what_is_missing(answer: Answer, second: str) -> None:
    assert texts_in("en").nothing_found(answer) == f"{texts_in('en').not_found}\n{second}"


# Languages

BOT = Path(__file__).parent.parent / "bot"
TRANSLATED = [language for language in LANGUAGES if language != "en"]


def catalogue(language: str) -> Catalog:
    with (BOT / "locales" / language / "LC_MESSAGES/kutip.po").open("rb") as file:
        return read_po(file)


def entries(language: str) -> list[Message]:
    return [message for message in catalogue(language) if message.id]


def ids(message: Message) -> tuple[str, ...]:
    return tuple(message.id) if isinstance(message.id, list | tuple) else (message.id,)


def said(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, list | tuple) else (message.string or "",)


def fields(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def in_code() -> set[tuple[str, ...]]:
    """Return the texts that are to be translated, each with its plural if it has one."""
    files = [BOT / f"{name}.py" for name in ("catalogue", "reasons", "admin_texts", "texts")]
    found = [one for path in files for one in extract_from_file("python", path, keywords={"_": None, "_n": (1, 2)})]
    return {text if isinstance(text, tuple) else (text,) for _, text, _, _ in found}


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_has_every_text_and_no_other(language: str) -> None:
    assert {ids(message) for message in entries(language)} == in_code()
    assert len(in_code()) > 60


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated_with_its_fields_and_its_plural_forms(language: str) -> None:
    whole = catalogue(language)
    for message in entries(language):
        assert not message.fuzzy
        assert len(said(message)) == (whole.num_plurals if message.pluralizable else 1), message.id
        assert all(said(message)), message.id
        assert {frozenset(fields(text)) for text in said(message)} == {frozenset(fields(ids(message)[-1]))}, message.id


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_read_at_run_time_was_made_of_the_catalogue(language: str) -> None:
    made = io.BytesIO()
    write_mo(made, catalogue(language))
    there = (BOT / "locales" / language / "LC_MESSAGES/kutip.mo").read_bytes()
    assert compiled(there) == compiled(made.getvalue()), "make translations"


def compiled(mo: bytes) -> tuple[list[tuple[Any, Any]], dict[str, str]]:
    """Return the translations of a .mo file, and its header but for the version of Babel that wrote it."""
    whole = read_mo(io.BytesIO(mo))
    header = {name: value for name, value in whole.mime_headers if name != "Generated-By"}
    return [(message.id, message.string) for message in whole if message.id], header


@pytest.mark.parametrize(
    ("named", "language"),
    [
        pytest.param("id", "id", id="telegram"),
        pytest.param("en-GB", "en", id="with-a-country"),
        pytest.param("id_ID.UTF-8", "id", id="environment"),
        pytest.param("ms", "en", id="another-language"),
        pytest.param("C", "en", id="no-language"),
        pytest.param(None, "en", id="unknown"),
    ],
)
def test_a_language_is_taken_as_telegram_and_as_the_environment_name_it(named: str | None, language: str) -> None:
    assert texts_in(named).language == language


def test_numbers_and_plurals_are_those_of_the_language() -> None:
    english, indonesian = texts_in("en"), texts_in("id")
    assert (english.documents(1), english.documents(1_234)) == ("1 document", "1,234 documents")
    assert (indonesian.documents(1), indonesian.documents(1_234)) == ("1 dokumen", "1.234 dokumen")


@pytest.mark.parametrize("language", LANGUAGES)
def test_menus_keep_the_limits_of_telegram(language: str) -> None:
    texts = texts_in(language)
    commands = {**texts.commands, **texts.admin_commands}
    assert all(1 <= len(meaning) <= 256 for meaning in commands.values())
    assert texts.commands.keys() == texts_in("en").commands.keys()
    assert len(texts.help(texts.commands, texts.telegram_hints).split("\n")) <= 12  # one screen of a telephone


def reasons() -> set[str]:
    """Return why files cannot be read, as the code raises it; a number stands for what is put in."""
    found = set()
    for path in sorted((BOT.parent / "retrieval").rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        names = {
            name.id: node.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(name := node.targets[0], ast.Name)
        }
        raised = (
            node for node in ast.walk(tree) if isinstance(node, ast.Call) and "DocumentError" in ast.dump(node.func)
        )
        for [said] in (node.args for node in raised):
            said = names[said.id] if isinstance(said, ast.Name) else said
            parts = said.values if isinstance(said, ast.JoinedStr) else [said]
            found.add("".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in parts))
    return found


@pytest.mark.parametrize("reason", sorted(reasons()))
def test_why_a_file_cannot_be_read_is_said_in_every_language(reason: str) -> None:
    assert texts_in("en").reason(reason) == reason
    told = texts_in("id").reason(reason)
    assert told != reason and told.count("7") == reason.count("7")


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        pytest.param("it is damaged, or no PDF file", "rusak, atau bukan berkas PDF", id="a-whole-text"),
        pytest.param(
            "it cannot be read: Permission denied", "tidak bisa dibaca: Permission denied", id="of-the-system"
        ),
        pytest.param(
            "it has 12.5 MB, more than the 2 MB that KUTIP_MAX_FILE_MB allows",
            "ukurannya 12,5 MB, lebih dari 2 MB yang dibolehkan KUTIP_MAX_FILE_MB",
            id="figures",
        ),
        pytest.param(
            "in its .yaml file, “{x}” has to be a text", "dalam berkas .yaml-nya, “{x}” harus berupa teks", id="braces"
        ),
        pytest.param("the {moon} is full", "the {moon} is full", id="none-of-ours"),
    ],
)
def test_why_a_file_cannot_be_read_is_said_with_what_is_known_of_it(reason: str, told: str) -> None:
    texts = texts_in("id")
    assert texts.reason(reason) == told
    assert texts.failed_line(FailedFile("a.pdf", reason)) == f"a.pdf: {told}"
    assert texts.sent_file("a.pdf", FileRecord("a.pdf", "", "", reason)) == f"a.pdf tidak bisa dibaca: {told}"


def test_a_reason_of_any_length_is_said_at_once() -> None:
    for long in (" " * 20_000, "in its “" * 5_000, "its sheet “ goes over  rows of " * 1_000):
        assert texts_in("id").reason(long) == long
