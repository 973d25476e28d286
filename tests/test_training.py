"""Training goes step by step through the same batches, and goes on after a kill as if there had been none."""

import json
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from safetensors.torch import load_file
from tokenizers import Tokenizer

from retrieval.embedding.models import bundled_model
from retrieval.reading.contexts import read_context
from retrieval.reading.reader_export import export_reader
from retrieval.reading.reading_model import load_reading_model
from retrieval.values import Document, Sentence
from tests.processes import PATIENCE
from tests.tiny_models import save_bert, save_deberta, save_roberta
from training.batches import Item, batches, draw_epoch, load_examples, padded, tokenised
from training.examples import ContextExample, Example
from training.shortened import without_answers, without_one
from training.teaching import Teacher
from training.train import Plan, _loss, _stream, main

ROOT = Path(__file__).parent.parent
NAMES = ["Ana", "Ben", "Carla", "Dov", "Eve", "Finn"]
EXAMPLES = [
    Example(
        "zoo",
        f"Who opened the {place}?",
        f"Who closed the {place}?",
        [
            ContextExample(f"Zoo: {name} opened the {place}.", [(5, 5 + len(name))], 5),
            ContextExample(f"Zoo: The {place} was large.", [], 5),
        ],
    )
    for name in NAMES
    for place in ("zoo", "fair", "old shop in town")
]


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    tokenizer: Tokenizer = Tokenizer.from_file(str(bundled_model() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(64, strategy="longest_first")
    return tokenizer


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("examples") / "examples.jsonl"
    rows = [
        {
            "set": example.set,
            "question": example.question,
            "altered": example.altered,
            "contexts": [
                {"text": context.text, "spans": context.spans, "body": context.body} for context in example.contexts
            ],
        }
        for example in EXAMPLES
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


# Examples become batches


def test_what_is_written_is_read(examples: Path) -> None:
    assert load_examples(examples) == EXAMPLES


def test_an_epoch_asks_every_question_of_a_passage_that_answers() -> None:
    pairs = draw_epoch(EXAMPLES, {}, Random(0))
    answered = Counter(question.lower() for question, context in pairs if context.spans)
    assert answered == Counter(example.question.lower() for example in EXAMPLES)
    others = Counter(question for question, context in pairs if not context.spans)
    assert 0.3 < sum(count for question, count in others.items() if "opened" in question) / len(EXAMPLES) < 0.8
    assert 0.2 < sum(count for question, count in others.items() if "closed" in question) / len(EXAMPLES) < 0.6


def test_an_altered_question_is_asked_of_the_passage_that_answered_the_question() -> None:
    pairs = [pair for seed in range(20) for pair in draw_epoch(EXAMPLES[:1], {}, Random(seed))]
    texts = {context.text.removeprefix("Zoo: ") for question, context in pairs if question == "Who closed the zoo?"}
    assert texts == {"Ana opened the zoo."}
    assert {tuple(context.spans) for question, context in pairs if "closed" in question} == {()}


@pytest.mark.parametrize(("times", "least", "most"), [(0, 0, 0), (1, 1, 1), (2, 2, 2), (1.5, 1, 2)])
def test_a_set_comes_as_often_as_it_is_told(times: float, least: int, most: int) -> None:
    pairs = draw_epoch(EXAMPLES * 5, {"zoo": times}, Random(0))
    count = sum(bool(context.spans) for _, context in pairs) / len(EXAMPLES * 5)
    assert least <= count <= most
    assert (least == most) or least < count < most


def test_some_contexts_lose_their_title_and_keep_their_answer() -> None:
    pairs = draw_epoch(EXAMPLES * 10, {}, Random(0))
    assert set(NAMES) == {
        context.text[a:b] for question, context in pairs if "opened" in question for a, b in context.spans
    }
    untitled = sum(not context.text.startswith("Zoo: ") for _, context in pairs) / len(pairs)
    assert 0.1 < untitled < 0.2


def test_an_answer_in_the_title_keeps_the_title() -> None:
    example = Example("a", "Where?", None, [ContextExample("Zoo: It was there.", [(0, 3)], 5)])
    drawn = [pair for seed in range(50) for pair in draw_epoch([example], {}, Random(seed))]
    assert len(drawn) == 50
    assert {(question.lower(), str(context)) for question, context in drawn} == {("where?", str(example.contexts[0]))}


PASSAGE = "Zoo: The zoo lies in Bern. Ana opened it in 1921. It was small. Eve praised Ana. Bears came later."


def spans_of(answer: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(answer, PASSAGE)]


def test_a_passage_loses_every_sentence_that_answers() -> None:
    found = without_answers(ContextExample(PASSAGE, spans_of("Ana")[:1], 5))
    assert found == ContextExample("Zoo: The zoo lies in Bern. It was small. Bears came later.", [], 5)


def test_a_title_with_a_colon_is_kept_whole_or_left_out_whole() -> None:
    title = "Fire in Ansel: the bridge is shut: "
    context = ContextExample(f"{title}Ana shut it. It was nine.", [(len(title), len(title) + 3)], len(title))
    assert without_answers(context) == ContextExample(f"{title}It was nine.", [], len(title))
    drawn = {one.text for _, one in draw_epoch([Example("a", "Who?", None, [context])] * 400, {}, Random(0))}
    assert {text.removeprefix(title) for text in drawn} == {"Ana shut it. It was nine.", "Ana shut it.", "It was nine."}
    assert {text.startswith(title) for text in drawn} == {True, False}


@pytest.mark.parametrize("answer", ["Zoo", "The zoo lies.*later"])
def test_a_passage_that_answers_in_its_title_or_everywhere_cannot_lose_it(answer: str) -> None:
    assert without_answers(ContextExample(PASSAGE, spans_of(answer), 5)) is None


def test_a_passage_that_loses_another_sentence_still_answers() -> None:
    context = ContextExample(PASSAGE, spans_of("1921") + spans_of("small"), 5)
    found = [without_one(context, Random(seed)) for seed in range(20)]
    assert {one.text for one in found} == {
        "Zoo: Ana opened it in 1921. It was small. Eve praised Ana. Bears came later.",
        "Zoo: The zoo lies in Bern. Ana opened it in 1921. It was small. Bears came later.",
        "Zoo: The zoo lies in Bern. Ana opened it in 1921. It was small. Eve praised Ana.",
    }
    assert {tuple(one.text[start:end] for start, end in one.spans) for one in found} == {("1921", "small")}


def test_a_passage_whose_every_sentence_answers_loses_none() -> None:
    context = ContextExample("Zoo: It lies in Bern.", [(17, 21)], 5)
    assert without_one(context, Random(0)) == context


def test_some_passages_are_asked_again_without_their_answer() -> None:
    example = Example("a", "When?", None, [ContextExample(PASSAGE, spans_of("1921"), 5)])
    drawn = [context for _, context in draw_epoch([example] * 400, {}, Random(0))]
    emptied = [context.text for context in drawn if not context.spans]
    assert 0.2 < len(emptied) / 400 < 0.3
    assert {"1921" in text for text in emptied} == {False}
    answering = [context.text for context in drawn if context.spans]
    assert len(answering) == 400
    assert 0.2 < sum(text.count(".") == 4 for text in answering) / 400 < 0.3


def test_some_questions_are_asked_without_capitals() -> None:
    asked = Counter(question for question, context in draw_epoch(EXAMPLES[:1] * 400, {}, Random(0)) if context.spans)
    assert asked.keys() == {"Who opened the zoo?", "who opened the zoo?"}
    assert 0.15 < asked["who opened the zoo?"] / 400 < 0.25


def test_the_answers_tokens_are_those_of_its_characters(tokenizer: Tokenizer) -> None:
    text = "Zoo: It was co-chaired by Retno Marsudi in Paris."
    spans = [(text.index(answer), text.index(answer) + len(answer)) for answer in ("Retno Marsudi", "Paris", "It")]
    [item] = tokenised([("Who co-chaired it?", ContextExample(text, spans))], tokenizer)
    found = [
        tokenizer.decode(item.ids[start : end + 1].tolist()) for start, end in zip(item.starts, item.ends, strict=True)
    ]
    assert found == ["retno marsudi", "paris", "it"]
    assert tokenizer.decode(item.ids[item.context :].tolist()).startswith("zoo : it was")


def test_a_passage_that_does_not_answer_points_at_the_first_token(tokenizer: Tokenizer) -> None:
    [item] = tokenised([("Who?", ContextExample("Zoo: It rained.", []))], tokenizer)
    assert (item.starts, item.ends) == ((0,), (0,))


def test_a_pair_whose_answer_is_cut_off_is_left_out(tokenizer: Tokenizer) -> None:
    text = "It rained. " * 40 + "Ana came."
    contexts = [
        ContextExample(text, [(440, 443)]),
        ContextExample(text, [(3, 9), (440, 443)]),
        ContextExample(text, []),
    ]
    items = tokenised([("Who?", context) for context in contexts], tokenizer)
    assert [len(item.ids) for item in items] == [64, 64]
    assert [len(item.starts) for item in items] == [1, 1]


def test_a_question_longer_than_the_window_is_cut(tokenizer: Tokenizer) -> None:
    [item] = tokenised([("who " * 100, ContextExample("Zoo: Ana came.", [(5, 8)]))], tokenizer)
    assert len(item.ids) == 64
    assert tokenizer.decode([int(item.ids[item.starts[0]])]) == "ana"


def item(length: int) -> Item:
    return Item(np.arange(length, dtype=np.int32), 2, (0,), (0,))


@given(st.lists(st.integers(3, 40), min_size=1, max_size=300), st.integers(40, 200), st.integers(0, 9))
def test_batches_hold_every_item_once_and_not_too_many_tokens(lengths: list[int], tokens: int, seed: int) -> None:
    items = [item(length) for length in lengths]
    made = batches(items, tokens, Random(seed))
    assert sorted(number for batch in made for number in batch) == list(range(len(items)))
    assert all(len(batch) * max(lengths[number] for number in batch) <= tokens for batch in made)
    assert batches(items, tokens, Random(seed)) == made


def test_batches_hold_items_of_similar_length_in_random_order() -> None:
    lengths = [10, 20, 30, 40] * 25
    made = batches([item(length) for length in lengths], 400, Random(0))
    widths = [max(lengths[number] for number in batch) for batch in made]
    assert sum(len({lengths[number] for number in batch}) > 1 for batch in made) <= 3
    assert widths != sorted(widths)


def test_a_batch_is_padded_with_nothing() -> None:
    short, long = (
        Item(np.array([7, 8, 9], dtype=np.int32), 2, (0,), (0,)),
        Item(np.array([1, 2, 3, 4, 5], dtype=np.int32), 3, (3, 4), (4,)),
    )
    batch = padded([short, long])
    assert batch.input_ids.tolist() == [[7, 8, 9, 0, 0], [1, 2, 3, 4, 5]]
    assert batch.attention_mask.tolist() == [[1, 1, 1, 0, 0], [1, 1, 1, 1, 1]]
    assert batch.token_type_ids.tolist() == [[0, 0, 1, 0, 0], [0, 0, 0, 1, 1]]
    assert batch.starts.int().tolist() == [[1, 0, 0, 0, 0], [0, 0, 0, 1, 1]]
    assert batch.ends.int().tolist() == [[1, 0, 0, 0, 0], [0, 0, 0, 0, 1]]


# What a teacher reads of them


@pytest.mark.parametrize("save", [save_bert, save_roberta, save_deberta])
def test_what_a_teacher_finds_likely_comes_in_the_tokens_of_the_learner(
    save: Callable[[Path], Path], tokenizer: Tokenizer, tmp_path: Path
) -> None:
    teacher = Teacher(save(tmp_path / "teacher"), 128)
    pairs = [
        ("Who led it?", "Zoo: Retno Marsudi co-chaired it."),
        ("Why?", "Paris: On Monday, nobody came to the zoo."),
    ]
    learners = [tokenizer.encode(*pair) for pair in pairs]
    lessons = [teacher.lesson(*pair, learner) for pair, learner in zip(pairs, learners, strict=True)]
    together = teacher.teach(lessons, max(len(learner.ids) for learner in learners))
    for row, (lesson, learner) in enumerate(zip(lessons, learners, strict=True)):
        context = {number for number, sequence in enumerate(learner.sequence_ids) if sequence == 1}
        for likely, alone in zip(together, teacher.teach([lesson], len(learner.ids)), strict=True):
            assert float(likely[row].sum()) == pytest.approx(1)
            assert set(likely[row].nonzero().flatten().tolist()) <= {0, *context}
            assert likely[row, : len(learner.ids)].tolist() == pytest.approx(alone[0].tolist(), abs=0.02)  # bfloat16


@pytest.mark.parametrize("save", [save_bert, save_roberta, save_deberta])
def test_a_teachers_tokens_are_those_of_the_learner_with_the_same_characters(
    save: Callable[[Path], Path], tokenizer: Tokenizer, tmp_path: Path
) -> None:
    question, text = "Who led it?", "somebody led  the meeting"
    learner = tokenizer.encode(question, text)
    lesson = Teacher(save(tmp_path / "teacher"), 128).lesson(question, text, learner)
    starts, ends = ([learner.tokens[token] for token in found if token >= 0] for found in (lesson.starts, lesson.ends))
    assert starts[0] == ends[0] == "[CLS]"
    assert list(dict.fromkeys(starts[1:])) == ["somebody", "led", "the", "meeting"]
    assert ends[-1] == "meeting"


# Loss and learning rate


def test_the_loss_is_that_of_all_right_tokens_together() -> None:
    logits = torch.tensor([[1.0, 2.0, 3.0, 9.0], [0.0, 0.0, 0.0, 0.0]])
    right = torch.tensor([[True, True, False, False], [True, False, False, False]])
    hidden = torch.tensor([[False, False, False, True], [False, False, False, False]])
    shares = np.exp([1, 2]).sum() / np.exp([1, 2, 3]).sum(), 0.25
    untaught = torch.zeros(2, 4)
    assert float(_loss(logits, right, hidden, untaught, 0.5)) == pytest.approx(-np.log(shares).mean(), abs=1e-6)


def test_where_a_teacher_teaches_a_share_of_the_loss_is_the_cross_entropy_with_what_it_says() -> None:
    logits = torch.tensor([[np.log(2), 0.0, 0.0, 9.0], [0.0, 0.0, 0.0, 0.0]])
    right = torch.tensor([[True, False, False, False], [True, True, False, False]])
    hidden = torch.tensor([[False, False, False, True], [False, False, False, False]])
    likely = torch.tensor([[0.5, 0.25, 0.25, 0.0], [0.0, 0.0, 0.0, 0.0]])
    taught = 0.75 * np.log(2) + 0.25 * (0.5 * np.log(2) + 0.5 * np.log(4))
    assert float(_loss(logits, right, hidden, likely, 0.25)) == pytest.approx((taught + np.log(2)) / 2, abs=1e-6)


def test_the_rate_rises_stays_and_falls_to_nothing() -> None:
    plan = Plan(2.0, steps=1_000, decay=100)
    assert [plan.rate_at(step) for step in (0, 99, 199, 500, 900, 950, 999)] == pytest.approx(
        [0.01, 1.0, 2.0, 2.0, 2.0, 1.0, 0.02]
    )
    assert Plan(2.0, steps=1_000, decay=0).rate_at(999) == 2.0


def test_the_batches_after_a_number_of_steps_are_the_same_as_without_a_break(tokenizer: Tokenizer) -> None:
    def taken(skip: int, count: int) -> list[tuple[float, list[list[int]]]]:
        stream = _stream(lambda random: tokenised(draw_epoch(EXAMPLES, {}, random), tokenizer), 128, 5, skip=skip)
        return [(epoch, [item.ids.tolist() for item in items]) for epoch, items in (next(stream) for _ in range(count))]

    whole = taken(0, 30)
    assert whole[-1][0] > 2  # it goes on into other epochs
    assert [taken(skip, 4) for skip in (1, 7, 13, 26)] == [whole[skip : skip + 4] for skip in (1, 7, 13, 26)]
    assert whole != taken(0, 1) * 30


# Whole runs


def arguments(model: Path, examples: Path, out: Path, *, steps: int, decay: int) -> list[str]:
    options = {"--out": out, "--start": model, "--steps": steps, "--decay": decay, "--save-every": 2}
    return [str(examples), "--batch-tokens=128", *(str(part) for option in options.items() for part in option)]


@pytest.fixture
def train(tiny_model: Path, examples: Path, monkeypatch: pytest.MonkeyPatch) -> "Train":
    return Train(tiny_model, examples, monkeypatch)


class Train:
    """Trains the tiny model in this process."""

    def __init__(self, model: Path, examples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.model = model
        self.examples = examples
        self._monkeypatch = monkeypatch

    def __call__(self, out: Path, *, steps: int, decay: int) -> dict[str, torch.Tensor]:
        """Train to the end, and return the weights."""
        self.run(arguments(self.model, self.examples, out, steps=steps, decay=decay))
        return load_file(out / "model" / "model.safetensors")

    def run(self, arguments: Sequence[str]) -> None:
        self._monkeypatch.setattr(sys, "argv", ["train", *arguments])
        main()


def different(one: dict[str, torch.Tensor], other: dict[str, torch.Tensor]) -> list[str]:
    assert one.keys() == other.keys()
    return [name for name in one if not torch.equal(one[name], other[name])]


def test_a_killed_run_goes_on_to_the_weights_of_one_that_was_not(
    train: Train, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    killed, whole = tmp_path / "killed", tmp_path / "whole"
    command = [sys.executable, "-m", "training.train"]
    with subprocess.Popen(
        [*command, *arguments(train.model, train.examples, killed, steps=60, decay=20)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
    ) as process:
        end = time.monotonic() + PATIENCE
        while not (killed / "last.pt").exists() and process.poll() is None and time.monotonic() < end:
            time.sleep(0.002)
        process.kill()
        assert process.wait() == -signal.SIGKILL
    assert not (killed / "model").exists()
    resumed = train(killed, steps=60, decay=20)
    going_on = re.search(r"Going on from .*last\.pt at step (\d+)\.", capsys.readouterr().out)
    assert going_on
    assert 2 <= int(going_on[1]) < 60
    assert different(resumed, train(whole, steps=60, decay=20)) == []
    logged = [json.loads(line) for line in (whole / "loss.jsonl").read_text("utf-8").splitlines()]
    assert [(line["step"], line["rate"]) for line in logged] == [
        (20, pytest.approx(2e-5)),
        (40, pytest.approx(4e-5)),
        (60, pytest.approx(1e-5)),
    ]
    assert all(0 < line["loss"] < 20 and line["tokens_per_second"] > 0 for line in logged)
    assert 1 < logged[0]["epoch"] < logged[1]["epoch"] < logged[2]["epoch"]
    export_reader(str(whole / "model"), tmp_path / "reader")
    context = read_context(Document("a.txt", "Zoo", "Ana came."), [Sentence(0, 9)])
    assert len(load_reading_model(tmp_path / "reader").read([("Who came?", context)])[0]) == 1


def test_a_finished_run_goes_on_from_before_its_rate_fell(
    train: Train, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    once = train(tmp_path / "twice", steps=6, decay=2)
    twice = train(tmp_path / "twice", steps=10, decay=2)
    assert f"Going on from {tmp_path}/twice/before-decay.pt at step 4." in capsys.readouterr().out
    assert different(twice, train(tmp_path / "whole", steps=10, decay=2)) == []
    assert different(once, twice)


def test_a_finished_run_that_is_started_again_stays_as_it_is(train: Train, tmp_path: Path) -> None:
    once = train(tmp_path / "run", steps=4, decay=2)
    shutil.rmtree(tmp_path / "run" / "model")
    assert different(once, train(tmp_path / "run", steps=4, decay=2)) == []


def test_a_run_whose_end_is_brought_forward_falls_from_where_it_is_and_can_go_on_from_there(
    train: Train, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "run"
    train(folder, steps=6, decay=0)  # as if stopped in the middle: its rate has not fallen
    train(folder, steps=8, decay=4)
    train(folder, steps=10, decay=4)
    assert re.findall(r"Going on from \S+/(\S+) at step (\d+)\.", capsys.readouterr().out) == [
        ("last.pt", "6"),
        ("before-decay.pt", "6"),
    ]


def test_no_examples_are_told(train: Train, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "none.jsonl").touch()
    with pytest.raises(SystemExit) as caught:
        train.run(arguments(train.model, tmp_path / "none.jsonl", tmp_path / "run", steps=1, decay=0))
    assert caught.value.code == 2
    assert capsys.readouterr().err.endswith(f"there are no examples in {tmp_path}/none.jsonl\n")


def test_a_model_without_token_types_is_trained(
    examples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = save_roberta(tmp_path / "start")
    before = load_file(start / "model.safetensors")
    after = Train(start, examples, monkeypatch)(tmp_path / "out", steps=2, decay=1)
    assert {"qa_outputs.weight"} < set(different(before, after))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--repeat", "farm=2"], "there are no examples of farm"),
        (["--repeat", "zoo"], "argument --repeat"),
        (["--taught", "farm"], "there are no examples of farm"),
    ],
)
def test_a_set_that_is_not_there_is_told(
    train: Train, tmp_path: Path, options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        train.run([*arguments(train.model, train.examples, tmp_path / "run", steps=1, decay=0), *options])
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(("share", "same"), [("0", True), ("0.5", False)])
def test_a_teacher_changes_what_is_learnt_of_the_sets_that_it_teaches(
    train: Train, tmp_path: Path, share: str, same: bool
) -> None:
    alone = train(tmp_path / "alone", steps=4, decay=0)
    teacher = save_roberta(tmp_path / "teacher")
    options = ["--teacher", str(teacher), "--taught", "zoo", "--teacher-share", share]
    train.run([*arguments(train.model, train.examples, tmp_path / "taught", steps=4, decay=0), *options])
    learnt = load_file(tmp_path / "taught" / "model" / "model.safetensors")
    assert (different(alone, learnt) == []) is same


def test_word_embeddings_that_are_kept_are_not_trained(train: Train, tmp_path: Path) -> None:
    train.run([*arguments(train.model, train.examples, tmp_path / "run", steps=4, decay=0), "--keep-words"])
    trained = load_file(tmp_path / "run" / "model" / "model.safetensors")
    changed = different(trained, load_file(train.model / "model.safetensors"))
    assert "bert.embeddings.word_embeddings.weight" not in changed
    assert "bert.encoder.layer.0.attention.self.query.weight" in changed


def test_layers_that_are_kept_are_not_trained(train: Train, tmp_path: Path) -> None:
    train.run([*arguments(train.model, train.examples, tmp_path / "run", steps=4, decay=0), "--keep-layers=1"])
    trained = load_file(tmp_path / "run" / "model" / "model.safetensors")
    changed = different(trained, load_file(train.model / "model.safetensors"))
    assert {"qa_outputs.weight", "bert.encoder.layer.1.output.dense.weight"} < set(changed)
    assert all(name.startswith(("qa_outputs.", "bert.encoder.layer.1.")) for name in changed)
