"""Which bank holidays do the rows of a file list? One row per day; heading ``division`` is what tells the file."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from directory.border import Border
from directory.model import BankHolidays
from directory.problems import Fault
from directory.rows import Row
from directory.snapshot import Snapshot

HOLIDAY_COLUMNS = ("division", "date", "name")
DIVISION = "england-and-wales"
A_YEARS = 8
"""England and Wales have eight bank holidays in every year."""


def holidays_of(rows: Sequence[Row], _: Snapshot, __: Border) -> Mapping[str, tuple[BankHolidays, Row]]:
    """The list, with its first row."""
    days: dict[date, str] = {}
    for row in rows:
        division, day, name = row.needed("division"), row.day("date"), row.needed("name")
        row.needed("date")
        if division and division != DIVISION:
            row.wrong("division", Fault.UNKNOWN, division)
        if day in days:
            row.wrong("date", Fault.TWICE, row.text("date"))
        if day:
            days[day] = name
    if not rows:
        return {}
    for year, count in _short_years(days):
        rows[0].wrong("date", Fault.INCOMPLETE, f"{count} days in {year}")
    return {DIVISION: (BankHolidays(DIVISION, tuple(sorted(days.items()))), rows[0])}


def _short_years(days: Mapping[date, str]) -> list[tuple[int, int]]:
    counts = Counter(day.year for day in days)
    years = range(min(counts), max(counts) + 1) if counts else ()
    return [(year, counts[year]) for year in years if counts[year] < A_YEARS]
