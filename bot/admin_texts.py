"""What administrators are told: of reloads, and of the questions that were asked."""

from collections.abc import Sequence
from math import floor
from typing import TYPE_CHECKING

from bot.catalogue import Catalogue
from bot.reasons import reason_parts
from retrieval.index.protocols import DOCUMENT, DUPLICATE, EMPTY, FileRecord
from retrieval.receipts import FailedFile, Progress, Receipt

if TYPE_CHECKING:
    from bot.telegram.insight import Gap, Statistics

_NAMED = 3  # files of the same name


class AdminTexts(Catalogue):
    """Receipts and progress, also for the command line, and figures."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        _ = self._
        self.answered = _("answered")
        self.not_answered = _("not found")
        self.questions_a_day = _("questions a day")
        self.in_private = _("Write that to me in private: the answer holds what others have asked.")
        self.undo = _("Undo")
        self.two_bots = _(
            "Another process fetches this bot's messages with its token: each of the two gets only some. Stop one."
        )
        self.kept_again = _("I can write to my database again. What was kept in memory is written.")
        self.reached_again = _("I can reach my database again. What waited is being answered.")

    def reloading(self, progress: Progress | None) -> str:
        return self._("Reading the documents again: {progress}.").format(progress=self.progress(progress))

    def reload_runs(self, progress: Progress | None) -> str:
        return self._("A reload is running already: {progress}.").format(progress=self.progress(progress))

    def reload_failed(self, reason: str, *, answering: bool) -> str:
        """Say why a reload failed, and, where there are some, that the earlier ones go on answering."""
        if answering:
            failed = self._("The reload failed, and I go on answering from the earlier documents.")
        else:
            failed = self._("The reload failed.")
        return f"{failed} {reason}"

    def rolled_back(self, documents: int, passages: int) -> str:
        """Say what is answered from after going back, and for how long."""
        return self._(
            "Back to the version before: {documents}, {passages}. It stays until all documents are read again: by "
            "/reload, by kutip index, or as a file is sent or removed."
        ).format(documents=self.documents(documents), passages=self.passages(passages))

    def receipt(self, receipt: Receipt, *, most_failed: int | None = None) -> str:
        """Return a receipt: its counts, then the files that failed, all or the first ones, with their reasons."""
        lines = self._counts(receipt)
        word = self._("failed")
        lines += [f"{word}: {self.failed_line(failed)}" for failed in receipt.failed[:most_failed]]
        if most_failed is not None and len(receipt.failed) > most_failed:
            more = self.number(len(receipt.failed) - most_failed)
            lines.append(self._("… and {more} more: kutip sources --failed lists them.").format(more=more))
        return "\n".join(lines)

    def sent_receipt(
        self, receipt: Receipt, name: str, found: FileRecord | None, namesakes: Sequence[FileRecord] = ()
    ) -> str:
        """Return the receipt of a change of a file that was sent: what has become of that first, as `sent_file` says.

        Of other files that failed it tells only how many there are.
        """
        lines = [self.sent_file(name, found, namesakes), *self._counts(receipt)]
        if others := len(receipt.failed) - bool(found and found.failed):
            text = self._n(
                "{number} other file cannot be read: kutip sources --failed says why.",
                "{number} other files cannot be read: kutip sources --failed says why.",
                others,
            )
            lines.append(text.format(number=self.number(others)))
        return "\n".join(lines)

    def _counts(self, receipt: Receipt) -> list[str]:
        counts = {
            self._("added"): receipt.added,
            self._("changed"): receipt.changed,
            self._("unchanged"): receipt.unchanged,
            self._("moved"): receipt.moved,
            self._("removed"): receipt.removed,
            self._("duplicate"): receipt.duplicate,
            self._("failed"): len(receipt.failed),
        }
        return [
            ", ".join(f"{word} {self.number(count)}" for word, count in counts.items()),
            self._("{documents}, {passages}, {encoded} of them embedded now, in {seconds} s").format(
                documents=self.documents(receipt.documents),
                passages=self.passages(receipt.passages),
                encoded=self.number(receipt.encoded),
                seconds=self.seconds(receipt.seconds),
            ),
        ]

    def failed_line(self, failed: FailedFile) -> str:
        """Name a file that could not be read, and say why."""
        return f"{failed.document}: {self.reason(failed.reason)}"

    def reason(self, reason: str) -> str:
        """Say why a file could not be read; what a library or the system said of it stays as it is."""
        template, fields = reason_parts(reason)
        return self._(template).format(**{name: self.figure(value) for name, value in fields.items()})

    def statistics(self, all: "Statistics", days: "Sequence[Statistics]", span: int) -> str:
        """Return the figures of some days together, then those of each of the last days."""
        heading = self._n("In the last {days} day:", "In the last {days} days:", span).format(days=span)
        lines = [heading, self._figures(all)]
        return "\n".join([*lines, "", *(f"{one.day}: {self._figures(one)}" for one in reversed(days))]).strip()

    def _figures(self, one: "Statistics") -> str:
        questions = self._n("{number} question", "{number} questions", one.questions).format(
            number=self.number(one.questions)
        )
        if not one.questions:
            return questions
        share = self._("{share} % answered").format(share=round(100 * one.found / one.questions))
        times = self._("half within {median} s, 95 of 100 within {slowest} s").format(
            median=self.seconds(one.median), slowest=self.seconds(one.slowest)
        )
        return f"{questions}, {share}, 👍 {self.number(one.good)} 👎 {self.number(one.bad)}, {times}"

    def upload_kinds(self, endings: Sequence[str]) -> str:
        return self._("I read files of these kinds: {endings}").format(endings=" ".join(endings))

    def upload_save_as(self, ending: str) -> str:
        return self._("I do not read files of that kind: save it as {ending}, and send me that.").format(ending=ending)

    def upload_too_large(self, most: int) -> str:
        size = floor(10 * most / 2**20) / 10
        return self._("That file is too large: I take up to {size} MB.").format(size=f"{size:g}")

    def upload_failed(self, reason: str) -> str:
        return self._("That file could not be stored: {reason}").format(reason=reason)

    def sent_file(self, name: str, found: FileRecord | None, namesakes: Sequence[FileRecord] = ()) -> str:
        """Say what has become of a file that was sent: `found` is what the index knows of it, None if it is gone.

        `namesakes` are files of the folder of documents with its name, which people may take for the same.
        """
        if found is None:
            return self._("{name} is removed.").format(name=name)
        if found.failed:
            return self._("{name} cannot be read: {reason}").format(name=name, reason=self.reason(found.outcome))
        if found.outcome == EMPTY:
            return self._("There is no text in {name}.").format(name=name)
        if same := next((one.id for one in namesakes if one.digest and one.digest == found.digest), ""):
            return self._("The folder of documents had that text already, in {file}.").format(file=same)
        answered = self._("I answer from {name} now.").format(name=name)
        others = [one.id for one in namesakes if one.outcome in (DOCUMENT, DUPLICATE)]
        if not others:
            return answered
        too = self._n(
            "The folder of documents has {files}, too: I answer from both.",
            "The folder of documents has {files}, too: I answer from all of them.",
            len(others),
        ).format(files=", ".join(others[:_NAMED]))
        return f"{answered}\n{too}"

    def removable(self, names: Sequence[str], name: str) -> str:
        """Say which files can be removed; `name` is one that is not among them, or empty."""
        lines = [self._("No file that was sent to me is called “{name}”.").format(name=name)] if name else []
        if names:
            lines.append(self._("/remove and one of these names removes a file that was sent to me:"))
        else:
            lines.append(self._("No file was sent to me that could be removed."))
        return "\n".join([*lines, *names])

    def not_kept(self, reason: str) -> str:
        return self._(
            "I cannot write to my database ({reason}). I go on answering, and keep in memory what there is to write: "
            "please look at the disk before I am stopped."
        ).format(reason=reason)

    def not_reached(self, reason: str) -> str:
        return self._(
            "I cannot reach my database ({reason}). "
            "Questions wait, and are answered when it is back: please look at it."
        ).format(reason=reason)

    def no_gaps(self, *, kept: bool) -> str:
        """Say that there is no question without an answer, or that questions are not `kept`."""
        if not kept:
            return self._("Questions are not kept here: KUTIP_KEEP_QUESTIONS is 0.")
        return self._("Every question that is kept found an answer.")

    def gaps(self, found: "Sequence[Gap]") -> str:
        """List questions that found no answer, the most frequent first."""
        heading = self._("Questions without a good answer, the most frequent first; all of them are in the file.")
        return "\n".join([heading, "", *(f"{self.number(gap.count)} × {gap.questions[0]}" for gap in found)])
