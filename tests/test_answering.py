"""An answer is verbatim sentences with their places, or says that there is none."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from unicodedata import normalize

import pytest

from retrieval.answering import (
    MAX_CITATIONS,
    MAX_QUESTION_LENGTH,
    MAX_RELATED,
    Snapshot,
    clean_question,
)
from retrieval.answers.subject import CROSSING_SUBJECT
from retrieval.answers.turns import turn_after
from retrieval.embedding.embedder import Embedder
from retrieval.errors import QuestionError
from retrieval.index.numpy_index.index import NumpyIndex
from retrieval.reading.reader import Reader
from retrieval.reading.reading_model import load_reading_model
from retrieval.reading.similarity import SimilarityReader
from retrieval.reading.span_reader import SpanReader
from retrieval.values import Answer, Citation, Hit, Question, Reading, Turn
from tests.fakes import FakeEmbedder

BuildIndex = Callable[[Embedder, dict[str, str]], NumpyIndex]

MEETING = """---
title: Steering group
date: 2022
---
# Steering group

The group met in **Jakarta** on 14 February 2022. It was co-chaired by Indonesia
and Australia. Everyone came.

## Lunch

Rice was served – “nasi” in Indonesian 🙂.
"""
RULES = "House rules\r\n\r\nThe notice period is three months.\r\nDogs are welcome.\r\n"


class FakeReader:
    """Is as sure of a sentence as it was told to be, and of all others 0.1; it may mark each one's last word.

    It would be as sure as `alone` says if no other document said anything.
    """

    def __init__(self, sure: dict[str, float], *, marks: bool = False, alone: dict[str, float] | None = None) -> None:
        self._sure = sure
        self._alone = alone or {}
        self._marks = marks

    def read(self, questions: Sequence[Question], hits: Sequence[Sequence[Hit]]) -> list[list[Reading]]:
        return [self._read(found) for found in hits]

    def knows_word(self, word: str) -> bool:
        return True

    def _read(self, hits: Sequence[Hit]) -> list[Reading]:
        readings = []
        for hit in hits:
            for sentence in hit.passage.sentences:
                text = hit.document.text[sentence.start : sentence.end]
                span = sentence.start + text.rfind(" ") + 1, sentence.end
                marked = span if self._marks else None
                sure, alone = self._sure.get(text, 0.1), self._alone.get(text, 0.0)
                readings.append(Reading(hit, sentence, sure, marked, in_document=alone))
        return sorted(readings, key=lambda reading: -reading.confidence)


def answer(
    index: NumpyIndex,
    sure: dict[str, float],
    *,
    threshold: float = 0.5,
    question: str = "apple",
    marks: bool = False,
    alone: dict[str, float] | None = None,
    before: Turn | None = None,
) -> Answer:
    reader: Reader = FakeReader(sure, marks=marks, alone=alone)
    [answer] = Snapshot(index, FakeEmbedder(), reader, threshold=threshold).answer([question], [before])
    return answer


def real_snapshot(index: NumpyIndex, embedder: Embedder, *, threshold: float = 0.3) -> Snapshot:
    return Snapshot(index, embedder, SpanReader(load_reading_model(None), index.words), threshold=threshold)


def sentences(citations: Sequence[Citation]) -> list[str]:
    return [citation.sentence for citation in citations]


# Questions


@pytest.mark.parametrize(
    ("text", "question"),
    [
        pytest.param("Who came?", "Who came?", id="clean"),
        pytest.param(" \n Who\n came? \t\u3000", "Who\n came?", id="white-space"),
        pytest.param("?", "?", id="short"),
        pytest.param("Who \udce9?", "Who ??", id="half-a-character"),
        pytest.param("x" * MAX_QUESTION_LENGTH, "x" * MAX_QUESTION_LENGTH, id="as-long-as-allowed"),
        pytest.param(" " * 5_000 + "Who?", "Who?", id="blanks-do-not-count"),
    ],
)
def test_a_question_is_freed_of_white_space(text: str, question: str) -> None:
    assert clean_question(text) == question


@pytest.mark.parametrize("text", [pytest.param("", id="nothing"), pytest.param(" \t\r\n\u3000", id="white-space")])
def test_an_empty_question_is_refused(text: str) -> None:
    with pytest.raises(QuestionError) as caught:
        clean_question(text)
    assert str(caught.value) == "The question is empty. Write what you would like to know."


def test_a_question_too_long_is_refused_with_both_lengths() -> None:
    with pytest.raises(QuestionError) as caught:
        clean_question("x" * 2_001)
    assert str(caught.value) == "The question has 2,001 characters; at most 2,000 are read. Ask a shorter one."


# Found or not


def test_a_sure_sentence_is_the_answer(index_of: BuildIndex) -> None:
    index = index_of(FakeEmbedder(), {"a.txt": "Apple pie. Almond."})
    found = answer(index, {"Apple pie.": 0.9})
    [(document, _)] = index.documents()
    assert found == Answer(
        question="apple",
        citations=(Citation(1, "Apple pie.", 0, 10, document, after="Almond.", key=found.citations[0].key),),
        related=(),
        confidence=0.9,
        seconds=found.seconds,
    )
    assert found.found
    assert found.seconds >= 0


def test_in_what_is_only_related_no_answer_is_marked(index_of: BuildIndex) -> None:
    index = index_of(FakeEmbedder(), {"a.txt": "Apple pie. Almond."})
    [cited] = answer(index, {"Apple pie.": 0.9}, marks=True).citations
    assert cited.highlight is not None
    missed = answer(index, {"Apple pie.": 0.4}, marks=True)
    assert [related.highlight for related in missed.related] == [None, None]


def test_below_the_threshold_nothing_is_cited_and_the_closest_are_related(index_of: BuildIndex) -> None:
    index = index_of(FakeEmbedder(), {"a.txt": "Apple pie. Almond. Axe. Ant."})
    missed = answer(index, {"Axe.": 0.4, "Almond.": 0.3, "Ant.": 0.2})
    assert not missed.found
    assert missed.citations == ()
    assert missed.confidence == 0.4
    assert [(related.number, related.sentence) for related in missed.related] == [
        (1, "Axe."),
        (2, "Almond."),
        (3, "Ant."),
    ]


def test_a_confidence_equal_to_the_threshold_is_an_answer(index_of: BuildIndex) -> None:
    index = index_of(FakeEmbedder(), {"a.txt": "Apple pie."})
    assert answer(index, {"Apple pie.": 0.5}).found
    assert not answer(index, {"Apple pie.": 0.499}).found


def test_a_threshold_of_0_answers_from_headings_too(index_of: BuildIndex) -> None:
    index = index_of(FakeEmbedder(), {"a.md": "# Apple\n"})
    [answered] = real_snapshot(index, FakeEmbedder(), threshold=0).answer(["apple"])
    assert [citation.sentence for citation in answered.citations] == ["Apple"]


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Who co-chaired the meeting?", id="answered"),
        pytest.param("Which is the largest moon of Saturn?", id="not-answered"),
        pytest.param("?", id="no-words"),
    ],
)
def test_a_threshold_of_0_always_answers_and_of_1_never(
    index_of: BuildIndex, embedder: Embedder, question: str
) -> None:
    index = index_of(embedder, {"meeting.md": MEETING, "rules.txt": RULES})
    [always] = real_snapshot(index, embedder, threshold=0).answer([question])
    [never] = real_snapshot(index, embedder, threshold=1).answer([question])
    assert (len(always.citations) > 0, always.related) == (True, ())
    assert (never.citations, len(never.related)) == ((), MAX_RELATED)
    assert always.confidence == never.confidence


# Citations


def test_several_documents_that_say_it_are_all_cited_the_surest_first(index_of: BuildIndex) -> None:
    index = index_of(FakeEmbedder(), {"1.txt": "Apple pie.", "2.txt": "Apple cake.", "3.txt": "Axe."})
    found = answer(index, {"Apple pie.": 0.9, "Apple cake.": 0.95})
    assert [(cited.number, cited.sentence) for cited in found.citations] == [(1, "Apple cake."), (2, "Apple pie.")]
    assert found.confidence == 0.95


def test_what_is_far_less_sure_than_the_first_is_not_cited_beside_it(index_of: BuildIndex) -> None:
    index = index_of(FakeEmbedder(), {"1.txt": "Apple pie.", "2.txt": "Apple cake."})
    assert sentences(answer(index, {"Apple pie.": 0.9, "Apple cake.": 0.2}, threshold=0).citations) == ["Apple pie."]


def test_no_more_documents_are_cited_than_can_be_taken_in(index_of: BuildIndex) -> None:
    documents = {f"{n}.txt": f"Apple {n}." for n in range(5)}
    found = answer(index_of(FakeEmbedder(), documents), {f"Apple {n}.": 0.9 for n in range(5)})
    assert len(found.citations) == MAX_CITATIONS == 3


def test_a_document_is_cited_once(index_of: BuildIndex) -> None:
    index = index_of(FakeEmbedder(), {"1.txt": "Apple pie. Apple cake."})
    assert sentences(answer(index, {"Apple pie.": 0.9, "Apple cake.": 0.8}).citations) == ["Apple pie."]


def test_what_is_related_is_not_repeated(index_of: BuildIndex) -> None:
    index = index_of(
        FakeEmbedder(), {"1.txt": "Apple pie. Ant.", "2.txt": "Axe. Apple pie.", "3.txt": "Apple pie. Elm."}
    )
    missed = answer(index, {"Apple pie.": 0.3, "Ant.": 0.2})
    assert sentences(missed.related)[:2] == ["Apple pie.", "Ant."]
    assert len(set(sentences(missed.related))) == len(missed.related) == 3


@pytest.mark.parametrize("threshold", [pytest.param(0, id="cited"), pytest.param(1, id="related")])
def test_every_quote_is_verbatim_at_its_offsets(index_of: BuildIndex, embedder: Embedder, threshold: float) -> None:
    files = {"meeting.md": MEETING, "rules.txt": RULES}
    snapshot = real_snapshot(index_of(embedder, files), embedder, threshold=threshold)
    questions = ["Who co-chaired it?", "What was served?", "How long is the notice period?", "Are dogs welcome?"]
    quotes = [quote for found in snapshot.answer(questions) for quote in (*found.citations, *found.related)]
    assert len(quotes) >= 4
    for quote in quotes:
        assert quote.document.text == files[quote.document.id]
        assert files[quote.document.id][quote.start : quote.end] == quote.sentence == quote.sentence.strip()
        assert quote.page is None


def test_around_a_quote_stands_its_passage_as_people_see_it(index_of: BuildIndex) -> None:
    index = index_of(FakeEmbedder(max_tokens=128), {"meeting.md": MEETING})
    found = answer(index, {"It was co-chaired by Indonesia\nand Australia.": 0.9})
    [cited] = found.citations
    assert (cited.before, cited.after) == ("The group met in Jakarta on 14 February 2022.", "Everyone came.")


def test_a_heading_before_a_quote_is_set_off_and_the_title_left_out(index_of: BuildIndex) -> None:
    text = "# The *title*\n\n## Part one\n\n### Part two\n\nApple pie. Almond.\n"
    index = index_of(FakeEmbedder(), {"a.md": text})
    [cited] = answer(index, {"Almond.": 0.9}).citations
    assert (cited.before, cited.after) == ("Part one — Part two — Apple pie.", "")


def test_a_sentence_that_stands_twice_in_a_passage_is_cited_at_its_own_place(index_of: BuildIndex) -> None:
    text = "Apple pie. Almond. Apple pie."
    [cited] = answer(index_of(FakeEmbedder(), {"a.txt": text}), {"Apple pie.": 0.9}).citations
    assert (cited.start, cited.before, cited.after) == (0, "", "Almond. Apple pie.")


# Places


def test_the_key_of_a_citation_leads_back_to_it(index_of: BuildIndex) -> None:
    index = index_of(FakeEmbedder(), {"a.txt": "Apple pie. Almond.", "b.txt": "Almond. Axe."})
    [cited, *_] = answer(index, {"Almond.": 0.9}).citations
    snapshot = Snapshot(index, FakeEmbedder(), FakeReader({}), threshold=0)
    assert snapshot.find(cited.key) == cited
    assert snapshot.find("nothing") is None


def test_a_quote_stands_as_long_as_the_stored_document_has_it_byte_for_byte(index_of: BuildIndex) -> None:
    index = index_of(FakeEmbedder(), {"a.txt": "Apple pie. Almond.", "b.txt": "Axe."})
    [cited, *_] = answer(index, {"Almond.": 0.9}).citations
    snapshot = Snapshot(index, FakeEmbedder(), FakeReader({}), threshold=0)
    assert snapshot.stands(cited)
    for other in (
        replace(cited, sentence="almond."),
        replace(cited, start=cited.start - 1, end=cited.end - 1),
        replace(cited, key=""),
        replace(cited, document=replace(cited.document, id="b.txt")),
    ):
        assert not snapshot.stands(other)
    texts = index.folder / "texts.bin"
    texts.chmod(0o644)
    with texts.open("r+b") as file:
        file.seek(texts.read_bytes().index(b"Almond"))
        file.write(b"Akmond")
    assert not snapshot.stands(cited)


def test_one_report_in_two_papers_is_one_citation_that_names_both(index_of: BuildIndex) -> None:
    report = "Apple pie was served. Everyone had some."
    index = index_of(
        FakeEmbedder(), {"a.txt": f"{report} Ants came.", "b.txt": f"In short. {report}", "c.txt": "Apple."}
    )
    [first, second] = answer(index, {"Apple pie was served.": 0.9, "Apple.": 0.8}).citations
    assert (first.document.id, first.copies, second.document.id) == ("a.txt", ("b.txt",), "c.txt")


# A sentence that was pasted


PASTED = """# Report

