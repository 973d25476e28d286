"""The command `kutip`. Each command imports only what it needs, inside itself, so that all start quickly."""

import logging
import os
import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from retrieval.errors import DataError, IndexBusyError, IndexHeldError, KutipError, QuestionError

if TYPE_CHECKING:
    from bot.library import Library
    from retrieval.indexing import OnProgress
    from retrieval.receipts import Receipt

app = typer.Typer(
    help="Answers questions from your documents with sentences quoted word for word, each with its citation.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
JsonOption = Annotated[bool, typer.Option("--json", help="Write JSON, and nothing else, to standard output.")]


def main() -> None:
    """Run the command line; what it cannot do is one line on standard error and exit status 2."""
    nowhere = Path(os.devnull)  # for what whoever started this has closed
    sys.stdin = sys.stdin or nowhere.open()
    sys.stdout = sys.stdout or nowhere.open("w")
    sys.stderr = sys.stderr or nowhere.open("w")
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(logging.WARNING)
    logging.basicConfig(format="%(message)s", handlers=[handler])
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except KutipError as error:
        _fail(error)
    except OSError as error:
        _fail(f"That did not work: {error.strerror or error}{f' ({error.filename})' if error.filename else ''}.")
    except SystemExit:
        if not _nobody_reads():
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _nobody_reads() -> bool:
    """Tell whether standard output is a pipe whose reader has gone: a reason to stop, and no error."""
    poll = select.poll()
    poll.register(sys.stdout.fileno(), 0)
    return any(events & select.POLLERR for _, events in poll.poll(0))


def _fail(said: KutipError | str) -> None:
    _say(said)
    sys.exit(2)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, or - for one a line on standard input.")],
    json: JsonOption = False,
) -> None:
    """Answer each question of a message; with --json take it as one question, with --json - answer a stream of them."""
    from bot.terminal.json_output import answer_json
    from retrieval.answering import clean_question

    if question == "-":
        if not json:
            raise QuestionError("Questions on standard input are answered in JSON only: kutip ask --json -")
        _ask_stream()
        return
    question = clean_question(question)
    with _library() as library:
        if json:
            print(answer_json(library.ask(question).result()))
        else:
            from bot.terminal.chat import Terminal, ask_and_print

            ask_and_print(library, question, Terminal())


@app.command()
def chat() -> None:
    """Ask in the terminal, as in Telegram."""
    from bot.terminal.chat import Terminal
    from bot.terminal.chat import chat as converse

    with _library() as library:

        def reload() -> None:
            with _progress() as on_progress:
                receipt = library.update(on_progress=on_progress, check=True)
            _print_receipt(receipt)

        converse(library, Terminal(), reload)


@app.command()
def index(
    json: JsonOption = False,
    rollback: Annotated[bool, typer.Option("--rollback", help="Go back to the version before instead.")] = False,
    dask: Annotated[str, typer.Option(metavar="tcp://…", help="Have a Dask cluster read and embed.")] = "",
) -> None:
    """Bring the index up to date with the documents, and say what was done."""
    from bot.indexing import index_all, roll_back
    from bot.settings import load_settings
    from bot.terminal.json_output import receipt_json, rollback_json
    from bot.texts import terminal_texts

    if rollback:
        before = roll_back(load_settings())
        counts = before.document_count, before.passage_count
        print(rollback_json(*counts) if json else terminal_texts().rolled_back(*counts))
        return
    with _progress() as on_progress:
        receipt = index_all(load_settings(), dask, on_progress)
    if json:
        print(receipt_json(receipt))
    else:
        _print_receipt(receipt)


@app.command()
def migrate(
    back: Annotated[bool, typer.Option("--back", help="Copy from the database into the data folder instead.")] = False,
) -> None:
    """Copy the index, and what the bot wrote down, from the data folder into the database of KUTIP_DATABASE_URL."""
    from bot.settings import load_settings
    from bot.terminal.migrate import migrate as copy

    with _progress() as on_progress:
        copied = copy(load_settings(), back=back, on_progress=on_progress)
    print(copied)


