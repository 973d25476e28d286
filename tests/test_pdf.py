"""Of a PDF the paragraphs are read, page by page, as a reader sees them."""

from datetime import date as day

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from retrieval.documents.formats.pdf.characters import raise_numbers
from retrieval.documents.formats.pdf.merging import with_notes
from retrieval.documents.formats.pdf.pages import extract
from retrieval.documents.formats.pdf.values import Line
from retrieval.documents.parsing import parse_document
from retrieval.errors import DocumentError
from retrieval.values import Parsed
from tests.made_files import SENTENCES, TITLE, PdfFile, made_pdf, texts_and_headings

NUMBERS = [f"{ten}-{one}" for ten in ("twenty", "thirty", "forty", "fifty") for one in "abcdefghijklmnop"]


def parsed(file: PdfFile) -> Parsed:
    found = parse_document("a.pdf", file.data())
    assert found is not None
    return found


def blocks(file: PdfFile) -> list[str]:
    return [text for text, _ in texts_and_headings(extract(file.data()))]


def placed(found: Parsed) -> list[tuple[int | None, str]]:
    return [(found.document.page(one.start), found.document.text[one.start : one.end]) for one in found.sentences]


def test_a_line_in_large_letters_is_a_heading() -> None:
    found = extract(made_pdf())
    assert [found.text[block.start : block.end] for block in found.blocks if block.heading] == [TITLE]


def test_each_sentence_has_its_page() -> None:
    file = PdfFile()
    for number in range(1, 4):
        file.page().paragraph(72, 100, [f"This is what the sheet with number {number} says.", "And this too."])
    assert [page for page, _ in placed(parsed(file))] == [1, 1, 2, 2, 3, 3]


def test_the_raised_number_of_a_note_is_no_part_of_a_figure() -> None:
    file = PdfFile()
    page = file.page()
    left = 72.0
    for text, size, up in (
        ("It rose to 25", 10, 0),
        ("13", 6, 4),
        (" percent of H", 10, 0),
        ("2", 6, -2),
        ("O.", 10, 0),
    ):
        page.line(left, 100 - up, text, size=size)
        left += stringWidth(text, "Helvetica", size)
    assert blocks(file) == ["It rose to 25¹³ percent of H2O."]


def test_the_number_of_a_note_that_is_told_as_a_line_belongs_to_its_line() -> None:
    def line(text: str, left: float, right: float, base: float = 700.0, height: float = 12.0) -> Line:
        return Line(text, left, right, base, height, marginal=False)

    note = line("12", 150, 156, base=705, height=7)
    parts = [line("They met in Paris", 72, 150), note, line("in 2022.", 159, 190), line("12 came.", 72, 110, base=685)]
    assert [one.text for one in with_notes(parts)] == ["They met in Paris¹² in 2022.", "12 came."]


def test_the_raised_number_of_a_note_ends_the_sentence_before_it() -> None:
    file = PdfFile()
    page = file.page()
    left = 72.0
    for text, size, up in (("It was on 12 March 2025.", 10, 0), ("2", 6, 4), (" The minute was late.", 10, 0)):
        page.line(left, 100 - up, text, size=size)
        left += stringWidth(text, "Helvetica", size)
    assert [text for _, text in placed(parsed(file))] == ["It was on 12 March 2025.²", "The minute was late."]


def test_the_number_of_a_note_that_begins_a_line_for_pdfium_belongs_to_the_line_before() -> None:
    def line(text: str, left: float, right: float, base: float = 700.0) -> Line:
        return Line(text, left, right, base, 12.0, marginal=False)

    parts = [line("It was in 2025.", 72, 150), line("² It was late.", 150, 220), line("³ See it.", 72, 110, 685)]
    assert [one.text for one in with_notes(parts)] == ["It was in 2025.² It was late.", "³ See it."]


def test_a_number_is_raised_though_pdfium_ends_the_line_before_it() -> None:
    places = [
        (72.0, 700.0, 78.0, 712.0),
        (78.0, 700.0, 78.0, 700.0),
        (78.0, 706.0, 81.0, 713.0),
        (72.0, 688.0, 78.0, 700.0),
    ]
    characters = ["5", "\n", "2", "7"]
    raise_numbers(characters, places.__getitem__)
    assert characters == ["5", "\n", "²", "7"]
    characters = ["5", "\n", "2"]
    raise_numbers(characters, [*places[:2], (40.0, 706.0, 43.0, 713.0)].__getitem__)
    assert characters == ["5", "\n", "2"]


def test_a_watermark_across_the_page_is_not_read() -> None:
    file = PdfFile()
    for _ in range(2):
        page = file.page()
        page.aslant(300, 400, "DRAFT", size=60)
        page.paragraph(72, 100, ["The board of the harbour met on a Tuesday, and it", "spoke of the plan."])
    assert set(blocks(file)) == {"The board of the harbour met on a Tuesday, and it spoke of the plan."}


def test_letters_that_lean_are_read() -> None:
    file = PdfFile()
    page = file.page()
    page.line(72, 100, "The minister said:")
    page.leaning(72, 112, "we will never sign it.")
    assert blocks(file) == ["The minister said: we will never sign it."]


