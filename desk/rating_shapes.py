"""How are a manager's ratings of a contact written and read over the API?"""

from pydantic import BaseModel, Field

from admin.body import Body, Name, Slug
from desk.texts import Long


class RatingBody(Body):
    """A Team Manager's rating, and why. The rationale is sealed; ``why`` is the audit trail's."""

    rating: Slug = Field("", examples=["blue", "green", "amber", "red"])
    decided_by: Name = Field("", description="The Team Manager, or the deputy, who decided.")
    rationale: Long = Field("", description="Why (C:149).")
    to_unit: bool = Field(
        default=False, description="Red only: the case goes straight to the local social work Unit (C:147)."
    )


class RatingOut(BaseModel):
    """One rating."""

    rating: str = Field(examples=["amber"])
    status: str = Field(examples=["information", "early-help", "referral"])
    at: str | None
    decided_by: str
    rationale: str
    who: str = Field(description="Who wrote it down.")


class ClockOut(BaseModel):
    """A clock that runs for the rating, from the contact on."""

    kind: str = Field(examples=["amber-action"])
    words: str
    source: str
    target_at: str | None = Field(description="The shorter of two readings, which runs (X32).")
    promise_at: str | None = Field(description="The longer one.")


class RatingHistory(BaseModel):
    """Every rating of a contact, the first one first, and the clocks of the last."""

    contact: str
    status: str = Field(examples=["contact", "information", "early-help", "referral"])
    items: list[RatingOut]
    clocks: list[ClockOut]
