"""Which table is in a file that somebody sent?"""

import codecs

from directory.problems import Fault
from directory.sheets import is_workbook, sheet_table
from directory.table import Table, csv_table, unreadable

OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
"""An .xls, or an .xlsx with a password."""

WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def table_in(content: bytes) -> Table:
    """The table of a workbook or of a CSV text, told apart by their first bytes."""
    if is_workbook(content):
        return sheet_table(content)
    if content.startswith(OLD_WORKBOOK):
        return unreadable(Fault.FILE)
    try:
        return csv_table(content.decode("utf-16" if content.startswith(WIDE) else "utf-8-sig"))
    except UnicodeDecodeError:
        return unreadable(Fault.ENCODING)
