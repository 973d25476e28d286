"""The buttons below messages, and what their data says, which Telegram brings back when one is pressed.

The data, at most 64 bytes, holds keys of sentences and the like, and no state, so that buttons work after a restart.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit

from bot.catalogue import LANGUAGES
from bot.texts import Texts
from retrieval.answering import Snapshot
from retrieval.answers.places import KEY_LENGTH
from retrieval.text.markup import shortened
from retrieval.text.patterns import regex
from retrieval.values import Answer, Citation, Source, Suggestion

OPEN, PASSAGE, FILE, MORE, QUESTION = "o", "p", "f", "m", "q"  # with keys, and a digit between if it needs a number
PAGE, LANGUAGE, VOTE, UNDO = "s", "l", "v", "u"
SIGNS = {1: "👍", -1: "👎"}
_KEYS = regex(rf"([opfmq])(\d?):((?:[\w-]{{{KEY_LENGTH}}})+)", re.ASCII)
_PAGE = regex(rf"{PAGE}:(\d{{1,9}})(?::(.+))?", re.ASCII | re.DOTALL)
NAME_BYTES = InlineKeyboardButtonLimit.MAX_CALLBACK_DATA - len(f"{PAGE}:123456789:")
"""What the name by which documents are listed may have, so that the pages of the list can be turned."""
_LANGUAGE = regex(rf"{LANGUAGE}:({'|'.join(LANGUAGES)})")
_UNDO = regex(rf"{UNDO}:([0-9a-f]{{16}})")
_VOTE = regex(rf"{VOTE}:(-?1)")
_TITLE_LENGTH = 40  # characters on a button
_IN_A_ROW = 5


@dataclass(frozen=True, slots=True)
class Press:
    """What a button asks for. `kind` is one of the letters above, empty if the data is none of ours.

    `number` is that of the first of more citations, of a document's question, of a page's first document, or a vote;
    `name` is the one by which the documents of the page are listed, if they are not all.
    """

    kind: str = ""
    number: int = 1
    keys: tuple[str, ...] = ()
    language: str = ""
    name: str = ""


def parsed(data: str) -> Press:
    """Return what a button's data says; it may be old, or a forger's."""
    if match := _KEYS.fullmatch(data):
        kind, number, keys = match.groups()
        listed = tuple(keys[at : at + KEY_LENGTH] for at in range(0, len(keys), KEY_LENGTH))
        return Press(kind, int(number or 1), listed)
    if match := _PAGE.fullmatch(data):
        return Press(PAGE, int(match[1]), name=match[2] or "")
    if match := _LANGUAGE.fullmatch(data):
        return Press(LANGUAGE, language=match[1])
    if match := _VOTE.fullmatch(data):
        return Press(VOTE, int(match[1]))
    if match := _UNDO.fullmatch(data):
        return Press(UNDO, keys=(match[1],))
    return Press()


def answer_buttons(answer: Answer, texts: Texts) -> InlineKeyboardMarkup:
    """Return the buttons below an answer: what people think of it, and more citations or the nearest documents."""
    votes = [InlineKeyboardButton(sign, callback_data=f"{VOTE}:{vote}") for vote, sign in SIGNS.items()]
    if answer.more:
        data = f"{MORE}{len(answer.citations) + 1}:{''.join(answer.more)}"
        return InlineKeyboardMarkup([[InlineKeyboardButton(texts.more, callback_data=data), *votes]])
    nearest: dict[str, Citation] = {}
    for citation in answer.related:
        nearest.setdefault(citation.document.id, citation)
    rows = [
        [InlineKeyboardButton(shortened(one.document.title, _TITLE_LENGTH), callback_data=f"{OPEN}:{one.key}")]
        for one in nearest.values()
        if one.key
    ]
    return InlineKeyboardMarkup([*rows, votes])


def place_buttons(snapshot: Snapshot, key: str, texts: Texts, *, files: bool) -> InlineKeyboardMarkup | None:
    """Return the buttons below a place: the passages before and after it, and, with `files`, the document's file."""
    before, after = snapshot.beside(key)
    turns = [(texts.before, before), (texts.after, after)]
    row = [InlineKeyboardButton(text, callback_data=f"{PASSAGE}:{to}") for text, to in turns if to]
    file = [InlineKeyboardButton(texts.file, callback_data=f"{FILE}:{key}")] if files else []
    rows = [buttons for buttons in (row, file) if buttons]
    return InlineKeyboardMarkup(rows) if rows else None


def source_buttons(
    listed: Sequence[Source], texts: Texts, *, first: int, size: int, total: int, name: str = ""
) -> InlineKeyboardMarkup:
    """Return a button for each listed document, and those that turn to other pages of so many documents in `total`.

    `first` is the first document's number, from 0, `size` how many a page has, `name` the one that they are found by,
    if they are not all; where that is longer than NAME_BYTES, no page is turned.
    """
    openers = [
        InlineKeyboardButton(texts.number(number), callback_data=f"{OPEN}:{source.key}")
        for number, source in enumerate(listed, start=first + 1)
    ]
    rows = [openers[at : at + _IN_A_ROW] for at in range(0, len(openers), _IN_A_ROW)]
    turns = [(texts.before, first - size), (texts.after, first + size)]
    there = [(text, to) for text, to in turns if 0 <= to < total and len(name.encode()) <= NAME_BYTES]
    row = [
        InlineKeyboardButton(text, callback_data=":".join(filter(None, (PAGE, str(to), name)))) for text, to in there
    ]
    return InlineKeyboardMarkup([*rows, *([row] if row else [])])


def suggestion_buttons(suggestions: Sequence[Suggestion]) -> InlineKeyboardMarkup | None:
    """Return a button for each question that may be asked."""
    rows = [
        [InlineKeyboardButton(one.question, callback_data=f"{QUESTION}{one.number}:{one.key}")] for one in suggestions
    ]
    return InlineKeyboardMarkup(rows) if rows else None


def undo_button(key: str, texts: Texts) -> InlineKeyboardMarkup:
    """Return the button that undoes a change of a file that was sent; `key` stands for the file."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(texts.undo, callback_data=f"{UNDO}:{key}")]])


def language_buttons() -> InlineKeyboardMarkup:
    row = [InlineKeyboardButton(name, callback_data=f"{LANGUAGE}:{code}") for code, name in LANGUAGES.items()]
    return InlineKeyboardMarkup([row])
