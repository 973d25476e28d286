"""A chat that Telegram Desktop has exported as a web page: its messages, each with who wrote it, below their day."""

from lxml.html import HtmlElement

from retrieval.documents.formats.extracted import Extracted, Metadata, TextBuilder

_MESSAGES = "//div[contains(@class, 'message ') and starts-with(@id, 'message')]"
_NAME = "./div[@class='body']/div[contains(@class, 'from_name')]"
_TEXT = ".//div[@class='text' or starts-with(@class, 'text ')]"
_DAY = "./div[contains(@class, 'body') and contains(@class, 'details')]"
_CHAT = "//div[contains(@class, 'page_header')]//div[contains(@class, 'text')]"


def read_chat(page: HtmlElement) -> Extracted | None:
    """Read the messages of an exported chat; None if a page is none.

    One that goes on from the message before has no name in the page, and gets that one's.
    """
    messages = page.xpath(_MESSAGES)
    if not any(message.xpath(_NAME) for message in messages):
        return None
    builder = TextBuilder()
    name = ""
    for message in messages:
        if "service" in message.get("class", ""):
            builder.add(_first(message, _DAY), heading=True)
            continue
        name = _first(message, _NAME) or name
        if text := _first(message, _TEXT):
            builder.add(f"{name}: {text}" if name else text)
    return builder.extracted(Metadata(title=_first(page, _CHAT)), parts_only=True)


def _first(element: HtmlElement, path: str) -> str:
    """Return the text of the first element that a path leads to, on one line."""
    found = element.xpath(path)
    return " ".join(" ".join(found[0].itertext()).split()) if found else ""
