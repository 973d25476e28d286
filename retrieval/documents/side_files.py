"""What may stand beside a file: NAME.meta.toml, with what is known of the document and the file itself does not say."""

import tomllib
from dataclasses import replace

from retrieval.documents.formats.extracted import Metadata
from retrieval.errors import DocumentError

SIDE_SUFFIX = ".meta.toml"
_FIELDS = {"title": "title", "date": "date", "source": "source", "url": "url", "author": "author", "lang": "language"}
_QUESTIONS = "questions"


def with_side_file(metadata: Metadata, data: bytes) -> Metadata:
    """Put what a side file says in place of what the file says; raises DocumentError if it cannot be read."""
    try:
        said = tomllib.loads(data.decode("utf-8-sig"))
    except RecursionError as error:
        raise DocumentError(f"its {SIDE_SUFFIX} file cannot be read: lists in it are nested too deeply") from error
    except ValueError as error:
        raise DocumentError(f"its {SIDE_SUFFIX} file cannot be read: {error}") from error
    unknown = sorted(said.keys() - _FIELDS.keys() - {_QUESTIONS})
    if unknown:
        known = ", ".join([*_FIELDS, _QUESTIONS])
        raise DocumentError(f"its {SIDE_SUFFIX} file says “{unknown[0]}”; what it may say is {known}")
    questions = said.pop(_QUESTIONS, list(metadata.questions))
    if not isinstance(questions, list) or not all(isinstance(one, str) for one in questions):
        raise DocumentError(f"in its {SIDE_SUFFIX} file, “{_QUESTIONS}” has to be a list of texts")
    if nested := [key for key, value in said.items() if isinstance(value, dict | list)]:
        raise DocumentError(f"in its {SIDE_SUFFIX} file, “{nested[0]}” has to be a text")
    fields = {_FIELDS[key]: str(value) for key, value in said.items()}
    return replace(metadata, **fields, questions=tuple(questions))
