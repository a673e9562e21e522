"""What is said about strategy meetings, and what is answered?"""

from collections.abc import Mapping

from pydantic import BaseModel, Field

from admin.body import Body, Slug, Strict, Text
from desk.targets import TargetIn
from desk.transfers import TriedOut


class MeetingPath(Strict):
    """Which meeting."""

    id: str


class NewMeeting(Body):
    """What kind of meeting, about what, and when. It is not started by this."""

    preset: Slug = Field("", examples=["derbyshire-strategy-discussion"])
    call: Text = Field("", description="The SID of the call that it is about.")
    contact: Slug = Field("", description="Or the contact record that it is about.")
    at: Text = Field("", description="The time that was agreed; empty: now.", examples=["Fri 16:05"])
    chair: TargetIn | None = Field(None, description="Who chairs it, where it is somebody else than the preset says.")


class InviteBody(Body):
    """Who else, and as what."""

    to: TargetIn = TargetIn()
    words: Text = Field("", description="As what they take part; they hear it.", examples=["Head teacher"])


class SeatBody(Body):
    """Whose seat."""

    seat: Slug = ""


class MeetingNote(Body):
    """Nothing but a reason, if there is one."""


class InviteeOut(BaseModel):
    """Somebody whom a procedure names for a meeting."""

    code: str
    words: str = Field(examples=["Detective Sergeant"])
    source: str = Field(examples=["B:57"])
    to: Mapping[str, str] = Field(description="Whom of the directory it means.")
    chair: bool
    gap: str = Field(description="Why nobody can be rung for it now, with the remedy; empty where somebody can.")


class PresetOut(BaseModel):
    """A kind of meeting."""

    code: str
    name: str
    authority: str
    source: str
    assumed: str = Field(description="What its source leaves open, and how it is taken.")
    invitees: list[InviteeOut]


class PresetList(BaseModel):
    """A page of kinds."""

    items: list[PresetOut]
    next: str | None


class SeatOut(BaseModel):
    """Somebody who is to take part."""

    id: str
    code: str
    words: str
    source: str
    chair: bool
    state: str = Field(examples=["invited", "ringing", "in", "left", "unreached", "removed"])
    muted: bool
    gap: str = Field(description="Why nobody can be rung for it now; told until they are in.")
    tried: list[TriedOut]


class StayOut(BaseModel):
    """From when until when somebody was in the room."""

    seat: str
    words: str
    since: str | None
    until: str | None


class MeetingOut(BaseModel):
    """A meeting."""

    id: str
    preset: str
    name: str
    authority: str
    call: str | None
    contact: str | None
    at: str | None
    state: str = Field(examples=["planned", "started", "ended"])
    locked: bool = Field(description="Whether nobody else is let in.")
    reason: str = Field(description="Why it did not begin, if it did not.")
    started_at: str | None
    ended_at: str | None
    seats: list[SeatOut]
    attendance: list[StayOut] = Field(description="Who was in when.")
    minutes_due: str | None = Field(description="By when the minutes are to be sent, once it is over.")
    can: list[str] = Field(description="What can be done with it now.", examples=[["start", "invite"]])


class MeetingList(BaseModel):
    """A page of meetings."""

    items: list[MeetingOut]
    next: str | None
