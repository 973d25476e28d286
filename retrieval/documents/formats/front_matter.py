"""What a text file may begin with: a YAML block between two lines of dashes that says what is known of it."""

import re

import yaml

from retrieval.documents.encodings import one_line
from retrieval.documents.formats.extracted import Metadata
from retrieval.text.patterns import regex

_FRONT_MATTER = regex(r"---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_LINE = regex(r"(?:(\w[\w -]*):(?:[ \t]+(.*))?|[ \t#-].*|)\s*\Z")
_QUESTIONS = regex(r"^questions:[ \t]*\r?\n((?:[ \t]*- .*(?:\r?\n|\Z))+)", re.MULTILINE | re.IGNORECASE)
_NOTHING = {"~", "null", "Null", "NULL"}
_LENGTH = 20_000  # characters; YAML is slow, and nobody writes more


def split_front_matter(text: str) -> tuple[Metadata, int]:
    """Return what the front matter says, and where the body begins (0: there is no front matter)."""
    fields, questions, body = _fields(text)
    metadata = Metadata(
        title=fields.get("title", ""),
        date=fields.get("date", ""),
        source=fields.get("source", ""),
        url=fields.get("url", ""),
        author=fields.get("author", ""),
        language=fields.get("lang", ""),
        questions=questions,
    )
    return metadata, body


def _fields(text: str) -> tuple[dict[str, str], tuple[str, ...], int]:
    """Return the scalar fields of the YAML front matter, its list of questions, and where the body begins.

    Values stay the strings that they are in the file. A block that YAML refuses, as for a title with a colon
    in it, still counts when every line looks like front matter; its `key: value` lines are then read one by one.
    """
    match = _FRONT_MATTER.match(text, 0, _LENGTH)
    if not match:
        return {}, (), 0
    block = match[1]
    try:
        loaded = yaml.load(block, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError):
        lines = [_LINE.match(line) for line in block.splitlines()]
        if not all(lines):
            return {}, (), 0
        loaded = {line[1]: (line[2] or "").strip("\"' \t") for line in lines if line and line[1]}
        if asked := _QUESTIONS.search(block):
            loaded["questions"] = [line.strip("\"'- \t") for line in asked[1].splitlines()]
    if loaded is None or loaded == "":
        return {}, (), match.end()
    if not isinstance(loaded, dict):
        return {}, (), 0
    fields = {
        str(key).lower(): one_line(value)
        for key, value in loaded.items()
        if isinstance(value, str) and value not in _NOTHING
    }
    listed = next((value for key, value in loaded.items() if str(key).lower() == "questions"), ())
    questions = tuple(one_line(one) for one in listed if isinstance(one, str)) if isinstance(listed, list) else ()
    return fields, questions, match.end()
