"""Which files does the API meet, beside JSON? Sound and spoilt directory files, workbooks and calendars."""

from random import Random

import schemathesis
from hypothesis import strategies as st
from schemathesis.transport.serialization import Binary

from admin.rota import CALENDAR
from directory.sheets import workbook
from tests.admin.sending import XLSX
from tests.fuzz.mutating import mutated

TEAMS = "authority,team,slug,note\ndevon,Initial Response North,devon-ir-north,a note\ndevon,A new team,devon-new,\n"
PEOPLE = "authority,team,slug,name,extension,number\ndevon,devon-ir-north,w-3f9a2c,Robin Example,2301,020 7946 0171\n"
TURN = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261127T170000Z\r\nDTEND:20261128T090000Z\r\n"
    "SUMMARY:2301\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
SEEDS = st.integers(0, 1 << 32)


def _spoilt(text: str, seed: int) -> bytes:
    return mutated(text, Random(seed)) if seed % 4 else text.encode()


def _is_text(content: bytes) -> bool:
    """Whether it is what a text of the web has to be: a calendar file in other bytes is refused as unreadable (400)."""
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def offered() -> None:
    """Let schemathesis send these files where the document names their types."""
    tables = st.builds(_spoilt, st.sampled_from((TEAMS, PEOPLE)), SEEDS)
    for kind in ("text/csv", "text/plain", "application/octet-stream", "application/vnd.ms-excel"):
        schemathesis.openapi.media_type(kind, tables)
    schemathesis.openapi.format("binary", tables.map(Binary))
    sheet = workbook([tuple(line.split(",")) for line in TEAMS.splitlines()], "teams")
    schemathesis.openapi.media_type(XLSX, st.just(sheet) | st.binary(max_size=200))
    schemathesis.openapi.media_type(CALENDAR, st.builds(_spoilt, st.just(TURN), SEEDS).filter(_is_text))
