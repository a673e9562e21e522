"""How is a rota written, and read back?"""

from collections.abc import Sequence
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from admin.auth import sees_personal_data
from admin.body import Body, Slug, Strict, Text
from admin.problems import Faults
from admin.route import RouteOut
from admin.shapes import NumberOut, moment_out, number_in, number_out, office_number, period_in
from directory.model import Authority, Shift, Team
from directory.numbers import Number
from directory.problems import Fault
from directory.rota import MOST_SHIFTS, Gap, Rota, in_order, reachable
from directory.snapshot import Snapshot
from ivr.timeline import Stretch

FIELD = "shifts"
ONE_OF_TWO = "give either a person or a number, not both."


class ShiftIn(Strict):
    """A turn, as it is given: of a person or of a number."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", json_schema_extra={"required": ["from", "until"]})

    since: Text = Field("", alias="from", description="ISO 8601, or words like “Fri 17:00”.")
    until: Text = ""
    person: Slug | None = Field(None, examples=["w-3f9a2c"])
    number: Text | None = Field(None, examples=["01392 388481"])
    note: Text | None = None


def _list_or_object(schema: dict[str, Any]) -> None:
    schema["anyOf"] = [schema["properties"][FIELD], {"type": "object", "properties": dict(schema["properties"])}]
    for name in ("properties", "additionalProperties", "type"):
        schema.pop(name, None)


class RotaBody(Body):
    """Every turn, either alone or as ``shifts`` beside ``why``; or a calendar file, as ``text/calendar``."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", json_schema_extra=_list_or_object)

    shifts: list[ShiftIn] = Field([], max_length=MOST_SHIFTS)

    @classmethod
    def shaped(cls, value: Any) -> Any:
        """A bare list is the list; a calendar file is read by itself."""
        return {FIELD: value} if isinstance(value, list) else {} if value is None else value


class ShiftOut(BaseModel):
    """A turn."""

    since: str | None = Field(serialization_alias="from")
    until: str | None
    person: str | None
    name: str | None
    number: NumberOut | None
    note: str | None


class GapOut(BaseModel):
    """A time in which nobody is on the rota; the standing numbers ring."""

    since: str | None = Field(serialization_alias="from")
    until: str | None


class StretchOut(BaseModel):
    """A time in which the same phone rings first for the team; ``number`` is empty where nobody's does."""

    since: str | None = Field(serialization_alias="from")
    until: str | None
    person: str | None
    number: NumberOut | None
    because: str


class RotaOut(BaseModel):
    """A team's rota, and what follows from it between the two moments that were asked for."""

    team: str
    shifts: list[ShiftOut]
    gaps: list[GapOut]
    timeline: list[StretchOut]


class VersionedRota(RotaOut):
    """A rota at its team's version; as a calendar file where that is asked for."""

    model_config = ConfigDict(openapi_extra={"content": {"text/calendar": {}}})  # type: ignore[typeddict-unknown-key]

    version: int


class RotaAfterwards(RotaOut):
    """A rota after a change, or as a dry run would leave it."""

    version: int
    written: bool
    added: list[ShiftOut]
    removed: list[ShiftOut]
    next_call: RouteOut | None


def shift_out(shift: Shift, directory: Snapshot, authority: Authority | None) -> ShiftOut:
    """A turn as it is answered; names and notes are personal."""
    number = shift.who if isinstance(shift.who, Number) else None
    person = None if number else directory.people.get(str(shift.who))
    return ShiftOut(
        since=moment_out(shift.since),
        until=moment_out(shift.until),
        person=None if number else str(shift.who),
        name=person.name if person and sees_personal_data() else None,
        number=office_number(number, authority) if number else None,
        note=shift.note if sees_personal_data() else None,
    )


def gap_out(gap: Gap) -> GapOut:
    """A gap as it is answered."""
    return GapOut(since=moment_out(gap.since), until=moment_out(gap.until))


def stretch_out(stretch: Stretch, authority: Authority | None) -> StretchOut:
    """A stretch as it is answered."""
    rung = stretch.rung
    who = rung.shift.who if rung and rung.shift else None
    return StretchOut(
        since=moment_out(stretch.since),
        until=moment_out(stretch.until),
        person=who if isinstance(who, str) else None,
        number=_stretch_number(stretch, authority),
        because=" ".join(reason.sentence for reason in rung.because) if rung else "",
    )


def _stretch_number(stretch: Stretch, authority: Authority | None) -> NumberOut | None:
    if stretch.rung is None:
        return None
    number = stretch.rung.number.number
    if stretch.rung.is_personal:
        return number_out(number, authority) if sees_personal_data() else None
    return office_number(number, authority)


def shifts_in(given: Sequence[ShiftIn], team: Team, directory: Snapshot, faults: Faults) -> Rota:
    """The turns that somebody gave for a team."""
    read = [_shift(f"{FIELD}.{place}", one, team, directory, faults) for place, one in enumerate(given)]
    return in_order(shift for shift in read if shift)


def _shift(field: str, one: ShiftIn, team: Team, directory: Snapshot, faults: Faults) -> Shift | None:
    for name, value in (("from", one.since), ("until", one.until)):
        if not value:
            faults.note(f"{field}.{name}", Fault.MISSING)
    since, until = period_in(field, (one.since, one.until), faults)
    who = _who(field, one, team, directory, faults)
    return Shift(since, until, who, one.note or "") if since and until and who else None


def _who(field: str, one: ShiftIn, team: Team, directory: Snapshot, faults: Faults) -> Number | str | None:
    if one.person and one.number:
        faults.say(f"{field}.person", "one-of-two", ONE_OF_TWO)
    if one.number:
        return number_in(f"{field}.number", one.number, team.authority, directory, faults)
    person = directory.people.get(one.person or "")
    if person is None:
        faults.note(f"{field}.person", Fault.UNKNOWN if one.person else Fault.MISSING, one.person or "")
    elif not reachable(person, directory):
        faults.note(f"{field}.person", Fault.UNREACHABLE, person.slug)
    return one.person
