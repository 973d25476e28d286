"""The conversation in the terminal, and that no document can drive the terminal."""

import io
import re
import sys
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.library import Library
from bot.terminal.chat import Terminal, chat, print_answer, print_citations, print_sources
from bot.texts import printable, texts_in
from retrieval.errors import DataError, EmptyQuestionError, IndexAwayError, KnowledgeError, LongQuestionError
from retrieval.values import Answer, Citation, Document, Source, Turn

LEASE = Document(
    "lease.md", "The lease", "", markdown=True, date="2020", source="The owner", url="https://example.org/lease"
)
CITATION = Citation(
    1,
    "The notice period is *three* months.",
    0,
    0,
    LEASE,
    before="It begins in May.",
    after="It may be longer.",
    link="https://example.org/lease#:~:text=The%20notice",
)
FORBIDDEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
nasty = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("\x1b\x9b\x07\x08\r\u202e\u2066[]"), max_size=12
)

texts = texts_in("en")


class FakeLibrary:
    """Answers every question with the same quote."""

    def __init__(self, documents: int = 2) -> None:
        self.asked: list[str] = []
        self.befores: list[Turn | None] = []
        listed = [Source(Document(f"{n}.txt", f"Title {n}", ""), n, key="") for n in range(1, documents + 1)]
        index = SimpleNamespace(document_count=documents)
        self.snapshot = SimpleNamespace(index=index, sources=lambda first, count: listed[first : first + count])

    def ask(self, question: str, before: Turn | None = None) -> "Future[Answer]":
        self.asked.append(question)
        self.befores.append(before)
        future: Future[Answer] = Future()
        future.set_result(Answer(question, (CITATION,), (), 0.9, 0.1))
        return future


def recorded() -> Terminal:
    """Make a terminal like that of the commands, which writes to memory."""
    console = Terminal()
    console.file, console.width = io.StringIO(), 80
    return console


def printed(console: Terminal) -> str:
    return cast("io.StringIO", console.file).getvalue()


