"""The log: what it holds, and what never."""

import json
import logging
import sys
from typing import Any

import pytest

from bot.settings import LogFormat
from bot.telegram.log import LogFormatter

TOKEN = "123456:SECRET"
FORMS: tuple[LogFormat, ...] = ("console", "json")


def written(
    form: LogFormat, text: str, *arguments: object, name: str = "bot", error: Exception | None = None, **extra: Any
) -> str:
    """Return what is written of a record, with an error that was caught and with extra fields."""
    caught = None
    if error:
        try:
            raise error
        except Exception:
            caught = sys.exc_info()
    record = logging.LogRecord(name, logging.ERROR, __file__, 1, text, arguments, caught)
    vars(record).update(extra)
    return LogFormatter((TOKEN,), form).format(record)


@pytest.mark.parametrize("form", FORMS)
def test_the_token_is_left_out_of_messages_arguments_fields_and_tracebacks(form: LogFormat) -> None:
    error = RuntimeError(f"https://api.telegram.org/bot{TOKEN}/getMe")
    line = written(form, "It is %s.", TOKEN, error=error, where=f"bot{TOKEN}")
    assert "SECRET" not in line
    assert "It is <token>." in line
    assert "RuntimeError: https://api.telegram.org/bot<token>/getMe" in line


def test_a_line_for_people_has_its_fields_behind_it() -> None:
    line = written("console", "A question is answered.", chat=42, found=True)
    assert line.endswith("Z [error] A question is answered. chat=42 found=True")


def test_a_line_of_json_is_one_object() -> None:
    fields = json.loads(written("json", "A question is answered: %d.", 7, chat=42, found=True))
    del fields["timestamp"]
    assert fields == {"message": "A question is answered: 7.", "level": "error", "chat": 42, "found": True}


def test_a_traceback_is_a_field_of_json_and_holds_no_values_of_variables() -> None:
    def fail() -> None:
        asked = "Who knows?".upper()  # a value, not a text of the program
        raise LookupError(len(asked))

    try:
        fail()
    except LookupError:
        record = logging.LogRecord("bot", logging.ERROR, __file__, 1, "It failed.", (), sys.exc_info())
    exception = json.loads(LogFormatter((TOKEN,), "json").format(record))["exception"]
    assert exception.endswith("LookupError: 10")
    assert "fail()" in exception and "WHO KNOWS?" not in exception


@pytest.mark.parametrize("form", FORMS)
def test_the_name_of_a_document_begins_no_line_of_its_own(form: LogFormat) -> None:
    assert "\n" not in written(form, "%s cannot be read.", "a.txt\n2026-11-25T00:00:00Z [error] The owner is gone.")


def test_of_what_telegram_refuses_the_log_tells_that_and_not_where() -> None:
    line = written("console", "Polling failed:", name="telegram.ext.Updater", error=RuntimeError("Bad Gateway"))
    assert line.endswith("[error] Polling failed: Bad Gateway")
