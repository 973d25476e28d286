"""Kutip with its index in PostgreSQL: the real commands, a real server, and what they say when it is not there."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from tests.bot_api import BotApi
from tests.postgres import PostgresServer, server
from tests.processes import PATIENCE, ReadDocuments, Workplace
from tests.test_bot import ADMIN, ANA, api, running
from tests.test_outages import until

__all__ = ["api", "server"]  # fixtures

BORN = "When was Anselma Thorne born?"
BORN_QUOTE = "Anselma Thorne was born on 14 May 1931 in Upper Wick."
DIED = "When did Anselma Thorne die?"
NO_DATABASE = "The database cannot be used: "
ADVICE = "Mend that, or check KUTIP_DATABASE_URL."


@pytest.fixture
def url(server: PostgresServer, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty database."""
    name = f"kutip_{abs(hash(request.node.name))}"
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield server.url.replace("/postgres?", f"/{name}?")
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def place(tmp_path: Path, models: Path) -> Workplace:
    place = Workplace.make(tmp_path, models)
    place.write("thorne.md", f"# Anselma Thorne\n\n{BORN_QUOTE}\n")
    return place


def test_questions_are_answered_from_the_database_and_the_doctor_looks_into_it(place: Workplace, url: str) -> None:
    run = place.kutip("index", KUTIP_DATABASE_URL=url)
    assert (run.returncode, run.stdout.splitlines()[0]) == (
        0,
        "added 1, changed 0, unchanged 0, moved 0, removed 0, duplicate 0, failed 0",
    )
    assert BORN_QUOTE in place.kutip("ask", BORN, KUTIP_DATABASE_URL=url).stdout
    assert "thorne.md" in place.kutip("sources", KUTIP_DATABASE_URL=url).stdout
    printed = place.kutip("doctor", KUTIP_DATABASE_URL=url).stdout
    assert "kutip_v000001, 1 document, 1 passage" in printed
    assert "in PostgreSQL, which answers" in printed
    assert not (place.data / "index").exists()


def test_another_machine_answers_from_what_one_has_indexed(
    place: Workplace, models: Path, tmp_path: Path, url: str, read_documents: ReadDocuments
) -> None:
    read_documents(place, url)
    other = Workplace.make(tmp_path / "other", models)
    (other.knowledge / "thorne.md").write_bytes((place.knowledge / "thorne.md").read_bytes())
    run = other.kutip("ask", BORN, KUTIP_DATABASE_URL=url)
    assert BORN_QUOTE in run.stdout
    assert other.kutip("index", "--json", KUTIP_DATABASE_URL=url).stdout.count('"unchanged": 1') == 1


def test_going_back_leads_to_the_documents_before(place: Workplace, url: str, read_documents: ReadDocuments) -> None:
    read_documents(place, url)
    place.write("thorne.md", "# Anselma Thorne\n\nThorne died of pneumonia on 23 January 2009 in Carrowmere.\n")
    read_documents(place, url)
    assert "pneumonia" in place.kutip("ask", DIED, KUTIP_DATABASE_URL=url).stdout
    run = place.kutip("index", "--rollback", KUTIP_DATABASE_URL=url)
    assert run.returncode == 0
    assert BORN_QUOTE in place.kutip("ask", BORN, KUTIP_DATABASE_URL=url).stdout


