"""Why a file cannot be read: what reading it raises in English (DocumentError), which the index keeps as it is."""

import re
from functools import cache


def _(english: str) -> str:
    """Mark a text for the catalogues: it is translated where it is shown."""
    return english


# The first of them that a reason fits tells what it is.
_REASONS = (
    _("it is damaged, or no PDF file"),
    _("it is damaged, or of another kind than its name says"),
    _("it is damaged: {reason}"),
    _("it is a damaged rich text file"),
    _("it is a damaged mail"),
    _("it is no rich text file"),
    _("it is no mail: it has neither a sender nor a subject"),
    _("it is protected by a password"),
    _("it is protected by a password, or of Office 97 to 2003"),
    _("it holds pictures of pages and no text: run text recognition (OCR) over it first"),
    _("there is nothing in it to quote"),
    _("no main text can be told from the rest of this page"),
    _("files of this kind are not read: save it as {ending}"),
    _("files of this kind are not read"),
    _("it is not text: it holds NUL bytes"),
    _("it is not text: it holds control characters"),
    _("it is not text in an encoding that can be told; save it as UTF-8"),
    _("it is not valid {encoding} text at byte {place}"),
    _("it mixes encodings: line {line} is not UTF-8, most of it is"),
    _("it has {size} MB, more than the {most} MB that KUTIP_MAX_FILE_MB allows"),
    _("it has grown beyond the {most} MB allowed"),
    _("it unpacks to more than {most} MB"),
    _("it has {columns} columns, more than the {most} that are read"),
    _("its sheet “{sheet}” goes over {rows} rows of {columns} columns: delete those that are empty, or divide it"),
    _("reading it took more than {seconds} seconds"),
    _("reading it takes too much memory"),
    _("reading it broke off: it is damaged, or made to do harm"),
    _("its {ending} file cannot be read: lists in it are nested too deeply"),
    _("its {ending} file cannot be read: {reason}"),
    _("its {ending} file says “{name}”; what it may say is {names}"),
    _("in its {ending} file, “{name}” has to be a list of texts"),
    _("in its {ending} file, “{name}” has to be a text"),
    _("it cannot be read as a table: {reason}"),
    _("it cannot be read: {reason}"),
    _("it cannot be read ({reason})"),
)


def reason_parts(reason: str) -> tuple[str, dict[str, str]]:
    """Return the text that a reason was made of, and what stands in it; the reason itself, if it is none of ours."""
    for template, pattern in _patterns():
        if match := pattern.fullmatch(reason):
            return template, match.groupdict()
    return "{reason}", {"reason": reason}


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    return [(template, re.compile(_pattern(template), re.DOTALL)) for template in _REASONS]


def _pattern(template: str) -> str:
    parts = re.split(r"\{(\w+)\}", template)  # every second one is the name of a field
    return "".join(f"(?P<{part}>.+?)" if number % 2 else re.escape(part) for number, part in enumerate(parts))
