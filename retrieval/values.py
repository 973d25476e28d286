"""The values that travel between the modules. They import nothing of ours and never change once made.

All offsets are in characters (code points) of the document's text."""

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt


class Spanned(Protocol):
    """What lies between two places of a text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Document:
    """One source file.

    `text` of a text file is the whole file, decoded, line ends as they are, without a byte order mark; the front
    matter is its first `body` characters. Of other files it is what is read of them. `markdown`: people see it
    rendered. `date` is ISO 8601 to the day, the month or only the year. `pages` are the places where pages begin.
    `questions` are some that it says it answers, for people who wonder what they may ask. `short_names` are those that
    it explains, each with the name in full: ("IOM", "International Organization for Migration").
    """

    id: str
    title: str
    text: str
    body: int = 0
    markdown: bool = False
    language: str = "en"
    date: str | None = None
    source: str | None = None
    url: str | None = None
    author: str | None = None
    pages: tuple[int, ...] = ()
    questions: tuple[str, ...] = ()
    short_names: tuple[tuple[str, str], ...] = ()

    def page(self, place: int) -> int | None:
        """Return the page, from 1, on which a place of the text stands; None for documents without pages."""
        return bisect_right(self.pages, place) or None

    def text_of(self, part: Spanned) -> str:
        """Return a sentence, a passage or another part as it stands in the text."""
        return self.text[part.start : part.end]


@dataclass(frozen=True, slots=True)
class Sentence:
    """The span `document.text[start:end]`; a heading gives context, and is quoted only where there is nothing else.

    `cut`: too long for a passage, it goes on in the document's next one.
    """

    start: int
    end: int
    heading: bool = False
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document and its sentences, in order; there is at least one.

    `digest` is a hash of its text, whatever the white space: files that say the same share it.
    """

    document: Document
    sentences: tuple[Sentence, ...]
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive whole sentences of one document: what is embedded and retrieved.

    `number` is the passage's row in its index, `document` the document's number there.
    """

    number: int
    document: int
    sentences: tuple[Sentence, ...]

    @property
    def start(self) -> int:
        return self.sentences[0].start

    @property
    def end(self) -> int:
        return self.sentences[-1].end


@dataclass(frozen=True, slots=True)
class Question:
    """A question's text and its unit vector, float32 of shape (dim,)."""

    text: str
    vector: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Hit:
    """A retrieved passage with its document.

    `cosine` is between question and passage, in [-1, 1]. `words` is the share of the best possible BM25
    score of the question, in [0, 1]. `score` is what the passages were ranked by.
    """

    passage: Passage
    document: Document
    cosine: float
    words: float
    score: float

    @classmethod
    def looked_up(cls, passage: Passage, document: Document) -> "Hit":
        """Return a passage that a question names, as close as can be."""
        return cls(passage, document, cosine=1.0, words=1.0, score=1.0)


