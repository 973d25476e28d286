"""Whatever stands in documents and questions, Telegram accepts the answers, and no character of a quote is lost.

EXAMPLES says how many of them: EXAMPLES=10000 python -m pytest tests/test_any_document.py
"""

import json
import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.messages.replies import answer_messages, more_messages, passage_message, sources_message
from bot.texts import texts_in
from retrieval.answering import Snapshot
from retrieval.documents.workers import FileWorkers
from retrieval.values import Hit, Question, Reading
from tests.any_text import addresses, any_text, check_place, check_quotes, long_text, received
from tests.fakes import FakeEmbedder
from tests.indexed import index_of_texts

EXAMPLES = int(os.environ.get("EXAMPLES", "15"))
pytestmark = pytest.mark.timeout(300 + EXAMPLES)
BOT = "kutip_bot"
texts = texts_in("en")
PLAIN = "The bee and the ant met in May.\nA cat came too."

words = st.sampled_from("the bee and a cat came to Bali in 2022".split())
phrases = st.lists(words | any_text, min_size=1, max_size=8).map(" ".join)
sentences = st.builds("{} {}{}".format, words, phrases, st.sampled_from([". ", "? ", " ", "\n", "", "”. "]))
heads = st.just("Date: 5 May\nPlace: Bali\n")
paragraphs = st.lists(sentences | heads | long_text(2_000), min_size=1, max_size=4).map("".join)
bodies = st.lists(paragraphs, min_size=1, max_size=4)
lines = long_text(300).map(lambda text: " ".join(text.split()))


@st.composite
def files(draw: st.DrawFn) -> tuple[str, str]:
    """Make the name and the content of a file."""
    kind = draw(st.sampled_from(["txt", "md", "md", "html"]))
    body, title = draw(bodies), draw(lines)
    if kind == "html":
        link = f'<link rel="canonical" href="{escape(draw(addresses))}">'
        shown = "".join(f"<p>{draw(st.sampled_from([escape(text), text]))}</p>" for text in body)
        head = f'<head><meta charset="utf-8"><title>{escape(title)}</title>{link}</head>'
        return "page.html", f"<!DOCTYPE html><html>{head}<body><article>{shown}</article></body></html>"
    known = {"title": title, "source": draw(lines), "author": draw(lines), "date": "2022-11-30", "url": draw(addresses)}
    told = {name: value for name, value in known.items() if draw(st.booleans())}
    front = "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in told.items())
    return f"a & b <c>/file.{kind}", (f"---\n{front}---\n" if front else "") + "\n\n".join(body)


class AnyReader:
    """Finds an answer anywhere, and is as sure of it as it happens."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def read(self, questions: Sequence[Question], hits: Sequence[Sequence[Hit]]) -> list[list[Reading]]:
        return [sorted(self._readings(found), key=lambda reading: -reading.confidence) for found in hits]

    def knows_word(self, word: str) -> bool:
        return True

    def _readings(self, hits: Sequence[Hit]) -> Iterator[Reading]:
        for hit in hits:
            for sentence in hit.passage.sentences:
                start, end = sorted(self._chance.randint(sentence.start, sentence.end) for _ in range(2))
                highlight = self._chance.choice([None, (start, end), (sentence.start, sentence.end)])
                yield Reading(hit, sentence, self._chance.choice([0.4, 0.6, 0.9, 0.95]), highlight)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Iterator[Path]]:
    """Endless new folders; what is written there is not waited for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.fsync", lambda descriptor: None)
        base = tmp_path_factory.mktemp("any")
        yield (base / str(number) for number in count())


def snapshot_of(files: dict[str, str], folder: Path, workers: FileWorkers, chance: random.Random) -> Snapshot:
    embedder = FakeEmbedder()
    index = index_of_texts(folder, files, embedder, workers)
    return Snapshot(index, embedder, AnyReader(chance), threshold=chance.choice([0.0, 0.5, 0.92, 1.0]))


@settings(max_examples=EXAMPLES)
@given(
    st.lists(files(), min_size=1, max_size=3).map(dict),
    any_text,
    st.randoms(use_true_random=False),
    st.just("") | long_text(2_000),
)
def test_telegram_shows_every_quote_whole_whatever_the_documents_and_the_question(
    folders: Iterator[Path],
    workers: FileWorkers,
    files: dict[str, str],
    question: str,
    chance: random.Random,
    understood: str,
) -> None:
    snapshot = snapshot_of({"plain.txt": PLAIN, **files}, next(folders), workers, chance)
    [answer] = snapshot.answer([f"bee {question}"])
    answer = replace(answer, understood=understood)
    check_quotes(answer_messages(answer, BOT, texts), answer.citations or answer.related)
    more = [found for key in answer.more if (found := snapshot.find(key))]
    assert len(more) == len(answer.more)
    numbered = [replace(one, number=number) for number, one in enumerate(more, start=4)]
    if numbered:
        check_quotes(more_messages(numbered, BOT, texts), numbered)
    for citation in answer.citations or answer.related:
        assert citation.document.text[citation.start : citation.end] == citation.sentence
        found = snapshot.find(citation.key)
        assert found is not None
        for is_marked in (True, False):
            check_place(passage_message(found, texts, marked=is_marked), found)
    received(sources_message(snapshot.sources(0, 10), f"Documents with that in their name: {question}", texts))
