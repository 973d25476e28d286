"""The log: a line for each thing that happens, for people or as JSON; never the bot's token."""

import logging
import sys
from collections.abc import Sequence

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger
from telegram.error import InvalidToken

from bot.settings import LogFormat


def set_up_log(secrets: Sequence[str], form: LogFormat) -> None:
    """Send what is logged to standard error, without the secrets wherever they stand, in tracebacks too."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(LogFormatter(secrets, form))
    handler.setLevel(logging.INFO)
    handler.addFilter(_is_news)
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("bot").setLevel(logging.INFO)  # not httpx: at INFO it logs addresses, which hold the token


class LogFormatter(structlog.stdlib.ProcessorFormatter):
    """Writes a record of the standard library, with what it has as `extra`, as one line, and its traceback below."""

    def __init__(self, secrets: Sequence[str], form: LogFormat) -> None:
        console = structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0, pad_level=False)
        json: tuple[Processor, ...] = (
            structlog.processors.EventRenamer("message"),
            structlog.processors.JSONRenderer(default=str, ensure_ascii=False),
        )
        super().__init__(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                *(json if form == "json" else (console,)),
            ],
            foreign_pre_chain=[
                structlog.stdlib.add_log_level,
                structlog.stdlib.ExtraAdder(),
                structlog.processors.TimeStamper(fmt="iso"),
                _one_line,
            ],
            use_get_message=True,
        )
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, "<token>")
        return line


def _one_line(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Let no name of a document begin a line of its own; of what Telegram refuses, tell that and not where."""
    record, said = event["_record"], event.get("exc_info")
    text = event["event"]
    if said and record.name.startswith("telegram"):
        text = f"{text} {said[1]}"
        del event["exc_info"]
    event["event"] = " ".join(text.splitlines())
    return event


def _is_news(record: logging.LogRecord) -> bool:
    """Tell whether a record says what nothing else says: a wrong token ends the process with a line of its own."""
    return not (record.name.startswith("telegram") and record.exc_info and isinstance(record.exc_info[1], InvalidToken))
