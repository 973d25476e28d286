"""What Telegram's answers tell beside their content: that it can be reached, and what time it is."""

import logging
import time
from email.utils import parsedate_to_datetime

import httpx

logger = logging.getLogger(__name__)

_FETCHES_NOTHING = (401, 404, 409)  # the token is refused, or another process uses it
_MOST_APART = 60.0  # seconds between two clocks; beyond, Telegram's counts


class Contact:
    """When Telegram was heard of last, and its clock. A clock of this machine that jumps changes neither."""

    def __init__(self) -> None:
        self._heard: float | None = None  # by the monotonic clock, in seconds
        self._dated: tuple[float, float] | None = None  # what Telegram's clock and the monotonic one were together
        self._apart = False

    async def note(self, response: httpx.Response) -> None:
        """Take the date of an answer of Telegram."""
        is_telegram = "json" in response.headers.get("content-type", "")  # else perhaps a proxy, or a file
        if not is_telegram or response.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            return
        if response.status_code not in _FETCHES_NOTHING:
            self.hear()
        try:
            date = parsedate_to_datetime(response.headers["date"]).timestamp()
        except (KeyError, ValueError, OverflowError):
            return
        self._dated = date, time.monotonic()
        self._compare(time.time() - date)

    def hear(self) -> None:
        """Note that Telegram is there."""
        self._heard = time.monotonic()

    @property
    def silence(self) -> float | None:
        """Seconds since Telegram was heard of; None before the first time."""
        return None if self._heard is None else time.monotonic() - self._heard

    def now(self) -> float:
        """Return the time in seconds since the epoch: by Telegram's clock where this machine's is far from it."""
        ours = time.time()
        if self._dated is None:
            return ours
        date, noted = self._dated
        theirs = date + time.monotonic() - noted
        return ours if abs(ours - theirs) <= _MOST_APART else theirs

    def _compare(self, ahead: float) -> None:
        apart = abs(ahead) > _MOST_APART
        if apart and not self._apart:
            direction = "ahead of" if ahead > 0 else "behind"
            logger.warning(
                "This machine's clock is %.0f seconds %s Telegram's, which counts now. Have it set from the network.",
                abs(ahead),
                direction,
            )
        elif self._apart and not apart:
            logger.info("This machine's clock agrees with Telegram's again.")
        self._apart = apart
