"""The conversation in the terminal: the same as in Telegram."""

import re
import sys
from collections.abc import Callable, Iterable
from io import TextIOWrapper

from rich.console import Console
from rich.text import Text

from bot import texts
from bot.library import Library
from retrieval.answering import clean_question, turn_after
from retrieval.errors import KutipError, QuestionError
from retrieval.follow_ups import is_courtesy
from retrieval.markup import quote_parts, shortened
from retrieval.values import Answer, Document, Turn

_HALF = re.compile(r"[\ud800-\udfff]")
_CONTEXT_LENGTH = 200
_LISTED_SOURCES = 200


class Terminal(Console):
    """Standard output as it is: no markup of its own, no lines broken, and a reader that has gone is told of."""

    def __init__(self) -> None:
        super().__init__(soft_wrap=True, markup=False, highlight=False, emoji=False)

    def on_broken_pipe(self) -> None:
        raise


def chat(library: Library, console: Console, reload: Callable[[], None]) -> None:
    """Answer questions from standard input until it ends or /quit; `reload` reads the documents again."""
    interactive = sys.stdin.isatty()
    before: Turn | None = None
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="surrogateescape")  # a line that is not UTF-8 shall not take the next ones with it
    if interactive:
        import readline  # noqa: F401  # arrow keys and history in input()

        count = library.snapshot.index.document_count if library.snapshot else None
        console.print(texts.greeting(count))
        console.print("/help lists the commands, /quit ends.\n", style="dim")
    while True:
        try:
            line = input("› " if interactive else "").strip()
        except (EOFError, KeyboardInterrupt):
            return
        if _HALF.search(line):
            console.print("That is not UTF-8 text. Please write it again.")
            continue
        if line == "/quit":
            return
        if line == "/new":
            before = None
            console.print(texts.FORGOTTEN, end="\n\n")
        elif line.startswith("/"):
            _obey(line, library, console, reload)
            console.print()
        elif line:
            before = _answer(line, before, library, console)
            console.print()


def _answer(line: str, before: Turn | None, library: Library, console: Console) -> Turn | None:
    """Answer a question, and return what the next one may go on from."""
    if is_courtesy(line):
        console.print(texts.WELCOME)
        return before
    try:
        answer = library.ask(clean_question(line), before).result()
    except QuestionError as error:
        console.print(str(error))
        return before
    print_answer(answer, console)
    return turn_after(answer, before)


def _obey(line: str, library: Library, console: Console, reload: Callable[[], None]) -> None:
    """Do what a command says."""
    command = line[1:].split(maxsplit=1)[0] if line[1:].strip() else ""
    if command in ("help", "start"):
        console.print(texts.help_text(texts.TERMINAL_COMMANDS))
    elif command == "sources" and library.snapshot:
        index = library.snapshot.index
        print_sources(index.first_documents(_LISTED_SOURCES), console)
        if index.document_count > _LISTED_SOURCES:
            console.print(f"… and {index.document_count - _LISTED_SOURCES:,} more: kutip sources")
    elif command == "reload":
        try:
            reload()
        except KutipError as error:
            console.print(texts.printable(str(error)))
    else:
        console.print(texts.UNKNOWN_COMMAND)


def print_answer(answer: Answer, console: Console) -> None:
    """Print the quotes with their numbers, then each citation with the words around it."""
    if not answer.found:
        console.print(texts.not_found_text(answer))
        if answer.related:
            console.print(f"\n{texts.RELATED}")
    if answer.disagree:
        console.print(texts.disagreement_text(answer))
    for citation in texts.quoted(answer):
        before, marked, after = map(texts.printable, quote_parts(citation))
        quote = Text.assemble(f"“{before}", (marked, "underline"), f"{after}”", style="bold")
        console.print(Text.assemble(quote, f" [{citation.number}]"))
    for citation in texts.quoted(answer):
        document = citation.document
        console.print()
        console.print(Text.assemble(f"[{citation.number}] ", (texts.printable(document.title), "cyan")))
        console.print(
            Text(f"    {texts.printable(texts.source_line(document, citation.page, citation.copies))}", "dim")
        )
        if citation.link:
            console.print(Text(f"    {texts.printable(citation.link)}", "dim"))
        before = shortened(citation.before, _CONTEXT_LENGTH, keep_end=True)
        after = shortened(citation.after, _CONTEXT_LENGTH)
        if before or after:
            sentence = "".join(quote_parts(citation))
            around = " ".join(part for part in (before, sentence, after) if part)
            console.print(Text(f"    {texts.printable(around)}", "dim"))
    if answer.understood:
        console.print(Text(f"\n{texts.printable(texts.understood_text(answer))}", "dim"))


def print_sources(documents: Iterable[tuple[Document, int]], console: Console) -> None:
    """Print each document with its title, what is known of it and the number of its passages."""
    for document, passages in documents:
        console.print(Text(texts.printable(document.title), "bold"))
        about = f"{texts.source_line(document)} · {texts.counted(passages, 'passage')}"
        console.print(Text(f"    {texts.printable(about)}", "dim"))
