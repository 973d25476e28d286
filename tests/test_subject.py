"""Whether documents speak of a question's subject."""

from retrieval.answers.subject import SUBJECT_SCORE, on_subject
from retrieval.reading.related import SUBJECT_CONFIDENCE
from retrieval.values import Document, Hit, Passage, Reading, Sentence


def reading_of(score: float, confidence: float) -> Reading:
    return Reading(Hit(Passage(0, 0, ()), Document("a.txt", "T", ""), 0.0, 0.0, score), Sentence(0, 0), confidence)


def test_the_documents_speak_of_what_a_passage_is_close_to_or_nearly_answers() -> None:
    near, nearly = reading_of(SUBJECT_SCORE, 0.0), reading_of(0.0, SUBJECT_CONFIDENCE)
    far = reading_of(SUBJECT_SCORE - 0.01, SUBJECT_CONFIDENCE - 0.01)
    found = [on_subject(readings) for readings in ([near], [far, near], [nearly], [far], [])]
    assert found == [True, True, True, False, False]
