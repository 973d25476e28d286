"""From questions to answers: retrieve, read, cite, or say that it is not found."""

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice

from retrieval.across_languages import AcrossLanguages
from retrieval.answers.agreement import cited_together, same_answer
from retrieval.answers.changed import is_of_others, newest_first, newest_of_series_first, said_since
from retrieval.answers.citing import citation_of, cite, distinct, one_a_report
from retrieval.answers.corrections import Corrections, correcting, followed_by, told_to_correct
from retrieval.answers.listing import in_order, sources, sources_named
from retrieval.answers.other_names import OtherNames
from retrieval.answers.places import Places
from retrieval.answers.subject import has_all_words, language_to_ask_in, on_subject
from retrieval.answers.suggesting import suggested, suggestions
from retrieval.documents.encodings import without_halves
from retrieval.embedding.embedder import Embedder
from retrieval.errors import EmptyQuestionError, IndexUnusableError, LongQuestionError
from retrieval.finding import Finder
from retrieval.index.protocols import Index
from retrieval.interpreting import Interpretation, Interpreter
from retrieval.questions.chat_spelling import written_out
from retrieval.questions.courtesy import says_nothing
from retrieval.questions.kinds import asks_why
from retrieval.questions.slips import has_mended_words, without_slips
from retrieval.reading.reader import Reader
from retrieval.values import Answer, Citation, Reading, Source, Suggestion, Turn

MAX_QUESTION_LENGTH = 2_000  # characters; the embedding model reads about half of that
MAX_CITATIONS = 3
MAX_RELATED = 3
MAX_MORE = 3
_AS_SURE = 0.8  # of the first citation's confidence, what another document needs to be cited beside it


def clean_question(text: str) -> str:
    """Return a question without white space around it; raises QuestionError if it is empty or too long."""
    text = without_halves(text).strip()  # a terminal may hand over half a character
    if not text:
        raise EmptyQuestionError()
    if len(text) > MAX_QUESTION_LENGTH:
        raise LongQuestionError(len(text), MAX_QUESTION_LENGTH)
    return text


_VERY_SURE = 0.9  # from which on no other name is tried


