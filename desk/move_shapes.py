"""How are families who move in written and read over the API?"""

from pydantic import BaseModel, Field

from admin.body import Body, Name, Slug
from desk.paper_children import MOST, PaperChild, PaperChildOut
from desk.paperwork import PaperBody, PaperOut
from desk.texts import Long


class MoveBody(PaperBody):
    """Which authority tells us, and what it wants. No details of the family are taken before its form is here (C:176)."""

    from_authority: Name = Field("", description="The authority that the family comes from.")
    wants: Slug = Field("information", examples=["information", "conference"])


class SocForm(Body):
    """What the completed Form SOC 1233 says."""

    children: list[PaperChild] = Field([], max_length=MOST)
    form: Long = ""


class MoveDecision(Body):
    """Whether the family stays, by the Team Manager's word."""

    stays: Slug = Field("", examples=["permanent", "temporary"])
    decided_by: Name = ""
    reasons: Long = ""


class ConferenceBody(Body):
    """Whether PQA accepts that a conference is needed."""

    conference: Slug = Field("", examples=["accepted", "not-needed"])


class AgreedBody(Body):
    """Whose case it is, once that is agreed."""

    whose: Slug = Field("", examples=["ours", "theirs"])


class EscalatedBody(Body):
    """Nothing but a reason, if there is one."""


class MoveOut(PaperOut):
    """A move without the family's details; ``kind`` is what the other authority wants."""

    from_authority: str
    whose: str = Field(description="Whose case it is, once that is known.", examples=["ours", "theirs"])


class MoveText(MoveOut):
    """A move; ``about`` is the family's contact record."""

    children: list[PaperChildOut]
    form: str
    stays: str
    decided_by: str
    reasons: str


class MoveList(BaseModel):
    """Moves, the oldest first."""

    items: list[MoveOut]
    next: str | None
