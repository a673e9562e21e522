"""How is an account given and answered?"""

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from admin.body import Body, Name, Slug, Strict, Text
from admin.keys import check_limits
from admin.listing import Search
from admin.problems import Faults
from admin.shapes import moment_out
from directory.problems import Fault
from store.accounts import Account
from store.keys import Role

LONGEST = {"email": 254, "name": 100}
NOT_AN_ADDRESS = "“{}” is not one; write it as name@example.org."


class UserPath(Strict):
    """Which account."""

    id: str


class UserSearch(Search):
    """Which accounts; of an authority are those that are limited to it."""


class UserFields(Body):
    """What of an account can be changed."""

    email: Text | None = Field(
        None, description="The address by which somebody signs in.", examples=["ada@example.org"]
    )
    name: Name | None = Field(None, description="The audit trail shows it.")
    role: Role | None = None
    authorities: list[Slug] = Field([], max_length=20, description="Limit changes to these authorities.")
    teams: list[Slug] = Field([], max_length=50, description="Limit changes to these teams.")
    disabled: bool = Field(default=False, description="Whether nobody gets in by it; sessions end at once.")


class NewUser(UserFields):
    """An account to be made."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid", json_schema_extra={"required": ["email", "name", "role"]}
    )


class UserAct(Body):
    """Why."""


class UserOut(BaseModel):
    """Somebody who may sign in. An organisation's account takes name and role from there at each sign-in."""

    id: str
    email: str
    name: str
    role: Role
    authorities: list[str]
    teams: list[str]
    signs_in_by: str = Field(examples=["password", "organisation"])
    disabled: bool
    created_at: str


class UserWithPassword(UserOut):
    """An account, this once with its new password, which is good for one sign-in."""

    password: str


class UserList(BaseModel):
    """A page of accounts."""

    items: list[UserOut]
    next: str | None


def check(body: UserFields, faults: Faults) -> None:
    """Note everything that is wrong with what is given; of a new account everything is."""
    needed = body.model_fields_set | ({"email", "name", "role"} if isinstance(body, NewUser) else set())
    for field in ("email", "name", "role"):
        if field in needed and not getattr(body, field):
            faults.note(field, Fault.MISSING)
    for field, longest in LONGEST.items():
        if len(getattr(body, field) or "") > longest:
            faults.note(field, Fault.TOO_LONG, str(len(getattr(body, field))))
    if body.email and "@" not in body.email:
        faults.say("email", "address", NOT_AN_ADDRESS.format(body.email))
    check_limits(body.authorities, body.teams, faults)


def body_of(account: Account) -> dict[str, Any]:
    """An account as it is answered."""
    return UserOut(
        id=account.id,
        email=account.email,
        name=account.name,
        role=account.role,
        authorities=list(account.authorities),
        teams=list(account.teams),
        signs_in_by="organisation" if account.subject else "password",
        disabled=account.disabled_at is not None,
        created_at=moment_out(account.created_at) or "",
    ).model_dump(mode="json")
