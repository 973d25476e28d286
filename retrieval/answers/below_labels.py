"""What stands below a label that answers: of "Article 5" what it says, of "FRAKSI KARYA (DEDI):" what they say."""

from collections.abc import Sequence
from dataclasses import replace

from retrieval.numbered_parts import label
from retrieval.speakers import Speakers
from retrieval.values import Document, Reading, Sentence
from retrieval.words import stems, subject_stems


def below_labels(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Return readings; for a label, that of the sentences below it with most words of the question.

    The quote then tells the part in which it stands, or who says it.
    """
    return [_below(question, one) if _is_label(one.hit.document, one.sentence) else one for one in readings]


def _is_label(document: Document, sentence: Sentence) -> bool:
    if sentence.heading:
        return label(document, sentence) is not None
    ends = document.text[sentence.start : sentence.end].rstrip("*_ ").endswith(":")
    return ends and Speakers(document, sentence).is_label(sentence)


def _below(question: str, reading: Reading) -> Reading:
    document = reading.hit.document
    asked = subject_stems(question)
    below = [one for one in reading.hit.passage.sentences if one.start > reading.sentence.start]
    ends = next((place for place, one in enumerate(below) if _is_label(document, one)), len(below))

    def shared(sentence: Sentence) -> int:
        there = set(stems(document.text[sentence.start : sentence.end], document.language))
        return sum(not forms.isdisjoint(there) for forms in asked)

    said = [one for one in below[:ends] if not one.heading]
    return replace(reading, sentence=max(said, key=shared), highlight=None) if said else reading
