"""Let many people ask the bot for long, at the highest rate that it can keep up, and see whether anything grows.

    python -m benchmarks.soak [--questions 20000] [--askers 32] [--out soak.json]

`kutip bot` runs as a process of its own against the tests' Bot API server, on the sample documents. Each asker asks the
next question as soon as the last one is answered. After ten seconds, and then every minute, a document changes and an
administrator sends /reload.
Prints, for each tenth of the questions: their rate, the median and the 99th percentile of the time until the answer,
and the bot's memory, files and tasks at its end, which it tells itself (/metrics).
"""

import argparse
import json
import random
import shutil
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx

from tests.bot_api import BotApi
from tests.processes import Workplace

TOKEN = "123456:SOAK"
ADMIN, FIRST = 1, 1_000
FIRST_RELOAD, RELOAD_SECONDS = 10.0, 60.0  # seconds; so the first tenth has all that is done later, too
PATIENCE = 60.0  # seconds that an answer may take
MOST_SECONDS = 24 * 60 * 60.0  # for which the bot runs


@dataclass(frozen=True, slots=True)
class Tenth:
    """What a tenth of the questions shows; times in seconds, memory in megabytes."""

    questions: int
    rate: float
    median: float
    slowest: float
    memory: float
    files: int
    tasks: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--questions", type=int, default=20_000)
    parser.add_argument("--askers", type=int, default=32)
    parser.add_argument("--data", type=Path, default=Path("data"), help="where the exported embedding model is")
    parser.add_argument("--out", type=Path, default=Path("soak.json"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, BotApi(token=TOKEN) as api:
        place = Workplace.make(Path(folder), options.data.resolve(), MOST_SECONDS)
        shutil.copytree("knowledge", place.knowledge, dirs_exist_ok=True)
        place.kutip("index")
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        settings = {
            "KUTIP_TELEGRAM_TOKEN": TOKEN,
            "KUTIP_TELEGRAM_API": api.url,
            "KUTIP_ADMINS": str(ADMIN),
            "KUTIP_RATE_LIMIT": "0",
            "KUTIP_METRICS_PORT": str(port),
        }
        log = place.folder / "log.txt"
        with log.open("w") as stderr, place.started("bot", stderr=stderr, **settings):
            api.says("/id", user=ADMIN)
            api.wait_for_message(ADMIN)
            tenths = _soak(api, place, port, options.questions, options.askers)
        troubles = [line for line in log.read_text("utf-8").splitlines() if "[error]" in line or "[warning]" in line]
    for line in troubles[1:]:  # the first says that everybody may ask
        print(line, file=sys.stderr)
    options.out.write_text(json.dumps([asdict(tenth) for tenth in tenths], indent=2))


def _soak(api: BotApi, place: Workplace, port: int, count: int, askers: int) -> list[Tenth]:
    lines = Path("tests/questions.jsonl").read_text("utf-8").splitlines()
    texts = [json.loads(line)["question"] for line in lines]
    chance = random.Random(0)
    asked: dict[int, tuple[int, float]] = {}  # by message, who asked and when
    taken: list[float] = []
    tenths: list[Tenth] = []
    reloads, reload_at = 0, time.monotonic() + FIRST_RELOAD
    began, done_before = time.monotonic(), 0
    print("questions  a second  median  99 of 100  memory  files  tasks")

    def ask(user: int) -> None:
        asked[api.says(chance.choice(texts), user=user)] = user, time.time()

    for number in range(askers):
        ask(FIRST + number)
    begun = askers
    while len(taken) < count:
        answered = api.wait_for(_some_answered(api, asked), timeout=PATIENCE)
        for question in answered:
            user, at = asked.pop(question)
            taken.append(api.replies[question][0].time - at)
            if begun < count:
                ask(user)
                begun += 1
        if time.monotonic() >= reload_at:
            reloads, reload_at = reloads + 1, reload_at + RELOAD_SECONDS
            place.write("changing.txt", f"The office was reloaded {reloads} times.")
            api.says("/reload", user=ADMIN)
        if len(taken) >= count * (len(tenths) + 1) // 10:
            times, seconds = taken[done_before:], time.monotonic() - began
            began, done_before = time.monotonic(), len(taken)
            tenths.append(_tenth(len(taken), times, seconds, port))
            one = tenths[-1]
            print(
                f"{one.questions:9,}  {one.rate:8.1f}  {one.median:5.2f}s  {one.slowest:8.2f}s"
                f"  {one.memory:3.0f} MB  {one.files:5}  {one.tasks:5}",
                flush=True,
            )
    growth = tenths[-1].memory / tenths[0].memory - 1
    print(f"all {count:,} answered; after the first tenth the memory grew by {growth:+.1%}; {reloads} reloads")
    return tenths


def _some_answered(api: BotApi, asked: dict[int, tuple[int, float]]) -> Callable[[BotApi], list[int]]:
    return lambda _: [question for question in asked if question in api.replies]


def _tenth(questions: int, times: list[float], seconds: float, port: int) -> Tenth:
    lines = httpx.get(f"http://127.0.0.1:{port}/metrics", trust_env=False).text.splitlines()
    figures = {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines if line[0] != "#")}
    return Tenth(
        questions,
        len(times) / seconds,
        statistics.median(times),
        statistics.quantiles(times, n=100)[98],
        figures["process_resident_memory_bytes"] / 2**20,
        int(figures["process_open_fds"]),
        int(figures["kutip_tasks"]),
    )


if __name__ == "__main__":
    main()
