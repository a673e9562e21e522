"""Which turn does somebody mean who fills in who, from and until?"""

from collections.abc import Mapping
from dataclasses import dataclass

from admin.console.forms import Refusal, Wrong
from admin.console.picking import A_PERSON, Asked, Option, picked
from admin.problems import Faults, ProblemError
from admin.rota_shapes import FIELD, RotaBody, shifts_in
from directory.model import Shift, Team
from directory.numbers import DIALLABLE, Number
from directory.problems import Fault
from directory.rota import MOST_SHIFTS
from directory.snapshot import Snapshot

FIELDS = ("who", "from", "until", "note")
LABELS = {"who": "Who", "person": "Who", "number": "Who", "from": "From", "until": "Until", "note": "Note"}
WHO = Asked("who", "Who", A_PERSON)


@dataclass(frozen=True, slots=True)
class PickedTurn:
    """Why it is no turn yet: what is wrong, and whom to choose from."""

    wrong: tuple[Wrong, ...]
    several: Mapping[str, tuple[Option, ...]]


def turn_in(fields: Mapping[str, str], team: Team, directory: Snapshot) -> Shift | PickedTurn:
    """The turn that was typed: of a number, or of whoever is meant by a name or an extension."""
    several: Mapping[str, tuple[Option, ...]] = {}
    faults: tuple[Wrong, ...] = ()
    who = _number(fields["who"], team, directory)
    if not who:
        meant = picked((WHO,), fields, directory)
        several, faults, who = meant.several, meant.faults, {"person": meant.slugs["who"]}
    given = {name: fields[name] for name in ("from", "until", "note")}
    read, wrong = _read({**given, **who}, team, directory)
    at_who = {one.field for one in faults}
    wrong = (*faults, *(one for one in wrong if one.field not in at_who))
    return read if read and not wrong else PickedTurn(wrong, several)


def who_of(turn: Shift, directory: Snapshot) -> str:
    """What stands in the field for whoever holds a turn."""
    return turn.who.e164 if isinstance(turn.who, Number) else A_PERSON.text(turn.who, directory)


def _number(text: str, team: Team, directory: Snapshot) -> dict[str, str]:
    """A number that was typed; an extension that somebody of this authority is keyed by means them."""
    keyed = directory.person_keyed(team.authority, text)
    if keyed:
        return {"person": keyed.slug}
    return {"number": text} if DIALLABLE.fullmatch(text) else {}


def _read(turn: Mapping[str, str], team: Team, directory: Snapshot) -> tuple[Shift | None, tuple[Wrong, ...]]:
    """The turn as the API reads it, and everything that is wrong with it."""
    body, found = RotaBody.model_validate({FIELD: [dict(turn)]}), Faults()
    read = shifts_in(body.shifts, team, directory, found)
    if len(team.rota) >= MOST_SHIFTS:
        found.note(f"{FIELD}.0.from", Fault.TOO_MANY, f"{len(team.rota) + 1} turns")
    try:
        body.refuse(found)
    except ProblemError as fault:
        told = Refusal(fault.status, fault.detail, tuple(fault.errors)).beside(LABELS, f"{FIELD}.0.")
        return None, tuple(Wrong("who" if one.field in ("person", "number") else one.field, one.text) for one in told)
    return read[0], ()