def test_a_letter_above_a_text_is_a_heading_and_no_part_of_it() -> None:
    file = PdfFile()
    page = file.page()
    page.line(72, 100, "A", size=20)
    page.paragraph(72, 130, ["Aceh lies in the north of it, and the harbour", "lies in the west."])
    assert blocks(file) == ["A", "Aceh lies in the north of it, and the harbour lies in the west."]


def test_a_large_letter_that_begins_a_text_is_no_heading() -> None:
    file = PdfFile()
    page = file.page()
    page.line(72, 100, "T", size=40)
    page.paragraph(100, 88, ["he board of the harbour met on a Tuesday, and it", "spoke of the plan."])
    assert blocks(file) == ["The board of the harbour met on a Tuesday, and it spoke of the plan."]


def test_words_that_are_doubled_keep_their_hyphen_at_the_end_of_a_line() -> None:
    file = PdfFile()
    file.page().paragraph(72, 100, ["Menurut undang-", "undang itu, orang-", "orangnya me-", "menuhi apa pun."])
    assert blocks(file) == ["Menurut undang-undang itu, orang-orangnya memenuhi apa pun."]


def test_a_sentence_goes_on_overleaf_with_a_name() -> None:
    file = PdfFile()
    file.page().paragraph(72, 600, ["The board of the harbour met again and", "spoke all day of the plan of Mrs Ana"])
    file.page().paragraph(72, 100, ["Lim, who had announced it in May."])
    file.page().paragraph(72, 100, ["Distributed by the board"])
    file.page().paragraph(72, 100, ["Mr Dov came too."])
    assert [text for _, text in placed(parsed(file))] == [
        "The board of the harbour met again and spoke all day of the plan of Mrs Ana Lim, who had announced it in May.",
        "Distributed by the board",
        "Mr Dov came too.",
    ]


def test_an_empty_page_counts() -> None:
    file = PdfFile()
    file.page().line(72, 100, "The first page has a line.")
    file.page()
    file.page().line(72, 100, "The third page has one.")
    assert placed(parsed(file)) == [(1, "The first page has a line."), (3, "The third page has one.")]


def test_a_sentence_that_goes_on_overleaf_is_one_and_stands_where_it_begins() -> None:
    file = PdfFile()
    file.page().paragraph(72, 700, ["The board of the harbour met on a Tuesday, and it"])
    file.page().paragraph(72, 100, ["spoke of the plan. Then it went home to the town."])
    assert placed(parsed(file)) == [
        (1, "The board of the harbour met on a Tuesday, and it spoke of the plan."),
        (2, "Then it went home to the town."),
    ]


def test_columns_are_read_one_after_the_other() -> None:
    file = PdfFile()
    page = file.page()
    page.paragraph(72, 100, ["The left column begins here,", "goes on for a line, and it"])
    page.paragraph(320, 100, ["ends in the right one. Then", "comes another sentence."])
    [text] = blocks(file)
    assert text == (
        "The left column begins here, goes on for a line, and it ends in the right one. Then comes another sentence."
    )


def table(*rows: tuple[str, ...], above: str = "", below: str = "") -> list[str]:
    """Return the blocks of a page with a table, a line of text close above it and one close below it."""
    file = PdfFile()
    page = file.page()
    page.line(72, 86, above)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            page.line(72 + 120 * column, 100 + 14 * number, cell)
    page.line(72, 100 + 14 * len(rows), below)
    return blocks(file)


def test_the_rows_of_a_table_are_read_one_by_one() -> None:
    text = {"above": "Trees were planted in two places.", "below": "Most of them live."}
    assert table(("Place", "Trees", "Alive"), ("Orla", "9,400", "71 %"), **text) == [
        "Trees were planted in two places.",
        "Place | Trees | Alive",
        "Orla | 9,400 | 71 %",
        "Most of them live.",
    ]


def test_a_cell_that_is_wrapped_is_whole() -> None:
    assert table(("Orla", "9,400 trees"), ("Wick", "6,150 trees, most"), ("", "of them oaks"), ("Ansel", "none")) == [
        "Orla | 9,400 trees",
        "Wick | 6,150 trees, most of them oaks",
        "Ansel | none",
    ]


def test_the_name_of_a_row_that_is_wrapped_is_whole() -> None:
    rows = [("Indicator", "2022", "2023"), ("People who were", "94", "81"), ("displaced", "", ""), ("Dead", "7", "8")]
    assert table(*rows) == ["Indicator | 2022 | 2023", "People who were displaced | 94 | 81", "Dead | 7 | 8"]


def test_a_cell_whose_lines_come_before_the_rest_of_its_row_is_whole() -> None:
    rows = [(["Outcome"], "2022", "2023"), (["Death from any", "Cause"], "61", "72"), (["Bleeding"], "88", "90")]
    file = PdfFile()
    page = file.page()
    height = 100
    for lines, first, second in rows:
        for number, line in enumerate(lines):
            page.line(72, height + 14 * number, line)
        page.line(250, height, first)
        page.line(350, height, second)
        height += 14 * len(lines) + 4
    assert blocks(file) == ["Outcome | 2022 | 2023", "Death from any Cause | 61 | 72", "Bleeding | 88 | 90"]


