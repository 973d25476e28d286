"""Workbooks (.xlsx): the rows of their sheets, "column: value; column: value", opened by openpyxl."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import ROUND_HALF_UP, Context, Decimal
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from retrieval.documents.formats.extracted import Extracted, Metadata, TextBuilder, named_row
from retrieval.documents.formats.lines import looks_like_title
from retrieval.documents.formats.package import read_package
from retrieval.documents.formats.plain import add_lines
from retrieval.errors import DocumentError
from retrieval.text.patterns import regex

_OF_PROGRAM = "openpyxl"  # names itself as the author of what it makes
_LITERAL = regex(r'\[\$(?P<currency>[^\]-]*+)[^\]]*+\]|"(?P<quoted>[^"]*)"|\\(?P<sign>.)|[_*].|\[[^\]]*\]')
_FORM = regex(  # "#,##0.00", "Rp0", "0.0%"; what others make of a number, such as fractions, is not followed
    r"(?P<before>[^#0?.,/@%]*)(?P<whole>[#0,]*0)(?:\.(?P<places>0+))?(?P<after>[^#0?.,/@%]*%?)"
)
_MOST_CELLS = 2_000_000  # of a sheet, empty ones among them; of more, the memory would not suffice
_EXACT = Context(prec=400)  # digits, more than the largest figure has
_DIGITS = 15  # that a figure has at most, as in Excel
_MOST_LOOKED_AT = 1_000  # columns; what stands beside them is no table's
_FIGURE = regex(r"\D{0,4}\d[\d.,]*\s?%?")  # "1,200", "Rp12.5", "-3 %"; no day and no hour
_PAIR = 2
_FIGURES = 0.8  # of the values of a second column that has a name
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class _Row:
    """What a row shows, cell by cell; `across` says it in each of the columns that a cell goes over.

    `names`: it may be one of names, as it has no figure but years. `bold`: all of it is.
    """

    texts: Sequence[str]
    across: Sequence[str]
    names: bool
    bold: bool


def extract(data: bytes) -> Extracted:
    """Read a workbook; raises DocumentError if it is none or damaged."""
    return read_package(data, _read)


def _read(stream: BytesIO) -> Extracted:
    book = load_workbook(stream, data_only=True)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    builder = TextBuilder()
    title = book.properties.title or ""
    for sheet in sheets:
        if len(sheets) > 1:
            builder.add(sheet.title, heading=True)
        for number, (captions, rows) in enumerate(_tables(_rows(sheet))):
            if sheet is sheets[0] and not number:
                title = title or next(filter(looks_like_title, captions), "")
            for caption in captions:
                if rows and looks_like_title(caption):
                    builder.add(caption, heading=True)
                else:
                    add_lines(builder, caption)
            _add_table(builder, rows)
    author = book.properties.creator or ""
    return builder.extracted(Metadata(title=title, author="" if author == _OF_PROGRAM else author), parts_only=True)


def _rows(sheet: Worksheet) -> Iterator[_Row]:
    """Yield the rows of a sheet that are shown, without the columns that are not; raises DocumentError for too many."""
    width = min(sheet.max_column, _MOST_LOOKED_AT)
    if sheet.max_row * width > _MOST_CELLS:
        raise DocumentError(
            f"its sheet “{sheet.title}” goes over {sheet.max_row:,} rows of {sheet.max_column:,} columns: delete those "
            "that are empty, or divide it"
        )
    columns = (look for look in sheet.column_dimensions.values() if look.hidden)
    hidden = {n for look in columns for n in range(look.min or 0, (look.max or 0) + 1)}
    first_of = {place: area.start_cell for area in sheet.merged_cells.ranges for place in area.cells}
    for cells in sheet.iter_rows(max_col=width):
        if sheet.row_dimensions[cells[0].row or 0].hidden:
            continue
        seen = [cell for cell in cells if cell.column not in hidden]
        whole = [first_of.get((cell.row, cell.column), cell) for cell in seen]
        shown = [_shown(cell) for cell in whole]
        own = [  # a cell over several rows says the same in each of them, one over several columns in the first
            first if first.column == cell.column else cell for cell, first in zip(seen, whole, strict=True)
        ]
        held = [cell for cell in own if cell.value is not None]
        yield _Row(
            texts=[text if cell.value is not None else "" for cell, text in zip(own, shown, strict=True)],
            across=shown,
            names=all(isinstance(cell.value, str) or cell.value in _YEARS for cell in held),
            bold=all(cell.font.bold for cell in held),
        )


def _tables(rows: Iterable[_Row]) -> Iterator[tuple[list[str], list[_Row]]]:
    """Yield the tables of a sheet, each with the lines above it; the first row of a table names its columns.

    After an empty row another table begins if a line stands above it or its names are bold. One without names has
    those of the table before.
    """
    captions: list[str] = []
    table: list[_Row] = []
    heads: list[_Row] = []
    apart = True
    for row in rows:
        held = [text for text in row.texts if text]
        is_caption = len(held) == 1 and (apart or not table)
        if held and (is_caption or not table or (apart and row.names and row.bold)):
            if table:
                yield captions, table
                captions, table, heads = [], [], _heads(table)
            if is_caption:
                captions += [] if held[0] in captions else held  # it may go over several rows
            else:
                table = [row] if row.names else [*heads, row]
        elif held:
            table.append(row)
        apart = not held
    yield captions, table


def _heads(table: Sequence[_Row]) -> list[_Row]:
    """Return the rows that name a table's columns: the first, and the next, if a cell goes over several columns."""
    first, *below = table
    return [first, below[0]] if below and below[0].names and first.across != first.texts else [first]


