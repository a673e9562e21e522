"""How is a named role given and answered?"""

from datetime import datetime
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from admin.auth import sees_personal_data
from admin.body import Body, Name, Slug, Text
from admin.route import ReasonOut, step_out
from admin.shapes import NumberOut, number_out, office_number
from directory.model import Role, Source
from directory.snapshot import Snapshot
from routing.ladder import Ladder, Rung
from routing.roles import role_ladder


class RoleFields(Body):
    """What of a named role can be changed."""

    name: Name | None = None
    team: Slug | None = None
    holder: Slug | None = Field(None, description="The slug of whoever holds it.")
    deputies: list[Slug] | None = Field(None, max_length=10, description="Who stands in, in order, by their slugs.")
    numbers: list[Text] | None = Field(None, max_length=5, description="The role's own phone, where it has one.")


class NewRole(RoleFields):
    """A named role to be entered; without a slug it gets one from authority and name."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid", json_schema_extra={"required": ["name", "authority"]}
    )

    slug: Slug | None = None
    authority: Slug = ""


class SourceOut(BaseModel):
    """Where a role was read."""

    document: str
    line: int | None
    assumed: str


class ReachedOut(BaseModel):
    """The phone that reaches the role at this moment; whose it is, and a person's number, only for those who may see it."""

    step: str = Field(examples=["holder", "deputy", "role"])
    person: str | None
    name: str | None
    number: NumberOut | None
    because: str


class RoleOut(BaseModel):
    """A named role: who holds it and who stands in (slugs; empty for those who see no personal data), and who is reached."""

    slug: str
    name: str
    authority: str
    team: str | None
    vacant: bool
    holder: str | None
    deputies: list[str]
    numbers: list[NumberOut]
    source: SourceOut | None
    reached_now: ReachedOut | None
    then: list[ReachedOut] = Field(description="Who is reached next, in order.")
    rejected: list[ReasonOut] = Field(description="Why others are not reached.")


class VersionedRole(RoleOut):
    """A named role at its version."""

    version: int


class RoleList(BaseModel):
    """A page of named roles."""

    items: list[VersionedRole]
    next: str | None


def body_of(role: Role, directory: Snapshot, at: datetime) -> dict[str, Any]:
    """A named role as it is answered, reached at a moment."""
    return role_out(role, directory, at).model_dump(mode="json")


def role_out(role: Role, directory: Snapshot, at: datetime) -> RoleOut:
    """A named role as whoever asks may see it."""
    authority, ladder = directory.authorities.get(role.authority), role_ladder(directory, role, at)
    reached = [_reached(rung, directory, role) for rung in ladder.rungs]
    numbers = (office_number(number, authority) for number in role.numbers)
    return RoleOut(
        slug=role.slug,
        name=role.name,
        authority=role.authority,
        team=role.team,
        vacant=role.holder is None,
        holder=role.holder if sees_personal_data() else None,
        deputies=list(role.deputies) if sees_personal_data() else [],
        numbers=[number for number in numbers if number],
        source=_source(role.source),
        reached_now=reached[0] if reached else None,
        then=reached[1:],
        rejected=_rejected(ladder),
    )


def _reached(rung: Rung, directory: Snapshot, role: Role) -> ReachedOut:
    shows, person = sees_personal_data(), directory.people.get(rung.person)
    authority, number = directory.authorities.get(role.authority), rung.number.number
    hidden = office_number(number, authority) if not rung.is_personal else None
    return ReachedOut(
        step=step_out(rung.step),
        person=person.slug if person and shows else None,
        name=person.name if person and shows else None,
        number=number_out(number, authority) if shows else hidden,
        because=" ".join(reason.sentence for reason in rung.because),
    )


def _rejected(ladder: Ladder) -> list[ReasonOut]:
    return [ReasonOut(code=reason.code, sentence=reason.sentence) for reason in ladder.rejected]


def _source(source: Source | None) -> SourceOut | None:
    return SourceOut(document=source.document, line=source.line, assumed=source.assumed) if source else None
