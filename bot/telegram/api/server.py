"""The bot's own small HTTP server: updates from Telegram (a webhook), its health, and what it counts."""

import asyncio
import contextlib
import hashlib
import hmac
import json
import logging
import os
import socket
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.settings import SettingsError
from bot.telegram.api.updates import sound

logger = logging.getLogger(__name__)

_MOST_BYTES = 2**20  # of an update; Telegram's are a few kilobytes
_SECRET_HEADER = "x-telegram-bot-api-secret-token"
_END_SECONDS = 5  # in which requests may end when the server stops

Take = Callable[[dict[str, Any]], Awaitable[bool]]
Examine = Callable[[], tuple[bool, dict[str, Any]]]


def webhook_secret(token: str) -> str:
    """Return what Telegram has to say with each update: it follows from the token, so that every start knows it."""
    return hmac.new(token.encode(), b"kutip webhook", hashlib.sha256).hexdigest()


def webhook_route(path: str, secret: str, take: Take) -> Route:
    """Serve Telegram's updates at a path. `take` says whether there was room for one; if not, it comes again."""

    async def receive(request: Request) -> Response:
        given = request.headers.get(_SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return Response(status_code=403)
        body = b""
        try:
            async for part in request.stream():
                body += part
                if len(body) > _MOST_BYTES:
                    return Response(status_code=413)
        except ClientDisconnect:
            return Response(status_code=400)
        try:
            update = sound(json.loads(body.decode(errors="replace")))
        except (ValueError, LookupError, TypeError, RecursionError):
            logger.warning("What came to the webhook is no update, and is left out.")
            return Response()
        return Response(status_code=200 if await take(update) else 503)

    return Route(path, receive, methods=["POST"])


def status_routes(examine: Examine, measure: Callable[[], None]) -> list[Route]:
    """Serve /healthz, which is 503 while `examine` says that all is not well, and /metrics after `measure`."""

    async def health(request: Request) -> Response:
        well, found = examine()
        return JSONResponse({"status": "ok" if well else "trouble", **found}, status_code=200 if well else 503)

    async def metrics(request: Request) -> Response:
        measure()
        return PlainTextResponse(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return [Route("/healthz", health), Route("/metrics", metrics)]


class Server:
    """Serves some routes on one port, beside all else on the event loop."""

    def __init__(self, routes: Sequence[Route], host: str, port: int) -> None:
        self._address = host, port
        config = uvicorn.Config(
            Starlette(routes=routes),
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_END_SECONDS,
        )
        self._server = _Uvicorn(config)
        self._serving: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Listen; raises SettingsError if the port cannot be had."""
        host, port = self._address
        try:
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            listening = socket.create_server((host, port), family=family)
        except OSError as error:
            reason = os.strerror(error.errno) if error.errno else str(error)
            raise SettingsError(
                f"The bot cannot listen on {host}, port {port}: {reason}. "
                "Stop what has it, or set another with KUTIP_LISTEN, KUTIP_WEBHOOK_PORT or KUTIP_METRICS_PORT."
            ) from None
        self._serving = asyncio.create_task(self._server.serve([listening]))

    async def stop(self) -> None:
        """Take no more requests, and answer those that have come."""
        self._server.should_exit = True
        if self._serving:
            await self._serving


class _Uvicorn(uvicorn.Server):
    """Leaves the signals, which end the bot, to the bot."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
