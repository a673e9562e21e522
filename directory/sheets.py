"""How is a table kept in an Excel workbook, and how is one read that somebody else saved?

Only values are read, cell by cell: no macro, link or picture is ever touched. A formula is refused where it stands.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, WriteOnlyCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.writer.excel import ExcelWriter

from directory.problems import Fault
from directory.table import DEEPEST_HEADING, KEY_COLUMNS, MOST_COLUMNS, MOST_ROWS, Table, table_of, unreadable

WORKBOOK = b"PK\x03\x04"
MOST_UNPACKED = 400_000_000
MOST_PARTS = 2_000
DAMAGED = (
    InvalidFileException, zipfile.BadZipFile, zlib.error, struct.error, ParseError, EOFError, OSError, RuntimeError,
    LookupError, ValueError, TypeError, AttributeError, ArithmeticError,
)  # fmt: skip
"""What a workbook raises that is damaged, locked with a password, or none at all."""

TEXT, FORMULA, ERROR = "@", "f", "e"


def is_workbook(content: bytes) -> bool:
    """Whether a file is one of Excel's, by how it begins."""
    return content.startswith(WORKBOOK)


def sheet_table(content: bytes) -> Table:
    """The table of a workbook: its first sheet that has our headings, else its first."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            return unreadable(Fault.FILE)
        return _read(content)
    except DAMAGED:
        return unreadable(Fault.FILE)


def _read(content: bytes) -> Table:
    book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    try:
        sheets = list(book.worksheets)
        if not sheets:
            return unreadable(Fault.FILE)
        return table_of(_lines(next(filter(_has_headings, sheets), sheets[0])))
    finally:
        book.close()


def _has_headings(sheet: Any) -> bool:
    top = sheet.iter_rows(max_row=DEEPEST_HEADING, max_col=MOST_COLUMNS)
    return any(_text(cell).strip().lower() in KEY_COLUMNS for row in top for cell in row)


def _lines(sheet: Any) -> Iterator[list[str]]:
    sheet.reset_dimensions()
    for row in sheet.iter_rows(max_row=MOST_ROWS + DEEPEST_HEADING, max_col=MOST_COLUMNS):
        yield [_text(cell) for cell in row]


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type in (FORMULA, ERROR):
        return f"={str(value).removeprefix('=')}"
    return _written(value)


def _written(value: object) -> str:
    """A value as somebody would type it: ``8481`` of 8481.0, and a day where the time is midnight."""
    match value:
        case bool():
            return str(value).upper()
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            return _moment(value)
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
        case _:
            return str(value)


def _moment(value: datetime) -> str:
    nearest = (value + timedelta(milliseconds=500)).replace(microsecond=0)
    return nearest.date().isoformat() if nearest.time() == time() else nearest.isoformat()


def workbook(lines: Iterable[Sequence[str]], title: str) -> bytes:
    """Lines as a workbook of one sheet in which every cell is text: nothing runs, and no zero is lost."""
    book, file = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    with closing(sheet):  # openpyxl leaves sheet and archive open where something fails
        for line in lines:
            sheet.append([_cell(sheet, text) for text in line])
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).save()
    return file.getvalue()


def _cell(sheet: Any, text: str) -> Cell | None:
    if not text:
        return None
    cell = WriteOnlyCell(sheet)
    cell.value = text
    cell.data_type = "s"
    cell.number_format = TEXT
    return cell
