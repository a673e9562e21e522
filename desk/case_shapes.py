"""How are case entries written, and look-ups answered?"""

from pydantic import BaseModel, Field

from admin.body import Slug
from admin.shapes import NumberOut
from desk.contact_shapes import ChildBody


class CaseBody(ChildBody):
    """What a case system says of a child. It is kept under a keyed hash; nobody can read the name back."""

    system: Slug = Field("", examples=["eclipse", "right-for-children"])
    state: Slug = Field("", description="“unknown” takes the entry out.", examples=["open", "not-open", "unknown"])
    worker: Slug = Field("", description="The allocated worker, by slug.")
    manager: Slug = Field("", description="Their manager; left out: the one of the directory.")
    team: Slug = Field("", description="Their team; left out: the worker's.")


class CaseWorkerOut(BaseModel):
    """Somebody who works with the child."""

    slug: str
    name: str
    numbers: list[NumberOut]


class CaseOut(BaseModel):
    """What one case system says."""

    system: str
    name: str
    state: str = Field(examples=["open", "not-open", "unknown"])
    worker: CaseWorkerOut | None
    manager: CaseWorkerOut | None
    team: str
    entered_at: str | None = Field(description="When it was entered by hand.")
    entered_by: str


class CaseAnswer(BaseModel):
    """What both systems say together, and the reply by template; none while one of them has not been asked."""

    state: str = Field(examples=["open", "not-open", "unknown"])
    systems: list[CaseOut]
    reply: str
    remedy: str