@pytest.mark.parametrize(
    "down", [pytest.param(0, id="top"), pytest.param(0.5, id="middle"), pytest.param(1, id="bottom")]
)
def test_any_cell_may_be_wrapped_and_be_written_before_the_next(down: float) -> None:
    file = PdfFile()
    page = file.page()
    rows = [
        [["Accused"], ["Role"], ["Charge"], ["Sentence"]],
        [["Joseph", "Banda"], ["Permanent", "Secretary"], ["Abuse of office"], ["7 years"]],
        [["Grace"], ["Director,", "Sunmeal Ltd"], ["Bribery"], ["4 years,", "suspended"]],
        [["Moses"], ["Driver"], ["Aiding"], ["None"]],
    ]
    top = 100.0
    for row in rows:
        highest = max(map(len, row))
        for left, lines in zip((72, 150, 250, 350), row, strict=True):
            page.paragraph(left, top + 12 * down * (highest - len(lines)), lines)
        top += 12 * highest + 6
    assert blocks(file) == [" | ".join(" ".join(cell) for cell in row) for row in rows]


def test_addresses_beside_each_other_are_read_one_after_the_other() -> None:
    file = PdfFile()
    page = file.page()
    for column, lines in enumerate((["Harbour Office", "1 Quay Street"], ["Branch", "Wick"], ["Archive", "Orla"])):
        page.paragraph(72 + 120 * column, 100, lines)
    assert " ".join(blocks(file)) == "Harbour Office 1 Quay Street Branch Wick Archive Orla"


@pytest.mark.parametrize(
    "names",
    [
        pytest.param([["2023"], ["2024"], ["2025"]], id="one-line"),
        pytest.param([["2023", "audited"], ["2024", "audited"], ["2025"]], id="wrapped"),
    ],
)
def test_the_first_column_may_have_no_name(names: list[list[str]]) -> None:
    file = PdfFile()
    page = file.page()
    for number, lines in enumerate(names):
        page.paragraph(250 + 80 * number, 100, lines)
    rows = [("Revenue (crowns)", "15,920", "16,744", "17,902"), ("Employees", "7,630", "7,905", "8,150")]
    for number, row in enumerate(rows):
        for left, cell in zip((72, 250, 330, 410), row, strict=True):
            page.line(left, 130 + 14 * number, cell)
    assert blocks(file) == ["| " + " | ".join(map(" ".join, names)), *map(" | ".join, rows)]


@pytest.mark.parametrize(
    ("head", "overleaf", "apart"),
    [
        pytest.param(("City", "Deaths"), False, "\n\n", id="on-the-page"),
        pytest.param(("City", "Deaths"), True, "\n\n", id="overleaf"),
        pytest.param(("Ansel", "40"), True, "\n", id="goes-on-overleaf"),
    ],
)
def test_each_table_has_its_own_columns(head: tuple[str, str], overleaf: bool, apart: str) -> None:
    file = PdfFile()
    page = file.page()
    page.line(72, 100, "Two tables stand below.")
    rows = [("Province", "Trees"), ("Orla", "94"), ("Wick", "61")], [head, ("Rome", "12"), ("Oslo", "13")]
    for part, top in zip(rows, (130, 230), strict=True):
        for number, row in enumerate(part):
            for column, cell in enumerate(row):
                page.line(72 + 120 * column, top + 14 * number, cell)
        page = file.page() if overleaf else page
    page.line(72, 400, "That is the end of it.")
    assert f"Wick | 61{apart}{' | '.join(head)}\nRome | 12\nOslo | 13\n\nThat" in extract(file.data()).text


def test_one_row_may_stand_before_or_behind_the_end_of_the_page() -> None:
    rows = [("Date", "What"), ("17 January", "Annual meeting"), ("18 January", "Supper")]
    for ends in (1, 2):
        file = PdfFile()
        page = file.page()
        page.line(72, 100, "All come together on two days.")
        for number, row in enumerate(rows):
            page = file.page() if number == ends else page
            for column, cell in enumerate(row):
                page.line(72 + 120 * column, (60 if number >= ends else 130) + 14 * number, cell)
        page.line(72, 400, "That is the end of it.")
        assert "\n\nDate | What\n17 January | Annual meeting\n18 January | Supper\n\n" in extract(file.data()).text


def test_cells_of_one_character_stand_in_their_rows() -> None:
    rows = [("Brebes", "9,400", "12"), ("Demak", "6,150", "3"), ("Kudus", "5,000", "4"), ("Pati", "4,100", "15")]
    assert table(*rows) == [" | ".join(row) for row in rows]
    numbered = [(str(number), *row) for number, row in enumerate(rows, start=1)]
    assert table(*numbered) == [" | ".join(row) for row in numbered]


