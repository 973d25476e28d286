"""Several processes answer for one bot from one database: each question once, in order, whichever of them dies.

KILLS, ASKERS, QUESTIONS and DOCUMENTS say how much of that; `make test` does a little.
"""

import asyncio
import os
import random
import select
import socket
import socketserver
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from telegram import Update

from bot.telegram.storage.changes import UnavailableError
from bot.telegram.storage.database import Asked, Database
from bot.telegram.storage.inbox import ChatOrder
from bot.telegram.storage.open_reports import OpenReport, OpenReports
from bot.telegram.storage.postgres_tables import PostgresTables
from bot.telegram.storage.shared_inbox import SharedInbox
from tests.bot_api import BotApi
from tests.postgres import PostgresServer, server
from tests.processes import ReadDocuments, Workplace
from tests.test_bot import ADMIN, NOTICE, RunningBot, api, running
from tests.test_inbox import BOT, nothing, update
from tests.test_lost import ASKERS, KILLS, PATIENCE, QUESTIONS, in_order, place, question, replies
from tests.test_webhook import free_port

__all__ = ["api", "place", "server"]  # fixtures

DOCUMENTS = int(os.environ.get("DOCUMENTS", "60"))

pytestmark = pytest.mark.timeout(2 * PATIENCE + DOCUMENTS)


@pytest.fixture
def url(server: PostgresServer) -> Iterator[str]:
    """The address of a database without the bot's tables."""
    yield server.url
    with psycopg.connect(server.url, autocommit=True) as connection:
        names = connection.execute("SELECT nspname FROM pg_namespace WHERE starts_with(nspname, 'kutip')").fetchall()
        for [name] in names:
            connection.execute(f"DROP SCHEMA {name} CASCADE")


# What is kept


async def told(database: Database) -> object:
    """Do all that is kept, and return all that is told of it."""
    await database.open()
    now = database.time()
    asked = Asked(now, 42, "How\0 far?", True, 0.5)
    await database.keep_answer(-1, 7, [8, 9], asked)
    await database.keep_answer(-1, 7, [10], replace(asked, text="How far is it?"))
    await database.keep_answer(-2, 7, [8], replace(asked, person=43, found=False))
    await database.keep_answer(43, 9, [11], replace(asked, at=now - 90 * 86_400))
    for vote in (1, -1):
        await database.vote(-1, 10, 42, vote)
    await database.vote(-1, 10, 43, 1)
    await database.choose_language(42, "id")
    await database.choose_language(42, "en")
    await database.choose_language(44, "id")
    await database.move_chat(-1, -2)
    await database.mark_gone(42)
    await database.mark_gone(43)
    await database.mark_back(43)
    for act in ("reload", "remove"):
        await database.note_act(1, act, "a.txt")
    await database.forget_person(44)
    first = await database.receive(5, "{}"), await database.receive(5, "{}"), await database.receive(6, "{}")
    await database.dealt_with(5)
    reports = OpenReports(database)
    told_of = OpenReport(1, 7, "id", "a.txt", "1f", 9)
    for report in (told_of, replace(told_of, message=8), replace(told_of, message=8, shown=10)):
        await reports.note(report)
    await reports.end(told_of)
    await database.clean()
    await database.refresh()
    kept = (
        [await database.answer_to(chat, 7, 0) for chat in (-1, -2)],
        [replace(one, at=0) for one in await database.asked(0)],
        [database.language_of(person) for person in (42, 44)],
        (database.former_id(-2), database.gone_since(42) is not None, database.gone_since(43)),
        (await database.acts(), first, await database.undone(), database.trouble, database.unwritten),
        await reports.left(),
    )
    await database.close()
    return kept


async def test_what_is_kept_in_a_database_is_what_is_kept_in_a_file(url: str, tmp_path: Path) -> None:
    in_file = await told(Database(tmp_path))
    in_database = await told(Database(tmp_path, shared=PostgresTables(url)))
    assert str(in_database) == str(in_file).replace("\\x00", "")


