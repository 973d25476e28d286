"""All settings, read once: the environment with the prefix KUTIP_, then `.env`, then the defaults below."""

import re
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from retrieval.errors import KutipError
from retrieval.reader import THRESHOLD

PREFIX = "KUTIP_"


class SettingsError(KutipError):
    """A setting whose value cannot be used; never holds the value, which may be a secret."""


class Settings(BaseSettings):
    """What an owner can set; `.env.example` explains each."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", extra="ignore", env_ignore_empty=True, frozen=True
    )

    telegram_token: SecretStr = SecretStr("")
    telegram_api: str = "https://api.telegram.org"
    admins: Annotated[frozenset[int], NoDecode] = frozenset()
    chats: Annotated[frozenset[int], NoDecode] = frozenset()
    knowledge: Path = Path("knowledge")
    data: Path = Path("data")
    watch: bool = False
    rate_limit: int = Field(default=20, ge=0)
    keep_questions: int = Field(default=30, ge=0, le=3_650)
    max_file_mb: float = Field(default=20, gt=0, le=1_000_000)
    model: str = ""
    reader: Path | None = None
    threshold: float = Field(default=THRESHOLD, ge=0, le=1)

    @field_validator("admins", "chats", mode="before")
    @classmethod
    def _numbers(cls, value: Any) -> Any:
        """Read ids separated by commas."""
        if isinstance(value, str):
            return [part.strip() for part in value.split(",") if part.strip()]
        return value

    @field_validator("telegram_api")
    @classmethod
    def _address(cls, value: str) -> str:
        address = urlsplit(value)
        if address.scheme not in ("http", "https"):
            raise ValueError("it has to begin with https:// or http://")
        if (
            not address.hostname or re.search(r"\s", value) or address.port == 0
        ):  # reading the port raises ValueError if it is none
            raise ValueError("it names no server")
        return value.rstrip("/")


def load_settings() -> Settings:
    """Read the settings; raises SettingsError with one line for the first value that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = PREFIX + str(first["loc"][0]).upper()
        reason = first["msg"].removeprefix("Value error, ")
        raise SettingsError(f"The setting {name} cannot be used: {reason}.") from None
    except UnicodeDecodeError:
        raise SettingsError("The file .env is not UTF-8 text. Save it as UTF-8.") from None