def test_a_row_may_lack_cells() -> None:
    rows = [("Brebes", "9,400", "12"), ("Kudus", "6,100", "13"), ("Demak", "", "31"), ("", "15,500", "56")]
    assert table(*rows) == ["Brebes | 9,400 | 12", "Kudus | 6,100 | 13", "Demak | | 31", "| 15,500 | 56"]


def test_a_word_divided_in_a_cell_is_whole_again() -> None:
    assert table(("Orla", "9,400 trees"), ("Wick", "6,150 magno-"), ("", "lias")) == [
        "Orla | 9,400 trees",
        "Wick | 6,150 magnolias",
    ]


def test_the_name_of_a_row_may_be_indented() -> None:
    file = PdfFile()
    page = file.page()
    rows = [("Health", "18,950", "19,410"), ("  hospitals", "11,420", "11,605"), ("Education", "16,230", "16,880")]
    for number, (name, *figures) in enumerate(rows):
        page.line(72 + 12 * name.startswith(" "), 100 + 14 * number, name.strip())
        for column, figure in enumerate(figures):
            page.line(250 + 80 * column, 100 + 14 * number, figure)
    assert blocks(file) == [" | ".join(row).strip() for row in rows]


def test_a_text_set_to_both_margins_of_a_narrow_column_is_no_table() -> None:
    lines = ["Groups     that     saw", "falls      are      in", "telecoms."]
    file = PdfFile()
    page = file.page()
    for number, line in enumerate(lines):
        for column, word in enumerate(line.split()):
            page.line(72 + 60 * column, 100 + 12 * number, word)
    assert " ".join(blocks(file)) == "Groups that saw falls are in telecoms."


def test_the_number_of_a_note_in_a_row_is_not_lost() -> None:
    file = PdfFile()
    page = file.page()
    end = 192 + stringWidth("9,400", "Helvetica", 10)
    for left, top, text, size in (
        (72.0, 100, "Orla", 10),
        (192, 100, "9,400", 10),
        (end, 96, "2", 6),
        (end + 4, 100, " oak trees", 10),
        (72, 114, "Wick", 10),
        (192, 114, "6,150", 10),
    ):
        page.line(left, top, text, size=size)
    assert blocks(file) == ["Orla | 9,400² oak trees", "Wick | 6,150"]


def test_names_in_the_middle_above_columns_are_the_first_row() -> None:
    file = PdfFile()
    page = file.page()
    for top, cells in (
        (100, ("Basin", "Q3", "9M")),
        (114, ("The old north", "412.7", "1,219.0")),
        (128, ("Sund", "22.1", "68.8")),
    ):
        for column, text in enumerate(cells):
            width = stringWidth(text, "Helvetica", 10)
            middle = 100 + 100 * column
            left = middle - width / 2 if top == 100 else (60 if column == 0 else middle + 30 - width)
            page.line(left, top, text)
    assert blocks(file) == ["Basin | Q3 | 9M", "The old north | 412.7 | 1,219.0", "Sund | 22.1 | 68.8"]


@pytest.mark.parametrize(
    "names",
    [
        pytest.param((60, 130, 150), id="not-above-their-columns"),
        pytest.param((60, 200), id="too-few"),
    ],
)
def test_a_line_above_a_table_that_does_not_name_its_columns_is_text(names: tuple[int, ...]) -> None:
    file = PdfFile()
    page = file.page()
    for left in names:
        page.line(left, 100, "Q3")
    for top, cells in ((114, ("North", "412.7", "1,219.0")), (128, ("Sund", "22.1", "68.8"))):
        for left, text in zip((60, 200, 330), cells, strict=True):
            page.line(left, top, text)
    assert blocks(file)[-2:] == ["North | 412.7 | 1,219.0", "Sund | 22.1 | 68.8"]
    assert "|" not in blocks(file)[0]


def test_lines_whose_parts_do_not_stand_in_columns_are_no_rows() -> None:
    file = PdfFile()
    page = file.page()
    for top, places in ((100, (72, 200)), (114, (72, 260)), (128, (90, 330))):
        for left in places:
            page.line(left, top, "One more word")
    assert blocks(file) == [" ".join(["One more word"] * 6)]


def test_text_in_two_columns_that_is_drawn_line_by_line_is_no_table() -> None:
    long = "This line of the left column goes on and on for sixty letters"
    assert not any(" | " in text for text in table((long, "short"), (long, "short")))


def test_a_word_divided_at_the_end_of_a_line_is_whole_again() -> None:
    file = PdfFile()
    file.page().paragraph(
        72, 100, ["The minister for the environ-", "ment spoke of the long-term", "plan for the har-", "bour."]
    )
    assert blocks(file) == ["The minister for the environment spoke of the long-term plan for the harbour."]


def test_a_word_that_has_a_hyphen_elsewhere_keeps_it_at_the_end_of_a_line() -> None:
    file = PdfFile()
    file.page().paragraph(72, 100, ["The long-term plan is not the only long-", "term one of the board."])
    assert blocks(file) == ["The long-term plan is not the only long-term one of the board."]


