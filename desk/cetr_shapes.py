"""How are CETR requests written and read over the API?"""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field, StrictBool

from admin.body import Body, Name, Slug, Strict, Text
from admin.listing import Search
from desk.paper_children import PaperChild, PaperChildOut
from desk.texts import Long

AUTHORITY = "devon"
"""The only authority whose procedure knows CETR requests (D:3)."""


class CetrPath(Strict):
    """Which request."""

    id: str


class CetrSearch(Search):
    """Which requests; words are looked for in class, state and id, for nothing else is written openly."""

    state: Slug = Field("", description="open or answered.")


class CetrRequester(Strict):
    """Who asks, and how they are answered."""

    name: Name = ""
    organisation: Text = ""
    contact: Text = ""


class CetrBody(Body):
    """A request as it is taken down at the desk."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", json_schema_extra={"required": ["class"]})

    authority: Slug = AUTHORITY
    class_: Slug = Field("", alias="class", examples=["same-day", "next-day"])
    received: Text = Field("", description="ISO 8601, or words like “Fri 16:05”; left out: now.")
    requester: CetrRequester = CetrRequester()
    child: PaperChild = PaperChild()
    details: Long = ""


class CetrMailBody(Body):
    """A request as it was mailed in, with its header."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", json_schema_extra={"required": ["text"]})

    authority: Slug = AUTHORITY
    text: Long = Field("", examples=["Subject: CETR same day response\n\n..."])
    received: Text = Field("", description="ISO 8601, or words like “Fri 16:05”; left out: now.")


class CetrWorker(Strict):
    """Somebody who works with the child, as the case system says; numbers in any British form."""

    name: Name = ""
    office_number: Text = ""
    mobile: Text = ""
    email: Text = ""


class CetrAnswerBody(Body):
    """What the look-up in both systems gave: worker, manager and team where the child is open, nothing where not."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", json_schema_extra={"required": ["open"]})

    open: StrictBool | None = None
    system: Slug = Field("", description="Which system it is open to.", examples=["eclipse", "right-for-children"])
    worker: CetrWorker = CetrWorker()
    manager: CetrWorker = CetrWorker()
    team: Name = ""


class CetrReading(BaseModel):
    """One reading of the deadline."""

    name: str
    at: str | None


class CetrDue(BaseModel):
    """By when a reply is due: the desk works to the target, the requester is told the promise."""

    target: str | None
    promise: str | None
    readings: list[CetrReading]


class CetrHead(BaseModel):
    """A request without anybody's name."""

    id: str
    authority: str
    class_: str = Field(serialization_alias="class")
    stated: bool = Field(description="Whether the request named its class; if not, the sooner is taken.")
    origin: str = Field(examples=["desk", "mail"])
    state: str
    received_at: str | None
    due: CetrDue
    late: bool
    told: str


class CetrList(BaseModel):
    """Requests, the soonest due first, then those that are answered."""

    items: list[CetrHead]
    next: str | None


class CetrRequesterOut(BaseModel):
    """Who asked."""

    name: str
    organisation: str
    contact: str


class CetrOut(CetrHead):
    """A request with what it holds."""

    requester: CetrRequesterOut
    child: PaperChildOut
    details: str
    reply: str = Field(description="What was answered, by template.")
    answered_at: str | None
    answered_by: str
