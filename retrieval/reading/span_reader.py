"""Read with a trained model: it marks the answer in the passages, and tells where there is none."""

import math
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, replace
from unicodedata import combining

from retrieval.questions.asked_part import asks_which_part
from retrieval.questions.kinds import asks_when, asks_who, whose_words
from retrieval.questions.question_parts import is_question, opened
from retrieval.reading.contexts import Context, read_context
from retrieval.reading.cues import Cues, sentence_cues
from retrieval.reading.reader import READ_AT_ONCE, THRESHOLD, probability, weighed
from retrieval.reading.reading_model import Calibration, ReadingModel, SentenceReading
from retrieval.text.answer_words import answer_words, words_agree
from retrieval.text.day_entries import is_day_line
from retrieval.text.headings import stands_as_heading
from retrieval.text.markup import visible_parts, visible_spans
from retrieval.text.numbered_parts import label
from retrieval.text.speakers import Speakers
from retrieval.text.words import QuestionWord, WordWeights, has_only
from retrieval.values import Document, Hit, Question, Reading, Sentence

READ_WITHIN = 0.3
"""How far below the best passage's score (see Hit) a passage may lie to be read at once.

What lies farther off misleads more often than it answers: with 0.3 instead of 0.5, 77 % of the passages are read on the
five dev sets, the right sentence comes first for 86.8 % instead of 86.6 (SQuAD 92.3, 91.0), and 84.0 % instead of 83.3
are answered at 10 % wrong. With 0.2, IDK-MRC answers 4 % less. A calibration fitted to what is left was no better.
"""
READ_ON_WITHIN = 0.5
"""How far below the best a passage may lie to be read where those that are read at once do not answer.

With four more, of 1,817 questions of five of benchmarks/archives 12 more are answered rightly and 3 wrongly (a
threshold of 0.4 would answer 19 and 31 more).
"""
READ_ON_SURE = 0.6
"""The confidence from which on an answer counts for which passages farther off were read.

From 0.45 on, three more of those questions would be answered rightly, and five wrongly.
"""
READ_ON_FROM = 0.6
"""The best passage's score below which no more are read: nothing there speaks of the subject.

That spares three quarters of the reading for questions about other documents, and takes two answers of 24.
"""


