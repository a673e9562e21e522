"""Is an Excel workbook read as somebody meant it, and is ours harmless?"""

import gc
import io
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.exceptions import IllegalCharacterError

from directory.files import table_in
from directory.importing import Import, read_table
from directory.model import Source
from directory.problems import Fault, Problem
from directory.sheets import workbook
from directory.table import letter
from tests.directory.files import BORDER, THERE
from tests.telling import at


def saved(*rows: list[Any], merged: str = "", title: str = "Sheet") -> bytes:
    """A workbook as somebody else's program writes it."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    return packed(book)


def packed(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def read(content: bytes) -> Import:
    return read_table(table_in(content), THERE, BORDER)


def numbers(content: bytes) -> list[str]:
    found = read(content)
    assert found.problems == ()
    return [duty.number.e164 for change in found.changes for duty in change.entry.duty_numbers]  # type: ignore[union-attr]  # teams


@pytest.mark.parametrize(
    ("cell", "e164"),
    [
        (8481, "+441392388481"),
        (8481.0, "+441392388481"),
        ("8481.0", "+441392388481"),
        (7790770713, "+447790770713"),
        (7790770713.0, "+447790770713"),
        ("01392 388481", "+441392388481"),
    ],
)
def test_a_number_that_excel_took_for_a_sum_of_money_is_still_a_number(cell: object, e164: str) -> None:
    assert numbers(saved(["authority", "team", "number"], ["devon", "Team", cell])) == [e164]


def test_a_title_merged_over_the_headings_is_passed_over_and_rows_keep_their_numbers() -> None:
    rows = ["The directory of duty numbers"], ["Authority", "Team", "Number"], ["devon", "Team", 999]
    found = read(saved(*rows, merged="A1:C1"))
    assert [(one.field, one.code) for one in found.problems] == [("row 3, number", "number-short-code")]


def test_a_heading_merged_over_two_columns_is_told_by_its_letter() -> None:
    rows = ["authority", "team", "number", None, "note"], ["devon", "Team", "8481", "4050", "both"]
    assert read(saved(*rows, merged="C1:D1")).problems == (Problem("heading", Fault.HEADING, "D"),)
    assert [letter(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_heading_that_stands_twice_is_told() -> None:
    assert read(saved(["authority", "team", "number", "number"])).problems == (
        Problem("heading", Fault.TAKEN, "number"),
    )


@pytest.mark.parametrize("cell", ["=1+1", '=HYPERLINK("https://example.org")', "=A1"])
def test_a_formula_is_refused_where_it_stands(cell: str) -> None:
    found = read(saved(["authority", "team", "note"], ["devon", cell, "x"]))
    assert [(one.field, one.code) for one in found.problems] == [("row 2, team", "formula")]
    assert [one.code for one in read(b"authority,team\ndevon,=1+1\n").problems] == ["formula"]


def test_the_error_of_a_formula_is_no_name() -> None:
    assert [one.code for one in read(saved(["authority", "team"], ["devon", "#REF!"])).problems] == ["formula"]


def test_days_and_moments_are_read_as_they_are_shown() -> None:
    row = ["devon", "Team", 8481, datetime(2026, 11, 27, 16, 0), datetime(2026, 11, 30), datetime(2026, 11, 24)]  # noqa: DTZ001  # Excel knows no zone
    found = read(saved(["authority", "team", "number", "from", "until", "read"], row))
    [change] = found.changes
    [duty] = change.entry.duty_numbers  # type: ignore[union-attr]  # a team
    assert (duty.since, duty.until) == (at("2026-11-27T16:00"), at("2026-11-30T00:00"))
    assert duty.source == Source("", None, date(2026, 11, 24), "", "8481")


def test_a_time_without_a_day_is_no_moment() -> None:
    found = read(saved(["authority", "team", "number", "from"], ["devon", "Team", 8481, time(16, 0)]))
    assert [(one.field, one.code) for one in found.problems] == [("row 2, from", "moment")]


def test_the_sheet_with_the_headings_is_found_among_others() -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Notes").append(["nothing of ours"])
    sheet = book.create_sheet("Directory")
    for row in (["authority", "team", "number"], ["devon", "Team", 8481]):
        sheet.append(row)
    assert numbers(packed(book)) == ["+441392388481"]


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04", b"PK\x03\x04" + b"\0" * 100, b"\xd0\xcf\x11\xe0 an old one", saved(["team"])[:-50]]
)
def test_a_workbook_that_cannot_be_read_is_told_and_no_fault_of_ours(content: bytes) -> None:
    assert read(content).problems == (Problem("file", Fault.FILE),)


@pytest.mark.parametrize("text", ["=1+1", "+44", "-1", "@SUM", "'=1", "_x000D_", "0123", "8481", "<script>", "ü – 😀"])
def test_every_cell_of_ours_is_text_and_comes_back(text: str) -> None:
    harmless = f"'{text}" if text[0] in "=+-@'" else text
    content = workbook([("team", "note"), ("A", harmless)], "teams")
    [row] = table_in(content).rows
    assert row.cells == {"team": "A", "note": harmless}
    cells = [cell for line in openpyxl.load_workbook(io.BytesIO(content)).active or () for cell in line]
    assert {(cell.data_type, cell.number_format) for cell in cells} == {("s", "@")}
    assert not any(str(cell.value).startswith(("=", "+", "-", "@")) for cell in cells)


def test_a_text_in_excels_other_encoding_is_read() -> None:
    assert numbers("authority\tteam\tnumber\ndevon\tTeäm\t8481\n".encode("utf-16")) == ["+441392388481"]
    assert read("authority,team\ndevon,Te\xe4m".encode("latin-1")).problems == (Problem("file", Fault.ENCODING),)


def failing(*lines: list[str]) -> Iterator[list[str]]:
    yield from lines
    raise LookupError("the database is away")


def test_lines_that_fail_leave_no_workbook_open_behind_them() -> None:
    """Whatever stays open complains when it is collected, and that fails the test (filterwarnings)."""
    for lines, fault in ((failing(["team"]), LookupError), (iter([["team"], ["\0"]]), IllegalCharacterError)):
        with pytest.raises(fault):
            workbook(lines, "teams")
        gc.collect()
