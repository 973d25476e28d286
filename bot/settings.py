"""All settings, read once: the environment with the prefix KUTIP_, then `.env`, then the defaults below."""

import io
import logging
import os
import re
from difflib import get_close_matches
from ipaddress import IPv4Address
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values
from dotenv.parser import parse_stream
from pydantic import Field, IPvAnyAddress, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from retrieval.errors import KutipError
from retrieval.reading.reader import THRESHOLD
from retrieval.text.patterns import regex

PREFIX = "KUTIP_"
ENV_FILE = ".env"
TOKEN_HELP = "Get one from @BotFather in Telegram, and put it into .env as KUTIP_TELEGRAM_TOKEN."
WRONG_TOKEN = f"Telegram does not know the bot's token. {TOKEN_HELP}"
WRONG_PROXY = (
    "The proxy that HTTPS_PROXY or ALL_PROXY names cannot be used. Its address has to begin with http:// or https://, "
    "or, with httpx[socks] installed beside Kutip, with socks5://, and signs in its password have to be written as %23 "
    "for # and the like."
)
_REASONS = {  # by their kinds
    "bool_parsing": "it has to be true or false",
    "int_parsing": "it has to be a whole number",
    "int_parsing_size": "that number is too large",
    "float_parsing": "it has to be a number, with a point as in 0.5",
    "greater_than": "it has to be more than {gt:.15g}",
    "greater_than_equal": "it has to be at least {ge:.15g}",
    "less_than_equal": "it may be at most {le:.15g}",
    "literal_error": "it has to be {expected}",
    "ip_any_address": "it has to be an IP address, such as 127.0.0.1 or 0.0.0.0",
}
_TOKEN = regex(r"[\w:.-]+")  # anything else cannot be part of an address


LogFormat = Literal["console", "json"]


class SettingsError(KutipError):
    """A setting whose value cannot be used; never holds the value, which may be a secret."""


