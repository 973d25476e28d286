"""A reading model says of every sentence how likely the answer stands in it, and where."""

import json
import math
import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Encoding, Tokenizer

from retrieval.embedding.models import bundled_model
from retrieval.errors import ModelError
from retrieval.reading.contexts import Context, read_context
from retrieval.reading.reading_model import (
    BUNDLED,
    Calibration,
    ConfidenceWeights,
    ReaderExport,
    ReadingModel,
    ScoreWeights,
    SentenceReading,
    _sentence_readings,
    _trimmed,
    load_reading_model,
)
from retrieval.values import Document
from tests.fakes import sentences_of
from tests.tiny_models import TEXT

LONGEST_ANSWER = 48  # tokens
REPAIR = r"make it again with kutip export-reader\.$"
CHECK = r"check KUTIP_READER, or make one with kutip export-reader\.$"


def context_of(text: str, title: str = "Zoo") -> Context:
    document = Document("a.txt", title, text)
    return read_context(document, sentences_of(document))


@pytest.fixture(scope="module")
def model(tiny_reader: Path) -> ReadingModel:
    return load_reading_model(tiny_reader)


@pytest.fixture
def folder(tiny_reader: Path, tmp_path: Path) -> Path:
    """A copy of the tiny reader that a test may damage."""
    return Path(shutil.copytree(tiny_reader, tmp_path / "reader"))


def change(folder: Path, **fields: object) -> None:
    path = folder / "reader.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | fields), "utf-8")


# Odds and spans


