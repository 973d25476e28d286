"""Answers as Telegram messages: HTML that Telegram accepts, each message within its limits."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import escape, unescape
from urllib.parse import urlsplit

from telegram.constants import MessageLimit
from telegram.helpers import create_deep_linked_url

from bot.texts import Texts
from retrieval.answers.citing import side_by_side
from retrieval.documents.encodings import one_line
from retrieval.text.markup import quote_parts, shortened
from retrieval.text.patterns import regex
from retrieval.values import Answer, Citation, Source

_CONTEXT_LENGTH = 250  # characters shown before and after a sentence in its expandable quote
_PASSAGE_LENGTHS = (1_200, 600, _CONTEXT_LENGTH)  # where the passage is what was asked for: as much as a message takes
_TITLE_LENGTH = 100
_ABOUT_LENGTH = 200
_ABOVE_LENGTH = 80
_LISTED_LENGTH = 80  # of a title, and of what else is known, in the list of documents
SOURCES_A_PAGE = 10  # as many as surely fit into a message
_QUESTION_LENGTH = 300
_LINK_BYTES = 2_048  # of an address in HTML: with three of them a message stays below its 32,768 bytes
_TAG = regex(r"<[^>]*>")
_RINGED = regex("[AUauwy]\u030a")
_BIDIRECTIONAL = {"R", "AL", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "PDF", "PDI", "FSI"}


def answer_messages(answer: Answer, bot: str, texts: Texts, *, chosen: bool = False, late: bool = False) -> list[str]:
    """Return an answer as HTML messages: the quotes with their numbers, then an expandable quote per citation.

    A number links to its place: in the document's page, else in what the bot of this user name shows of it. `chosen`:
    the question was chosen and not written, and stands above. `late`: it was asked long ago.
    """
    blocks = [f"<b>{_shown(answer.question)}</b>"] if chosen else []
    blocks += [] if answer.found else [texts.nothing_found(answer)]
    blocks += _about_question(answer, texts)
    if answer.doubtful:
        blocks.append(texts.doubtful)
    if answer.disagree:
        blocks.append(texts.disagreement(answer))
    if answer.related:
        blocks.append(texts.related)
    blocks += _quotes(answer.shown, bot, texts)
    if late:
        blocks.append(f"<i>{texts.late}</i>")
    return pack(blocks)


def more_messages(citations: Sequence[Citation], bot: str, texts: Texts) -> list[str]:
    """Return further citations as HTML messages, in the form of an answer."""
    return pack(_quotes(citations, bot, texts))


def offered_message(citation: Citation, answer: Answer, bot: str, texts: Texts) -> str:
    """Return one of an answer's citations as a message that stands by itself: the question, the quote, its citation.

    What corrects it comes with it.
    """
    question = f"<i>{_shown(shortened(answer.question, _QUESTION_LENGTH))}</i>"
    unsure = [texts.doubtful] if answer.doubtful else [] if answer.found else [texts.related]
    corrected = (one for one in answer.citations if one.corrects == citation.document.id)
    shown = [replace(one, number=number) for number, one in enumerate((citation, *corrected), start=1)]
    return pack([question, *_about_question(answer, texts), *unsure, *_quotes(shown, bot, texts)])[0]


def passage_message(citation: Citation, texts: Texts, *, marked: bool) -> str:
    """Return the passage around a citation's sentence, which may be marked, as one HTML message."""
    address = _address(citation)
    page = f'\n\n<a href="{escape(address)}">{texts.open_page}</a>' if address else ""
    versions = (_cited([citation], length, texts, marked=marked) + page for length in _PASSAGE_LENGTHS)
    return next(text for text in versions if _units(plain_text(text)) <= MessageLimit.MAX_TEXT_LENGTH)


def text_messages(text: str) -> list[str]:
    """Return plain text as HTML messages, split between lines where it is long."""
    lines = _composed(text).splitlines()
    return pack((escape(piece, quote=False) for line in lines for piece in _pieces(line)), separator="\n")


def sources_message(sources: Sequence[Source], heading: str, texts: Texts, *, first: int = 1) -> str:
    """Return a page of the list of documents as one HTML message, numbered from `first` on; at most SOURCES_A_PAGE."""
    blocks = [f"<b>{_escaped(heading)}</b>"]
    for number, source in enumerate(sources[:SOURCES_A_PAGE], start=first):
        title = _shown(shortened(source.document.title, _LISTED_LENGTH))
        about = _shown(shortened(texts.source_line(source.document), _LISTED_LENGTH))
        blocks.append(f"<b>{number}. {title}</b>\n{about} · {texts.passages(source.passages)}")
    return "\n\n".join(blocks)


def pack(blocks: Iterable[str], separator: str = "\n\n") -> list[str]:
    """Join blocks of HTML, whole, into as few messages as Telegram's limit allows, in order.

    A block must keep the limit by itself. It is counted in UTF-16 units of the visible text, which is at least as
    much as Telegram counts.
    """
    messages: list[str] = []
    for block in blocks:
        joined = f"{messages[-1]}{separator}{block}" if messages else block
        if messages and _units(plain_text(joined)) <= MessageLimit.MAX_TEXT_LENGTH:
            messages[-1] = joined
        else:
            messages.append(block)
    return messages


