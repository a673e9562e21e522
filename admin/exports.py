"""How does the directory go out as a file? CSV or Excel, in the form that an import reads."""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum

from flask import Response

from admin.blueprints import resource_api
from admin.body import Strict
from admin.ports import newest_world, now
from directory.exporting import csv_text, person_lines, team_lines
from directory.sheets import workbook
from directory.snapshot import Snapshot
from routing.clock import LONDON

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

api = resource_api("exports", "Directory files out.")


class What(StrEnum):
    """What a file holds."""

    TEAMS = "teams"
    PEOPLE = "people"


class Ending(StrEnum):
    """The kinds of file."""

    CSV = "csv"
    XLSX = "xlsx"


LINES: Mapping[What, Callable[[Snapshot], Iterator[tuple[str, ...]]]] = {
    What.TEAMS: team_lines,
    What.PEOPLE: person_lines,
}


class ExportPath(Strict):
    """Which file."""

    kind: What
    ending: Ending


FILES = {"csv": {"schema": {"type": "string"}}, "xlsx": {"schema": {"type": "string", "format": "binary"}}}
REPLIES = {"description": "The file.", "content": {"text/csv": FILES["csv"], XLSX: FILES["xlsx"]}}


@api.get("/exports/<kind>.<ending>", responses={200: REPLIES})
def one_export(path: ExportPath) -> Response:
    """Every team or every person, harmless in a spreadsheet; reads back the same."""
    lines = LINES[path.kind](newest_world().directory)
    if path.ending is Ending.XLSX:
        return _file(workbook(lines, path.kind), XLSX, path)
    return _file(csv_text(lines).encode(), "text/csv; charset=utf-8", path)


def _file(content: bytes, content_type: str, path: ExportPath) -> Response:
    day = now().astimezone(LONDON).date().isoformat()
    reply = Response(content, content_type=content_type)
    reply.headers["Content-Disposition"] = f'attachment; filename="{path.kind}-{day}.{path.ending}"'
    return reply
