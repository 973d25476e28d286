"""A real browser opens a page by a citation's link, and the sentence is in view."""

import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from retrieval.answers.links import place_link
from retrieval.documents.parsing import parse_document

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(not BROWSER, reason="no Chromium here to open links with: apt install chromium")

TWICE = "Nobody from the town council came to see the water."
LONG = (
    "The longest sentence of this page speaks of the north basin, of the south basin, of the breakwater - which is "
    "old, and leaks -, of 3.5 million crowns & more, and of the people of the town, who wait for all of it to end."
)
QUOTES = {
    "plain": "Dr. Ana Lim spoke of the harbour for an hour on that day.",
    "inline": "It will be dredged in May, and the silt goes to a pit.",
    "signs": "“It costs 50% more”, she said – at Café Été, on A & B street.",
    "long": LONG,
}
SPACE = '<div style="height: 4000px"></div>'
# What a page shows of itself when all is loaded: which of its paragraphs are in the window.
SCRIPT = """<script>setTimeout(() => {
  const box = paragraph => paragraph.getBoundingClientRect();
  const inView = [...document.querySelectorAll("p[id]")].filter(p => box(p).bottom > 0 && box(p).top < innerHeight);
  document.title = "in view: " + inView.map(p => p.id).join(" ");
}, 1500)</script>"""


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A folder that is served, and its address."""
    folder = tmp_path_factory.mktemp("site")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield folder, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def page(site: tuple[Path, str]) -> tuple[str, bytes]:
    """The address of a page with its sentences far from each other, and what is saved of it."""
    folder, address = site
    shown = {name: text.replace("&", "&amp;") for name, text in QUOTES.items()}
    shown["inline"] = shown["inline"].replace("May", "<b>May</b>").replace("silt", "<i>silt</i>")
    body = f"<p>The board met on Tuesday, as it does.</p><p id='first'>We have heard this. {TWICE}</p>{SPACE}"
    body += "".join(f"<p id='{name}'>{text}</p>{SPACE}" for name, text in shown.items())
    body += f"<p id='second'>A week later the same was said again. {TWICE}</p>{SPACE}"
    url = f"{address}/plan.html"
    head = f'<meta charset="utf-8"><title>The plan</title><link rel="canonical" href="{url}">'
    text = f"<!DOCTYPE html><html><head>{head}</head><body><article>{body}</article>{SCRIPT}</body></html>"
    (folder / "plan.html").write_text(text, "utf-8")
    return url, text.encode()


def in_view(link: str) -> list[str]:
    """Return the paragraphs that a browser shows when it has opened a link."""
    assert BROWSER
    switches = [
        "headless",
        "no-sandbox",
        "disable-gpu",
        "disable-dev-shm-usage",
        "virtual-time-budget=5000",
        "dump-dom",
    ]
    command = [BROWSER, *(f"--{switch}" for switch in switches), link]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
    match = re.search("<title>in view: ([^<]*)</title>", shown)
    assert match, shown[:500]
    return match[1].split()


def link_of(page: tuple[str, bytes], quote: str, *, nth: int = 0) -> str:
    parsed = parse_document("plan.html", page[1])
    assert parsed is not None
    document = parsed.document
    found = [one for one in parsed.sentences if document.text[one.start : one.end] == quote]
    link = place_link(document, found[nth])
    assert link is not None
    assert link.startswith(f"{page[0]}#:~:text=")
    return link


def test_without_a_link_to_it_the_top_of_the_page_is_in_view(page: tuple[str, bytes]) -> None:
    assert in_view(page[0]) == ["first"]


@pytest.mark.parametrize("name", QUOTES)
def test_the_sentence_of_a_citation_is_in_view(page: tuple[str, bytes], name: str) -> None:
    assert in_view(link_of(page, QUOTES[name])) == [name]


def test_of_a_sentence_that_stands_there_twice_the_right_one_is_in_view(page: tuple[str, bytes]) -> None:
    assert in_view(link_of(page, TWICE, nth=1)) == ["second"]
