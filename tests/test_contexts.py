"""What a reading model reads of a passage, and where in it the sentences stand."""

import pytest

from retrieval.reading.contexts import Context, read_context
from retrieval.text.words import QuestionWord, question_stems
from retrieval.values import Document, Sentence
from tests.fakes import sentences_of


def context_of(document: Document) -> Context:
    return read_context(document, sentences_of(document))


def seen(context: Context) -> list[str]:
    return [context.text[start:end] for start, end in context.spans]


def test_the_title_is_read_first_and_then_the_sentences() -> None:
    document = Document("a.txt", "Zoo", "Ana came. Ben left.")
    assert context_of(document) == Context(
        "Zoo: Ana came. Ben left.", (Sentence(0, 9), Sentence(10, 19)), ((5, 14), (15, 24))
    )


def test_without_a_title_the_first_sentence_is_read_first() -> None:
    assert context_of(Document("a.txt", "", "Ana came. Ben left.")).text == "Ana came. Ben left."


def test_a_heading_that_says_the_title_again_is_not_read_twice() -> None:
    context = context_of(Document("a.md", "The zoo", "# The *zoo*\n\nAna came.\n", markdown=True))
    assert (context.text, seen(context)) == ("The zoo: Ana came.", ["", "Ana came."])


def test_another_heading_is_read_where_it_stands() -> None:
    context = context_of(Document("a.md", "The zoo", "Ana came.\n\n## Hours\n\nFrom nine.\n", markdown=True))
    assert (context.text, seen(context)) == (
        "The zoo: Ana came. Hours From nine.",
        ["Ana came.", "Hours", "From nine."],
    )


def test_a_heading_that_is_all_there_is_is_read() -> None:
    context = context_of(Document("a.md", "The zoo is closed", "# The zoo is closed\n", markdown=True))
    assert (context.text, seen(context)) == ("The zoo is closed: The zoo is closed", ["The zoo is closed"])


def test_markdown_is_read_as_people_see_it() -> None:
    text = "It has **two _old_ lions** &amp; a [shop](http://a.org/b.html).\nBen\nleft."
    context = context_of(Document("a.md", "Zoo", text, markdown=True))
    assert context.text == "Zoo: It has two old lions & a shop. Ben left."
    assert seen(context) == ["It has two old lions & a shop.", "Ben left."]


def test_the_marks_of_markdown_are_read_in_plain_text() -> None:
    assert context_of(Document("a.txt", "Zoo", "It has **two\nlions**.")).text == "Zoo: It has **two lions**."


@pytest.mark.parametrize(
    ("head", "question", "title"),
    [
        pytest.param("Ostra, Velden, 9–10 May 2025. Draft.", "who sang in Ostra", "Gala, Ostra", id="place-and-day"),
        pytest.param("PORT OSTRA (Reuters) - Ben came.", "who sang in port ostra?", "Gala, PORT OSTRA", id="dateline"),
        pytest.param("Ostra, Selasa (28/4). Ben datang.", "siapa bernyanyi di ostra", "Gala, Ostra", id="weekday"),
        pytest.param("Ben Ostra, 9 May 2025", "when did ostra sing?", "Gala", id="part-of-a-name"),
        pytest.param("Ostra, 9 May 2025", "who sang in Velden?", "Gala", id="not-asked-for"),
        pytest.param("They came from Ostra. It was late.", "who sang in Ostra?", "Gala", id="no-place-of-it"),
        pytest.param("Harbour, 9 May 2025\nThe harbour is old.", "who sang in the harbour?", "Gala", id="a-word"),
        pytest.param("Gala, 9 May 2025", "who sang at the gala?", "Gala", id="in-the-title"),
    ],
)
def test_where_something_was_is_read_with_the_title_if_a_question_names_it_and_only_the_head_does(
    head: str, question: str, title: str
) -> None:
    text = f"{head}\n\nAna sang."
    document = Document("a.txt", "Gala", text, language="id" if "siapa" in question else "en")
    asked = [QuestionWord(forms, 1.0) for forms in question_stems(question)]
    assert read_context(document, [Sentence(len(head) + 2, len(text))], asked).text == f"{title}: Ana sang."


def test_no_sentences_leave_the_title() -> None:
    assert read_context(Document("a.txt", "Zoo", ""), []) == Context("Zoo:", (), ())