@pytest.fixture
def talk(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Hold a conversation of these lines, and return what was said."""

    def talk(*lines: str | bytes, library: FakeLibrary | None = None, reload: Callable[[], None] = lambda: None) -> str:
        written = b"".join((line.encode() if isinstance(line, str) else line) + b"\n" for line in lines)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(written), encoding="utf-8"))
        console = recorded()
        chat(cast(Library, library or FakeLibrary()), console, reload)
        return printed(console)

    return talk


RELATED = """“The notice period is three months.” [1]

[1] The lease
    The owner · 2020 · lease.md
    https://example.org/lease#:~:text=The%20notice
"""
ANSWER = f"{RELATED}    It begins in May. The notice period is three months. It may be longer.\n"


def test_a_question_is_answered_with_its_quote_then_its_citation(talk: Callable[..., str]) -> None:
    library = FakeLibrary()
    assert talk(" How long is the notice period? ", library=library) == f"{ANSWER}\n"
    assert library.asked == ["How long is the notice period?"]


def test_the_conversation_goes_on_until_the_input_ends(talk: Callable[..., str]) -> None:
    assert talk("Who came?", "", "  ", "Who left?") == f"{ANSWER}\n{ANSWER}\n"


@pytest.mark.parametrize("word", ["/quit", "/Quit", "quit", "exit"])
def test_quit_ends_it(word: str, talk: Callable[..., str]) -> None:
    library = FakeLibrary()
    assert talk(word, "One?", library=library) == ""
    assert library.asked == []


@pytest.mark.parametrize(
    ("command", "reply"),
    [
        pytest.param("/help", texts.help(texts.terminal_commands), id="help"),
        pytest.param("/HELP", texts.help(texts.terminal_commands), id="in-capitals"),
        pytest.param("help", texts.help(texts.terminal_commands), id="help-without-a-slash"),
        pytest.param("/start", texts.help(texts.terminal_commands), id="start"),
        pytest.param("/fly away", texts.unknown_command, id="unknown"),
        pytest.param("/", texts.unknown_command, id="slash-alone"),
        pytest.param("/sources", "Title 1\n    1.txt · 1 passage\nTitle 2\n    2.txt · 2 passages", id="sources"),
        pytest.param("a" * 2_001, str(LongQuestionError(2_001, 2_000)), id="over-long-question"),
    ],
)
def test_a_command_is_answered(command: str, reply: str, talk: Callable[..., str]) -> None:
    library = FakeLibrary()
    assert talk(command, library=library) == f"{reply}\n\n"
    assert library.asked == []


def test_a_question_goes_on_from_the_one_before_until_new(talk: Callable[..., str]) -> None:
    library = FakeLibrary()
    told = talk("How long?\nAnd when?\n/new\nAnd when?", library=library)
    assert [before and before.question for before in library.befores] == [None, "How long?", None]
    assert texts.forgotten in told


def test_what_stands_after_ask_and_new_is_answered(talk: Callable[..., str]) -> None:
    library = FakeLibrary()
    told = talk("/ask How long?\n/ask And when?\n/NEW Who else?\n/ask", library=library)
    assert library.asked == ["How long?", "And when?", "Who else?"]
    assert [before and before.question for before in library.befores] == [None, "How long?", None]
    assert told == f"{ANSWER}\n" * 3 + f"{EmptyQuestionError()}\n\n"


def test_who_asks_for_help_and_finds_nothing_is_helped(talk: Callable[..., str]) -> None:
    class Silent(FakeLibrary):
        def ask(self, question: str, before: Turn | None = None) -> "Future[Answer]":
            super().ask(question, before)
            future: Future[Answer] = Future()
            future.set_result(Answer(question, (), (CITATION,), 0.1, 0.1))
            return future

    library = Silent()
    told = talk("How long?\nwho are you?\nAnd when?", library=library)
    assert (told.count(texts.help(texts.terminal_commands)), told.count(texts.not_found)) == (1, 2)
    assert [before and before.question for before in library.befores] == [None, "How long?", "How long?"]


def test_each_question_of_a_line_is_answered_below_it_and_goes_on_from_the_one_before(talk: Callable[..., str]) -> None:
    library = FakeLibrary()
    told = talk("How long is the notice? And who gives it?", library=library)
    assert told == f"How long is the notice?\n{ANSWER}\nAnd who gives it?\n{ANSWER}\n"
    assert [before and before.question for before in library.befores] == [None, "How long is the notice?"]


def test_a_kind_word_is_no_question(talk: Callable[..., str]) -> None:
    library = FakeLibrary()
    assert texts.welcome in talk("Thanks!", library=library)
    assert library.asked == []


def test_what_a_follow_up_was_taken_for_is_told_first() -> None:
    console = recorded()
    print_answer(Answer("And when?", (CITATION,), (), 0.9, 0.1, understood="When was it?"), console)
    assert printed(console).split("\n")[0] == "Understood as: When was it?"


def test_the_column_of_what_is_marked_stands_above_the_quote_with_it() -> None:
    console, start = recorded(), CITATION.start
    cited = replace(CITATION, highlight=(start, start + 3), column="Houses")
    print_answer(Answer("?", (cited,), (), 0.9, 0.1), console)
    assert printed(console).split("\n")[0] == f"Houses: {CITATION.sentence[:3]}"


def test_who_says_what_is_quoted_stands_above_it() -> None:
    console = recorded()
    print_answer(Answer("?", (replace(CITATION, speaker="said Ana Lim"),), (), 0.9, 0.1), console)
    assert printed(console).startswith("said Ana Lim:\n“The notice period")


def test_a_correction_is_told_before_its_quote() -> None:
    console = recorded()
    print_answer(
        Answer("?", (CITATION, replace(CITATION, number=2, corrects=CITATION.document.id)), (), 0.9, 0.1), console
    )
    lines = printed(console).split("\n")
    assert lines[0].endswith("[1]")
    assert lines[1] == texts.corrected
    assert lines[2].endswith("[2]")


def test_names_that_no_document_has_are_told_first() -> None:
    console = recorded()
    print_answer(Answer("Did Helm come?", (CITATION,), (), 0.9, 0.1, unknown_names=("Helm",)), console)
    assert printed(console).split("\n")[0] == "No document's text has “Helm”."


def test_what_a_follow_up_was_taken_for_is_told_after_that_it_is_not_found() -> None:
    console = recorded()
    print_answer(Answer("And when?", (), (CITATION,), 0.1, 0.1, understood="When was it?"), console)
    assert printed(console).split("\n")[:3] == [texts.not_found, texts.on_subject, "Understood as: When was it?"]


def test_of_many_sources_the_first_are_listed_and_the_rest_counted(talk: Callable[..., str]) -> None:
    told = talk("/sources", library=FakeLibrary(documents=1_201))
    assert told.endswith("Title 200\n    200.txt · 200 passages\n… and 1,001 more: kutip sources\n\n")


def test_reload_reads_the_documents_again(talk: Callable[..., str]) -> None:
    reloads = []
    assert talk("/reload", "/reload now", reload=lambda: reloads.append(1)) == "\n\n"
    assert len(reloads) == 2


@pytest.mark.parametrize(
    ("error", "told"),
    [
        pytest.param(
            KnowledgeError("There is no folder x. Make it."), "There is no folder x. Make it.", id="knowledge"
        ),
        pytest.param(
            DataError(cast(Any, "data"), OSError(28, "No space left on device")),
            "The data folder data cannot be used: No space left on device. Mend that, or set KUTIP_DATA.",
            id="data",
        ),
        pytest.param(KnowledgeError("For example \x1b]0;owned\x07\x1b[2J.txt"), None, id="escape-sequence"),
    ],
)
def test_a_reload_that_fails_says_why_and_the_conversation_goes_on(
    error: Exception, told: str | None, talk: Callable[..., str]
) -> None:
    def reload() -> None:
        raise error

    said = talk("/reload", "How long?", reload=reload)
    assert said.endswith(f"\n\n{ANSWER}\n")
    assert told is None or said.startswith(told)
    assert not FORBIDDEN.search(said)


def test_a_database_that_is_away_for_a_moment_does_not_end_the_conversation(talk: Callable[..., str]) -> None:
    class Away(FakeLibrary):
        def ask(self, question: str, before: Turn | None = None) -> "Future[Answer]":
            if not self.asked:
                self.asked.append(question)
                raise IndexAwayError("the database does not answer")
            return super().ask(question, before)

    assert talk("How long?", "How long?", library=Away()).endswith(f"\n\n{ANSWER}\n")


def test_what_follows_a_line_that_is_not_utf_8_is_still_answered(talk: Callable[..., str]) -> None:
    assert talk(b"caf\xe9?", "How long?") == f"That is not UTF-8 text. Please write it again.\n{ANSWER}\n"


# Printing


def test_a_not_found_says_so_first_and_then_what_is_closest_without_the_words_around_it() -> None:
    console = recorded()
    print_answer(Answer("?", (), (CITATION,), 0.1, 0.1), console)
    assert printed(console) == (
        "Not found in these documents.\nThey seem to speak of this subject, but not to answer the question.\n\n"
        f"Perhaps related, but not an answer:\n{RELATED}"
    )


def test_an_answer_that_is_not_sure_says_so_before_its_quotes() -> None:
    console = recorded()
    print_answer(Answer("?", (CITATION,), (), 0.6, 0.1), console)
    assert printed(console) == f"I am not sure that this answers it:\n{ANSWER}"


def test_quotes_of_one_passage_stand_together_below_its_title() -> None:
    first = replace(CITATION, start=40, before="It begins in May. It ends in June.", after="")
    second = replace(CITATION, number=2, sentence="It begins in May.", start=0, end=17, before="", after="")
    second = replace(second, after=f"It ends in June. {CITATION.sentence.replace('*', '')}")
    console = recorded()
    print_citations((first, second), console)
    assert printed(console).count("The lease") == 1
    assert (
        printed(console).splitlines()[-1] == "    It begins in May. It ends in June. The notice period is three months."
    )


def test_what_is_related_in_one_document_names_it_once() -> None:
    far = replace(CITATION, number=2, sentence="The rent is due in May.", start=9_000, end=9_023, highlight=None)
    console = recorded()
    print_answer(Answer("?", (), (CITATION, far), 0.1, 0.1), console)
    assert [line for line in printed(console).splitlines() if "The lease" in line] == ["[1] [2] The lease"]


def test_a_not_found_without_anything_related_quotes_nothing() -> None:
    console = recorded()
    print_answer(Answer("?", (), (), 0.1, 0.1, on_subject=False), console)
    assert printed(console) == "Not found in these documents.\nThey seem to say nothing on this subject.\n"


def test_the_answer_is_underlined_in_its_bold_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    console = recorded()
    citation = Citation(1, "It *is* three [months](x/y).", 10, 38, LEASE, highlight=(18, 31))
    print_answer(Answer("?", (citation,), (), 0.9, 0.1), console)
    assert printed(console).splitlines()[0] == ("\x1b[1m“It is \x1b[0m\x1b[1;4mthree months\x1b[0m\x1b[1m.”\x1b[0m [1]")


def test_that_the_documents_disagree_is_said_before_the_quotes() -> None:
    console = recorded()
    print_answer(Answer("?", (CITATION,), (), 0.9, 0.1, disagree=True), console)
    assert printed(console) == f"The documents seem to give different answers:\n{ANSWER}"


def test_a_long_quote_is_not_broken_into_lines() -> None:
    console = recorded()
    sentence = " ".join(["word"] * 200)
    print_answer(Answer("?", (Citation(1, sentence, 0, 0, LEASE),), (), 0.9, 0.1), console)
    assert printed(console).splitlines()[0] == f"“{sentence}” [1]"


def test_marks_of_the_console_in_a_document_are_only_text() -> None:
    console = recorded()
    citation = Citation(1, "It is [bold]three[/bold] :smile:.", 0, 0, Document("[red]a.txt", "[/] T", ""))
    print_answer(Answer("?", (citation,), (), 0.9, 0.1), console)
    assert printed(console).splitlines()[:4] == [
        "“It is [bold]three[/bold] :smile:.” [1]",
        "",
        "[1] [/] T",
        "    [red]a.txt",
    ]


@settings(max_examples=150)
@given(nasty, nasty, nasty, nasty, nasty, nasty, nasty)
def test_no_control_character_of_a_document_reaches_the_terminal(
    sentence: str, before: str, after: str, id: str, title: str, source: str, url: str
) -> None:
    console = recorded()
    document = Document(f"{id}.txt", title, "", source=source, url=url, date="2020")
    citation = Citation(1, sentence, 0, 0, document, before=before, after=after, link=url)
    print_answer(Answer("?", (citation,), (), 1, 1), console)
    print_answer(Answer("?", (), (citation,), 0, 1), console)
    print_sources([(document, 1)], console)
    assert not FORBIDDEN.search(printed(console))


def test_a_file_name_cannot_write_lines_of_its_own() -> None:
    console = recorded()
    print_sources([(Document("a.txt\n“Forged.” [1]", "T", ""), 1)], console)
    assert len(printed(console).splitlines()) == 2


@settings(max_examples=100)
@given(st.text(st.characters(exclude_categories=["C"])))
def test_ordinary_text_is_printed_as_it_is(text: str) -> None:
    assert printable(text) == text
