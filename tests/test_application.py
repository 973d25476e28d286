"""The bot's process: what its log holds."""

import logging
import sys

from bot.telegram.application import _WithoutToken


def test_the_log_leaves_the_token_out_of_messages_arguments_and_tracebacks() -> None:
    try:
        raise RuntimeError("https://api.telegram.org/bot123456:SECRET/getMe")
    except RuntimeError:
        caught = sys.exc_info()
    record = logging.LogRecord("bot", logging.ERROR, __file__, 1, "It is %s.", ("123456:SECRET",), caught)
    line = _WithoutToken("123456:SECRET").format(record)
    assert "SECRET" not in line
    assert "ERROR It is <token>." in line
    assert line.endswith("RuntimeError: https://api.telegram.org/bot<token>/getMe")
