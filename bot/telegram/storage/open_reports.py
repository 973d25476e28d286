"""What administrators are still to be told: how a change of the documents ended."""

from dataclasses import dataclass

from bot.telegram.storage.database import Database

_KEPT_SECONDS = 3 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class OpenReport:
    """One that has no end yet: the message that asked for the change, and the one that shows how far it is, if any.

    `sent` is the name of a file that was sent, or removed, `undo` the key of that change; empty after /reload.
    """

    chat: int
    message: int
    language: str
    sent: str = ""
    undo: str = ""
    shown: int = 0


class OpenReports:
    """Those of all processes of the bot."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, report: OpenReport) -> None:
        """Write a report down, in place of what was known of it."""
        values = (report.chat, report.message, report.shown, report.sent, report.undo, report.language)
        await self._database.rows.write(
            "INSERT INTO report (chat, message, shown, sent, undo, language, at) VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (chat, message) DO UPDATE SET shown = excluded.shown, sent = excluded.sent,"
            " undo = excluded.undo, language = excluded.language, at = excluded.at",
            (*values, self._database.time()),
        )

    async def end(self, report: OpenReport) -> None:
        """Let go of a report that was told to its end."""
        statement = "DELETE FROM report WHERE chat = ? AND message = ?"
        await self._database.rows.write(statement, (report.chat, report.message))

    async def left(self) -> list[OpenReport]:
        """Return the reports that have no end, oldest first; those that nobody could be told for long are let go."""
        oldest = self._database.time() - _KEPT_SECONDS
        await self._database.rows.write("DELETE FROM report WHERE at < ?", (oldest,))
        rows = await self._database.rows.read(
            "SELECT chat, message, language, sent, undo, shown FROM report ORDER BY at, message"
        )
        return [OpenReport(*row) for row in rows]