@dataclass(frozen=True, slots=True)
class SpanCandidate:
    """A sentence that may answer, and what speaks for it: what the model reads there, its passage, its words.

    It is `silent`, and does not answer, if an interviewer says it, or others than those whose words are asked for.
    """

    hit: Hit
    reading: SentenceReading
    context: Context
    cues: Cues
    silent: bool = False

    @property
    def evidence(self) -> tuple[float, ...]:
        """What the score weighs, in the order of ScoreWeights."""
        return (
            self.reading.odds,
            self.hit.cosine,
            self.hit.words,
            self.cues.own,
            self.cues.near,
            self.cues.kind,
        )

    @property
    def text(self) -> str:
        """The sentence, as people see it."""
        return self.context.text[slice(*self.reading.place)]

    @property
    def answer(self) -> str:
        """The answer that the model marks, as people see it."""
        return self.context.text[slice(*self.reading.span)]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its score, and its share of what all candidates of the question say, in [0, 1].

    The share counts every candidate that gives the same answer, against those that give another in its language;
    `share_in_document` only candidates of its document.
    """

    candidate: SpanCandidate
    score: float
    share: float
    share_in_document: float

    @property
    def evidence(self) -> tuple[float, ...]:
        """What the confidence weighs, in the order of ConfidenceWeights, with 1 for the bias."""
        hit = self.candidate.hit
        shared = float(hit.words > 0)
        return self.candidate.reading.odds, self.share, hit.cosine, shared, self.candidate.cues.missing, 1.0

    def confidence(self, calibration: Calibration) -> float:
        """Return the probability, in [0, 1], that the sentence answers."""
        return probability(weighed(self.evidence, astuple(calibration.confidence)))

    def in_document(self, calibration: Calibration) -> float:
        """Return what the confidence would be if there were only this document."""
        return replace(self, share=self.share_in_document).confidence(calibration)


class SpanReader:
    """Takes the sentences in which a reading model finds the answer, from all passages together."""

    def __init__(self, model: ReadingModel, words: WordWeights) -> None:
        """`words` tells what a question's words weigh among the passages that are read."""
        self._model = model
        self._words = words

    def read(self, questions: Sequence[Question], hits: Sequence[Sequence[Hit]]) -> list[list[Reading]]:
        """Return the readings of each question, best first.

        Where what is closest does not answer as surely as THRESHOLD, whatever is set, farther passages are read, too.
        """
        found = self._sentences_of(questions, list(map(read_at_once, hits)))
        readings = list(map(self._readings, found))
        unsure = [place for place, one in enumerate(readings) if _confidence(one) < THRESHOLD]
        farther = {place: behind for place in unsure if (behind := _farther(hits[place]))}
        if not farther:
            return readings
        read = self._sentences_of([questions[place] for place in farther], list(farther.values()))
        for place, more in zip(farther, read, strict=True):
            both = self._readings([*found[place], *more])
            if _confidence(both) >= READ_ON_SURE:
                readings[place] = both
        return readings

    def knows_word(self, word: str) -> bool:
        return self._model.knows_word(word)

    def candidates(self, questions: Sequence[Question], hits: Sequence[Sequence[Hit]]) -> list[list[SpanCandidate]]:
        """Return the sentences of each question's passages, in order; headings only where there is nothing else.

        `hits` are best first. Passages far behind the best are not read, and none twice for the same question.
        """
        return self._sentences_of(questions, list(map(_close, hits)))

    def _sentences_of(self, questions: Sequence[Question], hits: Sequence[Sequence[Hit]]) -> list[list[SpanCandidate]]:
        asked = [self._words.question_words(question.text) for question in questions]
        contexts = {
            (question.text, hit.document.id, hit.passage): read_context(hit.document, hit.passage.sentences, words)
            for question, words, found in zip(questions, asked, hits, strict=True)
            for hit in found
        }
        read = self._model.read([(text, context) for (text, *_), context in contexts.items()])
        there = dict(zip(contexts, zip(contexts.values(), read, strict=True), strict=True))
        candidates = []
        for question, words, found in zip(questions, asked, hits, strict=True):
            read_of = [(hit, there[question.text, hit.document.id, hit.passage]) for hit in found]
            candidates.append([one for hit, what in read_of for one in _sentences(question.text, words, hit, *what)])
        return candidates

    def _readings(self, candidates: Sequence[SpanCandidate]) -> list[Reading]:
        calibration = self._model.calibration
        return [
            Reading(
                one.candidate.hit,
                one.candidate.reading.sentence,
                one.confidence(calibration),
                highlight(one.candidate),
                in_document=one.in_document(calibration),
            )
            for one in rank(candidates, calibration)
            if not one.candidate.silent
        ]


def read_at_once(hits: Sequence[Hit]) -> list[Hit]:
    """Return those of a question's passages, best first, that are read at once: the first ones, if not far behind."""
    return _close(hits[:READ_AT_ONCE])


def _close(hits: Sequence[Hit]) -> list[Hit]:
    """Return those of a question's passages, best first, that are not far behind the best."""
    return [hit for hit in hits if hit.score >= hits[0].score - READ_WITHIN]


def _farther(hits: Sequence[Hit]) -> list[Hit]:
    """Return those of a question's passages, best first, that are read where what was read at once did not answer."""
    if not hits or hits[0].score < READ_ON_FROM:
        return []
    read = len(read_at_once(hits))
    return [hit for hit in hits[read:] if hit.score >= hits[0].score - READ_ON_WITHIN]


def _confidence(readings: Sequence[Reading]) -> float:
    return readings[0].confidence if readings else 0.0


