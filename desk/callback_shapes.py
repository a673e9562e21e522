"""How are call-backs written and read over the API?"""

from pydantic import BaseModel, Field

from admin.body import Body, Name, Slug, Strict, Text
from admin.listing import Paging
from admin.shapes import NumberOut
from desk.texts import Long

LONGEST_HOURS = 24 * 14


class CallBackPath(Strict):
    """Which call-back."""

    id: str


class CallBackQuery(Paging):
    """Which of them; without ``state`` those that are still to be made."""

    state: Slug = Field(
        "", description="open, dialling, escalated, waiting-for-switchboard, done, cancelled or merged."
    )
    due_before: Text = Field("", description="Whose target is sooner: ISO 8601, or “Fri 16:05”.")
    owner: Text = Field("", description="An id, or “me”.")
    authority: Slug = ""


class CallBackBody(Body):
    """Whom to call back, why, and by when."""

    number: Text = Field("", examples=["020 7946 0999"])
    about: Long = ""
    line: Slug = Field("", description="Whose number is shown; the authority follows from it.")
    authority: Slug = ""
    within: int | None = Field(None, ge=1, le=LONGEST_HOURS, description="Hours; else what the line promises, else 24.")
    person: Name = Field("", description="Whom to ask for. It is sealed.")
    call: Slug = Field("", description="The SID of the call that it comes of.")
    urgency: Slug = Field("normal", examples=["normal", "amber", "red"])
    kind: Slug = Field("plain", examples=["plain", "check"])
    body: Slug = Field("", description="For a check: one of GET /bodies, whose switchboard is dialled.")
    check: Slug = Field("", description="The basic check that it is made for, which this call back alone establishes.")


class CallBackCommand(Body):
    """Nothing but a reason, if there is one."""


class OutcomeBody(Body):
    """What came of it."""

    outcome: Slug = Field(
        "", examples=["reached", "no-answer", "left-word", "wrong-number", "cancelled", "verified"]
    )  # fmt: skip
    note: Long = ""


class ReadingOut(BaseModel):
    """One reading of the deadline."""

    name: str
    at: str | None


class AttemptOut(BaseModel):
    """One time that it was tried."""

    id: str
    who: str
    state: str = Field(examples=["waiting", "ringing", "dialled", "over"])
    asked_at: str | None
    dialled_at: str | None
    ended_at: str | None
    outcome: str = Field(
        description="“Given up”: the handler hung up before anybody was heard to answer. “Picked up”: answered, and no more was told.",
        examples=["answered", "no answer", "engaged", "not accepted", "not reachable", "given up", "picked up"],
    )
    seconds: int = Field(description="How long the two spoke.")


class MergedOut(BaseModel):
    """A later booking of the same number."""

    id: str
    call: str | None
    about: str
    booked_at: str | None
    booked_by: str
    withdrawn: bool


class BackOut(BaseModel):
    """A call-back without what is sealed."""

    id: str
    kind: str
    authority: str
    line: str
    number: NumberOut | None = Field(
        description="Empty for those who may not see it, and for a check without a switchboard."
    )
    body: str
    about: str = Field(
        description="What the line says of it; a handler's own words are read with the call-back itself."
    )
    call: str | None
    urgency: str
    booked_at: str | None
    booked_by: str
    target: str | None = Field(description="The sooner reading, to which the desk works.")
    promise: str | None = Field(description="The later reading, which was promised.")
    readings: list[ReadingOut]
    escalated_at: str | None
    state: str
    position: int | None = Field(description="While it waits to be dialled: its place.")
    owner: str
    attempts: list[AttemptOut]
    outcome: str
    ended_at: str | None
    ended_by: str
    verified_at: str | None
    verified_by: str
    merged: list[MergedOut]
    merged_into: str | None


class CallBackText(BackOut):
    """A call-back with what was written down."""

    words: str = Field(description="What the handler who booked it wrote.")
    person: str
    note: str
    check: str = Field(description="The basic check that it is made for.")


class CallBackList(BaseModel):
    """Call-backs, those rated red first, then the sooner due."""

    items: list[BackOut]
    next: str | None


class BodyOut(BaseModel):
    """A body that checks are answered for."""

    code: str
    name: str
    source: str
    switchboard: NumberOut | None
    entered_at: str | None
    entered_by: str


class BodyList(BaseModel):
    """The eleven bodies."""

    items: list[BodyOut]
    next: str | None


class BodyPath(Strict):
    """Which body."""

    code: str


class SwitchboardBody(Body):
    """The number on which the body is known to be reached; ``why`` says where it was found."""

    number: Text = ""