class Settings(BaseSettings):
    """What an owner can set; `.env.example` explains each."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=ENV_FILE, extra="ignore", env_ignore_empty=True, frozen=True
    )

    telegram_token: SecretStr = SecretStr("")
    telegram_api: str = "https://api.telegram.org"
    webhook_url: str = ""
    webhook_port: int = Field(default=8080, ge=1, le=65_535)
    metrics_port: int = Field(default=0, ge=0, le=65_535)
    listen: IPvAnyAddress = IPv4Address("127.0.0.1")
    log_format: LogFormat = "console"
    log_questions: bool = False
    admins: Annotated[frozenset[int], NoDecode] = frozenset()
    chats: Annotated[frozenset[int], NoDecode] = frozenset()
    knowledge: Path = Path("knowledge")
    data: Path = Path("data")
    database_url: SecretStr = SecretStr("")
    watch: bool = False
    rate_limit: int = Field(default=20, ge=0)
    keep_questions: int = Field(default=30, ge=0, le=3_650)
    max_file_mb: float = Field(default=20, gt=0, le=1_000_000)
    model: str | None = None
    reader: Path | None = None
    threshold: float = Field(default=THRESHOLD, ge=0, le=1)

    @property
    def max_bytes(self) -> int:
        """The size of the largest file that is read."""
        return int(self.max_file_mb * 2**20)

    @field_validator("knowledge", "data", "reader")
    @classmethod
    def _at_home(cls, value: Path | None) -> Path | None:
        """Read "~" as the home folder, which no shell does in `.env`."""
        try:
            return value.expanduser() if value else value
        except RuntimeError as error:
            raise ValueError("there is no such home folder") from error

    @field_validator("model")
    @classmethod
    def _model_at_home(cls, value: str | None) -> str | None:
        return str(cls._at_home(Path(value))) if value and value.startswith("~") else value

    @field_validator("admins", "chats", mode="before")
    @classmethod
    def _numbers(cls, value: Any) -> Any:
        """Read ids separated by commas."""
        if not isinstance(value, str):
            return value
        ids = [part.strip() for part in value.split(",") if part.strip()]
        if not all(re.fullmatch(r"[+-]?\d+", id, re.ASCII) for id in ids):
            raise ValueError("ids are numbers, with commas between them; the bot tells people theirs at /id")
        return ids

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: SecretStr) -> SecretStr:
        address = value.get_secret_value()
        if address and not address.startswith(("postgresql://", "postgres://")):
            raise ValueError("it has to begin with postgresql://")
        before_host, _, _ = address.partition("://")[2].partition("?")[0].rpartition("@")
        if re.search("[@/#]", before_host):  # else the server's messages would name a part of the password
            raise ValueError("in its password, write %40 for @, %2F for / and %23 for #")
        return value

    @field_validator("telegram_api", "webhook_url")
    @classmethod
    def _address(cls, value: str) -> str:
        if not value:
            return value
        if not value.lower().startswith(("https://", "http://")):
            raise ValueError("it has to begin with https:// or http://")
        try:
            address = urlsplit(value)
            names_server = address.hostname and not re.search(r"\s", value) and address.port != 0
        except ValueError:  # of a port that is none, or half an IPv6 address
            names_server = False
        if not names_server:
            raise ValueError("it names no server")
        return value.rstrip("/")

    @field_validator("webhook_url")
    @classmethod
    def _plain_path(cls, value: str) -> str:
        if not re.fullmatch(r"[\w./~-]*", urlsplit(value).path, re.ASCII):
            raise ValueError("its path may hold letters, digits and - . _ ~ only")
        return value


def load_settings() -> Settings:
    """Read the settings; raises SettingsError with one line for the first value that is wrong.

    Names that look like settings and are none are logged as warnings.
    """
    settings, wrong = read_settings()
    for error in wrong.values():
        raise error from None
    for name, meant in unknown_variables().items():
        guess = f" {meant} may be meant." if meant else ""
        logging.getLogger(__name__).warning("There is no setting %s.%s .env.example lists all.", name, guess)
    return settings


def read_settings() -> tuple[Settings, dict[str, SettingsError]]:
    """Read the settings, with the default where a value cannot be used; why it cannot, by the setting's field.

    Raises SettingsError if `.env`, or a line of it, cannot be read at all.
    """
    wrong: dict[str, SettingsError] = {}
    try:
        _check_lines(Path(ENV_FILE))
        return Settings(), wrong
    except ValidationError as error:
        for one in error.errors(include_input=False, include_url=False):
            field, reason = str(one["loc"][0]), _REASONS.get(one["type"], "").format(**one.get("ctx", {}))
            reason = reason or one["msg"].removeprefix("Value error, ")
            wrong.setdefault(field, SettingsError(f"The setting {variable(field)} cannot be used: {reason}."))
    except UnicodeDecodeError:
        raise SettingsError(f"The file {ENV_FILE} is not UTF-8 text. Save it as UTF-8.") from None
    defaults: dict[str, Any] = {field: Settings.model_fields[field].default for field in wrong}
    return Settings(**defaults), wrong


def _check_lines(path: Path) -> None:
    """Raise SettingsError for the first line of a file that would be passed over though it names a setting."""
    text = path.read_text("utf-8") if path.is_file() else ""
    for line in parse_stream(io.StringIO(text)):
        passed_over = line.error or (line.key and line.value is None)
        if passed_over and PREFIX in line.original.string.upper():
            number = line.original.line + line.original.string[: -len(line.original.string.lstrip())].count("\n")
            raise SettingsError(f"Line {number} of {path} cannot be read. Write NAME=value, with quotes in pairs.")


def variable(field: str) -> str:
    """Return the name under which a field of Settings is set."""
    return PREFIX + field.upper()


def unknown_variables() -> dict[str, str]:
    """Return the names in the environment and in `.env` that look like settings and are none, in order.

    With each comes the setting that may be meant, if any.
    """
    known = list(map(variable, Settings.model_fields))
    named = {name.upper() for name in (*os.environ, *dotenv_values(ENV_FILE))}
    unknown = sorted(name for name in named.difference(known) if name.startswith(PREFIX))
    return {name: next(iter(get_close_matches(name, known, n=1)), "") for name in unknown}


def bot_token(settings: Settings) -> str:
    """Return the bot's token; raises SettingsError if there is none, or what cannot be one."""
    token = settings.telegram_token.get_secret_value().strip()
    if not token:
        raise SettingsError(f"The bot has no token. {TOKEN_HELP}")
    if not _TOKEN.fullmatch(token):
        raise SettingsError(WRONG_TOKEN)
    return token
