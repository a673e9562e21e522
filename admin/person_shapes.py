"""How is a person given and answered?"""

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, StrictBool

from admin.auth import sees_personal_data
from admin.body import Body, Name, Slug, Strict, Text
from admin.shapes import NumberOut, moment_out, number_out
from directory.model import Accept, Authority, Listing, Person
from directory.snapshot import Snapshot


class AbsenceIn(Strict):
    """Away from one moment until another, and who is rung instead."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", json_schema_extra={"required": ["from", "until"]})

    since: Text = Field("", alias="from", description="ISO 8601, or words like “Fri 16:05”.")
    until: Text = ""
    cover: Slug | None = None


class PersonFields(Body):
    """What of a person can be changed."""

    name: Name | None = None
    team: Slug | None = None
    extension: Text | None = Field(None, description="What callers key: two to six digits, once in an authority.")
    numbers: list[Text] | None = Field(None, max_length=5, description="What rings; else the extension is expanded.")
    accept: Accept | None = None
    manager: Slug | None = None
    away: list[AbsenceIn] | None = Field(None, max_length=50)
    listed: StrictBool | None = Field(None, description="Whether callers may find the person by name; true at first.")


class NewPerson(PersonFields):
    """A worker or manager to be entered; the slug is made by us."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", json_schema_extra={"required": ["name", "team"]})


class AbsenceOut(BaseModel):
    """Away from one moment until another."""

    since: str | None = Field(serialization_alias="from")
    until: str | None
    cover: str | None


class PersonOut(BaseModel):
    """A worker or manager; what is personal is empty for those who may not see it."""

    slug: str
    name: str | None
    extension: str | None
    numbers: list[NumberOut]
    accept: Accept
    team: str
    manager: str | None
    away: list[AbsenceOut]
    listed: bool


class VersionedPerson(PersonOut):
    """A person at their version."""

    version: int


class PersonList(BaseModel):
    """A page of people."""

    items: list[VersionedPerson]
    next: str | None


def authority_of(person: Person, directory: Snapshot) -> Authority | None:
    """The authority of a person's team."""
    team = directory.teams.get(person.team)
    return directory.authorities.get(team.authority) if team else None


def body_of(person: Person, directory: Snapshot) -> dict[str, Any]:
    """A person as they are answered."""
    shown = _whole(person, directory) if sees_personal_data() else _without_personal_data(person)
    return shown.model_dump(mode="json", by_alias=True)


def _whole(person: Person, directory: Snapshot) -> PersonOut:
    authority = authority_of(person, directory)
    away = [AbsenceOut(since=moment_out(a.since), until=moment_out(a.until), cover=a.cover) for a in person.away]
    return PersonOut(
        slug=person.slug,
        name=person.name,
        extension=person.extension,
        numbers=[number_out(number, authority) for number in person.numbers],
        accept=person.accept,
        team=person.team,
        manager=person.manager,
        away=away,
        listed=person.listed is Listing.LISTED,
    )


def _without_personal_data(person: Person) -> PersonOut:
    return PersonOut(
        slug=person.slug,
        name=None,
        extension=None,
        numbers=[],
        accept=person.accept,
        team=person.team,
        manager=person.manager,
        away=[],
        listed=person.listed is Listing.LISTED,
    )