class Snapshot:
    """The documents and the index that answer questions at one moment; immutable."""

    def __init__(self, index: Index, embedder: Embedder, reader: Reader, *, threshold: float) -> None:
        """Answers below `threshold`, a confidence in [0, 1], are "not found"; 0 always answers."""
        self.index = index
        self._embedder = embedder
        self._finder = Finder(index, embedder, reader, threshold=threshold)
        self._places = Places(index)
        across = AcrossLanguages(index, embedder, reader)
        self._interpreter = Interpreter(index, self._finder, across, self._places, threshold=threshold)
        self._corrections = Corrections(index)
        self._other_names = OtherNames(index, self._finder.knows_word)
        self._threshold = threshold

    def answer(self, questions: Sequence[str], before: Sequence[Turn | None] | None = None) -> list[Answer]:
        """Answer several questions together, in their order; each has to be clean (`clean_question`).

        `before` has for each the turn of a conversation that it may go on from. Of all that such a question may stand
        for, it is what the documents answer most surely. What is not found as it is typed is looked for without slips,
        and by other names of what it names.
        """
        began = time.monotonic()
        turns = before or [None] * len(questions)
        answers = self._answers(questions, turns)
        for number, (answer, turn) in enumerate(zip(answers, turns, strict=True)):
            better = self._otherwise(answer, written_out(answer.question), turn) if answer.readable else answer
            if better is not answer:
                answers[number] = replace(better, question=answer.question, seconds=time.monotonic() - began)
        return [self._other_names.with_unknown(self._with_correction(answer)) for answer in answers]

    def _otherwise(self, answer: Answer, typed: str, turn: Turn | None) -> Answer:
        spelt = self.without_slips(typed)
        answer = self._spelt(answer, spelt, turn) if spelt != typed else answer
        if explaining := self._other_names.explaining(typed, only_letters=answer.found):
            return self._answer(typed, explaining, explaining, answer.seconds)
        return answer if answer.confidence >= _VERY_SURE else self._by_other_names(answer, spelt, turn)

    def _spelt(self, answer: Answer, spelt: str, turn: Turn | None) -> Answer:
        """Answer a question without its slips, if it is not found with them, or only by what it may go on from.

        If it is found, and what is cited has the words that were meant, it only says so.
        """
        if answer.found and not answer.understood:
            first = answer.citations[0]
            text = " ".join((first.document.title, first.before, first.sentence, first.after))
            there = has_mended_words(text, first.document.language, answer.question, spelt)
            return replace(answer, spelt=spelt) if there else answer
        [mended] = self._answers([spelt], [turn])
        better = mended.found and (not mended.understood or mended.confidence >= answer.confidence)
        return replace(mended, spelt=spelt) if better else answer

    def _by_other_names(self, answer: Answer, question: str, turn: Turn | None) -> Answer:
        """Ask a question also by other names of what it names: "IOM" for what is called so in full.

        In the place of an answer comes only another sentence that is surer, and not doubtful.
        """
        documents = [one.document for one in answer.shown]
        others = self._other_names.readings(question, documents)
        if not others:
            return answer
        found = self._answers(others, [turn] * len(others))
        read = [replace(one, spelt=text) for one, text in zip(found, others, strict=True)]
        fitting = [one for one in read if one.found and self._other_names.stand_in(one, question, documents)]
        best = max(fitting, key=lambda one: one.confidence, default=answer)
        if not answer.found:
            return best
        is_surer = best.confidence > answer.confidence and not best.doubtful
        return best if is_surer and best.citations[0].key != answer.citations[0].key else answer

    def _answers(self, questions: Sequence[str], turns: Sequence[Turn | None]) -> list[Answer]:
        """Answer questions as they are spelt."""
        began = time.monotonic()
        meant = self._interpreter.interpret(questions, turns)
        seconds = time.monotonic() - began
        return [self._answer_to(question, one, seconds) for question, one in zip(questions, meant, strict=True)]

    def _answer_to(self, question: str, meant: Interpretation, seconds: float) -> Answer:
        answer = self._answer(meant.text, meant.readings, meant.about, seconds, said=meant.said)
        if not answer.found and not self._embedder.multilingual:
            answer = replace(answer, ask_in=language_to_ask_in(written_out(question), meant.about))
        if not self._embedder.knows_script(question) and not any(one.hit.words for one in meant.about):
            answer = Answer(question, (), (), 0.0, seconds, on_subject=False, readable=False)
        return replace(answer, question=question, understood=meant.understood, told=meant.told)

    def read(self, questions: Sequence[str]) -> list[list[Reading]]:
        """Return each question's readings, best first, whatever the threshold."""
        return self._finder.find(questions)

    def without_slips(self, question: str) -> str:
        """Return a question with its slips of the fingers mended, where the documents have the word that was meant."""
        return without_slips(question, self.index.words, self._other_names.is_word)

    def answer_quickly(self, question: str) -> Answer:
        """Answer one clean question by similarity alone, without reading: quicker, and less often right."""
        began = time.monotonic()
        found = self._finder.find_quickly(written_out(question))
        return self._answer(question, found, found, time.monotonic() - began)

    def _answer(
        self,
        question: str,
        readings: Sequence[Reading],
        about: Sequence[Reading],
        seconds: float,
        *,
        said: bool = False,
    ) -> Answer:
        """Cite the best reading, if it is sure enough, and other documents that answer about as surely.

        `about` is all that was read for the question, also what may not be cited again: `said`, if there is such.
        """
        best = readings[0].confidence if readings else 0.0
        if not readings or best < self._threshold:
            closest = islice(
                (one for one in distinct(readings, self._places) if not says_nothing(one.text)), MAX_RELATED
            )
            related = cite([replace(one, highlight=None) for one in closest], self._places)
            spoken_of = said or on_subject(about) or has_all_words(question, about)
            return Answer(question, (), related, best, seconds, on_subject=spoken_of)
        cited, disagree = self._cited(question, readings)
        others = [one for one in readings if one.confidence >= self._threshold]
        more = [one for one in distinct([*cited, *others], self._places) if one not in cited]
        return Answer(
            question,
            cite(cited, self._places),
            (),
            cited[0].confidence,
            seconds,
            disagree=disagree,
            more=tuple(self._places.key(one.hit.passage, one.sentence) for one in more[:MAX_MORE]),
        )

    def _cited(self, question: str, readings: Sequence[Reading]) -> tuple[list[Reading], bool]:
        """Choose what to cite of readings of which the first answers, and tell whether it disagrees."""
        least, share_series = max(self._threshold, readings[0].confidence * _AS_SURE), self._finder.share_series
        sure = one_a_report([one for one in readings if one.confidence >= least], self._places, share_series)
        if readings[0].as_named:
            return (sure if len(sure) > 1 else list(readings))[:MAX_CITATIONS], False
        first = readings[0]
        sure = [one for one in sure if same_answer(one, first) is not False or not is_of_others(question, one, first)]
        cited, disagree = cited_together(sure, MAX_CITATIONS)
        if not disagree:
            cited = newest_of_series_first(cited, share_series)
        changed = said_since(
            question, readings, cited, sure=least, share_series=share_series, sure_of_it=self._threshold
        )[: MAX_CITATIONS - len(cited)]
        return newest_first(question, [*cited, *changed]), (disagree or bool(changed)) and not asks_why(question)

    def _with_correction(self, answer: Answer) -> Answer:
        """Let what is cited of a document that was corrected later be followed by what the correction says."""
        found = self._corrections.of_cited(answer.citations)
        if found is None:
            return answer
        corrected, number = found
        if (id := self.index.document_id(number)) in {one.document.id for one in answer.citations}:
            return replace(answer, citations=told_to_correct(answer.citations, id, corrected.document.id))
        [read] = self._finder.find([answer.understood or answer.spelt or answer.question], [number])
        read = self._corrections.within(number, corrected, read)
        correction = correcting(read, corrected, self._threshold)
        if correction is None:
            return answer
        [added] = cite([correction], self._places)
        return replace(answer, citations=followed_by(answer.citations, corrected.document.id, added, MAX_CITATIONS))

    def find(self, key: str) -> Citation | None:
        """Return the sentence that a citation's key leads to, in its passage; None if no document has it any more."""
        found = self._places.find(key)
        return citation_of(1, self.index.document(found[0].document), *found, self._places) if found else None

    def stands(self, citation: Citation) -> bool:
        """Tell whether a quote stands in the stored document at its place, byte for byte, reading it once more."""
        try:
            found = self._places.find(citation.key)
            document = self.index.document(found[0].document, afresh=True) if found else None
        except IndexUnusableError:
            return False
        if document is None or document.id != citation.document.id:
            return False
        return document.text_of(citation).encode() == citation.sentence.encode()

    def sources(self, first: int, count: int) -> list[Source]:
        """Return so many documents in order, from the one with the number `first`, in [0, document_count], on."""
        return sources(self.index, self._places, self._listed[first : first + count])

    @cached_property
    def _listed(self) -> Sequence[int]:
        return in_order(self.index)

    def sources_named(self, name: str, count: int, *, first: int = 0) -> list[Source]:
        """Return `count` documents whose title or id holds a name, in order, from the one numbered `first` on."""
        return sources_named(self.index, self._places, name, count, first=first)

    def suggestions(self, language: str, count: int) -> list[Suggestion]:
        """Return questions that documents say they answer, those in a language first."""
        return suggestions(self.index, self._places, language, count)

    def suggested(self, key: str, number: int) -> str | None:
        """Return the question of a suggestion by its key and number; None if it is not there any more."""
        return suggested(self.index, self._places, key, number)

    def beside(self, key: str) -> tuple[str | None, str | None]:
        """Return the keys of the passages before and after that of a key's sentence, where its document has them."""
        return self._places.beside(key)