@pytest.fixture(scope="module")
def encode() -> Callable[[str, str], Encoding]:
    tokenizer = Tokenizer.from_file(str(bundled_model() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer.encode


def naive_readings(
    context: Context, encoding: Encoding, starts: list[float], ends: list[float]
) -> list[SentenceReading]:
    """Do what is meant, one span of tokens after the other."""
    readings = []
    for sentence, (begin, stop) in zip(context.sentences, context.spans, strict=True):
        total, best, place = 0.0, -math.inf, (0, 0)
        for first, (start, _) in enumerate(encoding.offsets):
            for last in range(first, min(first + LONGEST_ANSWER, len(encoding.offsets))):
                end = encoding.offsets[last][1]
                if encoding.sequence_ids[first] == encoding.sequence_ids[last] == 1 and begin <= start < end <= stop:
                    score = starts[first] + ends[last]
                    total += math.exp(score)
                    best, place = max((best, place), (score, (start, end)), key=lambda found: found[0])
        if total:
            odds = math.log(total) - starts[0] - ends[0]
            readings.append(SentenceReading(sentence, (begin, stop), odds, place))
    return readings


@given(st.data())
def test_odds_are_those_of_all_spans_in_the_sentence_together(
    encode: Callable[[str, str], Encoding], data: st.DataObject
) -> None:
    words = st.lists(
        st.sampled_from(["Ana", "co-chaired", "May.", "unbelievably", "Ben", "left.", "x" * 30]), max_size=40
    )
    context = context_of(" ".join(data.draw(words)), title=data.draw(st.sampled_from(["", "Zoo"])))
    encoding = encode("Who was it?", context.text)
    seed = np.random.default_rng(data.draw(st.integers(0, 1_000)))
    starts, ends = (seed.normal(0, 4, len(encoding.ids)).astype(np.float32) for _ in range(2))
    found = _sentence_readings(context, encoding, starts, ends)
    expected = naive_readings(context, encoding, starts.tolist(), ends.tolist())
    assert [(one.sentence, one.span) for one in found] == [(one.sentence, one.span) for one in expected]
    assert [one.odds for one in found] == pytest.approx([one.odds for one in expected], abs=1e-5)


def test_an_answer_has_at_most_48_tokens(encode: Callable[[str, str], Encoding]) -> None:
    context = context_of("word " * 60 + ".", title="")
    encoding = encode("Who?", context.text)
    starts = np.zeros(len(encoding.ids), dtype=np.float32)
    first = encoding.sequence_ids.index(1)
    starts[first] = 50
    ends = np.linspace(0, 0.5, len(encoding.ids), dtype=np.float32)
    [reading] = _sentence_readings(context, encoding, starts, ends)
    assert reading.span == (0, LONGEST_ANSWER * len("word ") - 1)


def test_large_logits_do_no_harm(encode: Callable[[str, str], Encoding]) -> None:
    context = context_of("Ana came.", title="")
    encoding = encode("Who?", context.text)
    logits = np.full(len(encoding.ids), 3_000, dtype=np.float32)
    logits[0] = 0
    [reading] = _sentence_readings(context, encoding, logits, logits)
    assert reading.odds == pytest.approx(6_000 + math.log(6))  # six spans of three tokens


# Reading with a model


def test_every_sentence_is_read_in_order_and_its_span_is_inside(model: ReadingModel) -> None:
    context = context_of(TEXT)
    [readings] = model.read([("Who led the meeting?", context)])
    assert [reading.sentence for reading in readings] == list(context.sentences)
    assert len(readings) == 3
    for reading, (begin, end) in zip(readings, context.spans, strict=True):
        assert begin <= reading.span[0] < reading.span[1] <= end


def test_readings_are_those_of_their_questions_whatever_their_lengths(model: ReadingModel) -> None:
    contexts = [context_of("Ana came. Ben left."), context_of(TEXT * 3), context_of("It rained.")]
    together = model.read([("Who?", context) for context in contexts])
    assert [[reading.sentence for reading in readings] for readings in together] == [
        list(context.sentences) for context in contexts
    ]


def test_no_pairs_no_sentences_and_no_text_are_no_trouble(model: ReadingModel) -> None:
    nothing = read_context(Document("a.txt", "", ""), [])
    assert model.read([]) == []
    assert model.read([("Who?", nothing), ("", nothing)]) == [[], []]
    assert len(model.read([("", context_of("Ana came."))])[0]) == 1


def test_a_heading_that_is_not_read_twice_has_no_reading(model: ReadingModel) -> None:
    document = Document("a.md", "Zoo", "# Zoo\n\nAna came.\n", markdown=True)
    [readings] = model.read([("Who?", read_context(document, sentences_of(document)))])
    assert [document.text[reading.sentence.start : reading.sentence.end] for reading in readings] == ["Ana came."]


def test_of_a_long_context_the_beginning_is_read(model: ReadingModel) -> None:
    context = context_of("Ana came in May. " * 300)
    [readings] = model.read([("Who?", context)])
    assert 40 < len(readings) < 100
    assert [reading.sentence for reading in readings] == list(context.sentences[: len(readings)])


@pytest.mark.parametrize("question", ["who " * 500, "?" * 2_000, "狮" * 2_000], ids=["words", "marks", "characters"])
def test_of_a_long_question_enough_is_cut_to_read_the_context(model: ReadingModel, question: str) -> None:
    context = context_of("Ana came. " * 20)
    assert [reading.sentence for reading in model.read([(question, context)])[0]] == list(context.sentences)


def test_what_is_read_beside_a_context_makes_no_difference(model: ReadingModel) -> None:
    """In 8 bits, it would in one batch: the questions of others would change an answer."""
    pairs = [("Who led the meeting?", context_of(TEXT * times)) for times in (1, 2, 2, 3)] + [
        ("Kapan?", context_of(TEXT))
    ]
    assert model.read(pairs) == [model.read([pair])[0] for pair in pairs]


def test_the_bundled_reader_finds_an_answer_and_tells_where_there_is_none() -> None:
    context = context_of(
        "The meeting took place in Paris. The Australian Foreign Minister co-chaired it with Retno Marsudi."
    )
    questions = ["Where did the meeting take place?", "Who co-chaired the meeting?", "How many lions live in the zoo?"]
    readings = load_reading_model(None).read([(question, context) for question in questions])
    best = [max(found, key=lambda reading: reading.odds) for found in readings]
    assert [context.sentences.index(reading.sentence) for reading in best[:2]] == [0, 1]
    assert "Paris" in context.text[slice(*best[0].span)]
    assert min(best[0].odds, best[1].odds) > 0 > best[2].odds


@pytest.mark.parametrize("text", ["Indonesia and Australia founded it in 2002.", "In 2002, Indonesia founded it."])
def test_a_marked_number_takes_no_full_stop_or_comma_with_it(text: str) -> None:
    context = context_of(text, "The Bali Process")
    [[reading]] = load_reading_model(None).read([("In which year was the Bali Process founded?", context)])
    assert context.text[slice(*reading.span)] == "2002"


@pytest.mark.parametrize(
    ("text", "marked", "left"),
    [
        ("It is 1,200 miles (1,931 kilometres).", "1,931 kilometres)", "1,931 kilometres"),
        ("It is (3,100 km) wide.", "(3,100 km", "3,100 km"),
        ("It is (3,100 km) wide.", "(3,100 km)", "(3,100 km)"),
        ("He said “go” twice.", "go”", "go"),
        ("It was her 10th visit.", "10", "10th"),
        ("It cost 10.5, he said.", "10.5,", "10.5"),
        ("Write to tom.lund@harbour.example.", "tom.lund@harbour", "tom.lund@harbour.example"),
        ("See (https://orla.example/a/b), page 2.", "orla.example", "https://orla.example/a/b"),
        ("Write to bo@orla.example on 4 May.", "4 May", "4 May"),
        ("It cost 10 there.", "10", "10"),
        ("It is in [0, 1) then.", "[0, 1)", "[0, 1)"),
        ("It is ( then.", "(", "("),
    ],
)
def test_a_mark_that_belongs_to_something_else_is_not_marked(text: str, marked: str, left: str) -> None:
    start = text.index(marked)
    begin, end = _trimmed(text, start, start + len(marked))
    assert text[begin:end] == left


# Loading


def test_a_reader_that_is_not_there_is_told_with_its_folder(tmp_path: Path) -> None:
    with pytest.raises(
        ModelError, match=rf"^There is no reader in {tmp_path}/none \(it has no reader\.json\): {CHECK}"
    ):
        load_reading_model(tmp_path / "none")


@pytest.mark.parametrize("name", ["reader.json", "model.onnx", "tokenizer.json"])
def test_a_missing_file_is_told(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelError, match=rf"^There is no reader in {folder} \(it has no {name}\): {CHECK}"):
        load_reading_model(folder)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_damaged_file_is_told(folder: Path, name: str) -> None:
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / name).write_bytes(data)
    with pytest.raises(ModelError, match=rf"^The reader in {folder} is damaged \(its SHA-256 is another\): {REPAIR}"):
        load_reading_model(folder)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param('{"format": 3,', id="cut-off"),
        pytest.param("[]", id="list"),
        pytest.param("null", id="null"),
        pytest.param("{}", id="nothing-in-it"),
        pytest.param('{"format": 3, "calibration": null}', id="no-calibration"),
    ],
)
def test_a_damaged_description_is_told(folder: Path, text: str) -> None:
    (folder / "reader.json").write_text(text, "utf-8")
    with pytest.raises(ModelError, match=rf"^The file {folder}/reader\.json is damaged: {REPAIR}"):
        load_reading_model(folder)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"calibration": {"score": {"odds": "much"}, "confidence": {}}}, id="weight-in-words"),
        pytest.param({"calibration": {"score": {"mood": 1}, "confidence": {}}}, id="unknown-weight"),
        pytest.param({"calibration": {"score": None, "confidence": {}}}, id="no-weights"),
        pytest.param({"calibration": {"score": {}}}, id="half-a-calibration"),
        pytest.param({"window": "wide"}, id="window-in-words"),
        pytest.param({"window": 0}, id="no-window"),
        pytest.param({"window": 100_000}, id="window-too-wide"),
        pytest.param({"novelty": True}, id="unknown-field"),
    ],
)
def test_one_wrong_field_of_the_description_is_told(folder: Path, fields: dict[str, object]) -> None:
    change(folder, **fields)
    with pytest.raises(ModelError, match=rf"^The file {folder}/reader\.json is damaged: {REPAIR}"):
        load_reading_model(folder)


