"""The conversation in the terminal: the same as in Telegram."""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from io import TextIOWrapper

from rich.console import Console
from rich.text import Text

from bot.library import Library
from bot.texts import Texts, printable, terminal_texts
from retrieval.answering import clean_question
from retrieval.answers.citing import side_by_side
from retrieval.answers.turns import turn_after
from retrieval.errors import IndexUnusableError, KutipError, QuestionError
from retrieval.questions.several import questions_in
from retrieval.questions.to_the_bot import is_courtesy, speaks_to_the_bot
from retrieval.text.markup import quote_parts, shortened
from retrieval.text.patterns import regex
from retrieval.values import Answer, Citation, Document, Source, Turn

_HALF = regex(r"[\ud800-\udfff]")
_CONTEXT_LENGTH = 200
_LISTED_SOURCES = 200
_LEAVING = {"/quit", "/exit", "quit", "exit"}


class Terminal(Console):
    """Standard output as it is: no markup of its own, no lines broken, and a reader that has gone is told of.

    `texts` are in its language.
    """

    def __init__(self) -> None:
        super().__init__(soft_wrap=True, markup=False, highlight=False, emoji=False)
        self.texts = terminal_texts()

    def on_broken_pipe(self) -> None:
        raise


def chat(library: Library, console: Terminal, reload: Callable[[], None]) -> None:
    """Answer questions from standard input until it ends or /quit; `reload` reads the documents again."""
    interactive = sys.stdin.isatty()
    conversation = _Conversation(library, console, reload)
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="surrogateescape")  # a line that is not UTF-8 shall not take the next ones with it
    if interactive:
        import readline  # noqa: F401  # arrow keys and history in input()

        index = library.snapshot.index if library.snapshot else None
        console.print(console.texts.greeting(index.document_count, index.newest_date) if index else "")
        console.print(f"{console.texts.terminal_hint}\n", style="dim")
    while True:
        try:
            line = input("› " if interactive else "").strip()
        except (EOFError, KeyboardInterrupt):
            return
        if line.lower() in _LEAVING:
            return
        if _HALF.search(line):
            console.print(console.texts.not_utf8)
        elif line:
            try:
                conversation.take(line)
            except (QuestionError, IndexUnusableError) as error:  # a database may come back
                console.print(printable(console.texts.error(error)))
            console.print()


class _Conversation:
    """What was said before, and what each line does."""

    def __init__(self, library: Library, console: Terminal, reload: Callable[[], None]) -> None:
        self._library = library
        self._console = console
        self._reload = reload
        self._before: Turn | None = None
        self._last: Answer | None = None

    def take(self, line: str) -> None:
        if line.startswith("/"):
            command, *rest = line[1:].split(maxsplit=1) or [""]
            self._obey(command.lower(), "".join(rest))
        elif line.lower() == "help":
            self._obey("help", "")
        else:
            self._answer(line)

    def _answer(self, line: str) -> None:
        texts = self._console.texts
        if is_courtesy(clean_question(line)):
            self._console.print(texts.welcome)
            return
        help = texts.help(texts.terminal_commands)
        self._before, self._last = ask_and_print(self._library, line, self._console, self._before, help=help)

    def _obey(self, command: str, rest: str) -> None:
        """Do what a command says."""
        texts, snapshot = self._console.texts, self._library.snapshot
        if command in ("help", "start"):
            self._console.print(texts.help(texts.terminal_commands))
        elif command == "ask":
            self._answer(rest)
        elif command == "new":
            self._before = self._last = None
            if rest:
                self._answer(rest)
            else:
                self._console.print(texts.forgotten)
        elif command == "more":
            self._show_more()
        elif command in ("sources", "source") and rest and snapshot:
            found = snapshot.sources_named(rest, _LISTED_SOURCES)
            print_sources(_counted(found), self._console)
            if not found:
                self._console.print(texts.no_source(printable(rest)))
        elif command in ("sources", "source") and snapshot:
            print_sources(_counted(snapshot.sources(0, _LISTED_SOURCES)), self._console)
            if snapshot.index.document_count > _LISTED_SOURCES:
                self._console.print(texts.more_sources(snapshot.index.document_count - _LISTED_SOURCES))
        elif command == "reload":
            try:
                self._reload()
            except KutipError as error:
                self._console.print(printable(texts.error(error)))
        else:
            self._console.print(texts.unknown_command)

    def _show_more(self) -> None:
        """Show the further citations of the last answer, once."""
        answer, snapshot = self._last, self._library.snapshot
        keys = answer.more if answer else ()
        found = [citation for key in keys if snapshot and (citation := snapshot.find(key))]
        if not answer or not found:
            self._console.print(self._console.texts.nothing_more)
            return
        first = len(answer.citations) + 1
        print_citations([replace(one, number=n) for n, one in enumerate(found, start=first)], self._console)
        self._last = None


