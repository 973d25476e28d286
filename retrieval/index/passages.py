"""Pack the sentences of a document into passages that fit the embedding model."""

from collections.abc import Sequence
from hashlib import blake2b

from retrieval.embedding.embedder import Embedder
from retrieval.text.markup import CELL_MARK, visible_text
from retrieval.text.patterns import regex
from retrieval.text.table_rows import columns_above
from retrieval.values import Document, Sentence

MAX_SENTENCE_LENGTH = 1_200  # characters: with its surroundings it fits one Telegram message, even of emoji
_MOST_TOKENS = 256  # of a passage, so that the reader reads all of it, however much the embedding model can
_TITLE_TOKENS = 32
_ASKS = regex(r"\?[\"'”’»*_)]*\Z")
_CHUNK = 500  # sentences whose tokens are held at once


def split_passages(document: Document, whole: Sequence[Sentence], embedder: Embedder) -> list[tuple[Sentence, ...]]:
    """Return the document's passages in order, each as consecutive ones of its sentences; together they are all.

    A sentence that is longer than the model's window, or than MAX_SENTENCE_LENGTH, is cut between words.
    """
    title = len(embedder.token_spans([_embedded_title(document, embedder)])[0])
    limit = max(min(embedder.max_tokens, _MOST_TOKENS) - title, 1)
    sentences: list[Sentence] = []
    costs: list[int] = []
    for begin in range(0, len(whole), _CHUNK):
        chunk = whole[begin : begin + _CHUNK]
        spans = embedder.token_spans([document.text_of(sentence) for sentence in chunk])
        for sentence, tokens in zip(chunk, spans, strict=True):
            for piece, cost in _pieces(document.text, sentence, tokens, limit):
                sentences.append(piece)
                costs.append(cost)
    ends = _passage_ends(document.text, sentences, costs, limit)
    return [tuple(sentences[start:end]) for start, end in zip([0, *ends], ends, strict=False)]


def embedded_text(document: Document, sentences: Sequence[Sentence], embedder: Embedder) -> str:
    """Return what is embedded for a passage: the document's title, then the text as people see it.

    One that begins within a table has the names of its columns, too.
    """
    texts = [visible_text(document.text_of(sentence), markdown=document.markdown) for sentence in sentences]
    if texts[0] == document.title:  # the first heading often says it again
        del texts[0]
    elif columns := columns_above(document, sentences[0]):
        texts.insert(0, visible_text(CELL_MARK.join(columns), markdown=document.markdown))
    return "\n".join([_embedded_title(document, embedder), *texts])


def _embedded_title(document: Document, embedder: Embedder) -> str:
    """Return as much of the title as may take room from the text: some tokens, and never more than half."""
    tokens = embedder.token_spans([document.title])[0]
    most = min(_TITLE_TOKENS, embedder.max_tokens // 2)
    return document.title[: tokens[most][0]].rstrip() if len(tokens) > most else document.title


def _pieces(text: str, sentence: Sentence, tokens: Sequence[tuple[int, int]], limit: int) -> list[tuple[Sentence, int]]:
    """Cut a sentence, whose tokens have these spans in it, so that each piece fits; return pieces and costs."""
    whole = text[sentence.start : sentence.end]
    pieces = []
    start = first = 0
    while start < len(whole):
        furthest = min(start + MAX_SENTENCE_LENGTH, len(whole))
        if len(tokens) - first > limit:
            furthest = max(start + 1, min(furthest, tokens[first + limit][0]))
        end = _last_blank(whole, start, furthest) if furthest < len(whole) else furthest
        after = first
        while after < len(tokens) and tokens[after][0] < end:
            after += 1
        stop = end
        while whole[stop - 1].isspace():
            stop -= 1
        piece = Sentence(sentence.start + start, sentence.start + stop, sentence.heading, cut=stop < len(whole))
        pieces.append((piece, max(after - first, 1)))
        start = end
        while start < len(whole) and whole[start].isspace():
            start += 1
        first = after - (after > 0 and start < tokens[after - 1][1])  # a token that is cut counts on both sides
    return pieces


def _last_blank(text: str, start: int, end: int) -> int:
    """Return the last place up to `end` where white space begins, so that no word is cut; `end` if there is none."""
    if text[end].isspace():
        return end
    return next((place for place in range(end - 1, start, -1) if text[place].isspace()), end)


def _passage_ends(text: str, sentences: Sequence[Sentence], costs: Sequence[int], limit: int) -> list[int]:
    """Choose where passages end: indexes into the sentences, each the first of the next passage.

    A heading always begins a passage. Otherwise one ends between half full and full, between paragraphs rather than
    inside one, and not after a question, whose answer comes next. Among equal places the content decides (by a hash of
    what comes next, as in content-defined chunking: Muthitacharoen et al., "A Low-bandwidth Network File System",
    2001), so that after an edit the passages that follow end where they did before and need no new embedding.
    """
    ends = []
    start = 0
    while start < len(sentences):
        candidates = []
        cost = costs[start]
        end = start + 1
        while end < len(sentences) and not (sentences[end].heading and not sentences[end - 1].heading):
            full = cost + costs[end] > limit
            if full or cost * 2 >= limit:
                candidates.append(end)
            if full:
                break
            cost += costs[end]
            end += 1
        else:
            candidates = [end]  # a heading, or the document's end, comes before the passage is full
        start = max(candidates, key=lambda index: _boundary(text, sentences[index - 1 : index + 1]))
        ends.append(start)
    return ends


def _boundary(text: str, around: Sequence[Sentence]) -> tuple[bool, bool, bytes]:
    """Rank the boundary between two sentences: not after a question, between paragraphs first, then by content."""
    before, *following = around
    if not following:
        return True, True, b""
    after = following[0]
    asks = _ASKS.search(text, before.start, before.end) is not None
    between_paragraphs = text.count("\n", before.end, after.start) > 1
    return not asks, between_paragraphs, blake2b(text[after.start : after.end].encode(), digest_size=8).digest()
