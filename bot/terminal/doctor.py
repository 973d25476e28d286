"""`kutip doctor`: check, one thing after the other, what Kutip needs to answer, and say what to do."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile

import numpy as np
from rich.console import Console
from rich.text import Text

from bot.settings import Settings, SettingsError, read_settings, unknown_variables, variable
from bot.telegram.storage.database import NAME
from bot.telegram.storage.sqlite_file import DAMAGED, damage
from bot.terminal.checks import Check, State, failed, skipped
from bot.terminal.connection import NAMES as TELEGRAM
from bot.terminal.connection import check_telegram
from bot.texts import printable, texts_in
from retrieval.documents.files import find_files
from retrieval.embedding.embedder import Embedder
from retrieval.embedding.exporting import FAILURES
from retrieval.embedding.models import load_embedder, needs_download
from retrieval.errors import DataError, IndexUnusableError, KnowledgeError, KutipError, ModelError
from retrieval.index.protocols import SPLITTING
from retrieval.index.stores import open_store
from retrieval.reading.reading_model import load_reading_model

LITTLE_SPACE, NO_SPACE = 500 * 2**20, 50 * 2**20  # bytes
_LOCAL = ("knowledge", "data", "disk", "model", "reader", "index", "database")
_PEOPLE = ("chats", "admins")
_LOOKS = {
    State.OK: ("✓", "green"),
    State.NOTE: ("·", "cyan"),
    State.WARNING: ("!", "yellow"),
    State.FAILED: ("✗", "bold red"),
    State.SKIPPED: ("–", "dim"),
}


def examine() -> Iterator[Check]:
    """Yield the checks as they are made. One that fails ends none but those that cannot do without it."""
    try:
        settings, wrong = read_settings()
        yield _settings(settings, wrong)
    except (SettingsError, OSError) as error:  # of .env: what would be checked is not known
        yield failed("settings", error)
        yield from (skipped(name, "the settings") for name in (*_LOCAL, *TELEGRAM, *_PEOPLE))
        return
    yield _made("knowledge", lambda: _knowledge(settings.knowledge, settings.data))
    data = _made("data", lambda: _data(settings.data))
    yield data
    usable = data.state != State.FAILED
    yield _made("disk", lambda: disk(_free(settings.data)))
    model, embedder = _model(settings.model, settings.data, usable=usable)
    yield model
    yield _made("reader", lambda: _reader(settings.reader))
    yield _made("index", lambda: _index(settings, embedder, usable=usable))
    yield _made("database", lambda: _database(settings, usable=usable))
    if "telegram_api" in wrong:
        yield from (skipped(name, variable("telegram_api")) for name in TELEGRAM)
    else:
        yield from check_telegram(settings)
    yield from (
        skipped(name, variable(name)) if name in wrong else _people(name, len(getattr(settings, name)))
        for name in _PEOPLE
    )


def _made(name: str, check: Callable[[], Check]) -> Check:
    try:
        return check()
    except (KutipError, OSError) as error:
        return failed(name, error)


def _settings(settings: Settings, wrong: Mapping[str, SettingsError]) -> Check:
    if wrong:
        text = " ".join(str(error) for error in wrong.values()).removesuffix(".")
        return Check("settings", State.FAILED, text, "Correct it; .env.example explains each.")
    if unknown := unknown_variables():
        guesses = [f"{name} may be meant for {meant}." for name, meant in unknown.items() if meant]
        advice = " ".join([*guesses, ".env.example lists all."])
        return Check("settings", State.WARNING, f"there is no setting {', '.join(unknown)}", advice)
    count = len(settings.model_fields_set)
    return Check("settings", State.OK, f"{count} set, the rest default" if count else "all default")


def _knowledge(folder: Path, data: Path) -> Check:
    count = len(find_files(folder, data=data))
    if not count:
        raise KnowledgeError.no_documents(folder)
    return Check("knowledge", State.OK, f"{count:,} file{'s'[: count != 1]} to read in {folder}")


def _data(folder: Path) -> Check:
    """Write a file as Kutip will, and remove it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for place in (folder, folder / "index"):
            if place == folder or place.exists():
                with NamedTemporaryFile(dir=place, prefix=".doctor-") as file:
                    file.write(bytes(4_096))
                    file.flush()
    except OSError as error:
        raise DataError(folder, error) from error
    return Check("data", State.OK, f"{folder} can be written")


def _free(folder: Path) -> int:
    """Return the free bytes of the disk on which a folder is, or would be."""
    there = next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())
    return shutil.disk_usage(there).free


