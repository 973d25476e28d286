"""Leave sentences out of what is read for a question: those that answer it, or one that does not.

A passage that lost its answer speaks of all that the question does, and does not answer: that is how the documents of
a person who asks miss most often. Others lose a sentence too, so that a gap alone tells nothing.
"""

from collections.abc import Sequence
from random import Random

from retrieval.documents.formats.extracted import Block, Extracted
from retrieval.documents.sentences import split_sentences
from training.examples import ContextExample

Span = tuple[int, int]


def without_answers(context: ContextExample) -> ContextExample | None:
    """Return a context without the sentences that hold an answer; None if its title does, or nothing is left."""
    sentences = _sentences(context)
    answers = {context.text[start:end].casefold() for start, end in context.spans}
    kept = [
        one
        for one in sentences
        if not _answers(one, context) and not any(answer in context.text[slice(*one)].casefold() for answer in answers)
    ]
    if not kept or any(answer in context.text[: sentences[0][0]].casefold() for answer in answers):
        return None
    return _of(context, sentences, kept)


def without_one(context: ContextExample, random: Random) -> ContextExample:
    """Return a context without a sentence that holds no answer, if it has one."""
    sentences = _sentences(context)
    others = [one for one in sentences if not _answers(one, context)]
    if not others or len(sentences) < 2 or any(start < sentences[0][0] for start, _ in context.spans):
        return context
    left_out = random.choice(others)
    return _of(context, sentences, [one for one in sentences if one != left_out])


def _sentences(context: ContextExample) -> list[Span]:
    """Return the spans of a context's sentences, without its title."""
    found = split_sentences(Extracted(context.text, [Block(context.body, len(context.text))]))
    return [(sentence.start, sentence.end) for sentence in found]


def _answers(sentence: Span, context: ContextExample) -> bool:
    """Tell whether a sentence holds a part of an answer."""
    begin, stop = sentence
    return any(start < stop and begin < end for start, end in context.spans)


def _of(context: ContextExample, sentences: Sequence[Span], kept: Sequence[Span]) -> ContextExample:
    """Put together the title and the sentences that are kept, with the answers that stand in these."""
    text = context.text[: sentences[0][0]]
    spans = []
    for begin, stop in kept:
        text += " " if text and not text.endswith(" ") else ""
        moved = len(text) - begin
        spans += [(start + moved, end + moved) for start, end in context.spans if begin <= start and end <= stop]
        text += context.text[begin:stop]
    return ContextExample(text, spans, context.body)
