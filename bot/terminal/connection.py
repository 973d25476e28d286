"""Ask Telegram, for `kutip doctor`, who the bot is and where its messages go. The token stands in no text."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import httpx  # what python-telegram-bot itself uses, so that both take the same way, proxies too

from bot.settings import TOKEN_HELP, WRONG_PROXY, WRONG_TOKEN, Settings, SettingsError, bot_token
from bot.terminal.checks import Check, State, failed, skipped
from retrieval.errors import KutipError
from retrieval.text.patterns import regex

NAMES = ("token", "inline", "webhook", "clock")
_TIMEOUT = 10.0  # seconds, for each step of a request
_MOST_APART = 60.0  # seconds between two clocks
_REFUSED = (401, 404)  # Telegram's words for a token that it does not know, or that cannot be one
_HOST = regex(r"//(?:[^/?#@]*@)?([^/?#]+)")


class ConnectionFailedError(KutipError):
    """Telegram cannot be asked, or what answers is not Telegram."""


@dataclass(frozen=True, slots=True)
class _Reply:
    """An answer of the Bot API: what it gave, or why it refused; its clock, and ours when it came, in seconds."""

    status: int
    result: dict[str, Any]
    refusal: str
    date: float | None
    received: float


def check_telegram(settings: Settings) -> Iterator[Check]:
    """Check what NAMES lists, in that order."""
    token = settings.telegram_token.get_secret_value().strip()
    for check in _check(settings):
        yield replace(check, text=check.text.replace(token, "<token>")) if token else check


def _check(settings: Settings) -> Iterator[Check]:
    try:
        token = bot_token(settings)
    except SettingsError as error:
        missing = not settings.telegram_token.get_secret_value().strip()
        none = Check("token", State.WARNING, "there is none, and only the bot needs one", TOKEN_HELP)
        yield none if missing else failed("token", error)
        yield from (skipped(name, "the token") for name in NAMES[1:])
        return
    try:
        me = _ask(settings.telegram_api, token, "getMe")
    except ConnectionFailedError as error:
        yield failed("token", error)
        yield from (skipped(name, "an answer of Telegram") for name in NAMES[1:])
        return
    yield _token(me)
    if me.refusal:
        yield from (skipped(name, "the token") for name in ("inline", "webhook"))
    else:
        yield _inline(me)
        try:
            yield _webhook(_ask(settings.telegram_api, token, "getWebhookInfo"), settings.webhook_url)
        except ConnectionFailedError as error:
            yield failed("webhook", error)
    yield _clock(me)


def _ask(api: str, token: str, method: str) -> _Reply:
    """Call a method of the Bot API that changes nothing; raises ConnectionFailedError."""
    host = urlsplit(api).hostname
    again = "Check the network and KUTIP_TELEGRAM_API, and try again."
    try:
        with httpx.Client(timeout=_TIMEOUT) as client:
            response = client.get(f"{api}/bot{token}/{method}")
        received = time.time()
    except httpx.TimeoutException:
        raise ConnectionFailedError(f"{host} did not answer within {_TIMEOUT:.0f} seconds. {again}") from None
    except (httpx.InvalidURL, ImportError, ValueError):  # of a proxy, whose password may stand in the text
        raise ConnectionFailedError(WRONG_PROXY) from None
    except httpx.HTTPError as error:
        raise ConnectionFailedError(f"{host} cannot be reached ({_one_line(error)}). {again}") from None
    try:
        body = response.json()
        ok, result = body["ok"], body.get("result")
        refusal = "" if ok and isinstance(result, dict) else str(body.get("description") or response.status_code)
    except (ValueError, LookupError, TypeError, AttributeError):
        raise ConnectionFailedError(
            f"{host} answers, but not as Telegram does (status {response.status_code}). "
            "Check KUTIP_TELEGRAM_API, and what stands between this machine and Telegram."
        ) from None
    date = _seconds(response.headers.get("date"))
    return _Reply(response.status_code, result if not refusal else {}, refusal, date, received)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__


def _seconds(date: str | None) -> float | None:
    """Read the date of an HTTP answer, in seconds since the epoch; None if there is none."""
    try:
        return parsedate_to_datetime(date).timestamp() if date else None
    except (ValueError, OverflowError):
        return None


def _token(me: _Reply) -> Check:
    if me.status in _REFUSED:
        return failed("token", SettingsError(WRONG_TOKEN))
    if me.refusal:
        return Check("token", State.FAILED, f"Telegram refuses to say whose it is: {me.refusal}", "Try again later.")
    return Check("token", State.OK, f"it is that of @{me.result.get('username')}")


def _inline(me: _Reply) -> Check:
    if me.result.get("supports_inline_queries"):
        return Check("inline", State.OK, "on")
    return Check("inline", State.NOTE, "off", "To offer quotes in any chat, write /setinline to @BotFather.")


def _webhook(told: _Reply, ours: str) -> Check:
    """Check where updates go; `ours` is the address that is set, or empty."""
    if told.refusal:
        return Check("webhook", State.FAILED, f"Telegram refuses to say: {told.refusal}", "Try again later.")
    waiting = told.result.get("pending_update_count", 0)
    texts = [f"{waiting} update{' waits' if waiting == 1 else 's wait'} for the bot"] if waiting else []
    if error := told.result.get("last_error_message"):
        texts.append(f"last error: {error}")
    url = str(told.result.get("url") or "")
    if url == ours:
        well = "it is set" if ours else "there is none, as it should be"
        return Check("webhook", State.OK, "; ".join([well, *texts]))
    if not url:
        none = "none is set, though KUTIP_WEBHOOK_URL names one"
        return Check("webhook", State.WARNING, "; ".join([none, *texts]), "kutip bot sets it when it starts.")
    host = _HOST.search(url)  # the rest of such an address is often a secret
    where = f"one at {host[1] if host else 'another place'} gets what people write, and kutip bot gets nothing"
    return Check(
        "webhook",
        State.WARNING,
        "; ".join([where, *texts]),
        f"kutip bot {'sets its own' if ours else 'removes it'} when it starts. If it comes back, another program has "
        "the token too: stop that one, or have @BotFather make a new token with /revoke.",
    )


def _clock(reply: _Reply) -> Check:
    if reply.date is None:
        return skipped("clock", "the date of Telegram's answer")
    ahead = reply.received - reply.date
    if abs(ahead) <= _MOST_APART:
        return Check("clock", State.OK, "it agrees with Telegram's")
    return Check(
        "clock",
        State.WARNING,
        f"it is {abs(ahead):,.0f} seconds {'ahead of' if ahead > 0 else 'behind'} Telegram's",
        "Have it set from the network, for example with timedatectl set-ntp true.",
    )
