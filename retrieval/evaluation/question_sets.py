"""Question sets, what answers are measured on: a folder with questions.jsonl and what answers them.

questions.jsonl   {"question", "answers": [text, …], "passage_id" or "passage_ids"} a line; no answers: not answerable
passages.jsonl    {"id", "title", "text"} a line; each passage becomes a document

or, without passages.jsonl, documents: the files of the folder `documents`, else of the whole folder.
A question then names `"documents": ["path.md", …]` or `"document": "path.md"`, below that folder, instead of passages.
In place of "answers" there may be "sentences": whole sentences that answer.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

from retrieval.answering import clean_question
from retrieval.documents.encodings import one_line, without_halves
from retrieval.documents.files import find_files, read_bytes
from retrieval.documents.parsing import parse_document
from retrieval.errors import DocumentError, KutipError, QuestionError

QUESTIONS = "questions.jsonl"
PASSAGES = "passages.jsonl"
DOCUMENTS = "documents"

_SECTION = " - "  # after it, the titles of Wikipedia's passages name the section of the article
_FEW_ARTICLES = 10  # so few titles name where the passages are from, not what they are about
_MAX_BYTES = 20 * 2**20


class QuestionSetError(KutipError):
    """A folder that is no question set."""

    @classmethod
    def line(cls, path: Path, number: int, reason: str) -> "QuestionSetError":
        return cls(f"{path}, line {number:,}: {reason}. Mend the line, or take it out.")


@dataclass(frozen=True, slots=True)
class SetQuestion:
    """A question with the texts that answer it and the passages, by id, in which they stand.

    In a set of documents, these are the documents. `spans`: the answers are words within sentences, not whole ones.
    """

    text: str
    answers: tuple[str, ...]
    passages: frozenset[str]
    spans: bool = True


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A set: `passages` are (id, title, text); an article is the passages of one title, where titles tell articles.

    In a set of documents, below the folder `documents`, each document is one of the passages, its path the id, its
    text the one after the front matter.
    """

    name: str
    passages: tuple[tuple[str, str, str], ...]
    questions: tuple[SetQuestion, ...]
    documents: Path | None = None

    def half_of_articles(self, seed: int) -> frozenset[str]:
        """Return the ids of the passages of a random half of the articles; a passage without a title is one."""
        articles = {id: title.partition(_SECTION)[0] or id for id, title, _ in self.passages}
        if len(set(articles.values())) <= _FEW_ARTICLES:
            articles = {id: id for id in articles}
        kept = set(Random(seed).sample(sorted(set(articles.values())), len(set(articles.values())) // 2))
        return frozenset(id for id, article in articles.items() if article in kept)


@lru_cache(maxsize=4_096)
def answer_pattern(answer: str) -> re.Pattern[str]:
    """Return what finds an answer in a text, its words on any lines; a number not within another one."""
    words = r"\s+".join(map(re.escape, answer.split()))
    before = r"(?<!\d)(?<!\d[.,])" if answer[0].isdecimal() else ""
    after = r"(?![.,]?\d)" if answer[-1].isdecimal() else ""
    return re.compile(f"{before}{words}{after}")


def load_set(folder: Path, *, questions: int | None = None, max_bytes: int = _MAX_BYTES) -> QuestionSet:
    """Read a set; with a limit, a random sample of the questions.

    Documents of more than `max_bytes` are left out. Raises QuestionSetError.
    """
    if not folder.is_dir():
        raise QuestionSetError(f"There is no folder {folder}.")
    if not (folder / QUESTIONS).is_file():
        raise QuestionSetError(f"There is no {QUESTIONS} in {folder}. Write one question with its answers a line.")
    documents = None
    sentences: dict[str, frozenset[str]] = {}
    failed: dict[str, str] = {}
    if (folder / PASSAGES).is_file():
        rows = _passage_rows(folder)
        found = [(id, title, text) for id, title, text, _ in rows]
        sentences = {id: whole for id, _, _, whole in rows if whole}
    else:
        documents = folder / DOCUMENTS if (folder / DOCUMENTS).is_dir() else folder
        found, failed = _documents(documents, max_bytes)
    if not found:
        raise QuestionSetError(
            f"There are neither passages nor documents in {folder}. Put {PASSAGES} there, or documents."
        )
    asked = _questions(folder, {id: text for id, _, text in found}, sentences, documents, failed)
    if questions is not None and questions < len(asked):
        asked = Random(0).sample(asked, questions)
        if not any(question.answers for question in asked):
            raise QuestionSetError(f"Of {questions} questions drawn from {folder}, none has an answer. Take more.")
    return QuestionSet(folder.resolve().name, tuple(found), tuple(asked), documents)


def load_passages(folder: Path) -> list[tuple[str, str, str]]:
    """Return a set's passages as (id, title, text)."""
    return [(id, title, text) for id, title, text, _ in _passage_rows(folder)]


def _passage_rows(folder: Path) -> list[tuple[str, str, str, frozenset[str]]]:
    """Return the passages as id, title, text and, in sentence sets, the sentences."""
    path = folder / PASSAGES
    rows: dict[str, tuple[str, str, str, frozenset[str]]] = {}
    for number, row in _lines(path):
        id, text = row.get("id"), row.get("text")
        if not isinstance(id, str | int) or isinstance(id, bool) or not isinstance(text, str):
            raise QuestionSetError.line(path, number, 'it needs an "id" and a "text"')
        if str(id) in rows:
            raise QuestionSetError.line(path, number, f"the id “{id}” was there before")
        sentences = row.get("sentences")
        whole = frozenset(str(one).strip() for one in sentences) if isinstance(sentences, list) else frozenset()
        rows[str(id)] = (str(id), without_halves(str(row.get("title") or "")), without_halves(text), whole)
    return list(rows.values())


def _documents(folder: Path, max_bytes: int) -> tuple[list[tuple[str, str, str]], dict[str, str]]:
    """Return the documents that can be read, as (path, no title, text after the front matter); why others cannot."""
    found, failed = [], {}
    for file in find_files(folder):
        try:
            parsed = parse_document(file.id, *read_bytes(file, max_bytes=max_bytes)[:2])
        except DocumentError as error:
            failed[file.id] = str(error)
            continue
        if parsed and (folder / file.id).is_file():  # else its name is not UTF-8
            found.append((file.id, "", parsed.document.text[parsed.document.body :]))
    return found, failed


def _questions(
    folder: Path,
    texts: Mapping[str, str],
    sentences: Mapping[str, frozenset[str]],
    documents: Path | None,
    failed: Mapping[str, str],
) -> list[SetQuestion]:
    path = folder / QUESTIONS
    asked = []
    for number, row in _lines(path):
        try:
            question = _question(row, sentences, of_documents=documents is not None)
        except ValueError as error:
            raise QuestionSetError.line(path, number, str(error)) from error
        unknown = sorted(question.passages.difference(texts))
        if unknown and unknown[0] in failed:
            raise QuestionSetError(f"{path}, line {number:,}: {unknown[0]} cannot be used, as {failed[unknown[0]]}.")
        if unknown and documents is not None:
            raise QuestionSetError.line(path, number, f"there is no document “{unknown[0]}” in {documents}")
        if unknown:
            raise QuestionSetError.line(path, number, f"there is no passage “{unknown[0]}” in {PASSAGES}")
        named = sorted(question.passages)
        if documents is not None and question.answers and not _stands(question.answers, (texts[id] for id in named)):
            raise QuestionSetError.line(path, number, f"none of its answers stands, word for word, in {named[0]}")
        asked.append(question)
    if not asked:
        raise QuestionSetError(f"There are no questions in {path}.")
    if not any(question.answers for question in asked):
        raise QuestionSetError(f"None of the questions in {path} has an answer: there is nothing to measure.")
    return asked


def _stands(answers: Iterable[str], texts: Iterable[str]) -> bool:
    return any(one_line(answer) in text for text in map(one_line, texts) for answer in answers)


def _question(row: dict[str, Any], sentences: Mapping[str, frozenset[str]], *, of_documents: bool) -> SetQuestion:
    """Read a question; raises ValueError with the reason."""
    spans = "answers" in row
    answers = row["answers"] if spans else row.get("sentences")
    if not isinstance(answers, list) or not all(isinstance(answer, str) for answer in answers):
        raise ValueError('"answers" has to be a list of texts; an empty one: not answerable')
    answers = tuple(without_halves(answer.strip()) for answer in answers)
    if not all(answers):
        raise ValueError('one of its answers is blank; write "answers": [] if it is not answerable')
    names = ("document", "documents") if of_documents else ("passage_id", "passage_ids")
    ids: Any = next((row[name] for name in names if row.get(name) is not None), [])
    ids = ids if isinstance(ids, list) else [ids]
    if answers and not ids:
        raise ValueError(f'"{names[0]}" has to say where the answers stand')
    passages = frozenset(str(id) for id in ids)
    whole = frozenset().union(*(sentences.get(id, frozenset()) for id in passages))
    text = row.get("question")
    if not isinstance(text, str):
        raise ValueError('it has no "question"')
    try:
        text = clean_question(text)
    except QuestionError as error:
        raise ValueError(str(error).partition(". ")[0]) from error
    return SetQuestion(text, answers, passages, spans and not (answers and whole.issuperset(answers)))


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the objects of a file with the numbers of their lines, from 1; blank lines are left out."""
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip(b"\xef\xbb\xbf \t\r\n"):
                continue
            try:
                row = json.loads(line.decode("utf-8-sig"))
            except (ValueError, RecursionError) as error:
                reason = "it is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else "it is not JSON"
                raise QuestionSetError.line(path, number, reason) from error
            if not isinstance(row, dict):
                raise QuestionSetError.line(path, number, "it is no JSON object")
            yield number, row
