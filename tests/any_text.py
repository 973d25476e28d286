"""Texts of everything that has ever been trouble, and what Telegram makes of messages with them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from bot.telegram.messages.replies import plain_text
from retrieval.text.markup import quote_parts, visible_text
from retrieval.values import Citation
from tests.bot_api import content, tdlib

LIMIT = 4_096  # UTF-16 units of a message
MOST_ENTITIES = 100  # Telegram leaves out what is beyond them
MARKS = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# By Telegram, whoever sends them; of marks of direction in a row it makes other signs that are not seen.
_NUMBERS = re.compile(r"(?:\[\d+\] )*")  # with which what opens begins, of citations side by side
_TAKEN_OUT = re.compile(r"[\u2028-\u202e\u030a\u0333\u033f\u200c\u200e\u200f]")
_KINDS = ("bold", "expandable_blockquote", "opened underline", "text_link")

# Short alphabets find more than all of Unicode.
_SIGNS = list("<>&\"'b/*_`[]()!\\\n\r\t \u00a0\u2028;#|~\0\x01\u200b\u200d\ufeff\u00ad")
_WORDS = ["😀", "👩‍👩‍👧", "𝔘", "ű", "e\u0301", "A\u030a", "\u030a", "שלום", "مرحبا", "สวัสดี", "東京"]
_MARKUP = ["</b>", "&lt;", "&#1;", "**", "<b>", "</blockquote>", "<!--", "https://a.org", "@kutip_bot", "/ask", "#tag"]
characters = st.one_of(st.sampled_from([*_SIGNS, *_WORDS, *_MARKUP, *MARKS]), st.characters(exclude_categories=["Cs"]))
any_text = st.lists(characters, max_size=30).map("".join)


@st.composite
def long_text(draw: st.DrawFn, longest: int) -> str:
    """Make a text of up to so many characters, as long as can be more often than not."""
    part = draw(any_text)
    repeated = part * draw(st.sampled_from([1, 1 + longest // max(len(part), 1)]))
    return repeated[:longest]


addresses = st.builds(
    "{}://{}{}".format,
    st.sampled_from(["https", "http"]),
    st.sampled_from(
        "example.org EXAMPLE.org:8080 intranet localhost:8000 192.0.2.1 [2001:db8::1] bücher.example".split()
    )
    | st.sampled_from(
        ["user@example.org", "example.org:0", "example.org\\a", "例え.jp", "a_b.org", "xn--bcher-kva.org"]
    ),
    st.just("")
    | st.sampled_from(["/?a=1&b=2#c", "/a\"b'c<d>", "/😀", f"/{'a&' * 3_000}", "/%20#:~:text=a"])
    | any_text.map(lambda text: "/" + "".join(text.split())),
)


@dataclass(frozen=True, slots=True)
class Received:
    """What Telegram shows of a message: its text, and the parts of it that are something, in order.

    `parts` has their texts by their kind; "opened" stands before the kind of what is within a quote to open.
    """

    text: str
    parts: dict[str, list[str]]


def received(html: str) -> Received:
    """Let Telegram's own parser read a message, and see to the limits; raises ApiError if it is refused."""
    parsed = content({"text": html, "parse_mode": "HTML"})
    assert 1 <= units(parsed["text"]) <= LIMIT
    assert parsed["text"] == plain_text(html)  # which is sent where HTML is refused
    found = parsed["entities"] or []
    assert len(found) <= MOST_ENTITIES
    visible = parsed["text"].encode("utf-16-le")
    parts: dict[str, list[str]] = {}
    opened = 0
    for one in found:
        start, end = one["offset"], one["offset"] + one["length"]
        kind = one["type"] if start >= opened else f"opened {one['type']}"
        if kind == "expandable_blockquote":
            opened = end
        parts.setdefault(kind, []).append(visible[2 * start : 2 * end].decode("utf-16-le"))
    return Received(parsed["text"], parts)


def check_quotes(messages: Sequence[str], citations: Sequence[Citation]) -> None:
    """See that messages show every quote whole, with its answer marked and its number linked, and a quote to open."""
    read = [received(message) for message in messages]
    text = "\n\n".join(one.text for one in read)
    parts = {kind: [part for one in read for part in one.parts.get(kind, [])] for kind in _KINDS}
    opened = parts["expandable_blockquote"]
    blocks = [(re.findall(r"\d+", match[0]), one) for one in opened if (match := _NUMBERS.match(one))]
    told = [int(number) for numbers, _ in blocks for number in numbers]  # those of one passage stand together
    assert sorted(told) == [one.number for one in citations]
    opening_with = {int(number): one for numbers, one in blocks for number in numbers}
    for citation in citations:
        opening, closing = re.escape(citation.opening), re.escape(citation.closing)
        shown = f"{opening}\u2068*({re.escape(quote(citation))})[\u2069\u202c]*{closing}"
        match = re.search(f"{shown} \\[{citation.number}\\]", text)
        assert match
        assert same(arrived(match[1])).strip() == same(visible(citation)).strip()
        assert quote(citation) in opening_with[citation.number]
        assert not citation.key or f"[{citation.number}]" in parts["text_link"]
    answered = [part for citation in citations if (part := marked(citation))]
    assert parts["bold"] == answered
    assert parts["opened underline"] == answered
    assert set(parts["text_link"]) <= {f"[{citation.number}]" for citation in citations}


def check_place(message: str, citation: Citation) -> None:
    """See that the message of a place shows its sentence whole."""
    text = received(message).text
    assert quote(citation) in text
    assert same(visible(citation)) in same(arrived(text))


def arrived(text: str) -> str:
    """Return what Telegram leaves of a text that is sent."""
    left: str = tdlib("getMarkdownText", text={"@type": "formattedText", "text": text, "entities": []})["text"]
    return left


def same(text: str) -> str:
    """Return a text in one of the ways to write it, without what Telegram takes out of any; its controls are blanks."""
    composed = _TAKEN_OUT.sub("", unicodedata.normalize("NFC", text))
    return re.sub(r"[\0-\x09\x0b-\x1f]", " ", composed.replace("\r", ""))


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def visible(citation: Citation) -> str:
    return visible_text(citation.sentence, markdown=citation.document.markdown)


def quote(citation: Citation) -> str:
    """Return what is seen of a citation's sentence, rings joined to their letters as they are sent."""
    return _ringed(visible(citation))


def marked(citation: Citation) -> str:
    return _ringed(quote_parts(citation)[1])


def _ringed(text: str) -> str:
    for letter in "AUauwy":
        text = text.replace(f"{letter}\u030a", unicodedata.normalize("NFC", f"{letter}\u030a"))
    return text