def test_numbers_and_names_divided_at_the_end_of_a_line_keep_their_hyphens() -> None:
    file = PdfFile()
    file.page().paragraph(
        72, 100, ["It was in the time of COVID-", "19, in the years from 2019-", "2020, by the Anglo-", "Saxon."]
    )
    assert blocks(file) == ["It was in the time of COVID-19, in the years from 2019-2020, by the Anglo-Saxon."]


def test_a_word_divided_between_two_pages_is_whole_again() -> None:
    file = PdfFile()
    file.page().paragraph(72, 700, ["The board of the harbour asked for more infor-"])
    file.page().paragraph(72, 100, ["mation on the plan. Then it went home to the town."])
    assert placed(parsed(file)) == [
        (1, "The board of the harbour asked for more information on the plan."),
        (2, "Then it went home to the town."),
    ]


def test_text_that_begins_in_the_margin_is_no_running_line() -> None:
    file = PdfFile()
    for depth in ("7.5", "9.1"):
        middle = [f"and {word} is what the board has said of it" for word in NUMBERS[:56]]
        last = ["the harbour of the town was built by the board in the year", "1987"]
        file.page().paragraph(72, 80, [f"North basin has {depth} metres", *middle, *last])
    text = " ".join(blocks(file))
    assert text.count("North basin has") == 2
    assert text.count("in the year 1987") == 2


def test_a_title_that_the_pages_repeat_is_kept() -> None:
    file = PdfFile(title="")
    page = file.page()
    page.line(72, 60, "The harbour plan", size=24)
    page.line(72, 200, "The first page says something.")
    for number in (2, 3):
        page = file.page()
        page.line(72, 30, "The harbour plan", size=10)
        page.line(72, 200, f"The page with number {number} says more.")
    found = parsed(file)
    assert found.document.title == "The harbour plan"
    assert blocks(file).count("The harbour plan") == 1


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_was_turned_is_read_as_it_is_seen(turn: int) -> None:
    upright, turned = PdfFile(), PdfFile()
    for file in (upright, turned):
        page = file.page()
        if file is turned:
            page.turn(turn)
        page.line(72, 100, TITLE, size=18)
        page.paragraph(72, 140, ["The board met on Tuesday, and Dr. Ana Lim spoke of the", "harbour. It went home."])
    assert blocks(turned) == blocks(upright)
    assert [block.heading for block in extract(turned.data()).blocks] == [True, False]


def test_running_headers_footers_and_page_numbers_are_left_out() -> None:
    file = PdfFile()
    for number in range(1, 5):
        page = file.page()
        page.line(72, 30, f"Harbour report 2022, sheet {number}", size=8)
        page.line(72, 200, f"Sheet {number} speaks of the year {2010 + number} and of nothing else.")
        page.line(300, 810, f"- {number} -", size=8)
    assert blocks(file) == [f"Sheet {n} speaks of the year {2010 + n} and of nothing else." for n in range(1, 5)]


def test_what_a_browser_prints_around_a_page_is_left_out() -> None:
    file = PdfFile()
    page = file.page()
    page.line(30, 30, "11/30/26, 12:36 PM", size=8)
    page.line(250, 30, "Harbour board – Fact sheet", size=8)
    page.paragraph(
        72, 46, ["The harbour has three piers, and one of them is closed.", "The ferry left at 11/30 on Monday."]
    )
    page.line(30, 815, "https://harbour.example/facts?year=2026", size=8)
    page.line(540, 815, "1/1", size=8)
    assert blocks(file) == [
        "The harbour has three piers, and one of them is closed. The ferry left at 11/30 on Monday."
    ]


def test_running_lines_right_above_and_below_the_text_are_left_out() -> None:
    file = PdfFile()
    for number in range(1, 6):
        page = file.page()
        page.line(72, 60, "Harbour board · Annual report 2022")
        page.paragraph(72, 74, [f"Sheet {NUMBERS[number]} speaks of the harbour, and of", "nothing else at all."] * 2)
        page.line(72, 770, "Registered in Orla · No. 1234")
        page.line(72, 756, f"The last line of sheet {NUMBERS[number]} is here.")
    text = " ".join(blocks(file))
    assert "Annual report" not in text
    assert "Registered" not in text
    assert text.count("The last line of sheet") == 5


@pytest.mark.parametrize("first", ["Day {}", "{} Introduction to what it says"], ids=["days", "chapters"])
@pytest.mark.parametrize("top", [60, 30], ids=["right-above", "apart"])
def test_what_counts_on_over_the_pages_in_the_size_of_the_text_is_kept(first: str, top: int) -> None:
    file = PdfFile()
    words = ["alpha", "beta", "gamma", "delta", "epsilon"]
    for number in range(1, 6):
        page = file.page()
        page.line(72, top, first.format(number) + (f" {words[number - 1]}" if top == 30 else ""))
        page.paragraph(72, 74, [f"Sheet {NUMBERS[number]} speaks of the harbour, and of", "nothing else at all."] * 2)
    assert " ".join(blocks(file)).count(first.format(1)[:5]) >= 1
    assert " ".join(blocks(file)).count("Introduction" if "Intro" in first else "Day ") == 5


