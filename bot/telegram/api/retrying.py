"""What is tried again where Telegram cannot be reached, is in trouble or asks for a pause, and for how long."""

import logging
import random
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any, TypeVar

import httpx
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TimedOut
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_delay, wait_exponential

from bot.telegram.metrics import SENT_AGAIN

logger = logging.getLogger(__name__)

T = TypeVar("T")

_GROWING = wait_exponential(max=60)  # seconds: 1, 2, 4 … 60
_MOST_APART = 0.5  # seconds that are added at random, so that not all try at once
_GIVEN_UP = 2 * 60 * 60  # seconds


class NotTelegramError(NetworkError):
    """What answers is not Telegram, but perhaps a proxy."""

    def __init__(self) -> None:
        super().__init__("what answers is not Telegram")


async def patiently(send: Callable[[], Coroutine[Any, Any, T]], *, reads: bool = False) -> T:
    """Send something, again after a pause where that is safe, as it always is with what only `reads`.

    It is given up after about two hours. Where the process ends before, it goes on after the next start: what waits is
    in the inbox.
    """

    async def attempt() -> T:
        return await send()

    return await AsyncRetrying(
        retry=retry_if_exception(_may_read_again if reads else may_send_again),
        wait=_pause,
        stop=stop_after_delay(_GIVEN_UP),
        before_sleep=_count,
        reraise=True,
    )(attempt)


async def until_reached(ask: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Ask Telegram for what may be asked twice, until it answers; each failure is in the log."""
    return await AsyncRetrying(retry=retry_if_exception(_may_ask_again), wait=_pause, before_sleep=_tell)(ask)


def may_send_again(error: BaseException) -> bool:
    """Tell whether what failed is sent again: it may come twice then, but is not lost.

    After a time-out it has arrived in most cases, and is not.
    """
    if isinstance(error, InvalidToken):  # for a moment, as Telegram knew it at the start
        return True
    if isinstance(error.__cause__, httpx.ConnectTimeout | httpx.PoolTimeout):
        return True
    return _may_ask_again(error) and not isinstance(error, TimedOut)


def _may_read_again(error: BaseException) -> bool:
    return may_send_again(error) or _may_ask_again(error)


def _may_ask_again(error: BaseException) -> bool:
    """Tell whether the network or Telegram is to blame, and not what was asked."""
    cause = error.__cause__
    if any(isinstance(one, NotTelegramError) for one in (error, cause, cause and cause.__cause__)):
        return True  # whatever its status says
    if cause is not None and not isinstance(cause, httpx.HTTPError):
        return False  # a fault of ours, which the library takes for one of the network
    return isinstance(error, RetryAfter | NetworkError) and not isinstance(error, BadRequest)


def _pause(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    apart = random.uniform(0, _MOST_APART)
    if not isinstance(error, RetryAfter):
        return _GROWING(state) + apart
    pause = error.retry_after
    return (pause.total_seconds() if isinstance(pause, timedelta) else float(pause)) + apart


def _count(state: RetryCallState) -> None:
    error = state.outcome.exception() if state.outcome else None
    SENT_AGAIN.labels("asked to wait" if isinstance(error, RetryAfter) else "trouble").inc()


def _tell(state: RetryCallState) -> None:
    error = state.outcome.exception() if state.outcome else None
    logger.warning("Telegram cannot be reached, trying again: %s", error)
