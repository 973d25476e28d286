"""The JSON that commands write with --json; README shows its form."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from bot.terminal.checks import Check, State
from retrieval.receipts import FailedFile, Receipt
from retrieval.values import Answer, Citation, Document


def answer_json(answer: Answer) -> str:
    """Return an answer as one line of JSON."""
    return json.dumps(
        {
            "question": answer.question,
            "found": answer.found,
            "confidence": round(answer.confidence, 4),
            "citations": [_citation(citation) for citation in answer.citations],
            "related": [_citation(citation) for citation in answer.related],
            "seconds": round(answer.seconds, 4),
            **({"understood": answer.taken_for} if answer.taken_for else {}),
            **({"unknown_names": answer.unknown_names} if answer.unknown_names else {}),
            **({"namesakes": [{"asked": a, "there": t} for a, t in answer.namesakes]} if answer.namesakes else {}),
        },
        ensure_ascii=False,
    )


def error_json(question: str, error: str) -> str:
    """Return the line for a question that could not be asked."""
    fields = {"question": question, "found": False, "confidence": 0.0, "citations": [], "related": []}
    return json.dumps({**fields, "seconds": 0.0, "error": error}, ensure_ascii=False)


def receipt_json(receipt: Receipt) -> str:
    """Return a receipt as one line of JSON."""
    return json.dumps({**asdict(receipt), "seconds": round(receipt.seconds, 4)}, ensure_ascii=False)


def failed_json(files: Iterable[FailedFile]) -> str:
    """Return the files that could not be read, with the reasons, as a JSON array."""
    return json.dumps([asdict(file) for file in files], ensure_ascii=False)


def rollback_json(documents: int, passages: int) -> str:
    """Return what is answered from after going back, as one line of JSON."""
    return json.dumps({"documents": documents, "passages": passages})


def sources_json(documents: Iterable[tuple[Document, int]]) -> str:
    """Return the documents with the number of their passages as a JSON array."""
    rows = [{**_about(document), "passages": passages} for document, passages in documents]
    return json.dumps(rows, ensure_ascii=False)


def checks_json(checks: Sequence[Check]) -> str:
    """Return what was checked, and whether nothing failed, as one line of JSON."""
    ok = all(check.state != State.FAILED for check in checks)
    return json.dumps({"ok": ok, "checks": [asdict(check) for check in checks]}, ensure_ascii=False)


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "number": citation.number,
        "sentence": citation.sentence,
        "start": citation.start,
        "end": citation.end,
        "highlight": list(citation.highlight) if citation.highlight else None,
        **_about(citation.document),
        "page": citation.page,
        **({"corrects": citation.corrects} if citation.corrects else {}),
        **({"column": citation.column} if citation.column else {}),
        **({"speaker": citation.speaker} if citation.speaker else {}),
        **({"part": citation.part} if citation.part else {}),
    }


def _about(document: Document) -> dict[str, Any]:
    return {
        "document": document.id,
        "title": document.title,
        "source": document.source,
        "date": document.date,
        "url": document.url,
    }