def test_four_letters_may_begin_alike_and_the_names_of_columns_too() -> None:
    letters, tables = PdfFile(), PdfFile()
    for number in range(4):
        letters.page().paragraph(72, 60, ["Dear colleague,", f"we write of sheet {NUMBERS[number]} to you."])
    assert " ".join(blocks(letters)).count("Dear colleague") == 4
    for number in range(5):
        page = tables.page()
        for line, cells in enumerate((("Basin", "Depth"), (NUMBERS[number], "7.5"), (NUMBERS[number + 9], "9.1"))):
            for left, text in zip((72, 250), cells, strict=True):
                page.line(left, 60 + 14 * line, text)
    assert blocks(tables)[0] == "Basin | Depth"


def test_running_lines_that_differ_but_for_their_numbers_are_left_out() -> None:
    file = PdfFile()
    for number, topic in enumerate(("Flood defences", "School meals", "The new pier")):
        page = file.page()
        page.line(72, 30, f"{1187 + 2 * number} {topic} {1188 + 2 * number}", size=8)
        page.line(72, 200, f"Sheet {NUMBERS[number]} speaks of something else.")
        page.line(72, 800, ("Hall 7", "Room 4", "Yard 9")[number], size=8)
    assert [text for text in blocks(file) if "Sheet" not in text] == ["Hall 7", "Room 4", "Yard 9"]


def test_what_stands_once_at_the_top_of_a_page_is_kept() -> None:
    file = PdfFile()
    page = file.page()
    page.line(72, 40, "For release on Monday")
    page.line(72, 200, "The board met on Tuesday.")
    assert blocks(file) == ["For release on Monday", "The board met on Tuesday."]


def test_paragraphs_are_told_by_gaps_indents_and_bullets() -> None:
    file = PdfFile()
    page = file.page()
    page.paragraph(72, 100, ["The first paragraph has a line that is as wide as the text is,", "and a second line."])
    page.paragraph(72, 140, ["The second one stands after a gap, and is as wide as the other."])
    page.line(84, 152, "The third is indented, and its line is as wide as the others are.")
    page.line(72, 164, "• An item of a list")
    page.line(72, 176, "• Another item")
    assert [text.split()[1] for text in blocks(file)] == ["first", "second", "third", "An", "Another"]


def test_the_properties_say_what_it_is() -> None:
    found = parsed(_with_text(PdfFile(title="The plan", author="Ana Lim"))).document
    assert (found.title, found.author, found.date) == ("The plan", "Ana Lim", "2000-01-01")


@pytest.mark.parametrize("title", ["Microsoft Word - plan-final2.docx", "untitled", "plan.indd", ""])
def test_a_title_that_only_names_a_file_is_not_believed(title: str) -> None:
    file = PdfFile(title=title)
    page = file.page()
    page.line(72, 100, "The plan for the harbour", size=20)
    page.paragraph(72, 150, SENTENCES)
    assert parsed(file).document.title == "The plan for the harbour"


def test_a_file_with_a_password_says_so() -> None:
    with pytest.raises(DocumentError, match="protected by a password"):
        extract(_with_text(PdfFile(password="secret")).data())


def test_a_file_without_text_says_so() -> None:
    file = PdfFile()
    file.page()
    with pytest.raises(DocumentError, match="OCR"):
        extract(file.data())


def test_a_file_that_is_cut_is_repaired_or_refused() -> None:
    data = made_pdf()
    try:
        found = extract(data[: len(data) - 300])
        assert SENTENCES[1] in found.text
    except DocumentError as error:
        assert "damaged" in str(error)


def test_what_is_no_pdf_says_so() -> None:
    with pytest.raises(DocumentError, match="no PDF file"):
        extract(b"%PDF-1.7 and no more")


def _with_text(file: PdfFile) -> PdfFile:
    file.page().paragraph(72, 100, SENTENCES)
    return file


@pytest.mark.parametrize(
    "items",
    [
        pytest.param(["a. dykes in the villages of Orla,", "b. tents for families, and", "c. training"], id="letters"),
        pytest.param(["• Water for the villages", "• Rice", "• Shelter"], id="dots"),
        pytest.param(["o Water for the villages", "o Rice", "o Shelter"], id="words-second-level"),
        pytest.param(["A. Water for the villages", "B. Rice", "C. Shelter"], id="capitals"),
        pytest.param(["IV. Water for the villages", "V. Rice", "VI. Shelter"], id="roman-numerals"),
        pytest.param(["1.1 Water for the villages", "1.2 Rice", "1.3 Shelter"], id="numbers-of-numbers"),
    ],
)
def test_each_item_of_a_list_is_a_block(items: list[str]) -> None:
    file = PdfFile()
    page = file.page()
    page.line(72, 100, "Next year the district of Orla is going to pay for these and nothing else:")
    page.paragraph(90, 114, items)
    assert blocks(file)[1:] == items