def _add_table(builder: TextBuilder, rows: Sequence[_Row]) -> None:
    """Add the rows of a table; of one of two columns without names, as "label: value"."""
    if not rows:
        return
    heads = _heads(rows)
    columns, below = rows[0].texts, rows[len(heads) :]
    if len(heads) > 1:
        pairs = zip(rows[0].across, heads[1].texts, strict=True)
        columns = [" ".join(dict.fromkeys(filter(None, pair))) for pair in pairs]
    used = [n for n, cells in enumerate(zip(columns, *(row.texts for row in below), strict=True)) if any(cells)]
    is_named = rows[0].bold and not all(row.bold for row in below)
    if len(used) == _PAIR and not is_named and not _is_figures([row.texts[used[1]] for row in rows]):
        for n, row in enumerate(rows):
            label, value = (row.texts[column] for column in used)
            builder.add(f"{label.rstrip(' :')}: {value}" if label and value else label or value, apart=not n)
        return
    for n, row in enumerate(below or rows):
        names = [columns[column] for column in used] if below else ()
        builder.add(named_row(names, [row.texts[column] for column in used]), whole=True, apart=not n)


def _is_figures(column: Sequence[str]) -> bool:
    """Tell whether hardly but figures stand in a column below what would be its name, and is none itself."""
    said = [_FIGURE.fullmatch(value) is not None for value in column[1:] if value]
    return not _FIGURE.fullmatch(column[0]) and sum(said) >= _FIGURES * max(len(said), 1)


def _shown(cell: Cell) -> str:
    """Return what a cell shows; nothing if it is struck out, or a formula whose value is not known."""
    value = cell.value
    if value is None or cell.data_type == "e" or cell.font.strike:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _figure(value, cell.number_format)
    return " ".join(str(value).split())


def _figure(value: float, form: str) -> str:
    """Return a figure in the form that its cell gives it: "1,234.50", "12.5%"."""
    form = _LITERAL.sub(lambda match: match["currency"] or match["quoted"] or match["sign"] or "", form.split(";")[0])
    match = _FORM.fullmatch(form)
    exact = Decimal(f"{value:.{_DIGITS}g}") if isinstance(value, float) else Decimal(value)
    if not match or not exact.is_finite():
        return f"{exact.normalize():f}"
    if match["after"].endswith("%"):
        exact *= 100
    places = len(match["places"] or "")
    rounded = abs(exact).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _EXACT)
    digits = "," if "," in match["whole"] else f"0{match['whole'].count('0') + (places and places + 1)}"
    return f"{'-' if value < 0 else ''}{match['before']}{rounded:{digits}f}{match['after']}"
