"""All that Kutip keeps is copied from the data folder into PostgreSQL and back, and nothing is lost on the way."""

import subprocess
from pathlib import Path

import psycopg

from bot.telegram.storage.copying import _TOGETHER
from bot.telegram.storage.database import Asked, Database
from bot.telegram.storage.postgres_tables import PostgresTables
from tests.postgres import PostgresServer, server
from tests.processes import ReadDocuments, Workplace
from tests.test_postgres import BORN, BORN_QUOTE, place, url

__all__ = ["place", "server", "url"]  # fixtures

ANSWERS = _TOGETHER + 1  # more than are copied at once
COPIED = f"Copied: 2 documents, 2 passages, {ANSWERS + 7:,} rows.\n"


async def fill(database: Database) -> None:
    await database.open()
    for number in range(ANSWERS):
        await database.keep_answer(42, number, [number + 1], Asked(database.time(), 42, f"Who is {number}?", True, 0.5))
    await database.vote(42, 3, 42, -1)
    await database.choose_language(42, "id")
    await database.move_chat(-1, -100)
    await database.mark_gone(43)
    await database.note_act(1, "reload")
    await database.note_act(1, "remove", "a.txt")
    await database.receive(7, "{}")
    await database.close()


async def told(database: Database) -> object:
    await database.open()
    kept = (
        await database.asked(0),
        await database.acts(),
        await database.undone(),
        (database.language_of(42), database.former_id(-100), database.gone_since(43)),
    )
    await database.close()
    return kept


async def test_what_is_kept_goes_into_the_database_and_back(
    place: Workplace, url: str, read_documents: ReadDocuments
) -> None:
    place.write("b.txt", "Another report.")
    place.write("copies/b.txt", "Another report.")
    read_documents(place)
    await fill(Database(place.data))
    before = await told(Database(place.data))
    run = place.kutip("migrate", KUTIP_DATABASE_URL=url)
    assert (run.returncode, run.stdout) == (0, COPIED), run.stderr
    assert await told(Database(place.data, shared=PostgresTables(url))) == before
    sources = place.kutip("sources", "--json").stdout
    (place.data / "index").rename(place.folder / "index.old")
    (place.data / "kutip.db").rename(place.folder / "kutip.old")
    assert BORN_QUOTE in place.kutip("ask", BORN, KUTIP_DATABASE_URL=url).stdout
    assert place.kutip("sources", "--json", KUTIP_DATABASE_URL=url).stdout == sources
    again = place.kutip("index", "--json", KUTIP_DATABASE_URL=url).stdout
    assert '"encoded": 0' in again
    run = place.kutip("migrate", "--back", KUTIP_DATABASE_URL=url)
    assert (run.returncode, run.stdout) == (0, COPIED), run.stderr
    assert await told(Database(place.data)) == before
    assert place.kutip("sources", "--json").stdout == sources


async def test_a_dump_of_the_bots_tables_brings_them_back(
    place: Workplace, url: str, server: PostgresServer, tmp_path: Path
) -> None:
    shared = Database(place.data, shared=PostgresTables(url))
    await shared.open()
    await shared.choose_language(42, "id")
    await shared.close()
    before = await told(Database(place.data, shared=PostgresTables(url)))
    dump = tmp_path / "kutip_bot.dump"
    subprocess.run(
        [server.programs / "pg_dump", "--schema", "kutip_bot", "--format", "custom", "--file", dump, url], check=True
    )
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA kutip_bot CASCADE")
    subprocess.run([server.programs / "pg_restore", "--dbname", url, dump], check=True)
    assert await told(Database(place.data, shared=PostgresTables(url))) == before


async def test_what_is_there_already_is_not_overwritten(
    place: Workplace, url: str, read_documents: ReadDocuments
) -> None:
    read_documents(place)
    shared = Database(place.data, shared=PostgresTables(url))
    await shared.open()
    await shared.choose_language(42, "id")
    await shared.close()
    run = place.kutip("migrate", KUTIP_DATABASE_URL=url)
    assert (run.returncode, run.stdout) == (2, "")
    assert "What a bot has written down is there already: nothing of it was copied." in run.stderr
    assert 'drop its schema "kutip_bot"' in run.stderr


def test_without_an_index_or_a_database_there_is_nothing_to_copy(place: Workplace, url: str, tmp_path: Path) -> None:
    run = place.kutip("migrate", KUTIP_DATABASE_URL=url)
    assert (run.returncode, run.stderr) == (2, "There is no index to copy. kutip index makes one.\n")
    run = place.kutip("migrate")
    assert run.stderr == "There is no database to copy to or from: set KUTIP_DATABASE_URL.\n"