def test_a_line_with_room_for_the_next_word_ends_its_block() -> None:
    file = PdfFile()
    page = file.page()
    page.paragraph(
        72,
        100,
        [
            "PRESS RELEASE",
            "The plan of the harbour",
            "The board met on a Tuesday, and it spoke for hours of the plan of the minister",
            "Ana Lim, who had announced it.",
            "Contact: Ben Okoro",
            "Telephone: 021 555",
        ],
    )
    assert blocks(file) == [
        "PRESS RELEASE",
        "The plan of the harbour",
        "The board met on a Tuesday, and it spoke for hours of the plan of the minister Ana Lim, who had announced it.",
        "Contact: Ben Okoro",
        "Telephone: 021 555",
    ]


def test_a_text_beside_a_picture_is_not_cut_at_names() -> None:
    file = PdfFile()
    page = file.page()
    wide = "The board of the harbour met on a Tuesday, and it spoke of the plan for hours and"
    page.paragraph(72, 100, [wide] * 8)
    page.paragraph(
        72, 196, ["hours with the minister"] * 8 + ["Ana Lim, and then with", "Ben Okoro of the council"] * 4
    )
    page.paragraph(72, 388, ["Then it went home with", wide])
    assert len(blocks(file)) == 1


def test_a_title_of_several_lines_is_one() -> None:
    file = PdfFile()
    page = file.page()
    page.paragraph(72, 100, ["Situation Report No. 3", "Flooding in the District of Ansel"], size=18)
    page.paragraph(
        72, 160, ["The board of the harbour met on a Tuesday, and it spoke of the plan for hours and", "left."]
    )
    page.line(200, 300, "HARBOUR CLOSED")
    page.line(180, 312, "UNTIL THE END OF MAY")
    page.line(72, 324, "The minister closed the harbour of Orla on Tuesday, as the quay was no longer safe at all.")
    assert blocks(file) == [
        "Situation Report No. 3 Flooding in the District of Ansel",
        "The board of the harbour met on a Tuesday, and it spoke of the plan for hours and left.",
        "HARBOUR CLOSED UNTIL THE END OF MAY",
        "The minister closed the harbour of Orla on Tuesday, as the quay was no longer safe at all.",
    ]


def test_notes_at_the_foot_of_a_page_do_not_cut_what_goes_on_overleaf() -> None:
    file = PdfFile()
    page = file.page()
    page.paragraph(72, 100, ["The board of the harbour met on a Tuesday, and it went home.", "It was late."])
    page.paragraph(72, 600, ["The agency said on Tuesday that 38 people", "had been killed"])
    page.line(72, 760, "1 See the report of the agency.", size=7)
    file.page().paragraph(72, 100, ["in the flood, which had come in May. Nobody was", "blamed."])
    assert "The agency said on Tuesday that 38 people had been killed in the flood, which had come in May." in [
        text for _, text in placed(parsed(file))
    ]
    assert (1, "1 See the report of the agency.") in placed(parsed(file))


def test_lines_of_an_address_and_below_a_letter_stand_each_for_itself() -> None:
    file = PdfFile()
    page = file.page()
    page.paragraph(72, 100, ["Ms Eleanor Brandt", "Minister for Resilience", "Scottish House"])
    page.paragraph(
        72, 160, ["The council asks for help with the damage that the storm did to the coast in", "January."]
    )
    page.paragraph(72, 200, ["The quay at low tide, seen", "from the harbour in the", "early morning."])
    page.paragraph(72, 260, ["Margaret Sinclair", "Chief Executive"])
    page.line(72, 300, "cc: Donald Reay, Leader of the Council")
    assert blocks(file) == [
        "Ms Eleanor Brandt",
        "Minister for Resilience",
        "Scottish House",
        "The council asks for help with the damage that the storm did to the coast in January.",
        "The quay at low tide, seen from the harbour in the early morning.",
        "Margaret Sinclair",
        "Chief Executive",
        "cc: Donald Reay, Leader of the Council",
    ]


def test_text_is_no_heading_above_small_letters_in_tables() -> None:
    file = PdfFile()
    page = file.page()
    text = ["Three people were found dead on Monday, and the ministry has sent a doctor. She stays", "until May."] * 3
    page.paragraph(72, 100, text, size=11)
    for number in range(20):
        for column in range(5):
            page.line(72 + 90 * column, 250 + 12 * number, f"cell {number} {column}", size=8)
    assert not any(block.heading for block in extract(file.data()).blocks)


def test_the_head_that_two_pages_share_is_said_once() -> None:
    file = PdfFile()
    for text in ("The water rose on Monday.", "It fell on Tuesday."):
        page = file.page()
        page.paragraph(72, 40, ["REGENCY OF MARU", "Jl. Tirta 14, Wick"])
        page.line(72, 64, text)
    assert " ".join(blocks(file)) == "REGENCY OF MARU Jl. Tirta 14, Wick The water rose on Monday. It fell on Tuesday."


def test_the_number_of_the_page_beside_a_head_is_left_out() -> None:
    file = PdfFile()
    page = file.page()
    page.line(72, 40, "Version 3, 14 October 2021")
    page.line(450, 40, "Page 1 of 1")
    page.line(72, 100, "The boats listen on channel 16.")
    assert parsed(file).document.date == "2021-10-14"
    assert "Page" not in extract(file.data()).text


