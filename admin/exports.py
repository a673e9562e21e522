"""How does the directory go out as a file? CSV or Excel, in the form that an import reads."""

from enum import StrEnum
from http import HTTPStatus

from flask import Response

from admin.auth import caller
from admin.blueprints import resource_api
from admin.body import Strict
from admin.ports import newest_world, now
from admin.problems import ProblemError
from directory.exporting import LINES, csv_text
from directory.sheets import workbook
from routing.clock import LONDON
from store.keys import Role

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

PIN_WORDS = "Only an administrator may take authorities out: the file holds the keyed hashes of their staff PINs."

api = resource_api("exports", "Directory files out.")


class What(StrEnum):
    """What a file holds."""

    TEAMS = "teams"
    PEOPLE = "people"
    ROLES = "roles"
    ROTAS = "rotas"
    CLOSURES = "closures"
    AUTHORITIES = "authorities"
    LINES = "lines"
    BANK_HOLIDAYS = "bank-holidays"


class Ending(StrEnum):
    """The kinds of file."""

    CSV = "csv"
    XLSX = "xlsx"


class ExportPath(Strict):
    """Which file."""

    kind: What
    ending: Ending


FILES = {"csv": {"schema": {"type": "string"}}, "xlsx": {"schema": {"type": "string", "format": "binary"}}}
REPLIES = {"description": "The file.", "content": {"text/csv": FILES["csv"], XLSX: FILES["xlsx"]}}


@api.get("/exports/<kind>.<ending>", responses={200: REPLIES})
def one_export(path: ExportPath) -> Response:
    """Everything of one kind, harmless in a spreadsheet; reads back the same. Authorities are for admins."""
    if path.kind is What.AUTHORITIES and caller().role is not Role.ADMIN:
        raise ProblemError(HTTPStatus.FORBIDDEN, PIN_WORDS)
    lines = LINES[path.kind](newest_world().directory)
    if path.ending is Ending.XLSX:
        return _file(workbook(lines, path.kind), XLSX, path)
    return _file(csv_text(lines).encode(), "text/csv; charset=utf-8", path)


def _file(content: bytes, content_type: str, path: ExportPath) -> Response:
    day = now().astimezone(LONDON).date().isoformat()
    reply = Response(content, content_type=content_type)
    reply.headers["Content-Disposition"] = f'attachment; filename="{path.kind}-{day}.{path.ending}"'
    return reply