def plain_text(html: str) -> str:
    """Return what is seen of a message, without its tags."""
    return unescape(_TAG.sub("", html))


def _sentence(citation: Citation, tag: str) -> str:
    """Return the sentence, isolated, with the answer's span in a tag if it is known."""
    before, answer, after = quote_parts(citation)
    opening, closing = _isolation(f"{before}{answer}{after}")
    marked = f"<{tag}>{_escaped(answer)}</{tag}>" if answer else ""
    return f"{opening}{_escaped(before)}{marked}{_escaped(after)}{closing}"


def _about_question(answer: Answer, texts: Texts) -> list[str]:
    """Return what the question was taken for, and which names in it no document has."""
    said = [texts.understood(answer)] if answer.taken_for else []
    said.append(texts.unknown_names(answer))
    return [f"<i>{_shown(shortened(text, _QUESTION_LENGTH))}</i>" for text in said if text]


def _quotes(citations: Sequence[Citation], bot: str, texts: Texts) -> list[str]:
    """Return the blocks of citations: the quotes with their numbers, then an expandable quote for each."""
    shown = {citation.document.id for citation in citations}
    quotes = [
        (f"<i>{texts.corrected}</i>\n" if citation.corrects in shown else "")
        + _above(citation)
        + f"{citation.opening}{_sentence(citation, 'b')}{citation.closing} {_number(citation, bot)}"
        for citation in citations
    ]
    cited = (_cited(group, _CONTEXT_LENGTH, texts, marked=True, numbered=True) for group in side_by_side(citations))
    return [*quotes, *(f"<blockquote expandable>{block}</blockquote>" for block in cited)]


def _above(citation: Citation) -> str:
    """Return a line with the column in which what is marked stands, or who says it, where the quote does not tell."""
    above = one_line(citation.column or citation.speaker)
    return f"<i>{_shown(shortened(above, _ABOVE_LENGTH))}:</i>\n" if above else ""


def _number(citation: Citation, bot: str) -> str:
    """Return a citation's number, as a link to its place."""
    number = f"[{citation.number}]"
    link = _address(citation) or (create_deep_linked_url(bot, citation.key) if citation.key else "")
    return f'<a href="{escape(link)}">{number}</a>' if link else number


def _address(citation: Citation) -> str:
    """Return the address that opens a citation's document, at the sentence if that is not too long; may be empty."""
    addresses = (citation.link, citation.document.url) if citation.link else ()
    return next((address for address in addresses if address and _can_be_linked(address)), "")


def _can_be_linked(address: str) -> bool:
    """Tell whether Telegram makes a link of an address: not where the host has no dot, as "intranet" has none."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    named = ("." in host or ":" in host) and "\\" not in parts.netloc and port != 0
    return named and address.isprintable() and len(escape(address).encode()) <= _LINK_BYTES


def _cited(
    group: Sequence[Citation], context_length: int, texts: Texts, *, marked: bool, numbered: bool = False
) -> str:
    """Return what is known of the document of citations, side by side, and their sentences in their surroundings."""
    first, last = group[0], group[-1]
    numbers = "".join(f"[{number}] " for number in sorted(one.number for one in group)) if numbered else ""
    title = _shown(shortened(first.document.title, _TITLE_LENGTH))
    about = _shown(shortened(texts.place(first), _ABOUT_LENGTH))
    context = []
    for citation in group:
        sentence = _sentence(citation, "u")
        context.append(_shown(shortened(citation.before, context_length, keep_end=True)))
        context.append(f"<b>{sentence}</b>" if marked else sentence)
    context.append(_shown(shortened(last.after, context_length)))
    return f"<b>{numbers}{title}</b>\n{about}\n\n{' '.join(filter(None, context))}"


def _shown(text: str) -> str:
    opening, closing = _isolation(text)
    return f"{opening}{_escaped(text)}{closing}"


def _escaped(text: str) -> str:
    return escape(_composed(text), quote=False)


def _composed(text: str) -> str:
    """Return a text with rings joined to their letters: Telegram takes out those that are characters of their own."""
    return _RINGED.sub(lambda match: unicodedata.normalize("NFC", match[0]), text)


def _isolation(text: str) -> tuple[str, str]:
    """Return what keeps right-to-left text and its marks from turning what stands around it, if it has some.

    The text is to stand between Unicode's FSI and PDI, and whatever it opens or closes itself is closed and opened.
    """
    if not any(unicodedata.bidirectional(character) in _BIDIRECTIONAL for character in text):
        return "", ""
    opened = unopened = 0
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("LRI", "RLI", "FSI"):
            opened += 1
        elif kind == "PDI" and opened:
            opened -= 1
        elif kind == "PDI":
            unopened += 1
    return "\u2068" * (1 + unopened), "\u2069" * (1 + opened)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _pieces(line: str) -> Iterator[str]:
    """Cut a line that is too long for a message, at blanks where there are some."""
    length = MessageLimit.MAX_TEXT_LENGTH
    while _units(line) > length:
        piece = line.encode("utf-16-le")[: 2 * length].decode("utf-16-le", errors="ignore")
        piece = piece[: piece.rfind(" ") + 1] or piece
        yield piece
        line = line[len(piece) :]
    yield line
