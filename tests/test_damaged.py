"""A folder of files that are damaged, or made to do harm: `kutip index` reads what is whole, and names the rest."""

import json
import os
import random
import time
from pathlib import Path

from docx.oxml.ns import nsdecls
from openpyxl import Workbook

from retrieval.documents.files import find_files
from retrieval.embedding.models import load_embedder
from retrieval.index.numpy_index.index import NumpyIndex
from retrieval.index.protocols import DOCUMENT, DUPLICATE, EMPTY
from tests.made_files import MADE, PdfFile, made_docx, made_eml, made_odt, repacked, saved
from tests.processes import Workplace

SECRET = "The password of the safe is 4711."
NOTICE = "The notice period of the lease is three months."
FLIPS = 6  # damaged copies of each made file
LIMIT = 60  # seconds for all of them: far below the limit of a single file


def entity_bomb() -> str:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    return f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e0 "bomb">{entities}]>'


def word_xml(head: str, text: str) -> bytes:
    body = f"<w:document {nsdecls('w')}><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
    return f"{head}{body}".encode()


def sheet_xml(head: str, text: str) -> bytes:
    cell = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>'
    name = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'{head}<worksheet xmlns="{name}"><sheetData>{cell}</sheetData></worksheet>'.encode()


def far_cell() -> bytes:
    """Make a workbook with two cells, from the first to the last that there may be."""
    book = Workbook()
    book["Sheet"]["A1"] = book["Sheet"]["XFD1048576"] = "words"
    return saved(book)


def harmful(secret: Path) -> dict[str, bytes]:
    """Make files that would do harm to whoever reads them as they ask for it, by their names."""
    outside = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    nested = "<div>" * 10_000 + "Deep words." + "</div>" * 10_000
    page = f'<link rel="stylesheet" href="{secret.as_uri()}"><iframe src="{secret.as_uri()}"></iframe>'
    return {
        "zip-bomb.docx": repacked(made_docx(), "word/document.xml", b" " * (201 * 2**20)),
        "entity-bomb.docx": repacked(made_docx(), "word/document.xml", word_xml(entity_bomb(), "&e11;")),
        "outside.docx": repacked(made_docx(), "word/document.xml", word_xml(outside, "Words &e; here.")),
        "zip-bomb.xlsx": repacked(MADE["a.xlsx"], "xl/worksheets/sheet1.xml", b" " * (201 * 2**20)),
        "entity-bomb.xlsx": repacked(MADE["a.xlsx"], "xl/worksheets/sheet1.xml", sheet_xml(entity_bomb(), "&e11;")),
        "outside.xlsx": repacked(MADE["a.xlsx"], "xl/worksheets/sheet1.xml", sheet_xml(outside, "Words &e; here.")),
        "far-cell.xlsx": far_cell(),
        "entity-bomb.odt": made_odt("<text:p>Words &e11; here.</text:p>", head=entity_bomb()),
        "outside.odt": made_odt("<text:p>Words &e; here.</text:p>", head=outside),
        "nested.odt": made_odt("<text:section>" * 10_000 + "<text:p>Deep words.</text:p>" + "</text:section>" * 10_000),
        "outside.pptx": repacked(MADE["a.pptx"], "ppt/slides/slide1.xml", outside.encode() + b"<p:sld/>"),
        "entity-bomb.html": f"{entity_bomb()}<html><body><p>&e11; is what it says here.</p></body></html>".encode(),
        "nested.html": f"<html><body>{nested}</body></html>".encode(),
        "nested-lists.html": b"<ul><li>" * 10_000,
        "outside.html": f"<html><head>{page}</head><body><p>Only these words are read.</p></body></html>".encode(),
        "outside.rtf": (r"{\rtf1{\field{\*\fldinst INCLUDETEXT " + str(secret) + "}} Only these words.}").encode(),
        "nested.rtf": b"{\\rtf1 " + b"{" * 50_000 + b"Deep words." + b"}" * 50_000,
        "name-of-a-path.eml": made_eml(attachments=(("../../outside.txt", b"Attached words."),)).as_bytes(),
        "password.pdf": PdfFile(password="4711").data(),
        "nothing.pdf": PdfFile().data(),
        "yaml-bomb.md": b"---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\nOnly these words.\n",
        "long-word.txt": b"a" * 20_000,
        "nothing-but-marks.md": b"*_`[" * 20_000,
        "zeros.txt": bytes(100_000),
        "wide.csv": b"a," * 100_000 + b"b\n" + b"1," * 100_000 + b"2\n",
    }