async def test_what_cannot_be_written_waits_until_the_server_is_back(
    url: str, server: PostgresServer, tmp_path: Path
) -> None:
    database = Database(tmp_path, shared=PostgresTables(url))
    await database.open()
    server.kill()
    try:
        await database.choose_language(42, "id")
        assert (database.language_of(42), database.unwritten, bool(database.trouble)) == ("id", 1, True)
        assert await database.answer_to(1, 2, 0) == []
    finally:
        server.start()
    await database.write_again()
    assert (database.unwritten, database.trouble) == (0, "")
    await database.close()
    again = Database(tmp_path, shared=PostgresTables(url))
    await again.open()
    assert again.language_of(42) == "id"
    await again.close()


# The index


async def test_a_process_hears_of_another_version_of_the_index(
    place: Workplace, url: str, read_documents: ReadDocuments
) -> None:
    tables = PostgresTables(url)
    waiting = asyncio.ensure_future(tables.index_changed(PATIENCE))
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        while not await (
            await connection.execute("SELECT FROM pg_stat_activity WHERE starts_with(query, 'LISTEN')")
        ).fetchall():
            await asyncio.sleep(0.05)
    await asyncio.to_thread(read_documents, place, url)
    await asyncio.wait_for(waiting, 10)
    await tables.close()


async def test_while_the_server_is_away_the_index_is_looked_at_again_as_often(tmp_path: Path) -> None:
    tables = PostgresTables(f"postgresql://kutip@/name?host={tmp_path}")
    await asyncio.wait_for(tables.index_changed(0.1), 10)


# Who takes what


@pytest.fixture
async def make_inbox(url: str, tmp_path: Path) -> AsyncIterator[Callable[[], "asyncio.Future[SharedInbox]"]]:
    """What makes the inbox of one more process."""
    opened: list[tuple[SharedInbox, Database]] = []

    async def make() -> SharedInbox:
        tables = PostgresTables(url)
        database = Database(tmp_path, shared=tables)
        await database.open()
        inbox = SharedInbox(database, tables)
        await inbox.restore(BOT)
        inbox.begin()
        opened.append((inbox, database))
        return inbox

    yield lambda: asyncio.ensure_future(make())
    for inbox, database in opened:
        await inbox.close()
        await database.close()


async def taken(inbox: SharedInbox, count: int = 1) -> list[int]:
    """Return the numbers of the next updates that an inbox has."""
    found = [await asyncio.wait_for(inbox.get(), 10) for _ in range(count)]
    return [one.update_id for one in found if isinstance(one, Update)]


async def test_an_update_is_taken_by_one_and_the_next_of_its_chat_when_it_is_dealt_with(
    make_inbox: Callable[[], "asyncio.Future[SharedInbox]"],
) -> None:
    one = await make_inbox()
    for number in (7, 8, 9):
        assert await one.offer(update(1, number))
        assert await one.offer(update(1, number)), "it is repeated"
    assert await taken(one) == [7]
    await asyncio.sleep(0.2)
    assert one.empty()
    await ChatOrder(one).process_update(update(1, 7), nothing())
    assert await taken(one) == [8]


async def test_no_update_is_taken_by_two(make_inbox: Callable[[], "asyncio.Future[SharedInbox]"]) -> None:
    inboxes = [await make_inbox() for _ in range(3)]
    for number in range(60):
        assert await inboxes[number % 3].offer(update(number, number + 1))
    found: list[int] = []

    async def work(inbox: SharedInbox) -> None:
        while True:
            [number] = await taken(inbox)
            found.append(number)
            await inbox.dealt_with(update(1, number))

    workers = [asyncio.ensure_future(work(inbox)) for inbox in inboxes]
    while len(found) < 60:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.5)
    for worker in workers:
        worker.cancel()
    assert sorted(found) == list(range(1, 61))


async def test_what_a_dead_process_held_is_taken_by_another_when_its_lease_ends(
    make_inbox: Callable[[], "asyncio.Future[SharedInbox]"], url: str
) -> None:
    dead = await make_inbox()
    assert await dead.offer(update(1, 7))
    assert await taken(dead) == [7]
    assert dead._taking
    dead._taking.cancel()
    other = await make_inbox()
    assert await other.offer(update(1, 8))
    await asyncio.sleep(1.5)
    assert other.empty(), "it is the dead one's turn"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("UPDATE kutip_bot.inbox SET leased_until = now() - interval '1 second' WHERE id = 7")
    assert await taken(other) == [7]
    await other.dealt_with(update(1, 7))
    assert await taken(other) == [8]


