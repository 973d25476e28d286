"""Training examples made of question sets: where the answer stands, and passages where it does not."""

import json
import sys
from pathlib import Path

import pytest

from retrieval.embedding.embedder import Embedder
from tests.fakes import FakeEmbedder
from training.batches import load_examples
from training.examples import ContextExample, Example, detokenised, main, make_examples

PASSAGES = [
    {"id": "zoo", "title": "Zoo", "text": "Ana opened \tthe zoo in 1987. It has 12 lions."},
    {"id": "ship", "title": "Ship", "text": "Ben built the ship in 1990. It sank."},
    {"id": "fair", "title": "Fair", "text": "Carla opened the fair in 1990."},
]


def question(text: str, passage: str, *answers: str, **fields: object) -> dict[str, object]:
    return {"question": text, "answers": list(answers), "passage_id": passage, **fields}


def examples_of(
    folder: Path, questions: list[dict[str, object]], passages: list[dict[str, str]] = PASSAGES
) -> list[Example]:
    """Make a set, and the examples of it."""
    write_set(folder, questions, passages)
    return make_examples(folder, FakeEmbedder())


def write_set(folder: Path, questions: list[dict[str, object]], passages: list[dict[str, str]] = PASSAGES) -> None:
    folder.mkdir(exist_ok=True)
    for name, rows in (("questions", questions), ("passages", passages)):
        lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
        (folder / f"{name}.jsonl").write_text("".join(lines), "utf-8")


def answers_in(context: ContextExample) -> list[str]:
    return [context.text[start:end] for start, end in context.spans]


@pytest.fixture(autouse=True)
def quick(quick_disk: None) -> None:
    """Make every index here quickly."""


def test_the_passage_that_answers_comes_first_with_the_answers_place(tmp_path: Path) -> None:
    asked = question("Who built the ship?", "ship", "Ben", answer_start=[0])
    [example] = examples_of(tmp_path / "small", [asked])
    assert (example.set, example.question, example.altered) == ("small", "Who built the ship?", None)
    assert example.contexts[0] == ContextExample("Ship: Ben built the ship in 1990. It sank.", [(6, 9)], 6)
    assert {(context.text, *context.spans) for context in example.contexts[1:]} == {
        ("Zoo: Ana opened the zoo in 1987. It has 12 lions.",),
        ("Fair: Carla opened the fair in 1990.",),
    }


def test_passages_that_hold_the_answer_too_are_not_taken_as_ones_that_do_not(tmp_path: Path) -> None:
    [example] = examples_of(tmp_path, [question("When was the fair?", "fair", "1990")])
    assert [context.text.partition(":")[0] for context in example.contexts] == ["Fair", "Zoo"]


def test_the_place_is_found_where_white_space_is_folded(tmp_path: Path) -> None:
    [example] = examples_of(
        tmp_path, [question("Who did what?", "zoo", "opened \tthe zoo", " Ana", answer_start=[4, 0])]
    )
    assert answers_in(example.contexts[0]) == ["Ana", "opened the zoo"]


def test_of_several_places_the_annotated_one_counts_or_the_closest(tmp_path: Path) -> None:
    passages = [{"id": "a", "title": "", "text": "May is May. In May it rained."}]
    asked = [question("When?", "a", "May", answer_start=[place]) for place in (0, 7, 14, 99)]
    examples = examples_of(tmp_path, [*asked, question("When?", "a", "May")], passages)
    assert [example.contexts[0].spans for example in examples] == [[(3 + at, 6 + at)] for at in (0, 7, 15, 15, 0)]


def test_a_question_that_its_passage_does_not_answer_has_it_first_without_places(tmp_path: Path) -> None:
    [example] = examples_of(tmp_path, [question("Who sank the zoo?", "ship")])
    assert example.contexts[0] == ContextExample("Ship: Ben built the ship in 1990. It sank.", [], 6)
    assert [context.spans for context in example.contexts] == [[], [], []]
    assert example.altered is None


def test_of_a_long_passage_the_other_parts_do_not_answer(tmp_path: Path) -> None:
    text = (
        "Ana opened the zoo in 1987. "
        + "It had many many animals of many many kinds there. " * 6
        + "Ana left it in 1990."
    )
    passages = [{"id": "long", "title": "Zoo", "text": text}]
    [example] = examples_of(
        tmp_path, [question("Who left?", "long", "Ana", answer_start=[text.rindex("Ana")])], passages
    )
    first, *others = example.contexts
    assert first.text.endswith("Ana left it in 1990.")
    assert first.spans == [(len(first.text) - 20, len(first.text) - 17)]
    assert others
    assert {tuple(context.spans) for context in others} == {()}
    assert any("Ana opened" in context.text for context in others)


def test_of_a_long_passage_that_does_not_answer_the_closest_part_comes_first(tmp_path: Path) -> None:
    text = "It had many many animals of many many kinds there. " * 4 + "Bears and bees buzzed by. " * 5
    passages = [{"id": "long", "title": "Zoo", "text": text}]
    [example] = examples_of(tmp_path, [question("bears bees buzzed?", "long")], passages)
    assert "Bears" in example.contexts[0].text
    assert len(example.contexts) == 2


