"""Measure an index in PostgreSQL beside the NumPy index, with the same passages and questions.

    python -m benchmarks.scale FOLDER... --database postgresql://… [--size 1000000] [--tries] [--out FILE]

The passages are those of the sets in the folders; beyond, real vectors with noise and the sentences of two texts in one
(benchmarks/speed/texts.py). What is searched for is the best ten by vectors and words together, as Kutip does it;
recall is against all passages compared exactly. With --tries, PostgreSQL is searched with other numbers of passages
that are compared exactly, too. Prints tables and writes JSON. The tables in the database are removed at the end.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from psycopg.sql import SQL

from benchmarks.speed.figures import interleaved
from benchmarks.speed.machine import measure_machine
from benchmarks.speed.texts import Texts, add_passages, enlarged, load_texts
from retrieval.embedding.embedder import Vectors
from retrieval.embedding.models import load_embedder
from retrieval.index.numpy_index.index import NumpyIndex
from retrieval.index.numpy_index.search import closest
from retrieval.index.numpy_index.store import NumpyStore
from retrieval.index.postgres_index.database import Database
from retrieval.index.postgres_index.store import PostgresStore
from retrieval.index.postgres_index.temporary_store import empty_store
from retrieval.index.protocols import Index, IndexStore, IndexWriter
from retrieval.retriever import WORDS_WEIGHT
from retrieval.values import Question

_TOP = 10
_NUMBERS = (
    *((nearest, 700, 200_000) for nearest in (50, 100, 200, 400, 800)),
    *((200, words, 200_000) for words in (250, 500, 1_000)),
    *((200, 700, lists) for lists in (50_000, 100_000)),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--database", required=True)
    parser.add_argument("--size", type=int, default=1_000_000, help="passages")
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--tries", action="store_true", help="search PostgreSQL with other numbers, too")
    parser.add_argument("--cache", type=Path, default=Path("data/speed"), help="where the indexed texts are kept")
    parser.add_argument("--data", type=Path, default=Path("data"), help="where the exported embedding model is")
    parser.add_argument("--out", type=Path, default=Path("scale.json"))
    options = parser.parse_args()
    embedder = load_embedder(None, options.data)
    texts = load_texts(options.folders, embedder, options.cache / "sets")
    asked = texts.questions[: options.questions]
    questions = [Question(*one) for one in zip(asked, embedder.embed_questions(asked), strict=True)]
    vectors = enlarged(texts.index.vectors, options.size)
    with TemporaryDirectory(dir=options.cache) as folder, empty_store(options.database) as (postgres, database):
        stores: dict[str, IndexStore] = {"NumPy": NumpyStore(Path(folder)), "PostgreSQL": postgres}
        built = {name: _build(name, store, texts, vectors) for name, store in stores.items()}
        sizes = {"NumPy": _folder_size(Path(folder)), "PostgreSQL": _database_size(database)}
        indexes = {name: store.open(texts.index.fingerprint) for name, store in stores.items()}
        exact = _exact_of(indexes["NumPy"], questions)
        figures = _search(indexes, questions, exact)
        tries = (
            _tries(options.database, database.name, texts.index.fingerprint, questions, exact) if options.tries else []
        )
    rows = [{"index": name, **built[name], "size_gb": round(sizes[name] / 1e9, 2), **figures[name]} for name in stores]
    told = {
        "date": date.today().isoformat(),
        "processor": measure_machine().processor,
        "passages": options.size,
        "real": len(texts.index.vectors),
        "rows": rows,
        "tries": tries,
    }
    options.out.write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    print(f"{options.size:,} passages, {len(asked)} questions\n")
    print("| index | load, s | make ready, s | size, GB | median, ms | 99 of 100 within, ms | recall@10 |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for row in rows:
        _print_row(row)
    if tries:
        print("\n| nearest by the graph | best by words | lists read, passages | recall@10 | median, ms |")
        print("| ---: | ---: | ---: | ---: | ---: |")
    for one in tries:
        _print_row(one)


def _print_row(row: Mapping[str, object]) -> None:
    print("| " + " | ".join(value if isinstance(value, str) else f"{value:,}" for value in row.values()) + " |")


def _build(name: str, store: IndexStore, texts: Texts, vectors: Vectors) -> dict[str, float]:
    """Publish the passages; return the seconds for loading them, and for what makes them quick to search."""
    _tell(f"{name}: loading {len(vectors):,} passages")
    began, loaded = time.monotonic(), 0.0

    def write(writer: IndexWriter) -> None:
        nonlocal loaded
        add_passages(writer, texts.index, vectors)
        loaded = time.monotonic()
        _tell(f"{name}: making them ready")
        writer.finish([], {})

    with store.writing(wait=False):
        store.publish(write, fingerprint=texts.index.fingerprint, dim=vectors.shape[1])
    return {"load_s": round(loaded - began), "ready_s": round(time.monotonic() - loaded)}


def _exact_of(index: Index | None, questions: Sequence[Question]) -> list[set[int]]:
    """Return the exactly best ten passages of each question."""
    assert isinstance(index, NumpyIndex)
    _tell("comparing exactly")
    return [set(_exact(index, question)) for question in questions]


def _search(
    indexes: "dict[str, Index | None]", questions: Sequence[Question], exact: Sequence[set[int]]
) -> dict[str, dict[str, float]]:
    """Time the searches in turn, and count how many of the exactly best ten each index finds."""
    _tell("searching")
    ways: dict[str, Callable[[Question], list[int]]] = {}
    for name, index in indexes.items():
        assert index is not None
        ways[name] = lambda question, index=index: [  # type: ignore[misc]
            one.number for one in index.closest(question, _TOP, words_weight=WORDS_WEIGHT)
        ]
    times = interleaved({name: [(way, (one,)) for one in questions] for name, way in ways.items()})
    found = {}
    for name, way in ways.items():
        there = sum(len(best.intersection(way(question))) for question, best in zip(questions, exact, strict=True))
        found[name] = {
            "median_ms": round(times[name].median, 1),
            "slowest_ms": round(times[name].slowest, 1),
            "recall": round(there / sum(map(len, exact)), 4),
        }
    return found


def _tries(
    url: str, name: str, fingerprint: str, questions: Sequence[Question], exact: Sequence[set[int]]
) -> list[dict[str, float]]:
    """Search the database with other numbers of passages that are compared exactly."""
    rows = []
    for nearest, words, lists in _NUMBERS:
        with (
            patch("retrieval.index.postgres_index.database.NEAREST", nearest),
            patch("retrieval.index.postgres_index.search.NEAREST", nearest),
            patch("retrieval.index.postgres_index.search._BEST_WITH_WORDS", words),
            patch("retrieval.index.postgres_index.words.MOST_POSTINGS", lists),
            closing(Database(url, name)) as database,
        ):
            index = PostgresStore(database).open(fingerprint)
            found = _search({"tried": index}, questions, exact)["tried"]
            del index  # before its connections are closed
        rows.append(
            {"nearest": nearest, "words": words, "lists": lists, "recall": found["recall"], "ms": found["median_ms"]}
        )
    return rows


def _exact(index: NumpyIndex, question: Question) -> list[int]:
    shares = index.words.shares(index.words.question_words(question.text))
    best = closest(index.vectors, None, shares, question.vector, _TOP, words_weight=WORDS_WEIGHT)
    return [one.number for one in best]


def _folder_size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _database_size(database: Database) -> int:
    [[size]] = database.rows(
        SQL(
            "SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE c.relkind = 'r' AND starts_with(n.nspname, %s)"
        ),
        [database.name],
    )
    return int(size)


def _tell(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}.", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
