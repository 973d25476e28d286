"""In plain text, the rows of tables are told by tabs, and by cells that stand below each other."""

import time

import pytest

from retrieval.text.text_rows import table_around, tables_among


def tables(text: str) -> list[list[list[str]]]:
    lines = text.strip("\n").split("\n")
    return [
        [[lines[number][slice(*cell)] for cell in cells] for number, cells in table.items()]
        for table in tables_among(lines)
    ]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param(
            "Town\tDeaths\tMissing\nMilton\t0\t1\nOrla\t\t2",
            [["Town", "Deaths", "Missing"], ["Milton", "0", "1"], ["Orla", "", "2"]],
            id="tabs",
        ),
        pytest.param("\t2024\t2025\nTrees\t94\t81", [["", "2024", "2025"], ["Trees", "94", "81"]], id="no-first-name"),
        pytest.param(
            "Pos  Team             P   Pts\n1    Port Ansel City  14   32\n2    Harlow Rovers     9    3",
            [["Pos", "Team", "P", "Pts"], ["1", "Port Ansel City", "14", "32"], ["2", "Harlow Rovers", "9", "3"]],
            id="blanks",
        ),
        pytest.param(
            "Town    Deaths  Missing\n----    ------  -------\nMilton       0        1\nOrla                  2\n"
            "North\nWick         3        4",
            [["Town", "Deaths", "Missing"], ["Milton", "0", "1"], ["Orla", "", "2"], ["Wick", "3", "4"]],
            id="a-line-below-the-names-and-an-empty-cell",
        ),
        pytest.param(
            "             2024    2025\nTrees          94      81\nShrubs          7       8",
            [["", "2024", "2025"], ["Trees", "94", "81"], ["Shrubs", "7", "8"]],
            id="blanks-and-no-first-name",
        ),
        pytest.param(
            "Name\t\tAge\tTown\nAl\t\t12\tOrla\nMaximilian\t9\tWick",
            [["Name", "Age", "Town"], ["Al", "12", "Orla"], ["Maximilian", "9", "Wick"]],
            id="tabs-up-to-the-same-place",
        ),
        pytest.param(
            "Poli    Dokter              Ruang\nGigi    drg. Yeni Porawouw  203\nMata    dr. Kadek Wirya     112",
            [["Poli", "Dokter", "Ruang"], ["Gigi", "drg. Yeni Porawouw", "203"], ["Mata", "dr. Kadek Wirya", "112"]],
            id="a-short-form",
        ),
    ],
)
def test_rows_have_their_cells_in_columns(text: str, rows: list[list[str]]) -> None:
    assert tables(text) == [rows]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Chair            Clerk\n(Ana Lim)        (Ben Roe)\nOrla             Wick", id="signatures"),
        pytest.param("Chair,       Clerk,       Guest,\n(Ana Lim)    (Ben Roe)    (Cy Dent)", id="three-signatures"),
        pytest.param("    The sea is wide,\n        the sea is deep,\n    and we are small.", id="a-poem"),
        pytest.param("09.30    Opening\n10.00    Prayers\n11.00    Quiz", id="a-programme"),
        pytest.param(
            "1.   Introduction ...... 5\n2.   Findings .......... 9\n3.   Annex ............ 12", id="contents"
        ),
        pytest.param("1.\t\tApologies\n2.\t\tMinutes\n3.\t\tElection", id="a-list"),
        pytest.param(
            "Number  : 12/2025     Orla, 3 May 2025\nKind    : Urgent\nSubject : A visit to the harbour",
            id="a-letterhead",
        ),
        pytest.param(
            "Date:   Monday     at noon\nPlace:  Room 2     upstairs\nChair:  Ana Lim    of Orla", id="labels"
        ),
        pytest.param(
            "It rained.  It ended.  We left.\nNobody came.  They slept.  It was\ncold.  We ate.  Then", id="two-blanks"
        ),
        pytest.param(
            "The  board met  on Tuesday and  spoke of\nthe harbour,  which will  be dredged in\n"
            "May and  paid by the  state in autumn.",
            id="set-to-both-margins",
        ),
        pytest.param(
            "1\tA report\tThe dam broke. Nobody was hurt.\n2\tAnother\tIt rained here. It ended.", id="cells-of-text"
        ),
        pytest.param("def name(value):\n    result = value  # as it is\n    return result", id="code"),
    ],
)
def test_other_lines_with_gaps_are_no_rows(text: str) -> None:
    assert tables(text) == []


def test_the_table_around_a_line_is_found_in_its_text() -> None:
    text = "A\tB\tC\nold\t1\t2\n\nThe figures:\n  Town\tDeaths\tMissing\n  Orla\t1\t2\n \nThe end.\tOf\tit."
    row = text.index("Orla"), text.index("\n \n")
    found = table_around(text, row)
    assert [[text[slice(*cell)] for cell in cells] for cells in found.values()] == [
        ["Town", "Deaths", "Missing"],
        ["Orla", "1", "2"],
    ]
    assert table_around(text, (row[0], row[1] - 1)) == {}
    assert table_around(text, (text.index("The end"), len(text))) == {}


@pytest.mark.parametrize("line", [" " * 20_000, "a  " * 7_000, "\t" * 20_000, "a\t" * 7_000, "a \t" * 7_000])
def test_long_lines_take_no_time(line: str) -> None:
    began = time.perf_counter()
    tables_among([line] * 3)
    assert time.perf_counter() - began < 5
