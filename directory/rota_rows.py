"""Which rotas do the rows of a file describe? One row per turn; a row with nothing but a team empties its rota."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from directory.border import Border
from directory.model import Shift, Team
from directory.numbers import Number
from directory.problems import Fault
from directory.rota import MOST_SHIFTS, in_order
from directory.rows import Row, Zone
from directory.snapshot import Snapshot

ROTA_COLUMNS = ("team", "from", "until", "who", "note")


def rotas_of(rows: Sequence[Row], directory: Snapshot, border: Border) -> Mapping[str, tuple[Team, Row]]:
    """Each team that is named, with its new rota and its first row."""
    turns: dict[str, tuple[list[Shift], Row]] = {}
    for row in rows:
        slug = row.needed("team")
        if slug and slug not in directory.teams:
            row.wrong("team", Fault.UNKNOWN, slug)
        turns.setdefault(slug, ([], row))[0].extend(_turn(row, directory.teams.get(slug), directory, border.zone))
    return {slug: (_team(slug, shifts, row, directory), row) for slug, (shifts, row) in turns.items()}


def _team(slug: str, shifts: list[Shift], row: Row, directory: Snapshot) -> Team:
    if len(shifts) > MOST_SHIFTS:
        row.wrong("team", Fault.TOO_MANY, f"{len(shifts)} turns")
    return replace(directory.teams.get(slug) or Team(slug, "", ""), rota=in_order(shifts))


def _turn(row: Row, team: Team | None, directory: Snapshot, zone: Zone) -> Iterator[Shift]:
    if not any(row.text(column) for column in ROTA_COLUMNS[1:]):
        return
    since, until, who = (row.needed(column) for column in ("from", "until", "who"))
    began, ended = row.moment("from", zone), row.moment("until", zone)
    if began and ended and ended <= began:
        row.wrong("until", Fault.ORDER, until)
    held = _holder(row, who, team.authority if team else "", directory) if who else None
    if since and began and ended and held:
        yield Shift(began, ended, held, row.text("note"))


def _holder(row: Row, who: str, authority: str, directory: Snapshot) -> Number | str | None:
    """A person by slug or extension, else a number."""
    if who in directory.people:
        return who
    keyed = directory.person_keyed(authority, who)
    if keyed:
        return keyed.slug
    if not any(sign.isdecimal() for sign in who) or any(sign.isalpha() for sign in who):
        row.wrong("who", Fault.UNKNOWN, who)
        return None
    return row.number_from("who", who, directory, authority)
