"""How are basic checks written and read over the API? The answer's shape holds the four facts that may be told, and nothing else."""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from admin.body import Body, Name, Slug, Strict
from desk.paper_children import MOST, PaperChild, PaperChildOut
from desk.paperwork import PaperBody, PaperOut
from desk.texts import Long


class CheckBody(PaperBody):
    """Who asks, from which body, why, and about which child."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid",
        json_schema_extra={"required": ["authority", "body", "enquirer", "involvement", "children"]},
    )

    body: Slug = Field("", description="One of those that may ask: GET /bodies lists them.", examples=["cafcass"])
    enquirer: Name = ""
    involvement: Long = Field("", description="How they are actively involved in the case (C:85).")
    children: list[PaperChild] = Field([], max_length=MOST)
    in_doubt: bool = Field(
        default=False,
        description="Whether who they are is in any doubt: then only a call back to their switchboard will do.",
    )


class Establishing(Body):
    """How it was established who asks."""

    how: Slug = Field("", examples=["identity", "call-back", "not-established"])
    callback: Slug = Field("", description="The verified call back, where it was one.")


class SiblingFact(Strict):
    """Of a sibling only whether their case is open."""

    case: Slug = Field("", examples=["open", "closed"])


class CheckAnswer(Body):
    """What may be told (C:87-C:92). There is no field for more: that is asked for in writing."""

    known: Slug = Field("", description="Whether the child is known to us.", examples=["yes", "no"])
    case: Slug = Field("", description="Whether a case is open or closed.", examples=["open", "closed"])
    worker: Name = ""
    manager: Name = ""
    siblings: list[SiblingFact] = Field([], max_length=MOST)
    more_wanted: bool = Field(default=False, description="They want to know more: a written request is awaited (C:98).")


class CheckOut(PaperOut):
    """A check without who asks and about whom; ``kind`` is the body."""

    body: str = Field(description="The body as it is printed.")
    in_doubt: bool
    established_by: str = Field(description="Who established who asks.")
    how: str
    callback: str


class SiblingOut(BaseModel):
    """A sibling, without a name."""

    case: str


class AnswerOut(BaseModel):
    """What was told."""

    known: str
    case: str
    worker: str
    manager: str
    siblings: list[SiblingOut]


class CheckText(CheckOut):
    """A check with who asks and about whom."""

    enquirer: str
    involvement: str
    children: list[PaperChildOut]
    answer: AnswerOut | None


class CheckList(BaseModel):
    """Checks, the oldest first."""

    items: list[CheckOut]
    next: str | None
