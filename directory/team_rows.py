"""Which teams do the rows of a file describe? One row per duty number; a row without one is the team itself."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from directory.model import Accept, CallerId, DutyNumber, Source, Team, default_accept
from directory.numbers import Number, number_from
from directory.problems import Fault
from directory.rows import Row, Zone
from directory.slugs import slug_in, slug_of
from directory.snapshot import Snapshot

TEAM_COLUMNS = ("authority", "area", "service", "team", "slug", "aliases", "number", "accept", "caller_id", "at_once",
                "from", "until", "note", "source", "line", "read", "printed", "assumed")  # fmt: skip
TEAM_FIELDS = {"area": "area", "service": "service", "aliases": "aliases", "number": "duty_numbers"}
DUTY_FIELDS = {"accept": "accept", "caller_id": "caller_id", "at_once": "at_once", "from": "since", "until": "until",
               "note": "note", "source": "source"}  # fmt: skip
MOST_AT_ONCE = 99


def teams_of(rows: Sequence[Row], directory: Snapshot, zone: Zone) -> Mapping[str, tuple[Team, Row]]:
    """Each team by its slug, with its first row."""
    teams: dict[str, tuple[Team, Row]] = {}
    for row in rows:
        source = source_of(row)
        team = _team(row, directory, source)
        earlier, first = teams.get(team.slug, (team, row))
        if (earlier.name, earlier.authority) != (team.name, team.authority):
            row.wrong("slug", Fault.TAKEN, team.slug)
        duty = _duty_number(row, team, directory, zone, source)
        teams[team.slug] = replace(earlier, duty_numbers=(*earlier.duty_numbers, *duty)), first
    given = rows[0].cells.keys() if rows else ()
    return {slug: (_kept(team, directory, given), row) for slug, (team, row) in teams.items()}


def _kept(team: Team, directory: Snapshot, given: Collection[str]) -> Team:
    """The team with what is known of it wherever the file has no such column: a short file empties nothing."""
    known = directory.teams.get(team.slug)
    if known is None:
        return team
    said = {field: getattr(team, field) for column, field in TEAM_FIELDS.items() if column in given}
    return replace(known, name=team.name, authority=team.authority, source=team.source, **said)


def _team(row: Row, directory: Snapshot, source: Source | None) -> Team:
    authority, name = row.needed("authority"), row.needed("team")
    if authority and authority not in directory.authorities:
        row.wrong("authority", Fault.UNKNOWN, authority)
    slug = slug_in(row, directory.teams) or slug_of(authority, name)
    known = directory.teams.get(slug)
    kept = known.source if known and (row.text("number") or not _names_source(row)) else None
    area, service = row.text("area"), row.text("service")
    rota = known.rota if known else ()
    return Team(slug, name, authority, area, service, tuple(row.several("aliases")), (), kept or source, rota)


def _names_source(row: Row) -> bool:
    return "source" in row.cells or "assumed" in row.cells


def _duty_number(
    row: Row, team: Team, directory: Snapshot, zone: Zone, source: Source | None
) -> tuple[DutyNumber, ...]:
    if not row.text("number"):
        return ()
    number = row.number("number", directory, team.authority)
    usual = default_accept(number) if number else Accept.KEY
    since, until = row.moment("from", zone), row.moment("until", zone)
    if since and until and until <= since:
        row.wrong("until", Fault.ORDER, row.text("until"))
    accept, caller_id = row.choice("accept", Accept, usual), row.choice("caller_id", CallerId, CallerId.CALLER)
    at_once, note = row.whole("at_once", 1, MOST_AT_ONCE), row.text("note")
    if number is None:
        return ()
    duty = DutyNumber(number, accept, since, until, note, caller_id, at_once, source)
    return (_kept_number(duty, directory.teams.get(team.slug), row.cells.keys()),)


def _kept_number(duty: DutyNumber, team: Team | None, given: Collection[str]) -> DutyNumber:
    known = next((one for one in team.duty_numbers if one.number == duty.number), None) if team else None
    if known is None:
        return duty
    unsaid = {field: getattr(known, field) for column, field in DUTY_FIELDS.items() if column not in given}
    return replace(duty, **unsaid)


def source_of(row: Row) -> Source | None:
    """Where a row says that it was read; nothing where it does not."""
    document, assumed = row.text("source"), row.text("assumed")
    line, read = row.whole("line"), row.day("read")
    if not (document or assumed or line is not None or read):
        return None
    return Source(document, line, read, assumed, _printed(row))


def _printed(row: Row) -> str:
    """How the source prints the number; a file that is written off it, without such a column, has that as its number."""
    if "printed" in row.cells:
        return row.text("printed")
    text = row.text("number")
    number = number_from(text)
    return "" if isinstance(number, Number) and number.national == text else text
