"""The Bot API's client: answers that are none of Telegram's, and a token that is never shown."""

import pytest
from telegram.error import NetworkError
from telegram.ext import ApplicationBuilder

from bot.settings import Settings, SettingsError
from bot.telegram.api.client import Client, PollRequest, Request
from bot.telegram.api.contact import Contact

NOT_JSON = [b"", b"<html>Bad gateway</html>", b'{"ok": true, "resu', b"null", b"[]", b'{"ok": true}', b"[" * 100_000]


@pytest.mark.parametrize("payload", NOT_JSON, ids=lambda payload: repr(payload[:12]))
@pytest.mark.parametrize("request_of", [Request, PollRequest])
def test_what_is_no_answer_of_telegrams_is_trouble_of_the_network(payload: bytes, request_of: type[Request]) -> None:
    with pytest.raises(NetworkError, match=r"[Ww]hat answers is not Telegram"):
        request_of.parse_json_payload(payload)


@pytest.mark.parametrize("payload", [b'{"result": [7]}', b'{"result": [{}]}', b'{"result": [{"update_id": "a"}]}'])
def test_what_holds_no_updates_is_not_taken_for_some(payload: bytes) -> None:
    with pytest.raises(NetworkError):
        PollRequest.parse_json_payload(payload)


def test_a_refusal_is_an_answer() -> None:
    refusal = {"ok": False, "description": "Bad Request: chat not found"}
    assert Request.parse_json_payload(b'{"ok": false, "description": "Bad Request: chat not found"}') == refusal


@pytest.mark.parametrize("proxy", ["socks5://ana:secret@127.0.0.1:9050", "foo://secret"])
def test_a_proxy_that_cannot_be_used_is_told_of(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy)
    settings = Settings.model_construct(telegram_api="https://api.telegram.org")
    with pytest.raises(SettingsError, match=r"^The proxy that HTTPS_PROXY or ALL_PROXY names cannot be used") as told:
        Client(settings, "123456:SECRET", Contact())
    assert "secret" not in str(told.value)


def test_nothing_that_is_printed_shows_the_token() -> None:
    settings = Settings.model_construct(telegram_api="https://api.telegram.org")
    client = Client(settings, "123456:SECRET", Contact())
    application = ApplicationBuilder().bot(client).build()
    for thing in (client, application, application.updater, client.request, settings):
        assert "SECRET" not in f"{thing!r} {thing}"