The **council** said that a blocked culvert caused the flood in May. Rain fell. Who paid for the repairs?

The army paid for the repairs.
"""
REPORTED = "The **council** said that a blocked culvert caused the flood in May."


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("The council said that a blocked culvert caused the flood in May.", id="as-it-is-seen"),
        pytest.param(REPORTED, id="as-it-stands"),
        pytest.param("“the Council said that a blocked culvert caused\nthe flood in May”", id="in-quotation-marks"),
        pytest.param("said that a blocked culvert caused the flood", id="a-part"),
        pytest.param("“caused the flood”", id="a-short-part-in-quotation-marks"),
        pytest.param("Who said that a blocked culvert caused the flood?", id="who-said-it"),
        pytest.param('siapa yang bilang "a blocked culvert"?', id="who-said-it-in-quotation-marks"),
    ],
)
def test_a_pasted_sentence_is_found_and_nothing_else_cited(index_of: BuildIndex, question: str) -> None:
    index = index_of(FakeEmbedder(max_tokens=128), {"a.md": PASTED, "b.txt": "The council denied it."})
    found = answer(index, {"The council denied it.": 0.9}, question=question, marks=True)
    assert (sentences(found.citations), found.confidence, found.understood) == ([REPORTED], 1.0, "")


def test_a_pasted_sentence_is_found_though_its_passage_is_not_read(index_of: BuildIndex) -> None:
    others = {f"{number}.txt": f"The harbour of Orla has {number} piers and a bridge." for number in range(30)}
    index = index_of(FakeEmbedder(), {**others, "z.txt": "The harbour of Orla has no piers and a bridge."})
    found = answer(index, {}, question="The harbour of Orla has no piers and a bridge.")
    assert (sentences(found.citations), found.confidence) == (["The harbour of Orla has no piers and a bridge."], 1.0)


@pytest.mark.parametrize(
    ("question", "is_found"),
    [
        ("who said that a blocked culvert caused the flood?", False),
        ("The council denied that a blocked culvert caused the flood.", True),
    ],
)
def test_who_denies_something_did_not_say_it(index_of: BuildIndex, question: str, is_found: bool) -> None:
    text = "The council denied that a blocked culvert caused the flood."
    assert answer(index_of(FakeEmbedder(), {"a.txt": text}), {}, question=question).found is is_found


@pytest.mark.parametrize(
    ("words", "marked", "speaker"),
    [("A blocked culvert caused it", "said Ana Lim", ""), ("nobody ever looked after it", None, "said Ana Lim")],
)
def test_who_said_what_was_pasted_is_marked_or_stands_above(
    index_of: BuildIndex, words: str, marked: str | None, speaker: str
) -> None:
    text = '"A blocked culvert caused it," said Ana Lim. "Nobody ever looked after it."'
    [cited] = answer(index_of(FakeEmbedder(), {"a.txt": text}), {}, question=f"Who said “{words}”?").citations
    assert (cited.highlight and text[slice(*cited.highlight)], cited.speaker) == (marked, speaker)


SAID_NEARLY = """Ana Lim led them. “The red card changed everything,” said Ana Lim.

