"""Pack the sentences of a document into passages that fit the embedding model."""

from collections.abc import Sequence
from hashlib import blake2b

from retrieval.embedding import Embedder
from retrieval.markup import visible_text
from retrieval.sentences import split_sentences
from retrieval.values import Document, Sentence

MAX_SENTENCE_LENGTH = 1_200  # characters: with its surroundings it fits one Telegram message, even of emoji
_TITLE_TOKENS = 32  # of the model's window, at most this much goes to the title


def split_passages(document: Document, embedder: Embedder) -> list[tuple[Sentence, ...]]:
    """Return the document's passages in order, each as its consecutive sentences; together they are all of them.

    A sentence that is longer than the model's window, or than MAX_SENTENCE_LENGTH, is split between words.
    """
    title = min(len(embedder.token_spans([document.title])[0]), _TITLE_TOKENS)
    limit = max(embedder.max_tokens - title, embedder.max_tokens // 2)
    whole = split_sentences(document)
    spans = embedder.token_spans([document.text[sentence.start : sentence.end] for sentence in whole])
    sentences: list[Sentence] = []
    costs: list[int] = []
    for sentence, tokens in zip(whole, spans, strict=True):
        for piece, cost in _pieces(document.text, sentence, tokens, limit):
            sentences.append(piece)
            costs.append(cost)
    ends = _passage_ends(document.text, sentences, costs, limit)
    return [tuple(sentences[start:end]) for start, end in zip([0, *ends], ends, strict=False)]


def embedded_text(document: Document, sentences: Sequence[Sentence]) -> str:
    """Return what is embedded for a passage: the document's title, then the text as people see it."""
    texts = [
        visible_text(document.text[sentence.start : sentence.end], markdown=document.is_markdown)
        for sentence in sentences
    ]
    if texts[0] == document.title:  # the first heading often says it again
        del texts[0]
    return "\n".join([document.title, *texts])


def _pieces(text: str, sentence: Sentence, tokens: Sequence[tuple[int, int]], limit: int) -> list[tuple[Sentence, int]]:
    """Cut a sentence, whose tokens have these spans in it, so that each piece fits; return pieces and costs."""
    pieces = []
    start = first = 0
    length = sentence.end - sentence.start
    while len(tokens) - first > limit or length - start > MAX_SENTENCE_LENGTH:
        furthest = tokens[first + limit][0] if len(tokens) - first > limit else length
        furthest = min(furthest, start + MAX_SENTENCE_LENGTH)
        part = text[sentence.start + start : sentence.start + furthest]
        cut = next((index for index in range(len(part) - 1, 0, -1) if part[index].isspace()), len(part))
        end = start + cut
        last = first
        while last < len(tokens) and tokens[last][0] < end:
            last += 1
        pieces.append((Sentence(sentence.start + start, sentence.start + end, sentence.heading), last - first))
        start, first = end, last
        while start < length and text[sentence.start + start].isspace():
            start += 1
    if start < length:
        rest = Sentence(sentence.start + start, sentence.end, sentence.heading)
        pieces.append((rest, len(tokens) - first))
    return pieces


def _passage_ends(text: str, sentences: Sequence[Sentence], costs: Sequence[int], limit: int) -> list[int]:
    """Choose where passages end: indexes into the sentences, each the first of the next passage.

    A heading always begins a passage. Otherwise one ends between half full and full, between paragraphs
    rather than inside one. Among equal places the content decides (by a hash of what comes next, as in
    content-defined chunking: Muthitacharoen et al., "A Low-bandwidth Network File System", 2001), so that
    after an edit the passages that follow end where they did before and need no new embedding.
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


def _boundary(text: str, around: Sequence[Sentence]) -> tuple[bool, bytes]:
    """Rank the boundary between two sentences: between paragraphs first, then by content."""
    before, *following = around
    if not following:
        return True, b""
    after = following[0]
    between_paragraphs = text.count("\n", before.end, after.start) > 1
    return between_paragraphs, blake2b(text[after.start : after.end].encode(), digest_size=8).digest()