@app.command()
def sources(
    json: JsonOption = False,
    failed: Annotated[bool, typer.Option("--failed", help="List the files that could not be read instead.")] = False,
) -> None:
    """List the documents with title, date and number of passages."""
    from bot.terminal.json_output import failed_json, sources_json
    from bot.texts import printable, terminal_texts

    with _library() as library:
        assert library.snapshot is not None
        if failed:
            files = library.snapshot.index.failed()
            said = map(printable, map(terminal_texts().failed_line, files))
            for line in [failed_json(files)] if json else said:
                print(line)
            return
        documents = library.snapshot.index.documents()
        if json:
            print(sources_json(documents))
        else:
            from bot.terminal.chat import Terminal, print_sources

            print_sources(documents, Terminal())


@app.command("eval")
def evaluate(
    folder: Annotated[Path, typer.Argument(help="It holds questions.jsonl, and passages.jsonl or documents.")],
    out: Annotated[
        Path | None,
        typer.Option(help="Where to write eval.json and eval.png.", show_default="eval-NAME, after the folder"),
    ] = None,
    json: JsonOption = False,
) -> None:
    """Measure answers on questions whose answers are known."""
    from bot.settings import load_settings
    from bot.terminal.chat import Terminal
    from bot.terminal.evaluate import evaluate_folder, evaluation_json, print_evaluation, write_results

    with _progress() as on_progress:
        evaluation = evaluate_folder(folder, load_settings(), on_progress)
    if json:
        print(evaluation_json(evaluation))
    else:
        print_evaluation(evaluation, Terminal())
    _say(write_results(evaluation, out or Path(f"eval-{evaluation.set}")))


@app.command()
def bot() -> None:
    """Run the Telegram bot until it is told to stop."""
    from bot.settings import load_settings
    from bot.telegram.application import run

    run(load_settings())


@app.command()
def doctor(json: JsonOption = False) -> None:
    """Check all that Kutip needs, and say what to do; exit status 1 if something failed.

    Settings, folders, disk, models, index, database, and, with a token, what Telegram says.
    """
    from bot.terminal.chat import Terminal
    from bot.terminal.checks import State
    from bot.terminal.doctor import examine, print_check
    from bot.terminal.json_output import checks_json

    terminal, checks = Terminal(), []
    for check in examine():
        checks.append(check)
        if not json:
            print_check(check, terminal)
    if json:
        print(checks_json(checks))
    if any(check.state == State.FAILED for check in checks):
        raise typer.Exit(1)


@app.command("export-reader")
def export_reader(
    model: Annotated[str, typer.Argument(help="A Hugging Face question answering model: its folder or its name.")],
    folder: Annotated[Path, typer.Argument(help="Where the reader is written; KUTIP_READER then names it.")],
) -> None:
    """Make a reader of a Hugging Face question answering model, for KUTIP_READER."""
    from retrieval.reading.reader_export import export_reader as export

    export(model, folder)
    print(f"The reader is in {folder}. To use it: KUTIP_READER={folder}")


@contextmanager
def _library() -> "Iterator[Library]":
    """Open the documents, indexing what is new; afterwards stop the worker."""
    from bot.library import Library
    from bot.settings import load_settings
    from retrieval.receipts import Cause

    library = Library(load_settings())
    receipt: Receipt | None = None
    try:
        with _progress() as on_progress:
            try:
                receipt = library.update(cause=Cause.NOTICED, wait=False, on_progress=on_progress)
            except IndexBusyError:
                if library.snapshot is None:
                    receipt = library.update(wait=True, on_progress=on_progress)
                else:
                    _say("Another kutip is writing the index; this answers from the one that is there.")
            except IndexHeldError as error:
                _say(error)
            except DataError as error:
                if library.snapshot is None:
                    raise
                _say(f"{error} This answers from the index that is there.")
        if receipt and receipt.failed:
            _say(f"{len(receipt.failed)} of the files could not be read: kutip sources --failed says why.")
        yield library
    finally:
        library.close()


def _ask_stream() -> None:
    from bot.terminal.stream import answer_lines, read_lines

    with _library() as library:
        for line in answer_lines(read_lines(sys.stdin.fileno()), library.ask):
            print(line, flush=True)


@contextmanager
def _progress() -> "Iterator[OnProgress]":
    from bot.terminal.progress import shown

    with shown() as on_progress:
        yield on_progress


def _say(said: KutipError | str) -> None:
    from bot.texts import printable, terminal_texts

    line = said if isinstance(said, str) else " ".join(terminal_texts().error(said).split())
    print(printable(line), file=sys.stderr)


def _print_receipt(receipt: "Receipt") -> None:
    from bot.texts import printable, terminal_texts

    for line in terminal_texts().receipt(receipt).split("\n"):
        print(printable(line))