def disk(free: int) -> Check:
    """Judge the free bytes of the disk that the data folder is on."""
    text = f"{free / 2**30:,.1f} GB free" if free >= 2**30 else f"{free // 2**20} MB free"
    if free >= LITTLE_SPACE:
        return Check("disk", State.OK, text)
    state = State.FAILED if free < NO_SPACE else State.WARNING
    advice = "Make room: while the index is written, the one before stays."
    return Check("disk", state, text, advice)


def _model(model: str | None, data: Path, *, usable: bool) -> tuple[Check, Embedder | None]:
    """Load the embedding model as the bot does, and embed a question with it."""
    name = model or "the bundled one"
    if needs_download(model, data):
        advice = "kutip index downloads it if need be, and prepares it."
        return Check("model", State.WARNING, f"{name} has not been prepared yet", advice), None
    try:
        embedder = load_embedder(model, data)
        [vector] = embedder.embed_questions(["Who said so?"])
    except DataError as error:
        return failed("model", error) if usable else skipped("model", "the data folder"), None
    except ModelError as error:
        return failed("model", error), None
    except FAILURES as error:
        return _broken(f"{name} cannot embed ({type(error).__name__})", data), None
    length = float(np.linalg.norm(vector))
    if not abs(length - 1) < 0.01:  # also where it is not a number
        return _broken(f"{name} gives a vector of length {length:.2f}, which should be 1", data), None
    return Check("model", State.OK, f"{name}, {embedder.dim} dimensions"), embedder


def _broken(text: str, data: Path) -> Check:
    return Check(
        "model", State.FAILED, text, f"Delete {data / 'models'}: it is made again. Otherwise check KUTIP_MODEL."
    )


def _reader(folder: Path | None) -> Check:
    load_reading_model(folder)
    return Check("reader", State.OK, f"{folder or 'the bundled one'}, as it was written")


def _index(settings: Settings, embedder: Embedder | None, *, usable: bool) -> Check:
    if embedder is None:
        return skipped("index", "the model")
    try:
        store = open_store(settings.data, settings.database_url.get_secret_value())
        index = store.open(embedder.fingerprint, check=True)
        if index is None:
            if not usable:
                return skipped("index", "the data folder")
            return Check("index", State.WARNING, "there is none yet", "kutip index makes it.")
        counts, broken = (index.document_count, index.passage_count), len(index.failed())
        held = store.is_held()
    except IndexUnusableError as error:
        return Check("index", State.FAILED, str(error).removesuffix("."), "kutip index builds it again.")
    texts = texts_in(None)
    text = f"{index.name}, {texts.documents(counts[0])}, {texts.passages(counts[1])}"
    if broken:
        text += f"; {broken:,} file{'s'[: broken != 1]} could not be read"
        return Check("index", State.WARNING, text, "kutip sources --failed says why.")
    if held:
        advice = "It stays so until documents are read again, as by kutip index or /reload."
        return Check("index", State.NOTE, f"{text}; it was rolled back", advice)
    if index.splitting < SPLITTING:
        text += "; its files were split into sentences by an older version"
        return Check("index", State.NOTE, text, "kutip index or /reload reads them again, and keeps most vectors.")
    return Check("index", State.OK, text)


def _database(settings: Settings, *, usable: bool) -> Check:
    if url := settings.database_url.get_secret_value():
        open_store(settings.data, url)
        return Check("database", State.OK, "in PostgreSQL, which answers")
    data, path = settings.data, settings.data / NAME
    if not usable and not path.exists():
        return skipped("database", "the data folder")
    text = "there is none yet: the bot makes it"
    if path.exists():
        try:
            text = damage(path)
        except sqlite3.Error as error:
            text = str(error)
        if text:
            advice = "Stop the bot, and rename the file or put a copy in its place. The bot begins a new one."
            return Check("database", State.FAILED, f"{path} cannot be used: {text}", advice)
        text = f"{path} is whole"
    if aside := sorted(file.name for file in data.glob(f"{NAME}{DAMAGED}*")):
        advice = "Delete what nobody needs."
        return Check("database", State.WARNING, f"{text}; set aside as damaged: {', '.join(aside)}", advice)
    return Check("database", State.OK, text)


def _people(name: str, count: int) -> Check:
    if count:
        return Check(name, State.OK, f"{count:,} listed in {variable(name)}")
    if name == "chats":
        text, advice = "everybody who finds the bot may ask", "List in KUTIP_CHATS who may; /id tells ids."
        return Check(name, State.WARNING, text, advice)
    advice = "Put your id into KUTIP_ADMINS; /id tells it."
    return Check(name, State.NOTE, "nobody may /reload from Telegram", advice)


def print_check(check: Check, console: Console) -> None:
    """Print a check in one line."""
    sign, style = _LOOKS[check.state]
    text = f"{check.text}. {check.advice}" if check.advice else check.text
    console.print(Text.assemble((f"{sign} {check.state:<8}", style), f" {check.name:<10} {printable(text)}"))