def test_questions_whose_passage_or_answer_is_not_there_are_left_out(tmp_path: Path) -> None:
    asked: list[dict[str, object]] = [
        question("Who?", "nowhere", "Ben"),
        question("Who?", "ship", "Dov", answer_start=[3]),
        {"question": "Who?", "answers": []},
        question("Who?", "ship", "Ben", answer_start=[0]),
        question("Who?", "long", "word"),
    ]
    passages = [*PASSAGES, {"id": "long", "title": "", "text": "word " * 1_001}]
    assert [answers_in(example.contexts[0]) for example in examples_of(tmp_path, asked, passages)] == [["Ben"]]


def test_of_equal_passages_each_answers_its_questions(tmp_path: Path) -> None:
    twins = [{"id": id, "title": "Zoo", "text": "Ana came."} for id in ("one", "two")]
    examples = examples_of(tmp_path, [question("Who?", id, "Ana") for id in ("one", "two")], twins)
    assert [example.contexts for example in examples] == [[ContextExample("Zoo: Ana came.", [(5, 8)], 5)]] * 2


def test_any_id_will_do_and_so_will_any_line(tmp_path: Path) -> None:
    passages = [{"id": "Zoo/é 1", "title": "Zoo", "text": "Ana came."}]
    [example] = examples_of(tmp_path, [question("Who\u2028came?", "", "Ana", passage_ids=["Zoo/é 1"])], passages)
    assert answers_in(example.contexts[0]) == ["Ana"]


def test_a_question_is_altered_with_names_of_other_questions(tmp_path: Path) -> None:
    asked = [question("When did Ana open it?", "zoo", "1987"), question("Where did Dov go?", "ship")]
    changes = {examples_of(tmp_path / str(number), asked)[0].altered for number in range(20)}
    assert changes <= {"When did Dov open it?", "When did Ana close it?", "When did Ana not open it?"}
    assert len(changes) > 1


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        pytest.param("and when?", "when opened the zoo?", id="put-together"),
        pytest.param("how old was she?", "how old was Ana?", id="with-the-answer-before-the-last"),
        pytest.param("and how much did it cost?", "and how much did it cost?", id="in-the-document-before"),
        pytest.param("dan brp biayanya?", "dan berapa biayanya?", id="written-out"),
    ],
)
def test_a_question_that_goes_on_from_others_is_read_as_kutip_reads_it(tmp_path: Path, asked: str, read: str) -> None:
    turns = [["Are there lions?", "no lions"], ["Who opened the zoo?", "Ana"], ["with whom?", ""]]
    [goes_on] = examples_of(tmp_path, [question(asked, "zoo", "1987", before=turns)])
    assert (goes_on.question, goes_on.altered) == (read, None)
    assert answers_in(goes_on.contexts[0]) == ["1987"]


def test_the_same_set_gives_the_same_examples(tmp_path: Path) -> None:
    asked = [question(f"When did Ana open it {number}?", "zoo", "1987") for number in range(5)]
    assert examples_of(tmp_path, asked) == examples_of(tmp_path, asked)


def test_tokenised_text_is_joined_and_its_answers_are_found(tmp_path: Path) -> None:
    passages = [
        {"id": "a", "title": "Zoo", "text": "Ana 's zoo ( opened in 1987 ) , she said , is n't small . It rained ."}
    ]
    asked = question("What is Ana 's ?", "a", "zoo ( opened in 1987 )", "1987", answer_start=[7, 23])
    [example] = examples_of(tmp_path, [asked], passages)
    assert example.question == "What is Ana's?"
    assert example.contexts[0].text == "Zoo: Ana's zoo (opened in 1987), she said, isn't small. It rained."
    assert answers_in(example.contexts[0]) == ["zoo (opened in 1987)", "1987"]


def test_text_that_is_not_tokenised_stays_as_it_is(tmp_path: Path) -> None:
    passages = [
        {"id": "a", "title": "Zoo", "text": "Ana came . Ben left. Then Dov came, too. It rained. All went home."}
    ]
    [example] = examples_of(tmp_path, [question("Who ?", "a", "Ben")], passages)
    assert example.question == "Who ?"
    assert "Ana came . Ben left." in example.contexts[0].text


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        pytest.param("( played in 1981 ) .", "(played in 1981).", id="brackets"),
        pytest.param("He did n't , she 'll .", "He didn't, she'll.", id="apostrophes"),
        pytest.param("`` Yes ''", '" Yes "', id="quotes"),
        pytest.param("50 % of it : all ; why ? So !", "50% of it: all; why? So!", id="marks"),
        pytest.param("at .5 or :smile:", "at .5 or :smile:", id="marks-that-begin-a-word"),
    ],
)
def test_what_a_tokeniser_took_apart_is_joined(text: str, joined: str) -> None:
    assert detokenised(text) == joined


def test_the_script_writes_what_training_reads(
    tmp_path: Path,
    models: Path,
    embedder: Embedder,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = [question("Who built the ship?", "ship", "Ben"), question("Who sank the zoo?", "zoo")]
    for name in ("one", "two"):
        write_set(tmp_path / name, asked)
    folders = [str(tmp_path / name) for name in ("one", "two")]
    out = tmp_path / "examples.jsonl"
    monkeypatch.setattr(sys, "argv", ["examples", *folders, "--out", str(out), "--data", str(models)])
    main()
    assert load_examples(out) == [example for name in folders for example in make_examples(Path(name), embedder)]
    assert capsys.readouterr().err == "one: 2 questions\ntwo: 2 questions\n"
    assert not out.with_suffix(".partial").exists()