async def test_a_process_that_ends_leaves_what_it_has_not_dealt_with(
    make_inbox: Callable[[], "asyncio.Future[SharedInbox]"],
) -> None:
    one, other = await make_inbox(), await make_inbox()
    one.stop()
    other.stop()
    third = await make_inbox()
    assert await third.offer(update(1, 7))
    assert await taken(third) == [7]
    await third.close()
    last = await make_inbox()
    assert await taken(last) == [7]


async def test_while_the_server_is_away_telegram_is_told_to_come_again(
    make_inbox: Callable[[], "asyncio.Future[SharedInbox]"], server: PostgresServer
) -> None:
    inbox = await make_inbox()
    server.kill()
    try:
        assert not await inbox.offer(update(1, 7))
    finally:
        server.start()
    assert await inbox.offer(update(1, 7))
    assert await taken(inbox) == [7]


async def test_a_server_that_is_not_there_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError):
        await PostgresTables(f"postgresql://kutip:SECRET@/name?host={tmp_path}").query(("SELECT 1", ()))


# Two processes


class _Balancer(socketserver.ThreadingTCPServer):
    """Hands each connection on to one of some ports that answers, as what stands before several processes does."""

    daemon_threads = True

    def __init__(self, ports: list[int]) -> None:
        super().__init__(("127.0.0.1", 0), _Connection)
        self.ports = ports

    def connect(self) -> socket.socket | None:
        for port in random.sample(self.ports, len(self.ports)):
            try:
                return socket.create_connection(("127.0.0.1", port), 5)
            except OSError:
                continue
        return None


class _Connection(socketserver.BaseRequestHandler):
    server: _Balancer

    def handle(self) -> None:
        behind = self.server.connect()
        if behind is None:
            return
        with behind:
            ends = {self.request: behind, behind: self.request}
            while True:
                for end in select.select(list(ends), [], [])[0]:
                    try:
                        if not (data := end.recv(65_536)):
                            return
                        ends[end].sendall(data)
                    except OSError:
                        return


