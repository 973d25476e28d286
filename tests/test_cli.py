"""The commands as real processes: what they print where, and with which status they end."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from filelock import FileLock

from bot.cli import app
from bot.texts import texts_in
from retrieval.embedding.embedder import OnnxEmbedder
from retrieval.errors import EmptyQuestionError
from retrieval.index.numpy_index.store import NumpyStore
from tests.processes import COMMAND, ReadDocuments, Workplace

texts = texts_in("en")

ROOT = Path(__file__).parent.parent
DOCUMENTS = ROOT / "tests" / "documents"
BORN = "When was Anselma Thorne born?"
BORN_QUOTE = "Anselma Thorne was born on 14 May 1931 in Upper Wick, a mining village in the Keld Hills."
UNKNOWN = "What is the boiling point of tungsten?"
QUESTIONS = [
    row["question"]
    for row in map(json.loads, (ROOT / "tests" / "questions.jsonl").read_text("utf-8").splitlines())
    if row["folder"] != "knowledge"
]
CITATION_KEYS = [
    "number",
    "sentence",
    "start",
    "end",
    "highlight",
    "document",
    "title",
    "source",
    "date",
    "page",
    "url",
]
Json = dict[str, Any]
Run = subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Workplace:
    """The invented documents with their index up to date. No test changes anything here."""
    place = Workplace.make(tmp_path_factory.mktemp("library"), models)
    for path in DOCUMENTS.iterdir():
        place.write(path.name, path.read_bytes())
        os.utime(place.knowledge / path.name, (1_600_000_000, 1_600_000_000))  # long settled
    run = place.kutip("index")
    assert (run.returncode, run.stdout.splitlines()[0]) == (
        0,
        "added 8, changed 0, unchanged 0, moved 0, removed 0, duplicate 0, failed 0",
    )
    return place


@pytest.fixture
def place(tmp_path: Path, models: Path) -> Workplace:
    """An empty workplace of the test's own."""
    return Workplace.make(tmp_path, models)


def refused(run: Run) -> str:
    """Check that a command could not do its work, and return the one line that says why."""
    assert (run.returncode, run.stdout) == (2, "")
    *progress, line = run.stderr.splitlines()
    assert all(told.endswith(" …") for told in progress), "on a busy machine it says what takes long"
    return line


# ask


def test_an_answer_is_its_quotes_then_its_citations(library: Workplace) -> None:
    run = library.kutip("ask", BORN)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.splitlines()[:4] == [
        f"“{BORN_QUOTE}” [1]",
        "",
        "[1] Prof. Anselma Thorne, astronomer",
        "    anselma-thorne.txt",
    ]


def test_not_found_is_an_answer_too(library: Workplace) -> None:
    run = library.kutip("ask", UNKNOWN)
    assert (run.returncode, run.stderr, run.stdout.splitlines()[0]) == (0, "", "Not found in these documents.")


def test_with_json_the_answer_is_one_object_of_the_form_that_the_design_fixes(library: Workplace) -> None:
    run = library.kutip("ask", "--json", BORN)
    assert (run.returncode, run.stderr, run.stdout.count("\n")) == (0, "", 1)
    answer = json.loads(run.stdout)
    [citation, *_] = answer["citations"]
    assert answer == {
        "question": BORN,
        "found": True,
        "confidence": answer["confidence"],
        "citations": answer["citations"],
        "related": [],
        "seconds": answer["seconds"],
    }
    assert citation == {
        "number": 1,
        "sentence": BORN_QUOTE,
        "start": 34,
        "end": 34 + len(BORN_QUOTE),
        "highlight": [61, 61 + len("14 May 1931")],
        "document": "anselma-thorne.txt",
        "title": "Prof. Anselma Thorne, astronomer",
        "source": None,
        "date": None,
        "page": None,
        "url": None,
    }
    assert 0 < answer["confidence"] <= 1 and 0 < answer["seconds"] < 60


def test_what_is_known_of_a_document_stands_in_its_citation(library: Workplace) -> None:
    [citation, *_] = json.loads(library.kutip("ask", "--json", "Who started the Lantern Library?").stdout)["citations"]
    assert {name: citation[name] for name in ("document", "title", "source", "date", "page", "url")} == {
        "document": "lantern-library.md",
        "title": "The Lantern Library",
        "source": "Lantern Library Trust",
        "date": "2023-09-14",
        "page": None,
        "url": "https://example.org/lantern-library",
    }


