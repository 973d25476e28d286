"""Make documents of files: their text, what is known of them, and the sentences that can be quoted."""

import re
from codecs import BOM_UTF8
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from hashlib import blake2b
from urllib.parse import urlsplit

from retrieval.documents.dateline import head_date
from retrieval.documents.encodings import one_line, without_halves
from retrieval.documents.foot_date import foot_date
from retrieval.documents.formats.extracted import Extracted
from retrieval.documents.formats.lines import (
    LONGEST_TITLE,
    names_office,
    names_officer,
    names_paper,
    tells_kind,
    tells_of_paper,
)
from retrieval.documents.formats.registry import extract
from retrieval.documents.head_title import head_title
from retrieval.documents.sentences import split_sentences
from retrieval.documents.side_files import with_side_file
from retrieval.documents.written_days import day_within, written_day
from retrieval.errors import DocumentError, failing_alone
from retrieval.text.dates import latest_day
from retrieval.text.days import days_in
from retrieval.text.headings import heading_level
from retrieval.text.languages import main_language
from retrieval.text.markup import shortened, visible_text
from retrieval.text.patterns import regex
from retrieval.text.short_names import short_names
from retrieval.values import Document, Parsed, Sentence

TITLE_LENGTH = 200  # characters; a longer title is cut
QUESTION_LENGTH = 100  # characters of a question that a document names
MAX_QUESTIONS = 10  # that a document names; further ones are left out
MAX_SHORT_NAMES = 500  # that a document explains; further ones are left out

_DATE = regex(r"(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?(?![\d-])", re.ASCII)
_DAY_WITHOUT_DASHES = regex(r"\A(\d{4})(/?)(\d\d)\2(\d\d)(?!\S)", re.ASCII)
_YEAR = r"(?:1[5-9]|20)\d\d"
_DATED_NAME = regex(  # "2025-01-16-meeting", "report_2025-01"; a year only where it begins it: "2022-report"
    rf"(?:\A|_)({_YEAR}-\d\d-\d\d(?!\d)|{_YEAR}-\d\d(?=\Z|[ _]|-\D))|\A({_YEAR})(?=\Z|[ _-]\D)", re.ASCII
)
_DAY_IN_NAME = regex(  # "report 2025-01-16", "20250116_report": less sure
    r"(?:\A|[ _-])(20\d\d)(-?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)", re.ASCII
)
_LANGUAGE_SAMPLE = 5_000
_DATED_IN = 50_000  # characters of a text, in which its days are looked for
_LONG_PAST = timedelta(days=90)


@failing_alone()
def parse_document(id: str, data: bytes, side: bytes | None = None) -> Parsed | None:
    """Make a document of a file's content and its side file's; None if the file is blank.

    Raises DocumentError if the content cannot be read, or there is nothing in it to quote.
    """
    found = extract(id, data)
    found = replace(found, text=without_halves(found.text))
    sentences = split_sentences(found)
    if not sentences:
        if data.removeprefix(BOM_UTF8).strip():
            raise DocumentError("there is nothing in it to quote")
        return None
    text = found.text
    metadata = with_side_file(found.metadata, side) if side is not None else found.metadata
    document = Document(
        id=id,
        title=shortened(_title(id, found, one_line(metadata.title)), TITLE_LENGTH),
        text=text,
        body=found.body,
        markdown=found.markdown,
        language=_language(metadata.language) or main_language(text[found.body : found.body + _LANGUAGE_SAMPLE]),
        date=_date(metadata.date) or _told_date(id, text, found.body, _date(metadata.created) or ""),
        source=one_line(metadata.source) or None,
        url=_web_address(metadata.url),
        author=one_line(metadata.author) or None,
        pages=found.pages,
        questions=tuple(filter(None, map(_question, metadata.questions)))[:MAX_QUESTIONS],
        short_names=_short_names(found, sentences),
    )
    return Parsed(document, tuple(sentences), _digest(found))


def _short_names(found: Extracted, sentences: Sequence[Sentence]) -> tuple[tuple[str, str], ...]:
    """Return the short names that sentences explain, in order, as people see them."""
    texts = (visible_text(found.text[one.start : one.end], markdown=found.markdown) for one in sentences)
    return tuple(dict.fromkeys(name for text in texts for name in short_names(text)))[:MAX_SHORT_NAMES]


def _question(text: str) -> str:
    """Return a question on one line, nothing if it is too long to be shown on a button."""
    folded = one_line(text)
    return folded if len(folded) <= QUESTION_LENGTH else ""