def _sentences(
    question: str, asked: Sequence[QuestionWord], hit: Hit, context: Context, readings: Sequence[SentenceReading]
) -> list[SpanCandidate]:
    """Return the sentences of one passage that may answer: where there are others, no headings and none that asks.

    A line that stands as a heading, and has no word but the question's, is left out, too.
    What calls a part by its number answers which part it is, the day above an entry of a log when that was.
    """
    said = [(reading, context.text[slice(*reading.place)]) for reading in readings]
    names = label if asks_which_part(question) else is_day_line if asks_when(question) else None
    kept = [
        (one, text)
        for one, text in said
        if not (one.sentence.heading or _only_asks(text) or _says_again(asked, hit.document, one.sentence))
        or (names and names(hit.document, one.sentence))
    ] or said
    cues = sentence_cues(question, asked, hit.document, [text for _, text in kept], context.text)
    silent = _silent_for(question, hit.document, context.sentences[0])
    return [
        SpanCandidate(hit, reading, context, cue, silent(reading.sentence))
        for (reading, _), cue in zip(kept, cues, strict=True)
    ]


def _silent_for(question: str, document: Document, near: Sentence) -> Callable[[Sentence], bool]:
    """Return what tells of sentences near one in an interview or a transcript whether they answer nothing.

    Those who ask do not, but for who somebody is, unless it is their words that are asked for; nor do others then.
    """
    speakers = Speakers(document, near)
    person = whose_words(question)
    own, others = (speakers.named(person), speakers.besides(person)) if person else (set(), set())
    for_who = asks_who(question)

    def is_silent(sentence: Sentence) -> bool:
        label = speakers.of(sentence)
        return label in others or (speakers.asks(sentence) and label not in own and not for_who)

    return is_silent


def _only_asks(sentence: str) -> bool:
    """Tell whether a sentence is a question, as an interviewer's are."""
    return sentence.rstrip("\"'”’ ").endswith("?") and is_question(opened(sentence.lstrip("\"'“‘ "))[0])


def _says_again(asked: Sequence[QuestionWord], document: Document, sentence: Sentence) -> bool:
    """Tell whether a sentence stands as a heading, and has no word but those of a question."""
    words = (word.stems for word in asked)
    return stands_as_heading(document, sentence) and has_only(words, document.text_of(sentence))


def rank(candidates: Sequence[SpanCandidate], calibration: Calibration) -> list[Ranked]:
    """Order the candidates of one question by their scores; equal scores keep the passages' order."""
    worth = astuple(calibration.score)
    scores = [weighed(candidate.evidence, worth) for candidate in candidates]
    best = max(scores, default=0.0)
    weights = [math.exp(score - best) for score in scores]
    answers = [answer_words(candidate.answer) for candidate in candidates]
    words = [frozenset(answer) for answer in answers]  # that share none cannot agree, which is sooner told
    documents = [candidate.hit.document for candidate in candidates]

    def agree(one: int, other: int) -> bool:
        share = not words[one].isdisjoint(words[other])
        return one == other or (share and words_agree(answers[one], answers[other]))

    ranked = []
    for number, candidate in enumerate(candidates):
        same, other = [0.0, 0.0], [0.0, 0.0]  # of all, of its document
        for place, weight in enumerate(weights):
            if agree(number, place):
                counted = same
            elif documents[number].language == documents[place].language:
                counted = other
            else:
                continue
            counted[0] += weight
            counted[1] += weight if documents[number].id == documents[place].id else 0.0
        shares = (one / (one + another) if one else 0.0 for one, another in zip(same, other, strict=True))
        ranked.append(Ranked(candidate, scores[number], *shares))
    return sorted(ranked, key=lambda one: -one.score)


def highlight(candidate: SpanCandidate) -> tuple[int, int] | None:
    """Carry the answer's span over from the text as people see it to the document; None where that does not fit."""
    document, sentence = candidate.hit.document, candidate.reading.sentence
    begin, last = candidate.reading.place
    raw = document.text_of(sentence)
    first, end = candidate.reading.span
    if first == end:
        return None
    # a mark that combines is shown with its letter, which visible_parts sees to
    as_seen = raw == candidate.context.text[begin:last] and not any(map(combining, raw))
    if as_seen and candidate.answer == candidate.answer.strip():
        return sentence.start + first - begin, sentence.start + end - begin
    places = visible_spans(raw, markdown=document.markdown)
    start, stop = places[first - begin][0], places[end - begin - 1][1]
    _, shown, _ = visible_parts(raw, (start, stop), markdown=document.markdown)
    return (sentence.start + start, sentence.start + stop) if shown == candidate.answer else None