def test_a_stream_answers_line_by_line_in_order_with_quotes_that_stand_in_the_files(library: Workplace) -> None:
    lines = [*QUESTIONS[:12], "", UNKNOWN, "   ", "x" * 1_000_000, BORN]
    cut = "x" * 2_000 + "…"
    run = library.kutip("ask", "--json", "-", stdin="\n".join(lines))
    assert (run.returncode, run.stderr) == (0, "")
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    assert [answer["question"] for answer in answers] == [*lines[:-2], cut, BORN]
    assert {tuple(answer) for answer in answers if "error" not in answer} == {
        ("question", "found", "confidence", "citations", "related", "seconds")
    }
    assert [answer["question"] for answer in answers if "error" in answer] == ["", "   ", cut]
    assert all(answer["found"] == bool(answer["citations"]) for answer in answers)
    assert not any(answer["citations"] and answer["related"] for answer in answers)
    quotes = [quote for answer in answers for quote in (*answer["citations"], *answer["related"])]
    assert len(quotes) > 12
    for quote in quotes:
        text = (library.knowledge / quote["document"]).read_bytes().decode()
        assert text[quote["start"] : quote["end"]] == quote["sentence"]
        assert sorted(quote.keys() - {"column"}) == sorted(CITATION_KEYS)


def test_a_stream_answers_each_line_before_the_next_one_is_written(library: Workplace) -> None:
    with library.started("ask", "--json", "-") as process:
        assert process.stdin and process.stdout and process.stderr
        for question in (BORN, "", UNKNOWN):
            process.stdin.write(f"{question}\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["question"] == question
        process.stdin.close()
        assert (process.wait(), process.stdout.read(), process.stderr.read()) == (0, "", "")


def test_a_stream_without_json_is_refused(library: Workplace) -> None:
    line = refused(library.kutip("ask", "-"))
    assert line == "Questions on standard input are answered in JSON only: kutip ask --json -"


@pytest.mark.parametrize(
    ("question", "line"),
    [
        pytest.param("", "The question is empty. Write what you would like to know.", id="empty"),
        pytest.param(
            "a" * 100_000,
            "The question has 100,000 characters; at most 2,000 are read. Ask a shorter one.",
            id="100000-characters",
        ),
    ],
)
def test_what_is_no_question_is_refused_in_one_line(question: str, line: str, library: Workplace) -> None:
    assert refused(library.kutip("ask", "--json", question)) == line


def test_what_is_no_question_is_refused_in_the_language_of_the_terminal(library: Workplace) -> None:
    run = library.kutip("ask", "", LC_ALL="id_ID.UTF-8")
    assert (run.returncode, run.stderr) == (2, f"{texts_in('id').error(EmptyQuestionError())}\n")


def test_a_question_that_is_not_utf_8_is_answered_all_the_same(library: Workplace) -> None:
    run = library.kutip("ask", "--json", b"When was Anselma Thorne born\xff\xed\xa0\x80?")
    assert (run.returncode, run.stderr) == (0, "")
    assert json.loads(run.stdout)["question"].startswith("When was Anselma Thorne born?")


def test_ask_answers_each_question_and_goes_on_from_the_one_before(library: Workplace) -> None:
    run = library.kutip("ask", "Where was Anselma Thorne born? And what did she discover?")
    assert (run.returncode, run.stderr) == (0, "")
    first, second = run.stdout.split("\nAnd what did she discover?\n")
    assert first.startswith("Where was Anselma Thorne born?\n")
    assert "Upper Wick" in first
    assert "comet" in second


def test_ask_indexes_what_is_new_by_itself(place: Workplace) -> None:
    path = place.write("lease.txt", "The notice period is three months.")
    first = place.kutip("ask", "--json", "How long is the notice period?")
    path.write_text("The notice period is half a year.", "utf-8")
    second = place.kutip("ask", "--json", "How long is the notice period?")
    assert [json.loads(run.stdout)["citations"][0]["sentence"] for run in (first, second)] == [
        "The notice period is three months.",
        "The notice period is half a year.",
    ]
    assert set(first.stderr.splitlines()) <= {"Checking 1 files …", "Reading 1 files …"}, "said when it takes long"


# sources, index


def test_sources_lists_title_and_place_and_passages(library: Workplace) -> None:
    run = library.kutip("sources")
    assert (run.returncode, run.stderr) == (0, "")
    listed = run.stdout.splitlines()
    assert len(listed) == 16
    assert listed[2] == "Brackwater Harbour renewal plan"
    assert listed[3].startswith("    Brackwater Harbour Board · 2023-05-02 · brackwater-harbour-plan.md · ")
    assert listed[3].endswith(" passages")


def test_sources_as_json(library: Workplace) -> None:
    run = library.kutip("sources", "--json")
    assert (run.returncode, run.stderr) == (0, "")
    listed = json.loads(run.stdout)
    assert [source["document"] for source in listed] == sorted(path.name for path in DOCUMENTS.iterdir())
    assert listed[1] | {"passages": 0} == {
        "document": "brackwater-harbour-plan.md",
        "title": "Brackwater Harbour renewal plan",
        "source": "Brackwater Harbour Board",
        "date": "2023-05-02",
        "url": "https://example.org/brackwater/harbour-plan",
        "passages": 0,
    }
    assert all(source["passages"] > 0 for source in listed)


def test_the_receipt_counts_what_became_of_the_files(place: Workplace, read_documents: ReadDocuments) -> None:
    for name in ("changes", "goes", "stays"):
        place.write(f"{name}.txt", f"This is the file that {name}.")
    read_documents(place)
    place.write("changes.txt", "It has changed.")
    place.write("new.txt", "This is new.")
    place.write("z-copy.txt", "This is the file that stays.")
    (place.knowledge / "goes.txt").unlink()
    run = place.kutip("index", "--json")
    receipt = json.loads(run.stdout)
    assert (run.returncode, run.stdout.count("\n")) == (0, 1)
    assert receipt == {
        "added": 1,
        "changed": 1,
        "unchanged": 1,
        "moved": 0,
        "removed": 1,
        "duplicate": 1,
        "failed": [],
        "documents": 3,
        "passages": 3,
        "encoded": 2,
        "seconds": receipt["seconds"],
    }


def test_after_going_back_answers_come_from_the_version_before_until_the_next_index(
    place: Workplace, read_documents: ReadDocuments
) -> None:
    for weeks in (1, 2):
        place.write("lease.txt", f"The notice period of the lease is {weeks} weeks.")
        read_documents(place)
    run = place.kutip("index", "--rollback")
    assert (run.returncode, run.stdout, run.stderr) == (
        0,
        "Back to the version before: 1 document, 1 passage. It stays until all documents are read again: by "
        "/reload, by kutip index, or as a file is sent or removed.\n",
        "",
    )
    run = place.kutip("ask", "How long is the notice period of the lease?")
    assert "is 1 weeks." in run.stdout
    assert run.stderr == "The index was rolled back, and stays so until documents are read again, as by kutip index.\n"
    assert place.kutip("index", "--rollback", "--json").returncode == 2
    place.kutip("index")
    run = place.kutip("ask", "How long is the notice period of the lease?")
    assert ("is 2 weeks." in run.stdout, run.stderr) == (True, "")
    run = place.kutip("index", "--rollback", "--json")
    assert json.loads(run.stdout) == {"documents": 1, "passages": 1}


def test_without_a_version_before_there_is_nothing_to_go_back_to(
    place: Workplace, read_documents: ReadDocuments
) -> None:
    place.write("lease.txt", "The notice period of the lease is a month.")
    read_documents(place)
    run = place.kutip("index", "--rollback")
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == "There is no earlier version of the index to go back to.\n"


def test_an_index_that_was_damaged_is_built_again_and_that_is_said(
    place: Workplace, read_documents: ReadDocuments
) -> None:
    place.write("lease.txt", "The notice period is three months.")
    read_documents(place)
    vectors = next((place.data / "index").glob("v*/vectors.npy"))
    vectors.write_bytes(bytes(len(vectors.read_bytes())))
    run = place.kutip("ask", "--json", "How long is the notice period?")
    assert run.returncode == 0
    assert json.loads(run.stdout)["citations"][0]["sentence"] == "The notice period is three months."
    assert "is built again" in run.stderr and "Traceback" not in run.stderr


# Files that are trouble


def test_files_that_cannot_be_read_fail_alone_and_say_why(place: Workplace) -> None:
    place.write("good.txt", "The notice period is three months.")
    place.write("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    place.write("nul.txt", b"The notice period\0is four months.")
    place.write("mixed.txt", "Überall größer, schöner, älter.\n".encode() + b"Gr\xf6\xdfe\n")
    place.write("empty.txt", b"")
    place.write("control.txt", b"\x01\x02\x03\x04 a")
    with place.write("huge.txt", b"").open("r+b") as file:
        file.truncate(60 * 2**20)
    secret = place.folder / "secret.txt"
    secret.write_text("The notice period is a secret.", "utf-8")
    (place.knowledge / "link.txt").symlink_to(secret)
    run = place.kutip("index", "--json")
    receipt = json.loads(run.stdout)
    assert (run.returncode, receipt["documents"], receipt["added"]) == (0, 1, 1)
    assert {failed["document"]: failed["reason"] for failed in receipt["failed"]} == {
        "control.txt": "it is not text: it holds control characters",
        "huge.txt": "it has 60.0 MB, more than the 20 MB that KUTIP_MAX_FILE_MB allows",
        "mixed.txt": "it mixes encodings: line 2 is not UTF-8, most of it is",
        "nul.txt": "it is not text: it holds NUL bytes",
        "picture.txt": "it is not text: it holds NUL bytes",
    }
    assert "Traceback" not in run.stderr
    listed = place.kutip("sources", "--failed")
    assert listed.stdout.splitlines() == [f"{failed['document']}: {failed['reason']}" for failed in receipt["failed"]]
    listed = place.kutip("sources", "--failed", LC_ALL="id_ID.UTF-8")
    assert "nul.txt: bukan teks: di dalamnya ada bita NUL" in listed.stdout.splitlines()
    assert json.loads(place.kutip("sources", "--failed", "--json").stdout) == receipt["failed"]
    asked = place.kutip("ask", "How long is the notice period?")
    assert asked.stdout.startswith("“The notice period is three months.” [1]\n")
    assert asked.stderr == "5 of the files could not be read: kutip sources --failed says why.\n"


def test_a_quote_with_marks_of_direction_and_odd_line_ends_is_verbatim(place: Workplace) -> None:
    written = "Intro.\r\n\r\nThe \u202enotice\u202c period\u2028is \u2067three\u2069 months.\r\n\r\nOutro.\u200f"
    path = place.write("lease.txt", b"\xef\xbb\xbf" + written.encode())
    [quote, *_] = json.loads(place.kutip("ask", "--json", "How long is the notice period?").stdout)["citations"]
    text = path.read_bytes().decode("utf-8-sig")
    assert text[quote["start"] : quote["end"]] == quote["sentence"]
    assert "notice" in quote["sentence"]
    shown = place.kutip("ask", "How long is the notice period?").stdout
    assert "\u202e" not in shown and "notice" in shown


def test_the_names_of_files_cannot_drive_the_terminal(place: Workplace) -> None:
    place.write("good.txt", "The notice period is three months.")
    place.write("evil\x1b]0;owned\x07\x1b[2J.txt", b"\0")
    index = place.kutip("index")
    chat = place.kutip("chat", stdin="/reload\n")
    assert (index.returncode, chat.returncode) == (0, 0)
    for run in (index, chat):
        assert "failed: evil" in run.stdout
        assert "\x1b" not in run.stdout + run.stderr
        assert "\x07" not in run.stdout + run.stderr


def test_where_no_file_can_be_read_the_name_of_one_cannot_drive_the_terminal_either(place: Workplace) -> None:
    place.write("evil\x1b[2J.txt", b"\0")
    assert "\x1b" not in refused(place.kutip("ask", "How long?"))


def test_a_line_of_4000_words_is_indexed_whole(place: Workplace, embedder: OnnxEmbedder) -> None:
    """The one slow test here. A line of 500,000 words goes the same way, in three minutes."""
    words = " ".join(path.read_text("utf-8") for path in sorted(DOCUMENTS.glob("*.txt"))).split()
    line = " ".join([*Random(1).choices(words, k=4_000), "zucchini"])
    path = place.write("line.txt", line)
    receipt = json.loads(place.kutip("index", "--json").stdout)
    assert (receipt["documents"], receipt["failed"]) == (1, [])
    index = NumpyStore(place.data).open(embedder.fingerprint)
    assert index is not None
    assert index.passage(index.passage_count - 1).sentences[-1].end == len(line)
    [first] = json.loads(place.kutip("ask", "--json", "zucchini", KUTIP_THRESHOLD="0").stdout)["citations"]
    assert path.read_text("utf-8")[first["start"] : first["end"]] == first["sentence"]


# Folders and settings that are trouble


def _no_folder(place: Workplace) -> dict[str, str]:
    place.knowledge.rmdir()
    return {}


def _no_documents(place: Workplace) -> dict[str, str]:
    place.write("picture.png", b"\x89PNG")
    return {}


def _a_file_for_a_folder(place: Workplace) -> dict[str, str]:
    place.write("a.txt", "A.")
    (place.folder / "file").touch()
    return {"KUTIP_DATA": "file"}


def _a_folder_that_cannot_be_made(place: Workplace) -> dict[str, str]:
    place.write("a.txt", "A.")
    return {"KUTIP_DATA": "/proc/x"}


def _an_index_folder_that_is_a_file(place: Workplace) -> dict[str, str]:
    place.write("a.txt", "A.")
    (place.data / "index").touch()
    return {}


def _no_model(place: Workplace) -> dict[str, str]:
    return {"KUTIP_MODEL": "./model"}


def _a_wrong_setting(place: Workplace) -> dict[str, str]:
    return {"KUTIP_RATE_LIMIT": "many"}


def _a_wrong_setting_in_the_file(place: Workplace) -> dict[str, str]:
    (place.folder / ".env").write_text("KUTIP_THRESHOLD=2\n", "utf-8")
    return {}


@pytest.mark.parametrize(
    ("spoil", "line"),
    [
        pytest.param(
            _no_folder,
            "There is no folder knowledge. Make it and put documents in, or set KUTIP_KNOWLEDGE.",
            id="no-folder",
        ),
        pytest.param(
            _no_documents,
            "There are no documents in knowledge. Put .pdf, .docx, .html or .txt files there, or set KUTIP_KNOWLEDGE.",
            id="no-documents",
        ),
        pytest.param(
            _a_file_for_a_folder,
            "The data folder file/models cannot be used: Not a directory. Mend that, or set KUTIP_DATA.",
            id="a-file-for-a-data-folder",
        ),
        pytest.param(
            _a_folder_that_cannot_be_made,
            "The data folder /proc/x/models cannot be used: No such file or directory. Mend that, or set KUTIP_DATA.",
            id="a-data-folder-in-proc",
        ),
        pytest.param(
            _an_index_folder_that_is_a_file,
            "The data folder data/index cannot be used: File exists. Mend that, or set KUTIP_DATA.",
            id="a-file-for-an-index",
        ),
        pytest.param(_no_model, "There is no model folder ./model. Check KUTIP_MODEL.", id="no-model"),
        pytest.param(
            _a_wrong_setting,
            "The setting KUTIP_RATE_LIMIT cannot be used: it has to be a whole number.",
            id="a-wrong-setting",
        ),
        pytest.param(
            _a_wrong_setting_in_the_file,
            "The setting KUTIP_THRESHOLD cannot be used: it may be at most 1.",
            id="a-wrong-setting-in-the-file",
        ),
    ],
)
def test_what_cannot_be_used_is_one_line_that_says_what_to_do(
    spoil: Callable[[Workplace], dict[str, str]], line: str, place: Workplace
) -> None:
    assert refused(place.kutip("ask", "How long?", **spoil(place))) == line


# Another kutip


def test_while_another_one_writes_ask_answers_from_the_index_that_is_there(
    place: Workplace, read_documents: ReadDocuments
) -> None:
    path = place.write("lease.txt", "The notice period is three months.")
    read_documents(place)
    path.write_text("The notice period is half a year.", "utf-8")
    with FileLock(place.data / "index" / "lock"):
        run = place.kutip("ask", "--json", "How long is the notice period?")
    assert run.returncode == 0
    assert json.loads(run.stdout)["citations"][0]["sentence"] == "The notice period is three months."
    assert run.stderr == "Another kutip is writing the index; this answers from the one that is there.\n"


def test_without_an_index_ask_waits_for_the_one_that_another_writes(place: Workplace) -> None:
    place.write("lease.txt", "The notice period is three months.")
    (place.data / "index").mkdir()
    lock = FileLock(place.data / "index" / "lock")
    with lock, place.started("ask", "--json", "How long is the notice period?") as process:
        assert process.stdout and process.stderr
        assert process.stderr.readline() == "Another kutip is writing the index; waiting until it has finished.\n"
        lock.release()
        assert json.loads(process.stdout.read())["found"]
        assert process.wait() == 0


# Pipes, signals, terminals


@pytest.mark.parametrize("command", [["sources"], ["sources", "--json"], ["ask", BORN]], ids=" ".join)
def test_an_output_that_nobody_reads_any_more_is_no_error(command: list[str], library: Workplace) -> None:
    with library.started(*command) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert (process.stderr.read(), process.wait()) == ("", 0)


def test_a_stream_whose_answers_nobody_reads_any_more_ends_quietly_with_its_input_still_open(
    library: Workplace,
) -> None:
    with library.started("ask", "--json", "-") as process:
        assert process.stdin and process.stdout and process.stderr
        process.stdin.write(f"{BORN}\n")
        process.stdin.flush()
        process.stdout.readline()
        process.stdout.close()
        process.stdin.write(f"{BORN}\n" * 3)
        process.stdin.flush()
        assert (process.stderr.read(), process.wait()) == ("", 0)


def test_an_interrupted_stream_ends_without_a_traceback(library: Workplace) -> None:
    with library.started("ask", "--json", "-") as process:
        assert process.stdin and process.stdout and process.stderr
        process.stdin.write(f"{BORN}\n")
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait() not in (0, -signal.SIGKILL)
        assert "Traceback" not in process.stderr.read()


def test_an_output_that_knows_only_ascii_gets_an_answer_or_a_reason(library: Workplace) -> None:
    run = library.kutip("ask", BORN, PYTHONIOENCODING="ascii")
    assert "Traceback" not in run.stderr
    assert "Anselma Thorne was born on 14 May 1931" in run.stdout


def test_chat_answers_what_is_piped_into_it(library: Workplace) -> None:
    run = library.kutip("chat", stdin=f"{BORN}\n/fly\n{UNKNOWN}\n/quit\nnever asked\n")
    assert (run.returncode, run.stderr) == (0, "")
    for part in (f"“{BORN_QUOTE}” [1]\n", f"\n{texts.unknown_command}\n\n", "\nNot found in these documents.\n"):
        assert part in run.stdout
    assert "›" not in run.stdout


def test_chat_reads_the_documents_again_when_told_to(place: Workplace) -> None:
    place.write("a.txt", "The cat sits on the mat.")
    with place.started("chat") as process:
        assert process.stdin and process.stdout and process.stderr
        process.stdin.write("/sources\n")
        process.stdin.flush()
        assert process.stdout.readline() == "a\n"
        place.write("lease.txt", "The notice period is three months.")
        process.stdin.write("/reload\nHow long is the notice period?\n")
        process.stdin.close()
        told = process.stdout.read()
        assert process.wait() == 0
    assert "added 1, changed 0, unchanged 1, moved 0, removed 0, duplicate 0, failed 0\n" in told
    assert "“The notice period is three months.” [1]\n" in told


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """A terminal: the side of the person, and the side of the process."""
    ours, its = pty.openpty()
    yield ours, its
    os.close(ours)


def test_chat_in_a_terminal_greets_prompts_answers_and_ends_with_control_d(
    library: Workplace, terminal: tuple[int, int]
) -> None:
    ours, its = terminal
    process = subprocess.Popen(
        [COMMAND, "chat"],
        stdin=its,
        stdout=its,
        stderr=its,
        cwd=library.folder,
        env=library.environment(TERM="dumb", COLUMNS="200"),
    )
    os.close(its)
    try:
        told = _read(ours, until="› ")
        assert "I answer questions from 8 documents" in told
        os.write(ours, f"{BORN}\n".encode())
        assert f"“{BORN_QUOTE}” [1]" in _read(ours, until="\n› ")
        os.write(ours, b"\x04")
        assert process.wait(30) == 0
    finally:
        process.kill()
        process.wait()


def _read(terminal: int, *, until: str) -> str:
    told = b""
    while not told.decode(errors="replace").endswith(until):
        told += os.read(terminal, 1_024)
    return told.decode()


# eval

BIRTHS = {"Dora": "Paris", "Emil": "Rome", "Fred": "Oslo", "Greta": "Nice"}


@pytest.fixture
def births(place: Workplace) -> Workplace:
    """A workplace with a small set of passages and questions in the folder `births`."""
    passages = [{"id": name, "text": f"{name} was born in {town}."} for name, town in BIRTHS.items()]
    questions = [
        {"question": f"Where was {name} born?", "answers": [town], "passage_id": name} for name, town in BIRTHS.items()
    ]
    (place.folder / "births").mkdir()
    for file, rows in (("passages", passages), ("questions", questions)):
        text = "".join(f"{json.dumps(row)}\n" for row in rows)
        (place.folder / "births" / f"{file}.jsonl").write_text(text, "utf-8")
    return place


def test_eval_prints_a_table_and_writes_json_and_a_picture(births: Workplace) -> None:
    run = births.kutip("eval", "births")
    assert run.returncode == 0
    rows = [line.split("  ")[0] for line in run.stdout.splitlines()]
    assert [name for name in rows if name] == [
        *("set", "reader", "right passage first", "right sentence first", "span F1", "span exact match"),
        *("AUROC, taken out", "AUROC, written", "answered at 5 % wrong", "answered at 10 % wrong", "right"),
        *("wrong among answers", "calibration error", "seconds a question", "quotes that differ"),
    ]
    assert re.search(r"^right sentence first +100\.0 %", run.stdout, re.MULTILINE)
    assert run.stderr.splitlines()[-1] == "Written: eval-births/eval.json and eval-births/eval.png"
    assert json.loads((births.folder / "eval-births" / "eval.json").read_text("utf-8"))["sentence_at_1"] == 1.0
    assert (births.folder / "eval-births" / "eval.png").read_bytes().startswith(b"\x89PNG")
    assert list(births.data.iterdir()) == [births.data / "models"]


def test_eval_with_json_writes_one_object_and_without_matplotlib_says_how_to_get_the_picture(
    births: Workplace,
) -> None:
    without = births.folder / "without"
    (without / "matplotlib").mkdir(parents=True)
    (without / "matplotlib" / "__init__.py").write_text("raise ImportError", "utf-8")
    path = f"{without}{os.pathsep}{ROOT}"
    run = births.kutip("eval", "births", "--json", "--out", "measured/births", PYTHONPATH=path)
    assert (run.returncode, run.stdout.count("\n")) == (0, 1)
    measured = births.folder / "measured" / "births"
    assert json.loads(run.stdout) == json.loads((measured / "eval.json").read_text("utf-8"))
    assert "curve" in json.loads(run.stdout) and "judged" not in json.loads(run.stdout)
    assert run.stderr.splitlines()[-1] == (
        "Written: measured/births/eval.json. "
        f"There is no picture: Drawing needs matplotlib. Install it with: {sys.executable} -m pip install matplotlib"
    )
    assert [path.name for path in measured.iterdir()] == ["eval.json"]


def test_eval_takes_documents_with_sentences_that_answer(place: Workplace) -> None:
    folder = place.folder / "library"
    (folder / "documents").mkdir(parents=True)
    for name in ("anselma-thorne.txt", "lantern-library.md"):
        (folder / "documents" / name).write_bytes((DOCUMENTS / name).read_bytes())
    row = {"question": BORN, "documents": ["anselma-thorne.txt"], "sentences": [BORN_QUOTE]}
    (folder / "questions.jsonl").write_text(json.dumps(row), "utf-8")
    run = place.kutip("eval", "library", "--json")
    measured = json.loads(run.stdout)
    assert (measured["documents"], measured["passage_at_1"], measured["sentence_at_1"]) == (2, 1.0, 1.0)
    assert (measured["quotes_different"], measured["span_f1"]) == (0, None)


def test_eval_of_a_folder_that_is_no_question_set_is_refused_in_one_line(place: Workplace) -> None:
    line = refused(place.kutip("eval", "knowledge"))
    assert line == "There is no questions.jsonl in knowledge. Write one question with its answers a line."


# Help


@pytest.mark.parametrize(
    "command", ["", *(one.name or one.callback.__name__ for one in app.registered_commands if one.callback)]
)
def test_every_command_has_help(command: str, library: Workplace) -> None:
    run = library.kutip(*command.split(), "--help")
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith(f"Usage: kutip {command}".rstrip())
    assert "--help" in run.stdout