def _digest(found: Extracted) -> str:
    text = " ".join(found.text[found.body :].split())
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _web_address(url: str) -> str | None:
    """Return a URL that a browser opens; None if it is none."""
    try:
        address = urlsplit(url)
    except ValueError:
        return None
    return url if address.scheme in ("http", "https") and address.netloc and not re.search(r"\s", url) else None


def _title(id: str, found: Extracted, said: str) -> str:
    """Return what a file says its title is, unless that is only its kind; else its first heading.

    Without one that is what stands at its head as one, unless a number tells its file from others, or the file's name.
    """
    if said and (not tells_kind(said) or names_paper(said) or re.search(r"\d", said)):
        return said
    heading, paper, office = _headings(found)
    if title := heading or said:
        return title
    named = " ".join(re.sub(r"[_-]+", " ", _name(id)).split())
    told = head_title(found.text, found.body)
    if told and not (re.search(r"\d", named) and not re.search(r"\d", told)):  # which report of several it is
        return visible_text(told, markdown=found.markdown)
    return (named if " " in named else office or paper or named) or id


def _headings(found: Extracted) -> tuple[str, str, str]:
    """Return the first heading that may be a title, and those before it that say what kind of paper it is, and whose.

    Below a kind, none but what follows at once is, or behind a day and a number, and no heading of a part. An office in
    capitals is one whose title follows at once.
    """
    paper, office, level = "", "", 0
    for block in found.blocks:
        text = visible_text(found.text[block.start : block.end], markdown=found.markdown)
        if not block.heading or found.parts_only:
            has_begun = len(text) > LONGEST_TITLE or text.endswith((".", "!", "?"))
            if (paper or office) and has_begun:
                break
            continue
        depth = heading_level(found.text, block.start)
        if paper and depth > level:
            break
        if names_paper(text):
            paper, level = text, depth
        elif text.isupper() and (names_office(text) or names_officer(text)):
            office = office or text
        elif text and not tells_of_paper(text):
            return text, paper, office
    return "", paper, office


def _name(id: str) -> str:
    """Return the name of a document's file, without its folders and its suffix."""
    return id.rpartition("/")[2].rpartition(".")[0]


def _language(value: str) -> str:
    """Return the two letters of a language such as "en", "en-GB" or "Bahasa Indonesia"; nothing for what is none."""
    value = value.lower().removeprefix("bahasa ")
    known = {"indonesia": "id", "indonesian": "id", "ind": "id", "english": "en", "inggris": "en", "eng": "en"}
    return known.get(value) or (value[:2] if re.fullmatch(r"[a-z]{2}(?:[-_]\w+)?", value) else "")


def _told_date(id: str, text: str, body: int, created: str) -> str | None:
    """Return the date that a file's name begins with, or has after an underscore, else that of its head.

    That of the head, where it lies in the name's, as in "2024-report"; else a day anywhere in the name. One that is
    still to come is what the file is about: "2050-roadmap". Last comes the day on which it was `created`, but first
    where the head only tells its month.
    """
    name, headed, latest = _name(id), head_date(text, body), latest_day().isoformat()
    match, day = _DATED_NAME.search(name), _DAY_IN_NAME.search(name)
    named = _date(match[1] or match[2]) if match else None
    if named and named <= latest and not headed.startswith(named):
        return named
    if headed and created.startswith(headed):
        headed = created
    elsewhere = _date(f"{day[1]}-{day[3]}-{day[4]}") if day else day_within(name)
    in_name = elsewhere if elsewhere and elsewhere <= latest else None
    told = headed or in_name or foot_date(text[body:])
    return told or (created if created and not _only_printed(text, created) else None)


def _only_printed(text: str, created: str) -> bool:
    """Tell whether all days that a text names, by their years, were long past on the day when its file was made."""
    days = [day.iso for day in days_in(text[:_DATED_IN]) if day.iso]
    try:
        long_before = date.fromisoformat(created) - _LONG_PAST
    except ValueError:  # only a month
        return False
    return bool(days) and max(days) < long_before.isoformat()


def _date(value: str) -> str | None:
    """Return the date that a value begins with, or is in words, to the day, the month or the year; None without one."""
    match = _DATE.match(_DAY_WITHOUT_DASHES.sub(r"\1-\3-\4", value))
    if not match:
        return written_day(value) or None
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return None
    return "-".join(f"{int(part):02}" for part in match.groups() if part)
