"""Which numbers ring for a team, in order? One list, written whole; the next call uses it."""

from collections.abc import Sequence
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from admin.auth import sees_personal_data
from admin.body import Body, Strict, Text
from admin.problems import Faults
from admin.shapes import NumberOut, moment_out, number_in, office_number, period_in
from directory.model import Accept, Authority, CallerId, DutyNumber, Team, default_accept
from directory.snapshot import Snapshot

MOST = 20
FIELD = "duty_numbers"


class DutyNumberIn(Strict):
    """A number that rings, as it is given."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", json_schema_extra={"required": ["number"]})

    number: Text = Field("", examples=["8481", "01392 388481", "+441392388481"])
    accept: Accept | None = Field(None, description="By default connect for 03 numbers, and key for all others.")
    since: Text | None = Field(None, alias="from", description="ISO 8601, or words like “Fri 16:05”.")
    until: Text | None = None
    note: Text | None = None
    caller_id: CallerId | None = Field(None, description="Which number the rung phone sees: the caller's, or ours.")
    at_once: int | None = Field(None, ge=1, le=99, description="How many calls it can take at the same time.")


class DutyNumberOut(BaseModel):
    """A number that rings."""

    number: NumberOut | None
    accept: Accept
    since: str | None = Field(serialization_alias="from")
    until: str | None
    note: str | None
    caller_id: CallerId
    at_once: int | None


def _list_or_object(schema: dict[str, Any]) -> None:
    schema["anyOf"] = [schema["properties"][FIELD], {"type": "object", "properties": dict(schema["properties"])}]
    for name in ("properties", "additionalProperties", "type"):
        schema.pop(name, None)


class DutyNumbersBody(Body):
    """The ordered list, either alone or as ``duty_numbers`` beside ``why``."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", json_schema_extra=_list_or_object)

    duty_numbers: list[DutyNumberIn] = Field([], max_length=MOST)

    @classmethod
    def shaped(cls, value: Any) -> Any:
        """A bare list is the list."""
        return {FIELD: value} if isinstance(value, list) else value


def duty_number_out(duty: DutyNumber, authority: Authority | None) -> DutyNumberOut:
    """A duty number as it is answered; notes are free text, so they are hidden with the rest of what is personal."""
    return DutyNumberOut(
        number=office_number(duty.number, authority),
        accept=duty.accept,
        since=moment_out(duty.since),
        until=moment_out(duty.until),
        note=duty.note if sees_personal_data() else None,
        caller_id=duty.caller_id,
        at_once=duty.at_once,
    )


def duty_numbers_in(
    given: Sequence[DutyNumberIn], team: Team, directory: Snapshot, faults: Faults
) -> tuple[DutyNumber, ...]:
    """The duty numbers that somebody gave for a team; a number that stays keeps the source that it was read from."""
    sources = {duty.number: duty.source for duty in team.duty_numbers}
    found = []
    for place, one in enumerate(given):
        field = f"{FIELD}.{place}"
        number = number_in(f"{field}.number", one.number, team.authority, directory, faults)
        since, until = period_in(field, (one.since, one.until), faults)
        if number:
            accept = one.accept or default_accept(number)
            shown, note = one.caller_id or CallerId.CALLER, one.note or ""
            found.append(DutyNumber(number, accept, since, until, note, shown, one.at_once, sources.get(number)))
    return tuple(found)
