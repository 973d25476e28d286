"""Make the picture of a conversation in README: real answers from the sample documents, in a chat as Telegram shows it.

    python -m benchmarks.screenshots [--out docs/chat.png]

The messages are what the bot sends, in its HTML; `chat.html` beside this file draws what Telegram draws around them.
A headless Chromium makes the picture (apt install chromium). Roboto makes it look like a phone's, and where it is not
installed, another font stands in (apt install fonts-roboto-unhinted).
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from html import escape
from itertools import count
from pathlib import Path
from string import Template

from PIL import Image
from pydantic import SecretStr

from bot.library import Library
from bot.settings import Settings
from bot.telegram.messages.buttons import answer_buttons
from bot.telegram.messages.replies import answer_messages
from bot.texts import texts_in
from retrieval.answers.turns import turn_after
from retrieval.values import Answer, Turn

PHONES = (  # side by side
    ("who founded the Bali Process?", "And when?"),
    ("who co-chaired the meeting?", "what is the capital of Mongolia?"),
)
BOT, PERSON = "kutip_bot", "Ayu"
TEXTS = texts_in("en")
TEMPLATE = Path(__file__).with_name("chat.html")
WIDTH, SCALE = 850, 2  # of both phones, in CSS pixels, and how many dots each of those is wide
COLOURS = 256
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SWITCHES = ("headless", "no-sandbox", "disable-gpu", "disable-dev-shm-usage", "hide-scrollbars", "disable-lcd-text")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--knowledge", type=Path, default=Path("knowledge"), help="folder of documents")
    parser.add_argument("--data", type=Path, default=Path("data"), help="folder of the index")
    parser.add_argument("--out", type=Path, default=Path("docs/chat.png"), help="the picture")
    options = parser.parse_args()
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        sys.exit("There is no Chromium here to make the picture with: apt install chromium")
    library = Library(Settings(knowledge=options.knowledge, data=options.data, database_url=SecretStr("")))
    try:
        library.update()
        page = chat_page(conversation(library))
    finally:
        library.close()
    draw(browser, page, options.out)


def conversation(library: Library) -> list[list[Answer]]:
    """Ask the questions of each phone, one after the other; each may go on from those before."""
    before: Turn | None = None
    answers: list[list[Answer]] = []
    for questions in PHONES:
        answers.append([])
        for question in questions:
            answer = library.ask(question, before).result()
            before = turn_after(answer, before)
            answers[-1].append(answer)
    return answers


def chat_page(phones: Iterable[Iterable[Answer]]) -> str:
    """Return the page of a conversation; of its quotes to open, the first is open."""
    minutes = count(41)
    shown = "\n".join(
        f"<main>{''.join(_turn(answer, f'9:{next(minutes)}') for answer in answers)}</main>" for answers in phones
    )
    opened = shown.replace("<blockquote expandable>", "<blockquote>", 1)
    return Template(TEMPLATE.read_text("utf-8")).substitute(phones=opened, width=WIDTH)


def draw(browser: str, page: str, picture: Path) -> None:
    """Make a picture of a page, as high as what is in it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "chat.html"
        file.write_text(page, "utf-8")
        told = _run(browser, file, "dump-dom", f"window-size={WIDTH},{WIDTH}")
        height = re.search(r"<title>(\d+)</title>", told)  # the page's own script has put it there
        if height is None:
            sys.exit("Chromium did not tell how high the conversation is.")
        picture.parent.mkdir(parents=True, exist_ok=True)
        size, scale = f"window-size={WIDTH},{height[1]}", f"force-device-scale-factor={SCALE}"
        _run(browser, file, f"screenshot={picture.resolve()}", size, scale)
    with Image.open(picture) as drawn:
        few = drawn.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(picture, optimize=True)  # less than half of what Chromium writes


def _turn(answer: Answer, time: str) -> str:
    """Return a question and its answer, which is a reply to it, as everything is that the bot sends."""
    question = escape(answer.question)
    replied = f'<div class="replied"><b>{PERSON}</b>\n{question}</div>'
    answered = [_bubble("answered", replied + html, time) for html in answer_messages(answer, BOT, TEXTS)]
    return "".join([_bubble("asked", question, time), *answered, _buttons(answer)])


def _bubble(kind: str, html: str, time: str) -> str:
    html = html.replace("</blockquote>\n", "</blockquote>")  # the line after a quote is a new one anyway
    return f'<div class="bubble {kind}">{html}<time>{time}</time></div>'


def _buttons(answer: Answer) -> str:
    keyboard = answer_buttons(answer, TEXTS).inline_keyboard
    rows = ("".join(f"<button>{escape(button.text)}</button>" for button in row) for row in keyboard)
    return f'<div class="buttons">{"".join(f"<div>{row}</div>" for row in rows)}</div>'


def _run(browser: str, page: Path, *switches: str) -> str:
    command = [browser, *(f"--{switch}" for switch in (*SWITCHES, *switches)), page.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout


if __name__ == "__main__":
    main()