def test_each_clause_is_a_block_though_its_line_is_full() -> None:
    file = PdfFile()
    clauses = [
        "3.1 Complaints are answered in writing within ten days.",
        "3.2 Hearings are public, and all may come to them.",
    ]
    file.page().paragraph(72, 100, clauses)
    assert blocks(file) == clauses


def test_a_label_left_of_the_text_before_begins_a_block() -> None:
    file = PdfFile()
    page = file.page()
    for number, (label, text) in enumerate(
        [("FIRST:", ["The team is formed, and it", "works in Wick."]), ("NEXT:", ["It meets on Mondays."])]
    ):
        page.line(72, 100 + 24 * number, label)
        page.paragraph(113, 100 + 24 * number, text)
    assert blocks(file) == ["FIRST: The team is formed, and it works in Wick.", "NEXT: It meets on Mondays."]


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        pytest.param(
            ["SITUATION REPORT NO. 3", "Friday, 5 December 2025, 18:00", "Rain fell all day, and the dyke broke."],
            "2025-12-05",
            id="below-a-title",
        ),
        pytest.param(
            ["Rain fell all day, and the dyke broke in the east.", "Wick, 5 December 2025", "Ana Lim, duty officer"],
            "2025-12-05",
            id="above-a-name",
        ),
        pytest.param(["The dyke broke on 5 December 2025."], None, id="printed-later"),
        pytest.param(["The dyke broke."], "today", id="no-day-at-all"),
    ],
)
def test_the_day_that_a_paper_says_counts_and_not_that_of_printing(lines: list[str], date: str | None) -> None:
    file = PdfFile(printed=True)
    file.page().paragraph(72, 100, lines)
    assert parsed(file).document.date == (day.today().isoformat() if date == "today" else date)


def test_letters_that_stand_beside_each_other_are_words_on_pages_with_little_text() -> None:
    file = PdfFile()
    page = file.page()
    left = 72.0
    for letter in "All figures are in pieces.":  # as browsers set them; pdfium ends lines between them
        page.line(left, 100, letter)
        left += stringWidth(letter, "Helvetica", 10)
    for number, row in enumerate([("Tents", "26"), ("Ropes", "4"), ("Boots", "51")]):
        for column, cell in enumerate(row):
            page.line(72 + 200 * column, 130 + 16 * number, cell)
    assert blocks(file) == ["All figures are in pieces.", "Tents | 26", "Ropes | 4", "Boots | 51"]


def test_a_letterhead_that_is_drawn_last_is_read_first_and_is_no_title() -> None:
    file = PdfFile(title="")
    page = file.page()
    page.line(72, 120, "SURAT EDARAN NOMOR 800/17/SE/2026 TENTANG JAM KERJA PADA BULAN RAMADAN")
    page.paragraph(72, 150, ["Jam kerja pada bulan Ramadan ditetapkan oleh bupati, dan berlaku bagi semua", "pegawai."])
    page.line(72, 60, "BUPATI MARAWULA", size=16)
    assert blocks(file)[0] == "BUPATI MARAWULA"
    assert parsed(file).document.title == "SURAT EDARAN NOMOR 800/17/SE/2026 TENTANG JAM KERJA PADA BULAN RAMADAN"


def test_a_line_in_bold_is_a_heading_unless_it_says_something() -> None:
    file = PdfFile()
    page = file.page()
    page.line(72, 100, "III. Shelters", bold=True)
    page.line(72, 114, "The largest shelter stands in the showground of Wick, where all of them sleep.")
    page.line(72, 140, "Duty officer: Ana Lim", bold=True)
    page.line(72, 166, "Nobody sleeps in the school, which is closed until the water has fallen.")
    found = extract(file.data())
    assert [found.text[one.start : one.end] for one in found.blocks if one.heading] == ["III. Shelters"]
    assert len(found.blocks) == 4


def test_a_large_figure_is_read_with_the_words_below_it() -> None:
    file = PdfFile()
    page = file.page()
    page.line(
        72, 60, "The water has fallen, and no one has gone back to the villages so far, but for some of the farmers."
    )
    page.line(72, 74, "It is cold.")
    for number, (figure, label) in enumerate(
        [("41", "people dead"), ("18,460", "people displaced"), ("3.7 km", "of dykes built")]
    ):
        page.line(72 + 150 * number, 100, figure, size=20)
        page.line(72 + 150 * number, 112, label, size=9)
    page.line(72, 140, "The villages are dry.")
    assert {"41 people dead", "18,460 people displaced", "3.7 km of dykes built"} < set(blocks(file))
    assert not any(block.heading for block in extract(file.data()).blocks)


def test_a_sentence_that_begins_in_bold_is_one() -> None:
    file = PdfFile()
    page = file.page()
    page.line(72, 100, "The ministry has said that the new dyke will be built by the people of", bold=True)
    page.line(72, 112, "Wick, who have waited for it for more than twenty years, and who will pay half of it.")
    assert len(blocks(file)) == 1