@contextmanager
def balanced(ports: list[int]) -> Iterator[str]:
    """Yield the address before some ports."""
    with _Balancer(ports) as balancer:
        threading.Thread(target=balancer.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{balancer.server_address[1]}/telegram"
        balancer.shutdown()


def test_two_processes_answer_every_question_whichever_is_killed_and_the_database_too(
    place: Workplace,
    models: Path,
    tmp_path: Path,
    api: BotApi,
    url: str,
    server: PostgresServer,
    capsys: pytest.CaptureFixture[str],
    read_documents: ReadDocuments,
) -> None:
    chance = random.Random(int(os.environ.get("SEED", "0")))
    other = Workplace.make(tmp_path / "other", models, PATIENCE)
    (other.knowledge / "lease.txt").write_bytes((place.knowledge / "lease.txt").read_bytes())
    read_documents(place, url)
    places, ports = [place, other], [free_port(), free_port()]
    asked: dict[int, int] = {}
    with balanced(ports) as address:

        def start(number: int) -> ExitStack:
            settings = {"KUTIP_WEBHOOK_URL": address, "KUTIP_WEBHOOK_PORT": str(ports[number])}
            stack = ExitStack()
            bots[number] = stack.enter_context(
                running(places[number], api, KUTIP_DATABASE_URL=url, KUTIP_RATE_LIMIT="0", **settings)
            )
            return stack

        bots: dict[int, RunningBot] = {}
        stacks = [start(0), start(1)]
        for kill in range(KILLS):
            for _ in range(QUESTIONS * (kill + 1) // KILLS - len(asked)):
                user = 100 + len(asked) % ASKERS
                asked[api.says(question(len(asked)), user=user)] = user
            time.sleep(chance.uniform(0.0, 3.0))
            if kill == KILLS // 2:
                server.kill()
                server.start()
            number = chance.randrange(2)
            bots[number].process.kill()
            bots[number].process.wait()
            stacks[number].close()
            stacks[number] = start(number)
        api.wait_for(lambda api: all(replies(api, asked).values()), timeout=PATIENCE)
        answered = [bot.log.read_text("utf-8").count("A question is answered.") for bot in bots.values()]
        for stack in stacks:
            stack.close()
    counts = replies(api, asked)
    twice = sum(count > 1 for count in counts.values())
    with capsys.disabled():
        print(f"\n{KILLS} kills of two processes, {len(asked)} questions: 0 without an answer, {twice} answered twice")
        print(f"answered by the last two processes: {answered}")
    assert max(counts.values()) <= 2
    assert twice <= max(2 * KILLS, ASKERS)
    assert in_order(api, asked)


PERIODS = ("three months", "half a year")


def write_edition(place: Workplace, edition: int) -> None:
    """Write two documents that say the same, and others, all of them new."""
    for name, more in (("spring", "It was signed in spring."), ("autumn", "It was signed in autumn.")):
        place.write(f"{name}.txt", f"The notice period of the lease is {PERIODS[edition]}. {more}")
    for number in range(DOCUMENTS):
        place.write(f"towns/{number:05}.txt", f"The town T{number:05} has had a mayor since {1900 + edition}.")


def test_while_documents_are_read_every_answer_comes_from_one_version_of_them(
    place: Workplace,
    models: Path,
    tmp_path: Path,
    api: BotApi,
    url: str,
    capsys: pytest.CaptureFixture[str],
    read_documents: ReadDocuments,
) -> None:
    other = Workplace.make(tmp_path / "other", models, PATIENCE)
    places, ports = [place, other], [free_port(), free_port()]
    (place.knowledge / "lease.txt").unlink()
    for one in places:
        write_edition(one, 0)
    read_documents(place, url)
    asked: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    bots: list[RunningBot] = []
    with ExitStack() as stack:
        address = stack.enter_context(balanced(ports))
        for one, port in zip(places, ports, strict=True):
            settings = {"KUTIP_WEBHOOK_URL": address, "KUTIP_WEBHOOK_PORT": str(port)}
            bot = stack.enter_context(running(one, api, KUTIP_DATABASE_URL=url, KUTIP_RATE_LIMIT="0", **settings))
            bots.append(bot)
        until = time.monotonic() + PATIENCE
        while not all("The documents are read" in bot.log.read_text("utf-8") for bot in bots):
            assert time.monotonic() < until
            time.sleep(0.1)

        def ask(user: int) -> None:
            asked[api.says(NOTICE, user=user)] = user, time.time()

        def read() -> bool:
            """Tell whether the documents were read again, and all processes had the time to notice."""
            return any("changed" in one.text and time.time() - one.time > 3 for one in api.messages(ADMIN))

        for one in places:
            write_edition(one, 1)
        for number in range(ASKERS):
            ask(100 + number)

        def new(api: BotApi) -> set[int]:
            return (asked.keys() & api.replies.keys()) - taken

        while taken != asked.keys():
            if len(asked) >= 2 * ASKERS and not api.messages(ADMIN):
                api.says("/reload", user=ADMIN)
                api.wait_for_message(ADMIN)
            answered = api.wait_for(new, timeout=PATIENCE)
            taken.update(answered)
            for message in answered:
                if len(asked) < QUESTIONS or not read():
                    ask(asked[message][0])
    answers = [api.replies[message][0].text for message in asked]
    waits = sorted(api.replies[message][0].time - at for message, (_, at) in asked.items())
    with capsys.disabled():
        print(
            f"\n{len(asked)} questions while {DOCUMENTS} documents were read: {waits[len(waits) // 2]:.2f} s in the",
            end="",
        )
        print(f" median, {waits[-1]:.2f} s at most")
    assert all("[2]" in text for text in answers), "two documents say it"
    assert {sum(period in text for period in PERIODS) for text in answers} == {1}, "no answer quotes both versions"
    assert {period for period in PERIODS for text in answers if period in text} == set(PERIODS)
    assert in_order(api, {message: user for message, (user, _) in asked.items()})