def test_another_format_is_told_whatever_else_it_holds(folder: Path) -> None:
    change(folder, format=1, calibration=None, novelty=True)
    with pytest.raises(ModelError, match=rf"^The reader in {folder} was made by another version of Kutip: {REPAIR}"):
        load_reading_model(folder)


def test_a_graph_that_cannot_be_run_is_told(folder: Path) -> None:
    from retrieval.embedding.exporting import file_sha256

    (folder / "model.onnx").write_bytes(b"no graph")
    change(folder, model_sha256=file_sha256(folder / "model.onnx"))
    with pytest.raises(ModelError, match=rf"^The reader in {folder} cannot be run: {REPAIR}"):
        load_reading_model(folder)


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "reader").touch()
    with pytest.raises(
        ModelError, match=rf"^The reader in {tmp_path}/reader cannot be read \(Not a directory\): {CHECK}"
    ):
        load_reading_model(tmp_path / "reader")


def test_a_missing_bundled_reader_is_an_installation_to_repair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.reading.reading_model.BUNDLED", tmp_path)
    with pytest.raises(ModelError, match=r"\(it has no reader\.json\): install Kutip again\.$"):
        load_reading_model(None)


def test_the_calibration_is_the_files(folder: Path) -> None:
    weights = Calibration(ScoreWeights(odds=1.0, kind=2.0), ConfidenceWeights(share=-3.0, bias=4.0))
    change(folder, calibration=asdict(weights))
    assert load_reading_model(folder).calibration == weights


def test_the_bundled_reader_is_small_enough_for_the_repository() -> None:
    assert {path.name for path in BUNDLED.iterdir()} == {"model.onnx", "tokenizer.json", "reader.json"}
    assert sum(path.stat().st_size for path in BUNDLED.iterdir()) < 30 * 2**20
    assert ReaderExport(**json.loads((BUNDLED / "reader.json").read_text("utf-8"))).window <= 384
