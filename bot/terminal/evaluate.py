"""`kutip eval`: measure answers on a question set, print a table, write JSON and a picture."""

import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.plots import PlotError, write_plot
from bot.settings import Settings
from bot.texts import printable, texts_in
from retrieval.embedding.models import load_embedder
from retrieval.evaluation.evaluate import Evaluation, evaluate
from retrieval.evaluation.measures import RiskPoint, reliability, risk_curve
from retrieval.evaluation.question_sets import load_set
from retrieval.evaluation.set_index import set_index
from retrieval.indexing import OnProgress
from retrieval.reading.crossing import reader_for
from retrieval.reading.reading_model import load_reading_model

JSON_NAME = "eval.json"
PLOT_NAME = "eval.png"
_POINTS = 200  # of the curve, in JSON


def evaluate_folder(folder: Path, settings: Settings, on_progress: OnProgress) -> Evaluation:
    """Measure the set in a folder with the model, the reader and the threshold that are set; index it elsewhere.

    Raises QuestionSetError, ModelError, DataError, DatabaseError.
    """
    data = load_set(folder, max_bytes=settings.max_bytes)
    model = load_reading_model(settings.reader)
    name = settings.reader.name if settings.reader else "bundled"
    database = settings.database_url.get_secret_value()
    with set_index(load_embedder(settings.model, settings.data), database) as place:
        return evaluate(
            data,
            place,
            lambda index, embedder: reader_for(embedder, model, index),
            reader=name,
            threshold=settings.threshold,
            on_progress=on_progress,
        )


def write_results(evaluation: Evaluation, out: Path) -> str:
    """Write JSON and picture into a folder, and say where they are; raises OSError."""
    out.mkdir(parents=True, exist_ok=True)
    written = out / JSON_NAME
    written.write_text(evaluation_json(evaluation, indent=1) + "\n", "utf-8")
    (out / PLOT_NAME).unlink(missing_ok=True)  # of another time
    if not evaluation.judged:
        return f"Written: {written}. There are too few questions or articles to take half out, so there is no picture."
    try:
        write_plot(out / PLOT_NAME, evaluation.set, {evaluation.reader: evaluation.judged})
    except PlotError as error:
        return f"Written: {written}. There is no picture: {error}"
    return f"Written: {written} and {out / PLOT_NAME}"


def evaluation_json(evaluation: Evaluation, *, indent: int | None = None) -> str:
    """Return all measures, with the curves that the picture shows, as a JSON object."""
    curve = _thinned(risk_curve(evaluation.judged))
    values: dict[str, Any] = {
        field.name: _rounded(getattr(evaluation, field.name)) for field in fields(evaluation) if field.name != "judged"
    }
    values["curve"] = [{name: _rounded(value) for name, value in asdict(point).items()} for point in curve]
    values["reliability"] = [
        {name: _rounded(value) for name, value in asdict(bin).items()} for bin in reliability(evaluation.judged)
    ]
    return json.dumps(values, ensure_ascii=False, indent=indent)


def print_evaluation(evaluation: Evaluation, console: Console) -> None:
    """Print the measures as a table."""
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(style="dim")
    for name, value, note in _rows(evaluation):
        table.add_row(name, value, note)
    console.print(table)


def _rows(e: Evaluation) -> list[tuple[str, str, str]]:
    texts = texts_in(None)
    return [
        ("set", printable(e.set), f"{texts.documents(e.documents)}, {texts.passages(e.passages)}"),
        ("reader", e.reader, f"{e.questions:,} questions, {e.answerable:,} answerable"),
        ("right passage first", _percent(e.passage_at_1), ""),
        ("  among the first 5", _percent(e.passage_at_5), ""),
        ("  among the first 20", _percent(e.passage_at_20), ""),
        ("right sentence first", _percent(e.sentence_at_1), ""),
        ("  among the first 3", _percent(e.sentence_at_3), ""),
        ("span F1", _percent(e.span_f1), "" if e.span_f1 is not None else "no spans to compare"),
        ("span exact match", _percent(e.exact_match), ""),
        ("AUROC, taken out", _number(e.auroc_taken_out), "article there or taken out"),
        ("AUROC, written", _number(e.auroc_written), "answerable or written not to be"),
        ("answered at 5 % wrong", _percent(e.coverage_at_5), "half of the articles taken out"),
        ("answered at 10 % wrong", _percent(e.coverage_at_10), f"at threshold {_number(e.threshold_at_10)}"),
        ("right", _percent(e.right), f"at threshold {e.threshold:g}, as set; half taken out"),
        ("wrong among answers", _percent(e.wrong_of_answers), f"at threshold {e.threshold:g}, as set; half taken out"),
        ("calibration error", _number(e.calibration_error), ""),
        ("seconds a question", _number(e.seconds), f"{e.seconds_in_batches:.3f} in batches"),
        ("quotes that differ", f"{e.quotes_different:,}", f"of {e.quotes:,}, compared with their files"),
    ]


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f} %"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _thinned(curve: Sequence[RiskPoint]) -> list[RiskPoint]:
    """Return at most about _POINTS of a curve, evenly, with its last."""
    step = -(-len(curve) // _POINTS) or 1
    return list(curve[::-1][::step][::-1])


def _rounded(value: Any) -> Any:
    return round(value, 4) if isinstance(value, float) else value
