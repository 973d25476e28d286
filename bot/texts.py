"""What Kutip says besides quotes, in plain text, the same in Telegram and in the terminal."""

import re
from collections.abc import Mapping, Sequence

from retrieval.agreement import dates_tell
from retrieval.values import Answer, Citation, Document, FailedFile, Progress, Receipt

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

NOT_FOUND = "Not found in these documents."
OFF_SUBJECT = "They seem to say nothing on this subject."
UNREADABLE = "I do not know the script of this question. Try the language of the documents."
ON_SUBJECT = "They seem to speak of this subject, but not to answer the question."
RELATED = "Perhaps related, but not an answer:"
PLACE_GONE = "That sentence is no longer in the documents: they have changed since."
FILE_GONE = "That file is no longer in the folder of documents."
FILE_TOO_LARGE = "Telegram takes files of up to 50 MB from a bot, and this one is larger."
SOURCES_FOUND = "Documents of that name"
TELEGRAM_HINTS = (
    "Tap the number to see the place.",
    "In a group, mention me, reply to me, or write /ask and the question.",
)
WELCOME = "You are welcome. Just write your next question."
FORGOTTEN = "Your next question stands alone."
MORE = "More"
BEFORE, AFTER, FILE = "◀ Before", "After ▶", "📄 The file"
OPEN_PAGE = "Open the page"
ONLY_TEXT = "I can only read text. Write your question as a message."
NO_DOCUMENTS = "I have no documents to answer from yet. The owner of this bot has to add some."
CANNOT_READ = "I cannot read the documents just now. The owner of this bot finds the reason in its log."
UNKNOWN_COMMAND = "I do not know that command. /help lists those that I know."
APOLOGY = "Something went wrong here, and it is written down in the log. Please try again."
COMMANDS = {
    "ask": "a question, in a group too",
    "new": "begin anew: forget what you asked before",
    "sources": "the documents that I answer from; /source and a name finds one",
    "id": "your own id, for the settings",
    "help": "how to ask",
}
ADMIN_COMMANDS = {"reload": "read the documents again", "rollback": "answer from the documents as they were before"}
TERMINAL_COMMANDS = {
    "new": COMMANDS["new"],
    "sources": COMMANDS["sources"],
    "reload": ADMIN_COMMANDS["reload"],
    "help": COMMANDS["help"],
    "quit": "end the conversation",
}


def greeting(documents: int | None) -> str:
    """Say what the bot is; `documents` is their number, None while it is not known."""
    known = f" from {documents:,} documents" if documents else ""
    return (
        f"I answer questions{known} with sentences quoted word for word, each with its source. "
        "Where the documents do not answer, I say so.\n\nJust write your question."
    )


def help_text(commands: Mapping[str, str], hints: Sequence[str] = ()) -> str:
    """Say how to ask, and what each command does; `hints` are for where it is asked."""
    return "\n".join(
        [
            "Write a question, and I answer with sentences from the documents, quoted word for word.",
            "[1] is the number of a citation, which tells the title, the source and the words around the quote.",
            *hints,
            "",
            *(f"/{name}: {meaning}" for name, meaning in commands.items()),
        ]
    )


def not_allowed(user: int) -> str:
    return f"This bot answers only those whom its owner has listed. Your id is {user}: the owner can add it."


def too_many(limit: int) -> str:
    return f"That is more than {limit} questions in a minute. Please wait a little and ask again."


def no_source(name: str) -> str:
    return f"No document is called “{name}”. /sources lists all of them."


def own_id(user: int, chat: int) -> str:
    return f"Your id is {user}." + (f" The id of this chat is {chat}." if chat != user else "")


def waiting(progress: Progress | None) -> str:
    """Say that there is no index to answer from yet, and how far it is."""
    return f"I am still reading the documents ({progress_text(progress)}). Please ask again in a moment."


def reloading(progress: Progress | None) -> str:
    return f"Reading the documents again: {progress_text(progress)}."


def reload_runs(progress: Progress | None) -> str:
    return f"A reload is running already: {progress_text(progress)}."


def reload_failed(reason: str, *, answering: bool) -> str:
    """Say why a reload failed, and, where there are some, that the documents from before go on answering."""
    return f"The reload failed{', and the documents from before go on answering' if answering else ''}. {reason}"


def progress_text(progress: Progress | None) -> str:
    """Return a progress in a few words, such as "embedding, 120 of 400 passages"."""
    if progress is None:
        return "just starting"
    text = progress.stage.lower()
    if progress.total:
        text += f", {progress.done:,} of {progress.total:,} {progress.unit}"
    return f"{text}, {counted(progress.embedded, 'passage')} embedded" if progress.embedded else text


def rolled_back(documents: int, passages: int) -> str:
    """Say what is answered from after going back, and for how long."""
    counts = f"{counted(documents, 'document')}, {counted(passages, 'passage')}"
    return f"Back to the version before: {counts}. It stays until kutip index or /reload."


def receipt_text(receipt: Receipt, *, most_failed: int | None = None) -> str:
    """Return a receipt, its counts on one line, then the files that failed, all or the first, with their reasons."""
    counts = {
        "added": receipt.added,
        "changed": receipt.changed,
        "unchanged": receipt.unchanged,
        "moved": receipt.moved,
        "removed": receipt.removed,
        "duplicate": receipt.duplicate,
        "failed": len(receipt.failed),
    }
    lines = [
        ", ".join(f"{word} {count:,}" for word, count in counts.items()),
        f"{counted(receipt.documents, 'document')}, {counted(receipt.passages, 'passage')}, "
        f"{receipt.encoded:,} of them embedded now, in {receipt.seconds:.1f} s",
    ]
    lines += [f"failed: {failed_line(failed)}" for failed in receipt.failed[:most_failed]]
    if most_failed is not None and len(receipt.failed) > most_failed:
        lines.append(f"… and {len(receipt.failed) - most_failed:,} more: kutip sources --failed lists them.")
    return "\n".join(lines)


def failed_line(failed: FailedFile) -> str:
    """Name a file that could not be read, and say why."""
    return f"{failed.document}: {failed.reason}"


def counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def source_line(document: Document, page: int | None = None, copies: Sequence[str] = ()) -> str:
    """Return what is known of a document besides its title, such as "Antara News · 2022 · page 3 · paris.pdf".

    `copies` are other files that say the same.
    """
    author = document.author if document.author != document.source else None
    on_page = f"page {page:,}" if page else None
    also = f"also in {', '.join(copies)}" if copies else None
    return " · ".join(part for part in (author, document.source, document.date, on_page, document.id, also) if part)


def not_found_text(answer: Answer) -> str:
    """Say on the first line just that it is not found, and on the second what seems to be missing."""
    if not answer.readable:
        return f"{NOT_FOUND}\n{UNREADABLE}"
    return f"{NOT_FOUND}\n{ON_SUBJECT if answer.on_subject else OFF_SUBJECT}"


def understood_text(answer: Answer) -> str:
    """Say what a follow-up question was taken for."""
    return f"Understood as: {answer.understood}"


def disagreement_text(answer: Answer) -> str:
    """Say that the quotes give different answers, and, where their dates tell, that the newest stands first."""
    newest_first = dates_tell([citation.document.date for citation in answer.citations])
    return f"The documents seem to give different answers{', the newest first' if newest_first else ''}:"


def printable(text: str) -> str:
    """Return a text for one line of a terminal, without the characters that could drive it."""
    return _CONTROL.sub("\ufffd", text)


def quoted(answer: Answer) -> tuple[Citation, ...]:
    """Return the sentences that an answer shows: its citations, or what is related."""
    return answer.citations if answer.found else answer.related
