"""Of a table each row is a sentence that names the columns."""

import pytest

from retrieval.documents.formats.csv import extract
from retrieval.documents.parsing import parse_document
from retrieval.errors import DocumentError
from tests.made_files import made_csv

ROWS = ["place: Brackwater; harbour master: Yusra Delacroix; depth: 7.5", "place: Port Ansel; depth: 6"]


def rows(data: bytes) -> list[str]:
    found = extract(data)
    assert all(block.whole for block in found.blocks)
    return [found.text[block.start : block.end] for block in found.blocks]


def test_a_row_names_the_columns_of_its_values_and_leaves_out_empty_ones() -> None:
    assert rows(made_csv()) == ROWS


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_the_sign_between_the_columns_is_told(delimiter: str) -> None:
    assert rows(made_csv().replace(b",", delimiter.encode())) == ROWS


@pytest.mark.parametrize(
    ("data", "row"),
    [
        pytest.param("\tKota\tJumlah\n0\tJakarta\t12\n", "0; Kota: Jakarta; Jumlah: 12", id="first-name-empty"),
        pytest.param("Biaya (Rp, juta);Kota\n1,5;Bima\n", "Biaya (Rp, juta): 1,5; Kota: Bima", id="comma-in-a-name"),
        pytest.param('"Biaya\r\n(juta)";Kota\r\n2,25;Bima\r\n', "Biaya (juta): 2,25; Kota: Bima", id="line-break"),
        pytest.param("a,b,c\n1;2,3,4\n", "a: 1;2; b: 3; c: 4", id="semicolon-in-a-cell"),
    ],
)
def test_the_sign_is_the_one_that_parts_the_rows_alike(data: str, row: str) -> None:
    assert rows(data.encode()) == [row]


def test_a_quoted_cell_may_hold_anything() -> None:
    data = b'name,says\nAna,"It rained, ""hard"".\nThen it stopped."\nBen,Nothing\n'
    assert rows(data) == ['name: Ana; says: It rained, "hard". Then it stopped.', "name: Ben; says: Nothing"]


def test_rows_that_are_longer_or_shorter_than_the_first_are_read() -> None:
    assert rows(b"a,b\n1,2,3\n4\n") == ["a: 1; b: 2; 3", "a: 4"]


def test_other_encodings_and_line_ends_are_read() -> None:
    assert rows("name,town\r\nAna,Besançon\r\nBen,Łódź\r\n".encode("utf-16")) == [
        "name: Ana; town: Besançon",
        "name: Ben; town: Łódź",
    ]


@pytest.mark.parametrize(
    "above", ["Jadwal imunisasi,,\n", "Jadwal imunisasi\n\n", "Jadwal imunisasi,,\nDinas Kesehatan Tirta,,\n,,\n"]
)
def test_lines_above_a_table_are_headings_and_name_it(above: str) -> None:
    parsed = parse_document("a.csv", f"{above}Tanggal,Pos,Vaksin\n22/06/2026,Ciparay,Campak\n".encode())
    assert parsed is not None
    sentences = [parsed.document.text_of(one) for one in parsed.sentences if not one.heading]
    assert parsed.document.title == "Jadwal imunisasi"
    assert sentences == ["Tanggal: 22/06/2026; Pos: Ciparay; Vaksin: Campak"]


@pytest.mark.parametrize(
    ("table", "first"),
    [
        pytest.param(
            "Tenders of Orla, as of 30 October\nNo,Item,Code,Status\n1,Roof,T-1,Open\n2,Soap,T-2,Open\n",
            "No: 1; Item: Roof; Code: T-1; Status: Open",
            id="a-comma-within-it",
        ),
        pytest.param(
            "Budget, in krona\nTown,Area,2024,2025\nOrla,North,4,5\nWick,South,3,2\n",
            "Town: Orla; Area: North; 2024: 4; 2025: 5",
            id="years-among-the-names",
        ),
        pytest.param(
            "Town,Head\nOrla,4,5,6\nWick,3,2,1\nHolm,7,8,9\n", "Town: Orla; Head: 4; 5; 6", id="figures-follow"
        ),
    ],
)
def test_a_sign_between_columns_may_stand_in_a_line_above_a_table(table: str, first: str) -> None:
    found = extract(table.encode())
    assert first in [found.text[block.start : block.end] for block in found.blocks]


def test_names_of_one_column_stay_lines() -> None:
    assert rows(b"name\nAna\nBen, the second\nCid\nDan\n") == [
        "name: Ana",
        "name: Ben, the second",
        "name: Cid",
        "name: Dan",
    ]


def test_a_table_is_named_by_its_file() -> None:
    parsed = parse_document("x/harbour_depths.csv", made_csv())
    assert parsed is not None
    assert parsed.document.title == "harbour depths"


def test_too_many_columns_are_refused() -> None:
    with pytest.raises(DocumentError, match="300 columns"):
        extract(b",".join(b"c%d" % n for n in range(300)) + b"\n1,2\n")


def test_an_endless_cell_is_refused_with_the_reason() -> None:
    with pytest.raises(DocumentError, match="cannot be read as a table"):
        extract(b'a,b\n1,"' + b"x" * 200_000)


def test_quotation_marks_in_a_quoted_cell_move_nothing() -> None:
    data = b'name,quote,year\nAnn,"She said ""no, never"", twice",2020\n'
    assert rows(data) == ['name: Ann; quote: She said "no, never", twice; year: 2020']


def test_commas_in_the_cells_of_a_table_with_semicolons_divide_nothing() -> None:
    data = b"name;remark\nAna;'twas so, it's said\nBen;no, it's not\n"
    assert rows(data) == ["name: Ana; remark: 'twas so, it's said", "name: Ben; remark: no, it's not"]


def test_a_first_line_that_says_the_sign_between_columns_is_obeyed() -> None:
    assert rows(b"sep=;\r\na,x;b\r\n1;2\r\n") == ["a,x: 1; b: 2"]