def _counted(sources: Sequence[Source]) -> list[tuple[Document, int]]:
    return [(source.document, source.passages) for source in sources]


def ask_and_print(
    library: Library, message: str, console: Terminal, before: Turn | None = None, *, help: str = ""
) -> tuple[Turn | None, Answer | None]:
    """Answer each question of a message; return the turn after the last, and its answer.

    `help` is said where nothing is found, as it is what tells of Kutip that is asked for.
    """
    questions, last = questions_in(clean_question(message)), None
    for number, question in enumerate(questions):
        if len(questions) > 1:
            console.print(Text(("\n" if number else "") + printable(question), "bold"))
        last = library.ask(question, before).result()
        if help and not last.found and speaks_to_the_bot(question):
            console.print(help)
            continue
        print_answer(last, console)
        before = turn_after(last, before)
    return before, last


def print_answer(answer: Answer, console: Terminal) -> None:
    """Print the quotes with their numbers, then each citation with the words around it; without, if it is related."""
    texts = console.texts
    if not answer.found:
        console.print(texts.nothing_found(answer))
    if answer.taken_for:
        console.print(Text(printable(texts.understood(answer)), "dim"))
    if names := texts.unknown_names(answer):
        console.print(Text(printable(names), "dim"))
    if answer.doubtful:
        console.print(texts.doubtful)
    if answer.disagree:
        console.print(texts.disagreement(answer))
    if answer.related:
        console.print(f"\n{texts.related}")
    print_citations(answer.shown, console, around=answer.found)


def print_citations(citations: Sequence[Citation], console: Terminal, *, around: bool = True) -> None:
    """Print the quotes of citations, then where each stands, with the words around it, or else each place once."""
    for citation in citations:
        before, marked, after = map(printable, quote_parts(citation))
        if citation.corrects in (one.document.id for one in citations):
            console.print(Text(console.texts.corrected, "dim"))
        said = f"{citation.opening}{before}", (marked, "underline"), f"{after}{citation.closing}"
        quote = Text.assemble(*said, style="bold")
        if citation.column:
            console.print(Text(f"{printable(citation.column)}: {marked}", "italic"))
        elif citation.speaker:
            console.print(Text(f"{printable(citation.speaker)}:", "italic"))
        console.print(Text.assemble(quote, f" [{citation.number}]"))
    for group in side_by_side(citations) if around else _by_place(citations, console.texts):
        first, last = group[0], group[-1]
        numbers = "".join(f"[{number}] " for number in sorted(one.number for one in group))
        console.print()
        console.print(Text.assemble(numbers, (printable(first.document.title), "cyan")))
        console.print(Text(f"    {printable(console.texts.place(first))}", "dim"))
        if first.link:
            console.print(Text(f"    {printable(first.link)}", "dim"))
        if around and (last.after or any(one.before for one in group)):
            console.print(Text(f"    {printable(_around(group))}", "dim"))


def _by_place(citations: Sequence[Citation], texts: Texts) -> list[list[Citation]]:
    """Return the citations of each place together, as it is told, in their order."""
    groups: dict[tuple[str, str, str | None], list[Citation]] = {}
    for citation in citations:
        groups.setdefault((citation.document.id, texts.place(citation), citation.link), []).append(citation)
    return list(groups.values())


def _around(group: Sequence[Citation]) -> str:
    """Return the sentences of citations, side by side, with the words around them."""
    parts = []
    for citation in group:
        parts += [shortened(citation.before, _CONTEXT_LENGTH, keep_end=True), "".join(quote_parts(citation))]
    return " ".join(filter(None, (*parts, shortened(group[-1].after, _CONTEXT_LENGTH))))


def print_sources(documents: Iterable[tuple[Document, int]], console: Terminal) -> None:
    """Print each document with its title, what is known of it and the number of its passages."""
    texts = console.texts
    for document, passages in documents:
        console.print(Text(printable(document.title), "bold"))
        about = f"{texts.source_line(document)} · {texts.passages(passages)}"
        console.print(Text(f"    {printable(about)}", "dim"))