Joel Finch thanked them. Ben Roe said that the red card did not matter. The red card was torn.
"""


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("who said the red card changed the game?", id="another-word"),
        pytest.param("who said that the referee's red card changed everything?", id="a-word-more"),
        pytest.param("siapa yang bilang red card changed everything?", id="a-word-less"),
    ],
)
def test_who_said_nearly_so_is_answered_with_what_somebody_says(index_of: BuildIndex, question: str) -> None:
    index = index_of(FakeEmbedder(max_tokens=128), {"a.txt": SAID_NEARLY})
    found = answer(index, {"Joel Finch thanked them.": 0.7}, question=question, marks=True)
    assert sentences(found.citations) == ["“The red card changed everything,” said Ana Lim."]
    assert found.citations[0].highlight
    assert index.document(0).text[slice(*found.citations[0].highlight)] == "said Ana Lim"


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("who said the bridge would open soon?", id="other-words"),
        pytest.param("who said sorry?", id="too-few-words"),
        pytest.param("who said the red card never changed everything?", id="the-contrary"),
    ],
)
def test_who_said_what_nobody_says_nearly_so_is_answered_as_it_is_read(index_of: BuildIndex, question: str) -> None:
    index = index_of(FakeEmbedder(max_tokens=128), {"a.txt": SAID_NEARLY})
    found = answer(index, {"Joel Finch thanked them.": 0.7}, question=question)
    assert sentences(found.citations) == ["Joel Finch thanked them."]


def test_who_asked_that_of_something_is_not_answered_with_its_name(index_of: BuildIndex) -> None:
    index = index_of(FakeEmbedder(max_tokens=128), {"a.txt": "Briefing on the harbour tunnel\n\nAna Lim asked that.\n"})
    [cited] = answer(
        index, {"Ana Lim asked that.": 0.9}, question="who asked that, Briefing on the harbour tunnel?"
    ).citations
    assert cited.sentence == "Ana Lim asked that."


def test_who_said_it_marks_the_label_and_nobody_who_is_addressed(index_of: BuildIndex) -> None:
    text = "CHAIR: We begin. We sent the paper, Mr Roe.\n\nMR ROE: I have none. Why?\n\n" * 2
    index = index_of(FakeEmbedder(max_tokens=128), {"a.txt": text})
    for words, marked in (("we sent the paper", None), ("I have none", "MR ROE"), ("chair: we begin", "CHAIR")):
        [cited, *_] = answer(
            index, {"We sent the paper, Mr Roe.": 0.9}, question=f"Who said “{words}”?", marks=True
        ).citations
        assert (cited.highlight and text[slice(*cited.highlight)]) == marked


def test_who_said_that_goes_back_to_what_was_cited(index_of: BuildIndex) -> None:
    text = '"A blocked culvert caused it," said Ana Lim. "Nobody ever looked after it." Ben Roe said that it rained.'
    index = index_of(FakeEmbedder(), {"a.txt": text})
    first = answer(index, {'"Nobody ever looked after it."': 0.9}, question="What was looked after?")
    then = answer(
        index, {"Ben Roe said that it rained.": 0.9}, question="Who said that?", marks=True, before=turn_after(first)
    )
    assert (sentences(then.citations), then.citations[0].speaker) == (
        ['"Nobody ever looked after it."'],
        "said Ana Lim",
    )
    assert then.citations[0].highlight is None


@pytest.mark.parametrize(
    ("text", "others", "is_theirs"),
    [
        pytest.param(
            'Ana Lim led the talks. "It rained," said Ben Roe.', '"It rained," said Ben Roe.', False, id="quoted"
        ),
        pytest.param(
            "Ana Lim led the talks.\n\n**Roe:** Rain.\n\n**Lim:** Sun.\n\n**Roe:** Ice.\n\n**Lim:** Hail.",
            "**Roe:** Ice.",
            False,
            id="transcript",
        ),
        pytest.param('Ana Lim led the talks. "It rained," said Lim.', '"It rained," said Lim.', True, id="her"),
        pytest.param(
            'Ana Lim led the talks. "It rained," said the mayor.', '"It rained," said the mayor.', True, id="no-name"
        ),
        pytest.param(
            'Ana Lim led the talks. "It rained," said the Mayor. Mayor Lim left.',
            '"It rained," said the Mayor.',
            True,
            id="names-side-by-side",
        ),
    ],
)
def test_what_she_said_is_not_what_somebody_else_is_told_to_say(
    index_of: BuildIndex, text: str, others: str, is_theirs: bool
) -> None:
    index = index_of(FakeEmbedder(), {"a.md": text})
    first = answer(index, {"Ana Lim led the talks.": 0.9}, question="Who led the talks?", marks=True)
    then = answer(index, {others: 0.9}, question="What did she say?", before=turn_after(first))
    assert (others in sentences(then.citations)) is is_theirs


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Who paid for the repairs?", id="a-question-that-stands-there"),
        pytest.param("Rain fell.", id="short"),
        pytest.param("a blocked culvert caused the flood", id="a-short-part"),
        pytest.param("Who said the flood?", id="who-said-too-little"),
        pytest.param("Who declared that a blocked culvert caused the flood?", id="who-did-something-else"),
        pytest.param("“the flood”", id="too-little-in-quotation-marks"),
        pytest.param("Who said that the army caused the flood?", id="who-said-what-nobody-did"),
    ],
)
def test_what_is_asked_is_answered_though_it_stands_there(index_of: BuildIndex, question: str) -> None:
    index = index_of(FakeEmbedder(max_tokens=128), {"a.md": PASTED})
    found = answer(index, {"The army paid for the repairs.": 0.9}, question=question)
    assert (sentences(found.citations), found.confidence) == (["The army paid for the repairs."], 0.9)


def test_a_quick_answer_finds_a_pasted_sentence_too(index_of: BuildIndex) -> None:
    index = index_of(FakeEmbedder(max_tokens=128), {"a.md": PASTED})
    quick = Snapshot(index, FakeEmbedder(), FakeReader({}), threshold=0.5).answer_quickly(REPORTED)
    assert (sentences(quick.citations), quick.confidence) == ([REPORTED], 1.0)


# How a question is read


@pytest.mark.parametrize(
    ("question", "understood"),
    [
        pytest.param("Good morning, apple? Thank you!", "", id="kind-words"),
        pytest.param("WHO ATE AN APPLE?", "", id="capitals"),
        pytest.param("I like bees. Cats are nice. Who ate apples?", "Who ate apples?", id="one-of-several"),
    ],
)
def test_what_was_understood_is_told_where_a_part_of_it_was_read(
    index_of: BuildIndex, question: str, understood: str
) -> None:
    class PartReader(FakeReader):
        """Is sure only where nothing but the question is read."""

        def read(self, questions: Sequence[Question], hits: Sequence[Sequence[Hit]]) -> list[list[Reading]]:
            clean = [one.text.lower() in ("apple?", "who ate apples?", "who ate an apple?") for one in questions]
            return [found if sure else [] for found, sure in zip(super().read(questions, hits), clean, strict=True)]

    index = index_of(FakeEmbedder(), {"1.txt": "Apple pie."})
    snapshot = Snapshot(index, FakeEmbedder(), PartReader({"Apple pie.": 0.9}), threshold=0.5)
    [found] = snapshot.answer([question])
    assert (found.found, found.question, found.understood) == (True, question, understood)


# The list of documents


def test_documents_are_listed_from_any_one_on_with_keys_to_their_beginnings(index_of: BuildIndex) -> None:
    files = {f"{number}.txt": f"Apple {number}. Axe. Ant." for number in range(5)}
    index = index_of(FakeEmbedder(max_tokens=4), files)
    snapshot = Snapshot(index, FakeEmbedder(), FakeReader({}), threshold=0)
    assert [(one.document.id, one.passages) for one in snapshot.sources(3, 10)] == [("3.txt", 2), ("4.txt", 2)]
    for one in snapshot.sources(0, 2):
        found = snapshot.find(one.key)
        assert found is not None
        assert (found.document, found.start) == (one.document, 0)
    assert snapshot.sources(5, 10) == []


def test_numbers_in_the_ids_of_documents_count_as_numbers_in_lists(index_of: BuildIndex) -> None:
    ids = ["2024/no. 2.txt", "2024/no. 10.txt", "no. 01.txt", "no. 2.txt", "no. 10.txt", "no. 010b.txt", "notes.txt"]
    index = index_of(FakeEmbedder(), {id: f"Apple {number}." for number, id in enumerate(ids)})
    snapshot = Snapshot(index, FakeEmbedder(), FakeReader({}), threshold=0)
    assert [one.document.id for one in snapshot.sources(0, 10)] == ids
    assert [one.document.id for one in snapshot.sources(2, 3)] == ids[2:5]
    assert [one.document.id for one in snapshot.sources_named("NO.", 3, first=2)] == ids[2:5]
    assert snapshot.sources_named("no.", 3, first=6) == []


def test_the_questions_of_documents_come_in_turns_those_of_the_language_first(index_of: BuildIndex) -> None:
    files = {
        "a.md": "---\nlang: en\nquestions: [Who met?, When?]\n---\nThe board met.",
        "b.md": "---\nlang: id\nquestions: [Siapa?]\n---\nDewan bertemu.",
        "c.md": "---\nlang: en\nquestions: [Why?]\n---\nThe board was asked to.",
        "d.md": "Nobody asks.",
    }
    files = {name: text.replace("[", '["').replace(", ", '", "').replace("]", '"]') for name, text in files.items()}
    snapshot = Snapshot(index_of(FakeEmbedder(), files), FakeEmbedder(), FakeReader({}), threshold=0)
    listed = snapshot.suggestions("en", 10)
    assert [one.question for one in listed] == ["Who met?", "Why?", "When?", "Siapa?"]
    assert [one.question for one in snapshot.suggestions("id", 2)] == ["Siapa?", "Who met?"]
    assert [snapshot.suggested(one.key, one.number) for one in listed] == [one.question for one in listed]
    assert (snapshot.suggested(listed[0].key, 2), snapshot.suggested(listed[0].key[::-1], 0)) == (None, None)


def test_the_newest_date_is_the_last_that_a_document_has(index_of: BuildIndex) -> None:
    files = {"a.md": "---\ndate: 2021-05\n---\nOne.", "b.md": "---\ndate: 2022-01-09\n---\nTwo.", "c.md": "Three."}
    assert index_of(FakeEmbedder(), files).newest_date == "2022-01-09"


def test_documents_are_found_by_a_part_of_title_or_id(index_of: BuildIndex) -> None:
    files = {"a/Notes.txt": "---\ntitle: The ÄPFEL report\n---\nApple.", "b.txt": "Bee."}
    snapshot = Snapshot(index_of(FakeEmbedder(), files), FakeEmbedder(), FakeReader({}), threshold=0)
    assert [one.document.id for one in snapshot.sources_named("äpfel", 9)] == ["a/Notes.txt"]
    assert [one.document.id for one in snapshot.sources_named("notes", 9)] == ["a/Notes.txt"]
    assert [one.document.id for one in snapshot.sources_named(normalize("NFD", "Äpfel"), 9)] == ["a/Notes.txt"]
    assert len(snapshot.sources_named(".txt", 1)) == 1
    assert snapshot.sources_named("nothing", 9) == []


# Sources that agree, and that do not


def dated(date: str, text: str) -> str:
    return f"---\ndate: {date}\n---\n{text}\n"


def test_sources_that_agree_are_cited_together_the_surest_first(index_of: BuildIndex) -> None:
    index = index_of(FakeEmbedder(), {"1.txt": dated("2020", "Apple pie."), "2.txt": dated("2021", "Apple PIE!")})
    found = answer(index, {"Apple pie.": 0.95, "Apple PIE!": 0.9}, marks=True)
    assert (sentences(found.citations), found.confidence, found.disagree) == (["Apple pie.", "Apple PIE!"], 0.95, False)


def test_sources_that_disagree_stand_newest_first_with_the_confidence_of_the_newest(index_of: BuildIndex) -> None:
    index = index_of(FakeEmbedder(), {"1.txt": dated("2020", "Apple pie."), "2.txt": dated("2021", "Apple cake.")})
    found = answer(index, {"Apple pie.": 0.95, "Apple cake.": 0.9}, marks=True)
    assert [(cited.number, cited.sentence) for cited in found.citations] == [(1, "Apple cake."), (2, "Apple pie.")]
    assert (found.confidence, found.disagree) == (0.9, True)


def test_reasons_do_not_disagree(index_of: BuildIndex) -> None:
    index = index_of(FakeEmbedder(), {"1.txt": dated("2020", "Apple pie."), "2.txt": dated("2021", "Apple cake.")})
    found = answer(index, {"Apple pie.": 0.95, "Apple cake.": 0.9}, marks=True, question="Why apples?")
    assert (len(found.citations), found.disagree) == (2, False)


@pytest.mark.parametrize(
    ("date", "cited"),
    [
        pytest.param("2021", ["Apple pie.", "Apple cake."], id="newer"),
        pytest.param("2019", ["Apple pie."], id="older"),
        pytest.param("2020-05", ["Apple pie."], id="perhaps-newer"),
        pytest.param("", ["Apple pie."], id="of-no-date"),
    ],
)
def test_a_newer_document_is_heard_by_itself(index_of: BuildIndex, date: str, cited: list[str]) -> None:
    index = index_of(FakeEmbedder(), {"1.txt": dated("2020", "Apple pie."), "2.txt": dated(date, "Apple cake.")})
    alone = {"Apple pie.": 0.95, "Apple cake.": 0.8}
    found = answer(index, {"Apple pie.": 0.9, "Apple cake.": 0.2}, marks=True, alone=alone)
    assert (sentences(found.citations), found.disagree) == (cited, len(cited) > 1)
    assert found.confidence == 0.9
    assert found.more == ()


def test_a_newer_document_that_is_not_sure_by_itself_is_not_cited(index_of: BuildIndex) -> None:
    index = index_of(FakeEmbedder(), {"1.txt": dated("2020", "Apple pie."), "2.txt": dated("2021", "Apple cake.")})
    found = answer(index, {"Apple pie.": 0.9}, marks=True, alone={"Apple cake.": 0.7})
    assert (sentences(found.citations), found.disagree) == (["Apple pie."], False)


def test_who_is_far_less_sure_does_not_disagree(index_of: BuildIndex) -> None:
    index = index_of(FakeEmbedder(), {"1.txt": dated("2020", "Apple pie."), "2.txt": dated("2021", "Apple cake.")})
    found = answer(index, {"Apple pie.": 0.95, "Apple cake.": 0.6}, marks=True)
    assert (sentences(found.citations), found.disagree) == (["Apple pie."], False)


def test_the_answers_span_is_kept(index_of: BuildIndex) -> None:
    index = index_of(FakeEmbedder(), {"1.txt": "Axe. Apple pie."})
    [cited] = answer(index, {"Apple pie.": 0.9}, marks=True).citations
    assert cited.highlight == (11, 15)


# Whether the documents speak of the subject


@pytest.mark.parametrize(
    ("question", "subject"), [pytest.param("apple pie", True, id="on"), pytest.param("xylophone", False, id="off")]
)
def test_a_not_found_tells_whether_the_subject_is_there(index_of: BuildIndex, question: str, subject: bool) -> None:
    missed = answer(index_of(FakeEmbedder(), {"1.txt": "Apple pie."}), {}, question=question)
    assert (missed.found, missed.on_subject) == (False, subject)


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        pytest.param("who is xavier yates", True, id="all-words"),
        pytest.param("who is xavier quentin", False, id="one-missing"),
        pytest.param("who is it", False, id="no-words"),
    ],
)
def test_a_passage_with_all_words_of_a_question_speaks_of_its_subject(
    index_of: BuildIndex, question: str, subject: bool
) -> None:
    far = f"{'apple bee cake ' * 40}It is who Xavier Yates is."
    missed = answer(index_of(FakeEmbedder(max_tokens=200), {"1.txt": far}), {}, question=question)
    assert (missed.found, missed.on_subject) == (False, subject)


def test_what_was_answered_and_cannot_be_said_again_is_the_subject_still(index_of: BuildIndex) -> None:
    index = index_of(FakeEmbedder(), {"1.txt": "Bees came."})
    before = Turn("Who visited?", "Bees", "1", frozenset(["Bees came."]))
    [missed] = Snapshot(index, FakeEmbedder(), FakeReader({"Bees came.": 0.9}), threshold=0.5).answer(
        ["who else?"], [before]
    )
    assert (missed.found, missed.on_subject) == (False, True)


class CrossingFakeReader(FakeReader):
    """Has chosen its sentences across languages."""

    def _read(self, hits: Sequence[Hit]) -> list[Reading]:
        return [replace(reading, crosses=True) for reading in super()._read(hits)]


@pytest.mark.parametrize(
    ("sure", "subject"),
    [pytest.param(CROSSING_SUBJECT, True, id="sure"), pytest.param(CROSSING_SUBJECT - 0.01, False, id="unsure")],
)
def test_of_documents_in_another_language_the_confidence_tells_whether_the_subject_is_there(
    index_of: BuildIndex, sure: float, subject: bool
) -> None:
    index = index_of(FakeEmbedder(), {"1.txt": "Bee hives."})
    reader = CrossingFakeReader({"Bee hives.": sure})
    [missed] = Snapshot(index, FakeEmbedder(), reader, threshold=0.9).answer(["xylophone"])
    assert (missed.found, missed.on_subject) == (False, subject)


# A script that the model does not know


def test_nothing_is_looked_for_by_a_vector_that_means_nothing(index_of: BuildIndex) -> None:
    index = index_of(FakeEmbedder(), {"1.txt": "Apple pie."})
    for readable, question in ((True, "xylophone"), (False, "ксилофон")):
        found = answer(index, {"Apple pie.": 0.9}, question=question)
        assert (found.found, found.readable) == (readable, readable)
    assert (found.related, found.confidence, found.on_subject) == ((), 0.0, False)


def test_a_question_whose_words_the_documents_hold_is_answered_in_any_script(index_of: BuildIndex) -> None:
    found = answer(index_of(FakeEmbedder(), {"1.txt": "Пирог."}), {"Пирог.": 0.9}, question="пирог")
    assert (found.found, found.readable) == (True, True)


@pytest.mark.parametrize(
    ("question", "readable"),
    [
        pytest.param("Who met in Paris?", True, id="english"),
        pytest.param("Siapa bertemu di Paris?", True, id="indonesian"),
        pytest.param("Ai đã gặp nhau ở Paris?", True, id="vietnamese"),
        pytest.param("Кто встретился в Париже?", False, id="russian"),
        pytest.param("أين اجتمع وزراء الخارجية؟", False, id="arabic"),
        pytest.param("外交部长在哪里开会？", False, id="chinese"),
    ],
)
def test_the_bundled_model_does_not_pretend_to_read_every_script(
    index_of: BuildIndex, embedder: Embedder, question: str, readable: bool
) -> None:
    snapshot = real_snapshot(index_of(embedder, {"1.txt": "The ministers met in Paris."}), embedder, threshold=0)
    [found] = snapshot.answer([question])
    assert (found.readable, found.found) == (readable, readable)


# Questions in another language than the documents


@pytest.mark.parametrize(
    ("question", "ask_in"),
    [
        pytest.param("Siapa yang memasak nasi goreng?", "en", id="another"),
        pytest.param("Who is cooking the rice?", "", id="the-same"),
        pytest.param("Retno Marsudi", "", id="a-name"),
    ],
)
@pytest.mark.parametrize("multilingual", [True, False])
def test_who_asks_in_another_language_than_the_documents_is_told(
    index_of: BuildIndex, question: str, ask_in: str, multilingual: bool
) -> None:
    embedder = FakeEmbedder(multilingual=multilingual)
    index = index_of(embedder, {"1.txt": "The ministers met in Paris. They spoke of many things there."})
    [missed] = Snapshot(index, embedder, SimilarityReader(embedder, index.words), threshold=1).answer([question])
    assert (missed.found, len(missed.related)) == (False, 2)
    assert missed.ask_in == ("" if multilingual else ask_in)


# Several questions


@pytest.mark.parametrize("threshold", [pytest.param(0, id="cited"), pytest.param(1, id="related")])
def test_questions_asked_together_are_answered_as_one_by_one(
    index_of: BuildIndex, embedder: Embedder, threshold: float
) -> None:
    index = index_of(embedder, {"meeting.md": MEETING, "rules.txt": RULES})
    snapshot = real_snapshot(index, embedder, threshold=threshold)
    questions = [
        "Who co-chaired the meeting?",
        "How long is the notice period?",
        "Which is the largest moon of Saturn?",
        "?",
        "Who co-chaired the meeting?",
        "Kapan kelompok itu bertemu? " + "Dan di mana? " * 60,
    ]
    together = snapshot.answer(questions)
    alone = [snapshot.answer([question])[0] for question in questions]
    assert [found.question for found in together] == questions
    assert [(found.citations, found.related) for found in together] == [
        (found.citations, found.related) for found in alone
    ]
    assert [found.confidence for found in together] == pytest.approx([found.confidence for found in alone], abs=1e-5)
    assert len({found.confidence for found in together}) >= 4


def test_a_follow_up_is_looked_for_in_the_document_before(index_of: BuildIndex, embedder: Embedder) -> None:
    pier = "# The pier\n\nThe pier was built in 1902. It burnt in 1950. The repair took two years."
    files = {"pier.md": pier, "mill.md": "# The mill\n\nThe mill was sold in 1930. The long repair took nine years."}
    snapshot = real_snapshot(index_of(embedder, files), embedder)
    [first] = snapshot.answer(["When was the pier built?"])
    [second] = snapshot.answer(["How long did the repair take?"], [turn_after(first)])
    [alone] = snapshot.answer(["How long did the repair take?"])
    assert (second.citations[0].document.id, second.understood) == ("pier.md", "")
    assert alone.citations[0].document.id == "mill.md"


@pytest.mark.parametrize(("sure", "answers"), [(0.72, False), (0.73, True)])
def test_what_likely_means_the_document_before_is_answered_by_another_only_if_that_is_sure(
    index_of: BuildIndex, sure: float, answers: bool
) -> None:
    files = {"pier.md": "Ana built the pier.", "mill.md": "Two firms brought bids for the mill in 1930."}
    index = index_of(FakeEmbedder(), files)
    pier, mill = FakeReader({"Ana built the pier.": 0.9}), FakeReader({files["mill.md"]: sure})
    [first] = Snapshot(index, FakeEmbedder(), pier, threshold=0.45).answer(["Who built the pier?"])
    [second] = Snapshot(index, FakeEmbedder(), mill, threshold=0.45).answer(
        ["Which firms brought bids for it?"], [turn_after(first)]
    )
    assert first.citations[0].document.id == "pier.md"
    assert [one.document.id for one in second.citations[:1]] == (["mill.md"] if answers else [])


def test_a_quick_answer_is_that_of_similarity(index_of: BuildIndex, embedder: Embedder) -> None:
    files = {"a.txt": "The pier was built in 1902. It burnt in 1950.", "b.txt": "Apples are red."}
    snapshot = real_snapshot(index_of(embedder, files), embedder, threshold=0)
    quick = snapshot.answer_quickly("When was the pier built?")
    assert quick.citations[0].sentence == "The pier was built in 1902."
    assert quick.citations[0].highlight is None
    assert snapshot.stands(quick.citations[0])


def test_no_questions_have_no_answers(index_of: BuildIndex, embedder: Embedder) -> None:
    snapshot = real_snapshot(index_of(embedder, {"rules.txt": RULES}), embedder)
    assert snapshot.answer([]) == []


# Reports of a series


def flood_report(number: int, text: str) -> str:
    return f"---\ntitle: Situation report no. {number}\ndate: 2026-03-0{number}\n---\nFlood {number}. {text}"


REPORTS = {f"{number}.txt": flood_report(number, f"The dead are {number}.") for number in (1, 2, 3)}
DIARY = {"diary.txt": "The dead are 9, as I heard."}
NAMED = "How many are dead in report no. 2?"


def test_a_report_that_is_named_comes_before_what_is_surer_elsewhere(index_of: BuildIndex) -> None:
    index = index_of(FakeEmbedder(), {**REPORTS, **DIARY})
    found = answer(index, {"The dead are 2.": 0.6, "The dead are 9, as I heard.": 0.9}, question=NAMED)
    assert sentences(found.citations)[0] == "The dead are 2."


def test_other_reports_than_the_one_that_is_named_are_only_related(index_of: BuildIndex) -> None:
    found = answer(index_of(FakeEmbedder(), REPORTS), {"The dead are 3.": 0.9}, question=NAMED)
    assert (found.found, "The dead are 3." in sentences(found.related)) == (False, True)