def test_answers_are_measured_over_the_database_and_nothing_is_left_there(place: Workplace, url: str) -> None:
    rows = [
        {"question": BORN, "document": "thorne.md", "answers": ["14 May 1931"]},
        {"question": "Who paid for the bridge?", "document": "thorne.md", "answers": []},
    ]
    folder = place.folder / "set"
    (folder / "documents").mkdir(parents=True)
    (folder / "documents" / "thorne.md").write_bytes((place.knowledge / "thorne.md").read_bytes())
    (folder / "questions.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    over = [json.loads(place.kutip("eval", "set", "--json", **way).stdout) for way in ({}, {"KUTIP_DATABASE_URL": url})]
    assert over[0]["sentence_at_1"] == 1.0
    times = {"seconds": 0, "seconds_in_batches": 0}
    assert over[0] | times == over[1] | times
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT 1 FROM pg_namespace WHERE starts_with(nspname, 'kutip')").fetchall() == []


@pytest.mark.parametrize("command", [("ask", BORN), ("index",)])
def test_a_server_that_is_not_there_is_told_of_in_one_line_without_the_password(
    command: tuple[str, ...], place: Workplace, tmp_path: Path
) -> None:
    url = f"postgresql://kutip:SECRET@/name?host={quote(str(tmp_path / 'nowhere'))}"
    run = place.kutip(*command, KUTIP_DATABASE_URL=url)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith(NO_DATABASE)
    assert run.stderr.endswith(f"{ADVICE}\n")
    assert run.stderr.count("\n") == 1
    assert "SECRET" not in run.stderr


def test_an_address_that_cannot_be_read_is_not_repeated(place: Workplace) -> None:
    run = place.kutip("ask", BORN, KUTIP_DATABASE_URL="postgresql://kutip:SECRET@host:port/name")
    assert (run.returncode, run.stderr.count("\n")) == (2, 1)
    assert run.stderr.startswith(NO_DATABASE)
    assert "SECRET" not in run.stderr


def test_after_the_server_was_killed_and_started_again_questions_are_answered(
    place: Workplace, url: str, server: PostgresServer, read_documents: ReadDocuments
) -> None:
    read_documents(place, url)
    with place.started("ask", "--json", "-", KUTIP_DATABASE_URL=url) as process:
        assert process.stdin and process.stdout
        asks, answers = process.stdin, process.stdout

        def ask() -> str:
            asks.write(f"{BORN}\n")
            asks.flush()
            return answers.readline()

        assert BORN_QUOTE in ask()
        server.kill()
        assert '"error": "The database cannot be used' in ask()
        server.start()
        assert BORN_QUOTE in ask()


# The bot


def test_a_running_bot_answers_from_what_another_process_has_indexed_or_gone_back_to(
    place: Workplace, api: BotApi, url: str, read_documents: ReadDocuments
) -> None:
    read_documents(place, url)
    with running(place, api, KUTIP_DATABASE_URL=url, KUTIP_RATE_LIMIT="0") as bot:
        assert BORN_QUOTE in bot.ask(BORN).text
        place.write("harbour.md", "# Harbour\n\nThe harbour plan was written by Yusra Delacroix.\n")
        place.kutip("index", KUTIP_DATABASE_URL=url)
        until(lambda: "Yusra" in bot.ask("Who wrote the harbour plan?").text)
        place.kutip("index", "--rollback", KUTIP_DATABASE_URL=url)
        until(lambda: "Yusra" not in bot.ask("Who wrote the harbour plan?").text)
        assert BORN_QUOTE in bot.ask(BORN).text


def test_what_is_asked_while_the_server_is_away_is_answered_when_it_is_back_and_administrators_are_told(
    place: Workplace, api: BotApi, url: str, server: PostgresServer, read_documents: ReadDocuments
) -> None:
    read_documents(place, url)
    with running(place, api, KUTIP_DATABASE_URL=url, KUTIP_RATE_LIMIT="0") as bot:
        assert BORN_QUOTE in bot.ask(BORN, user=ADMIN).text
        server.kill()
        try:
            question = api.says(BORN, user=ANA)
            assert api.wait_for_message(ADMIN, containing="cannot reach my database", timeout=PATIENCE)
            assert not api.messages(ANA)
        finally:
            server.start()
        assert BORN_QUOTE in bot.reply_to(question).text
        assert api.wait_for_message(ADMIN, containing="can reach my database again", timeout=PATIENCE)
        assert "Traceback" not in bot.stop()
