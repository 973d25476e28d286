"""What Kutip says besides quotes, in plain text, in the language of whoever reads it.

The English texts stand here; `locales/` has the others, as gettext's catalogues.
"""

import os
import re
from collections.abc import Mapping, Sequence
from functools import cache

from bot.admin_texts import AdminTexts
from bot.catalogue import LANGUAGES
from retrieval.errors import EmptyQuestionError, KutipError, LongQuestionError, ManyQuestionsError
from retrieval.receipts import Progress
from retrieval.text.dates import dates_tell
from retrieval.text.patterns import regex
from retrieval.values import Answer, Citation, Document

_CONTROL = regex(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@cache
def texts_in(language: str | None, *, in_group: bool = False) -> "Texts":
    """Return the texts in a language, given as Telegram (`id`, `pt-br`) or an environment (`id_ID.UTF-8`) names it.

    `in_group`: they are said in a group, where not all is taken for a question.
    """
    short = re.split(r"[-_.]", (language or "").lower())[0]
    return Texts(short if short in LANGUAGES else next(iter(LANGUAGES)), in_group=in_group)


def terminal_texts() -> "Texts":
    """Return the texts in the language of the terminal, as the environment names it."""
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return texts_in(next(filter(None, named), None))


class Texts(AdminTexts):
    """What is said in one language; attributes are whole texts, methods make texts of what they are given."""

    def __init__(self, language: str, *, in_group: bool = False) -> None:
        super().__init__(language)
        _ = self._
        ask_in_group = _("In a group, mention me, reply to me, or write /ask and the question.")
        self._ask_here = ask_in_group if in_group else ""
        self.not_found = _("Not found in these documents.")
        self.off_subject = _("They seem to say nothing on this subject.")
        self.on_subject = _("They seem to speak of this subject, but not to answer the question.")
        self.unreadable = _("I do not know the script of this question. Try the language of the documents.")
        self.languages = {"en": _("English"), "id": _("Indonesian")}
        self.corrected = _("A document quoted above was corrected later. The correction says:")
        self.related = _("Perhaps related, but not an answer:")
        self.doubtful = _("I am not sure that this answers it:")
        self.place_gone = _("That sentence is no longer in the documents: they have changed since.")
        self.file_gone = _("That file is no longer in the folder of documents.")
        self.changed_since = _("That file has changed since, so this can no longer be undone.")
        self.file_too_large = _("Telegram takes files of up to 50 MB from a bot, and this one is larger.")
        self.sources_found = _("Documents with that in their name")
        self.telegram_hints = (_("Tap a number to see where the quote stands."), ask_in_group)
        self.admin_hint = _("Send me a file, and I answer from it too.")
        self.welcome = _("All right. Just write your question.")
        forgotten = _("I have forgotten what you asked before.")
        self.forgotten = " ".join((forgotten, self._ask_here or _("Ask something new.")))
        self.more = _("More")
        self.before = _("◀ Before")
        self.after = _("After ▶")
        self.file = _("📄 The file")
        self.open_page = _("Open the page")
        self.only_text = _("I can only read text. Write your question as a message.")
        self.no_documents = _("I have no documents to answer from yet. The owner of this bot has to add some.")
        self.cannot_read = _("I cannot read the documents just now. The owner of this bot finds the reason in its log.")
        self.unknown_command = _("I do not know that command. /help lists those that I know.")
        self.apology = _("Something went wrong here, and it is written down in the log. Please try again.")
        self.forgotten_person = _("What was stored about you is deleted: questions, 👍 and 👎, language.")
        self.late = _("This answer comes late: I was out of reach. I am sorry.")
        self.voted = _("Noted, thank you.")
        self.inline_hint = _("Write a question, and choose a quote")
        self.inline_later = _("Not just now. Please try again in a moment")
        self.inline_not_allowed = _("Only those whom the owner has listed may ask")
        self.choose_language = _("Which language shall I speak with you?")
        self.language_chosen = _("I speak English with you now. The quotes stay in the language of their documents.")
        self.commands = {
            "ask": _("a question, in a group too"),
            "new": _("begin anew: forget what you asked before"),
            "sources": _("the documents that I answer from; /source and a name finds one"),
            "language": _("the language in which I speak with you"),
            "forget": _("delete what is stored about you"),
            "id": _("your own id, for the settings"),
            "help": _("how to ask"),
        }
        self.admin_commands = {
            "reload": _("read the documents again"),
            "rollback": _("answer from the documents as they were before"),
            "remove": _("remove a file that was sent to me"),
            "stats": _("how many questions, how well, how fast"),
            "gaps": _("the questions that found no answer"),
        }
        self.nothing_more = _("There is no more to show for the last question.")
        self.terminal_hint = _("/quit ends the conversation.")
        self.not_utf8 = _("That is not UTF-8 text. Please write it again.")
        self.terminal_commands = {
            "more": _("further quotes for the last question"),
            "new": self.commands["new"],
            "sources": self.commands["sources"],
            "reload": self.admin_commands["reload"],
            "help": self.commands["help"],
            "quit": _("end the conversation"),
        }

    def greeting(self, documents: int, newest: str | None = None, *, examples: bool = False) -> str:
        """Say what the bot is; `documents` is their number, 0 while it is not known, `newest` their last date."""
        if documents:
            first = self._n(
                "I answer questions from {number} document with sentences quoted word for word, each with its source.",
                "I answer questions from {number} documents with sentences quoted word for word, each with its source.",
                documents,
            ).format(number=self.number(documents))
        else:
            first = self._("I answer questions with sentences quoted word for word, each with its source.")
        silent = self._("Where the documents do not answer, I say so.")
        last = " " + self._("The newest is from {date}.").format(date=newest) if newest else ""
        more = self._("/help says more.")
        if examples:
            write = self._("Just write your question, such as one of these:")
        else:
            write = self._("Just write your question.")
        return f"{first}{last} {silent} {more}\n\n{self._ask_here or write}"

    def language_named(self, name: str) -> str | None:
        """Return the code of the language that a code or a name stands for: "id", "indonesia", "Bahasa Indonesia"."""
        for code, own in LANGUAGES.items():
            known = f"{code} {own} {self.languages[code]}".casefold().split()
            if set(name.casefold().split()) & set(known) - {"bahasa"}:
                return code
        return None

    def help(self, commands: Mapping[str, str], hints: Sequence[str] = ()) -> str:
        """Say how to ask, and what each command does; `hints` are for where it is asked."""
        return "\n".join(
            [
                self._("Write a question, and I answer with sentences from the documents, quoted word for word."),
                self._(
                    "[1] is the number of a citation, which tells the title, the source and the words around the quote."
                ),
                *hints,
                "",
                *(f"/{name}: {meaning}" for name, meaning in commands.items()),
            ]
        )

    def error(self, error: KutipError) -> str:
        """Return what an error says; those that only an owner sees say it in English."""
        match error:
            case EmptyQuestionError():
                empty = self._("The question is empty.")
                return " ".join((empty, self._ask_here or self._("Write what you would like to know.")))
            case LongQuestionError():
                return self._(
                    "The question has {length} characters; at most {limit} are read. Ask a shorter one."
                ).format(length=self.number(error.length), limit=self.number(error.limit))
            case ManyQuestionsError():
                return self._("The message asks more than {limit} questions. Send them in several messages.").format(
                    limit=error.limit
                )
            case _:
                return str(error)

    def not_allowed(self, user: int, chat: int) -> str:
        """Tell who may not ask which ids the owner can list; of a group, its own too."""
        if chat == user:
            return self._(
                "This bot answers only those whom its owner has listed. Your id is {user}: the owner can add it."
            ).format(user=user)
        return self._(
            "This bot answers only those whom its owner has listed. Your id is {user}, and that of this chat {chat}: "
            "the owner can add one of them."
        ).format(user=user, chat=chat)

    def too_many(self, limit: int) -> str:
        return self._n(
            "That is more than {limit} question in a minute. Please wait a little and ask again.",
            "That is more than {limit} questions in a minute. Please wait a little and ask again.",
            limit,
        ).format(limit=self.number(limit))

    def too_many_here(self, limit: int) -> str:
        return self._n(
            "That is more than {limit} question in a minute in this chat. Please wait a little and ask again.",
            "That is more than {limit} questions in a minute in this chat. Please wait a little and ask again.",
            limit,
        ).format(limit=self.number(limit))

    def more_sources(self, number: int) -> str:
        return self._("… and {number} more: kutip sources").format(number=self.number(number))

    def first_sources_found(self, number: int) -> str:
        text = self._("The first {number} documents with that in their name; write more of it to find others")
        return text.format(number=self.number(number))

    def no_source(self, name: str) -> str:
        return self._("No document is called “{name}”. /sources lists all of them.").format(name=name)

    def own_id(self, user: int, chat: int) -> str:
        own = self._("Your id is {user}.").format(user=user)
        of_chat = self._("The id of this chat is {chat}.").format(chat=chat)
        return own if chat == user else f"{own} {of_chat}"

    def waiting(self, progress: Progress | None) -> str:
        """Say that there is no index to answer from yet, and how far it is."""
        return self._("I am still reading the documents ({progress}). Please ask again in a moment.").format(
            progress=self.progress(progress)
        )

    def place(self, citation: Citation) -> str:
        """Return what is known of where a citation stands besides the title."""
        return self.source_line(citation.document, citation.page, citation.copies, citation.part)

    def source_line(
        self, document: Document, page: int | None = None, copies: Sequence[str] = (), part: str = ""
    ) -> str:
        """Return what is known of a document besides its title, such as "Antara News · 2022 · page 3 · paris.pdf".

        `copies` are other files that say the same, `part` is what the part is called in which something stands.
        """
        author = document.author if document.author != document.source else None
        on_page = self._("page {page}").format(page=self.number(page)) if page else None
        also = self._("also in {files}").format(files=", ".join(copies)) if copies else None
        known = (author, document.source, document.date, part, on_page, document.id, also)
        return " · ".join(one for one in known if one)

    def nothing_found(self, answer: Answer) -> str:
        """Say on the first line just that it is not found, and on the second what seems to be missing."""
        if not answer.readable:
            return f"{self.not_found}\n{self.unreadable}"
        if answer.ask_in:
            asked_in = self._("What is closest is in {language}. Questions in that language find more.")
            return f"{self.not_found}\n{asked_in.format(language=self.languages[answer.ask_in])}"
        return f"{self.not_found}\n{self.on_subject if answer.on_subject else self.off_subject}"

    def unknown_names(self, answer: Answer) -> str:
        """Say which names of a question no document has, or has otherwise; nothing if it has them all.

        So nobody takes the answer for one about them.
        """
        others = self._("The document quoted has “{other}”, not “{name}”.")
        said = [others.format(name=name, other=other) for name, other in answer.namesakes]
        if answer.unknown_names:
            names = ", ".join(f"“{name}”" for name in answer.unknown_names)
            said.append(self._("No document's text has {names}.").format(names=names))
        return " ".join(said)

    def understood(self, answer: Answer) -> str:
        """Say what a question was taken for."""
        return self._("Understood as: {question}").format(question=answer.taken_for)

    def disagreement(self, answer: Answer) -> str:
        """Say that the quotes give different answers, and, where their dates tell, that the newest stands first."""
        dates = [citation.document.date for citation in answer.citations if not citation.corrects]
        if dates_tell(dates) and dates == sorted(dates, key=str, reverse=True):
            return self._("The documents seem to give different answers, the newest first:")
        return self._("The documents seem to give different answers:")


def printable(text: str) -> str:
    """Return a text for one line of a terminal, without the characters that could drive it."""
    return _CONTROL.sub("\ufffd", text)