def damaged() -> dict[str, bytes]:
    """Make cut and bit-flipped copies of a file of each format, by their names."""
    chance = random.Random(20_221_130)
    files = {}
    for made, data in MADE.items():
        suffix = Path(made).suffix
        for part in (1, 2, 3):
            files[f"cut-{part}{suffix}"] = data[: len(data) * part // 4]
        for number in range(FLIPS):
            flipped = bytearray(data)
            for _ in range(1 + number * 4):
                flipped[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            files[f"flipped-{number}{suffix}"] = bytes(flipped)
    return files


TRICKY = [
    "a%2f..%2f..%2foutside.txt",
    "a\\..\\outside.txt",
    "new\nline.txt",
    "-rf.txt",
    "~root.txt",
    "$(id).txt",
    "a b.txt",
]


def test_what_is_damaged_or_does_harm_fails_alone_and_is_in_the_receipt(tmp_path: Path, models: Path) -> None:
    place = Workplace.make(tmp_path / "place", models)
    secret = tmp_path / "outside.txt"
    secret.write_text(SECRET, "utf-8")
    for name, data in (harmful(secret) | damaged()).items():
        place.write(name, data)
    for name in TRICKY:
        place.write(f"names/{name}", f"The words of {json.dumps(name)} are read.")
    place.write("lease.txt", NOTICE)
    (place.knowledge / "link.txt").symlink_to(secret)
    (place.knowledge / "folder").symlink_to(tmp_path)
    (place.knowledge / "lease.txt.meta.toml").symlink_to(secret)
    os.mkfifo(place.knowledge / "pipe.txt")

    began = time.monotonic()
    run = place.kutip("index", "--json")
    assert (run.returncode, "Traceback" in run.stderr) == (0, False), run.stderr
    assert time.monotonic() - began < LIMIT
    receipt = json.loads(run.stdout)
    [version] = place.data.glob("index/v*")
    index = NumpyIndex.open(version, fingerprint=load_embedder(None, place.data).fingerprint)

    records = {record.id: record for record in index.files()}
    assert list(records) == [file.id for file in find_files(place.knowledge)]
    assert not {"link.txt", "folder/outside.txt", "pipe.txt"} & records.keys()
    outcomes = [record.outcome for record in records.values()]
    failed = {record.id: record.outcome for record in records.values() if record.failed}
    assert receipt["added"] == outcomes.count(DOCUMENT)
    assert receipt["duplicate"] == outcomes.count(DUPLICATE)
    assert {one["document"]: one["reason"] for one in receipt["failed"]} == failed
    assert {"zip-bomb.docx", "password.pdf", "nothing.pdf", "zeros.txt", "cut-2.docx"} <= failed.keys()
    assert all(reason and "\n" not in reason for reason in failed.values())
    assert [id for id, record in records.items() if record.outcome == EMPTY] == []
    assert {f"names/{name}" for name in TRICKY} <= {document.id for document, _ in index.documents()}

    for document, _ in index.documents():
        assert "4711" not in document.text
        assert document.text.count("bomb") < 1_000
    answer = json.loads(place.kutip("ask", "--json", "How long is the notice period of the lease?").stdout)
    assert answer["citations"][0]["sentence"] == NOTICE