@dataclass(frozen=True, slots=True)
class Reading:
    """Where an answer may stand: one sentence of a hit, the answer's span in it if known, and how sure.

    `confidence` is the probability, in [0, 1], that the sentence answers the question; `in_document` what it would be
    if no other document said anything, 0 where that is not known. `crosses`: it was chosen across languages.
    `as_named`: it is what the question names, to hear all of it, as a part of a document.
    """

    hit: Hit
    sentence: Sentence
    confidence: float
    highlight: tuple[int, int] | None = None
    crosses: bool = False
    in_document: float = 0.0
    as_named: bool = False

    @property
    def text(self) -> str:
        """The sentence as it stands in the document."""
        return self.hit.document.text_of(self.sentence)

    @property
    def marked(self) -> str:
        """The answer as it stands in the document; nothing where its span is not known."""
        return self.hit.document.text[slice(*self.highlight)] if self.highlight else ""

    @property
    def place(self) -> tuple[str, int]:
        """The id of the document, and where the sentence begins in it."""
        return self.hit.document.id, self.sentence.start

    def silent(self) -> "Reading":
        """Return it as no answer at all."""
        return replace(self, confidence=0.0, in_document=0.0)


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim sentence and where it stands: `document.text[start:end] == sentence`.

    `highlight` is the answer's span, in the document too. `before` and `after` are the text around the sentence in its
    passage as people see it. `page` counts from 1; `link` opens the document's address at the sentence, and `key` leads
    back to it as long as it stands (Snapshot.find). `copies` are the ids of other files that have it word for word, as
    part of the same report. `corrects` is the id of the document that its own corrects. `column` is the name, as people
    see it, of a table's column in which the span stands, where the sentence does not say it; `speaker` is who says it,
    in the document's words; `part` is what the part in which it stands is called there: "Article 5", its day in a
    log, or the heading of a list. `opening` and `closing` are its marks, if it has none itself; with "…" it goes on.
    """

    number: int
    sentence: str
    start: int
    end: int
    document: Document
    highlight: tuple[int, int] | None = None
    before: str = ""
    after: str = ""
    page: int | None = None
    link: str | None = None
    key: str = ""
    copies: tuple[str, ...] = ()
    corrects: str = ""
    column: str = ""
    speaker: str = ""
    part: str = ""
    opening: str = "“"
    closing: str = "”"


@dataclass(frozen=True, slots=True)
class Source:
    """A document in a list, with the number of its passages; `key` leads to its beginning (Snapshot.find)."""

    document: Document
    passages: int
    key: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question that a document says it answers: the one with this number, from 0, of its `questions`.

    `key` leads to the document's beginning (Snapshot.find).
    """

    question: str
    number: int
    key: str


@dataclass(frozen=True, slots=True)
class Turn:
    """What a follow-up question goes on from: the question before as it was understood, and what was answered.

    `answer` is the first citation's marked span as people see it, if there was one, `cited` its sentence as it stands,
    `speaker` and `column` what stands above it; `title` and `document` are the title and the id of its document,
    `key` leads to it (Snapshot.find); else they are of the closest one. `said` are all that was cited, `documents` the
    ids of the documents that this is from, `earlier` the marked spans, the last first, of what it goes on from.
    """

    question: str
    answer: str = ""
    title: str = ""
    said: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    earlier: tuple[str, ...] = ()
    key: str = ""
    document: str = ""
    cited: str = ""
    speaker: str = ""
    column: str = ""


SURE = 0.7
"""The confidence up to which an answer is doubtful.

Of 908 from four archives that were new to Kutip 55 % were right up to it, 86 % above it; on the dev sets 58 and 87 %.
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """A question with its citations in order, or, when not found, without any.

    `confidence` is the probability, in [0, 1], that the first citation answers; of a "not found" it belongs to what
    would have been first. `related` holds the closest sentences of a "not found", best first. `more` are the keys of
    sentences that may answer too, less surely. `seconds` is the time from the question to here. `disagree`: its
    citations give different answers. `on_subject`, of a "not found": the documents do speak of what was asked about.
    `readable`: the model was made for the question's script, or the documents hold its words; else it says nothing.
    `ask_in`, of a "not found": the language of all that was read, where the question is in another one and was only
    put into that by a dictionary. `spelt` is the question without slips of the fingers, or by other names, if that is
    what is answered. `understood` is what a follow-up question was taken for; empty for one that stands alone; `told`
    is how people read it. `unknown_names` are the words of names in the question that no document has; `namesakes`
    those of which what is cited has only the last word, each with the name that the first citation's document has.
    """

    question: str
    citations: tuple[Citation, ...]
    related: tuple[Citation, ...]
    confidence: float
    seconds: float
    disagree: bool = False
    on_subject: bool = True
    more: tuple[str, ...] = ()
    understood: str = ""
    readable: bool = True
    ask_in: str = ""
    spelt: str = ""
    told: str = ""
    unknown_names: tuple[str, ...] = ()
    namesakes: tuple[tuple[str, str], ...] = ()

    @property
    def found(self) -> bool:
        return bool(self.citations)

    @property
    def doubtful(self) -> bool:
        """Whether it is an answer of which people should be told that it is not sure."""
        return self.found and self.confidence <= SURE

    @property
    def taken_for(self) -> str:
        """What the question was taken for; empty if that is the question as it is written."""
        return self.told or self.understood or self.spelt

    @property
    def shown(self) -> tuple[Citation, ...]:
        """The sentences that people see: its citations, or what is related."""
        return self.citations or self.related
