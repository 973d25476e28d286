"""What an owner can set, and where from."""

import os
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.settings import Settings, SettingsError, load_settings, read_settings, unknown_variables
from retrieval.errors import KutipError
from retrieval.reading.reader import THRESHOLD

EXAMPLE = (Path(__file__).parent.parent / ".env.example").read_text("utf-8")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, and no settings in the environment."""
    for name in [name for name in os.environ if name.startswith("KUTIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def example_lines() -> dict[str, str]:
    lines = [line.removeprefix("# ") for line in EXAMPLE.splitlines() if line.startswith("# KUTIP_")]
    return dict(line.split("=", 1) for line in lines)


def test_the_defaults_are_those_of_the_design() -> None:
    assert load_settings().model_dump() == {
        "telegram_token": SecretStr(""),
        "telegram_api": "https://api.telegram.org",
        "webhook_url": "",
        "webhook_port": 8080,
        "metrics_port": 0,
        "listen": IPv4Address("127.0.0.1"),
        "log_format": "console",
        "log_questions": False,
        "admins": frozenset(),
        "chats": frozenset(),
        "knowledge": Path("knowledge"),
        "data": Path("data"),
        "database_url": SecretStr(""),
        "watch": False,
        "rate_limit": 20,
        "keep_questions": 30,
        "max_file_mb": 20.0,
        "model": None,
        "reader": None,
        "threshold": THRESHOLD,
    }


def test_an_address_that_cannot_be_a_database_is_refused_and_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUTIP_DATABASE_URL", "mysql://kutip:secret@host/name")
    with pytest.raises(
        SettingsError, match=r"KUTIP_DATABASE_URL cannot be used: it has to begin with postgresql://\.$"
    ):
        load_settings()


@pytest.mark.parametrize("password", ["Se@cret", "Se/cret", "Se#cret"])
def test_a_sign_in_the_password_that_ends_it_is_told_and_the_password_not_repeated(
    password: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KUTIP_DATABASE_URL", f"postgresql://kutip:{password}@host/name")
    with pytest.raises(SettingsError, match="write %40 for @") as refused:
        load_settings()
    assert "cret" not in str(refused.value)


@pytest.mark.parametrize(
    "address", ["kutip.example", "ftp://kutip.example/a", "https://", "https://a.example/{b}", "https://a.example/%20"]
)
def test_an_address_that_cannot_be_a_webhook_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUTIP_WEBHOOK_URL", address)
    with pytest.raises(SettingsError, match="KUTIP_WEBHOOK_URL cannot be used"):
        load_settings()


def test_the_example_names_every_setting_once_and_no_other() -> None:
    named = [line.split("=")[0] for line in EXAMPLE.splitlines() if line.startswith(("KUTIP_", "# KUTIP_"))]
    assert [name.removeprefix("# ") for name in named] == [f"KUTIP_{name.upper()}" for name in Settings.model_fields]


def test_the_example_shows_the_defaults(folder: Path) -> None:
    (folder / ".env").write_text("".join(f"{name}={value}\n" for name, value in example_lines().items()), "utf-8")
    assert load_settings() == Settings.model_construct()
    shown = {name: value for name, value in example_lines().items() if value}
    defaults = {
        f"KUTIP_{name.upper()}": str(field.default).lower() if isinstance(field.default, bool) else str(field.default)
        for name, field in Settings.model_fields.items()
        if field.default not in ("", None, frozenset(), SecretStr(""))
    }
    assert shown == defaults


def test_the_example_as_it_stands_sets_nothing(folder: Path) -> None:
    (folder / ".env").write_text(EXAMPLE, "utf-8")
    assert load_settings() == Settings.model_construct()


def test_the_environment_wins_over_the_file_and_the_file_over_the_default(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / ".env").write_text("KUTIP_RATE_LIMIT=5\nKUTIP_MAX_FILE_MB=7\n", "utf-8")
    monkeypatch.setenv("KUTIP_RATE_LIMIT", "6")
    settings = load_settings()
    assert (settings.rate_limit, settings.max_file_mb, settings.knowledge) == (6, 7.0, Path("knowledge"))


def test_a_tilde_is_the_home_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ana")
    (folder / ".env").write_text("KUTIP_DATA=~/kept\nKUTIP_KNOWLEDGE=~/press\nKUTIP_MODEL=~/model\n", "utf-8")
    settings = load_settings()
    assert (settings.data, settings.knowledge) == (Path("/home/ana/kept"), Path("/home/ana/press"))
    assert settings.model == "/home/ana/model"


@pytest.mark.parametrize("name", ["KUTIP_DATA", "KUTIP_KNOWLEDGE", "KUTIP_READER", "KUTIP_MODEL"])
def test_the_home_folder_of_nobody_is_told_in_a_line(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "~nobody-of-this-name/x")
    with pytest.raises(SettingsError, match=f"{name}.*there is no such home folder"):
        load_settings()


@pytest.mark.parametrize("name", [f"KUTIP_{name.upper()}" for name in Settings.model_fields])
def test_a_blank_value_is_the_default(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "")
    assert load_settings() == Settings.model_construct()
    monkeypatch.delenv(name)
    (folder / ".env").write_text(f"{name}=\n", "utf-8")
    assert load_settings() == Settings.model_construct()


def test_ids_are_separated_by_commas_with_or_without_blanks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUTIP_ADMINS", "1, 23 ,4,")
    monkeypatch.setenv("KUTIP_CHATS", "-1001234567890")
    settings = load_settings()
    assert (settings.admins, settings.chats) == (frozenset({1, 23, 4}), frozenset({-1001234567890}))


def test_the_address_of_a_server_needs_no_slash_at_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUTIP_TELEGRAM_API", "http://localhost:8081/")
    assert load_settings().telegram_api == "http://localhost:8081"


def test_settings_of_other_programs_in_the_file_do_no_harm(folder: Path) -> None:
    (folder / ".env").write_text("COMPOSE_PROJECT_NAME=kutip\nKUTIP_UNKNOWN=1\n", "utf-8")
    assert load_settings() == Settings.model_construct()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("KUTIP_ADMINS", "abc", id="no-number"),
        pytest.param("KUTIP_ADMINS", "1;xyz", id="semicolon"),
        pytest.param("KUTIP_CHATS", "@channel", id="name-of-a-chat"),
        pytest.param("KUTIP_RATE_LIMIT", "-77", id="negative-limit"),
        pytest.param("KUTIP_RATE_LIMIT", "many", id="limit-in-words"),
        pytest.param("KUTIP_MAX_FILE_MB", "-0.5", id="negative-size"),
        pytest.param("KUTIP_MAX_FILE_MB", "inf", id="infinite-size"),
        pytest.param("KUTIP_MAX_FILE_MB", "1e30", id="size-beyond-all-measure"),
        pytest.param("KUTIP_THRESHOLD", "1.5", id="threshold-above-one"),
        pytest.param("KUTIP_THRESHOLD", "nan", id="threshold-that-is-no-number"),
        pytest.param("KUTIP_TELEGRAM_API", "api.example.org", id="address-without-scheme"),
        pytest.param("KUTIP_TELEGRAM_API", "http://", id="address-without-host"),
        pytest.param("KUTIP_TELEGRAM_API", "http://localhost:port", id="address-with-a-port-that-is-none"),
    ],
)
def test_a_wrong_value_is_one_line_that_names_the_setting_and_not_the_value(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    line = str(caught.value)
    assert line.startswith(f"The setting {name} cannot be used: ")
    assert "\n" not in line
    assert value not in line
    assert isinstance(caught.value, KutipError)


def test_a_wrong_value_is_not_in_the_traceback_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUTIP_TELEGRAM_API", "secret.example.org")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert (caught.value.__cause__, caught.value.__suppress_context__) == (None, True)


def test_a_reason_reads_like_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUTIP_TELEGRAM_API", "api.example.org")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert str(caught.value) == (
        "The setting KUTIP_TELEGRAM_API cannot be used: it has to begin with https:// or http://."
    )


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("KUTIP_ADMINS", "1 2", "ids are numbers, with commas between them; the bot tells people theirs at /id."),
        ("KUTIP_WATCH", "ja", "it has to be true or false."),
        ("KUTIP_RATE_LIMIT", "many", "it has to be a whole number."),
        ("KUTIP_RATE_LIMIT", "2.5", "it has to be a whole number."),
        ("KUTIP_RATE_LIMIT", "-1", "it has to be at least 0."),
        ("KUTIP_RATE_LIMIT", "9" * 5_000, "that number is too large."),
        ("KUTIP_THRESHOLD", "0,5", "it has to be a number, with a point as in 0.5."),
        ("KUTIP_THRESHOLD", "2", "it may be at most 1."),
        ("KUTIP_MAX_FILE_MB", "0", "it has to be more than 0."),
        ("KUTIP_MAX_FILE_MB", "1e9", "it may be at most 1000000."),
        ("KUTIP_WEBHOOK_PORT", "70000", "it may be at most 65535."),
        ("KUTIP_LISTEN", "localhost", "it has to be an IP address, such as 127.0.0.1 or 0.0.0.0."),
        ("KUTIP_LOG_FORMAT", "text", "it has to be 'console' or 'json'."),
        ("KUTIP_WEBHOOK_URL", "https://bot.example:port", "it names no server."),
        ("KUTIP_TELEGRAM_API", "http://[::1", "it names no server."),
    ],
)
def test_a_line_says_what_to_write(name: str, value: str, advice: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert str(caught.value) == f"The setting {name} cannot be used: {advice}"


def test_values_that_can_be_used_are_read_beside_those_that_cannot(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"KUTIP_ADMINS": "1", "KUTIP_CHATS": "a,b", "KUTIP_THRESHOLD": "2"}.items():
        monkeypatch.setenv(name, value)
    settings, wrong = read_settings()
    assert list(wrong) == ["chats", "threshold"]
    assert (settings.admins, settings.chats, settings.threshold) == (frozenset({1}), frozenset(), THRESHOLD)
    with pytest.raises(SettingsError, match="KUTIP_CHATS"):
        load_settings()


def test_names_that_are_no_settings_are_found_in_the_environment_and_the_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / ".env").write_text("kutip_chat=1\nkutip_admins=2\nCOMPOSE_PROJECT_NAME=kutip\n", "utf-8")
    monkeypatch.setenv("KUTIP_ADMIN", "3")
    monkeypatch.setenv("KUTIP_QQQQQQ", "3")
    assert unknown_variables() == {"KUTIP_ADMIN": "KUTIP_ADMINS", "KUTIP_CHAT": "KUTIP_CHATS", "KUTIP_QQQQQQ": ""}


def test_a_name_that_is_no_setting_is_told_when_settings_are_loaded(
    monkeypatch: pytest.MonkeyPatch, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    load_settings()
    assert not caplog.messages
    monkeypatch.setenv("KUTIP_TRESHOLD", "0.9")
    load_settings()
    assert caplog.messages == [
        "There is no setting KUTIP_TRESHOLD. KUTIP_THRESHOLD may be meant. .env.example lists all."
    ]


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        pytest.param("KUTIP_WATCH=1\n\nKUTIP_CHATS: 7\n", 3, id="colon"),
        pytest.param("# Who\nKUTIP_ADMINS='12\nKUTIP_WATCH=1\n", 2, id="quote-not-closed"),
        pytest.param("KUTIP_CHATS\n", 1, id="no-value"),
        pytest.param(
            "# KUTIP_CHATS\nset -a\n; note\nOTHER\nexport KUTIP_WATCH=1\nKUTIP_ADMINS='12'\nKUTIP_CHATS=\n",
            None,
            id="all-can-be-read",
        ),
    ],
)
def test_a_line_of_the_file_that_would_be_passed_over_is_an_error(folder: Path, lines: str, number: int | None) -> None:
    (folder / ".env").write_text(lines, "utf-8")
    if number is None:
        assert load_settings().admins == {12}
    else:
        with pytest.raises(SettingsError, match=rf"\ALine {number} of \.env cannot be read"):
            load_settings()


def test_a_file_that_is_not_utf_8_is_told_so(folder: Path) -> None:
    (folder / ".env").write_bytes(b"KUTIP_KNOWLEDGE=caf\xe9\n")
    with pytest.raises(SettingsError, match=r"^The file \.env is not UTF-8 text\. Save it as UTF-8\.$"):
        load_settings()


def test_the_token_is_not_shown_with_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUTIP_TELEGRAM_TOKEN", "123456:SECRET")
    settings = load_settings()
    assert settings.telegram_token.get_secret_value() == "123456:SECRET"
    assert "SECRET" not in f"{settings} {settings!r} {settings.model_dump()}"
