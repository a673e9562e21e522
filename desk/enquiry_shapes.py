"""How are enquiries written and read over the API?"""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from admin.body import Body, Name, Slug, Strict, Text
from admin.listing import Search
from desk.enquiry_rules import AGENCIES, REASON_CODES, STANDINGS, UNSURE
from desk.paper_children import MOST, PaperChild, PaperChildOut
from desk.texts import Long


class EnquiryPath(Strict):
    """Which enquiry."""

    id: str


class EnquirySearch(Search):
    """Which enquiries; words are looked for in agency, reason, state and id, for nothing else is written openly."""

    state: Slug = Field("", description="open, verified, answered or referred.")


class Enquirer(Strict):
    """Who asks."""

    name: Name = ""
    role: Text = Field("", description="What they are there.", examples=["health visitor"])
    contact: Text = Field("", description="How they are called back, as they say it themselves.")


class EnquiryBody(Body):
    """An enquiry as it comes in. At least one child or the family's reference has to be there."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid", json_schema_extra={"required": ["agency", "reason"]}
    )

    authority: Slug = Field("", description="Where no call says it.", examples=["sheffield"])
    call: Slug = Field("", description="The SID of the call.")
    agency: Slug = Field("", description="Whom they ask for.", examples=list(AGENCIES))
    reason: Slug = Field("", examples=list(REASON_CODES))
    known: Slug = Field(UNSURE, description="Whether the child was known to us before.", examples=list(STANDINGS))
    enquirer: Enquirer = Enquirer()
    children: list[PaperChild] = Field([], max_length=MOST)
    family: Text = Field("", description="The family's reference, where there is one.")
    concern: Long = ""


class Verification(Body):
    """How it was established who asks."""

    how: Text = Field("", examples=["Rang back on the switchboard of the school."])


class EnquiryAnswer(Body):
    """What the enquirer was told."""

    answer: Long = ""


class EnquiryPromptOut(BaseModel):
    """One reading of the rule on second enquiries."""

    reading: str = Field(examples=["any-second-enquiry", "child-not-known"])
    words: str
    source: str
    count: int = Field(description="Enquiries within two years by this reading, this one included.")
    fired: bool


class EnquiryHead(BaseModel):
    """An enquiry without anybody's name."""

    id: str
    authority: str
    line: str
    call: str | None
    agency: str
    reason: str
    known: str
    state: str
    made_at: str | None
    verified: bool
    contact: str | None = Field(description="The contact record of the referral that was made of it.")
    fired: list[str] = Field(description="The readings of the rule that prompted a referral.")


class EnquiryList(BaseModel):
    """Enquiries, newest first."""

    items: list[EnquiryHead]
    next: str | None


class EnquirerOut(BaseModel):
    """Who asked."""

    name: str
    role: str
    contact: str


class EnquiryStepOut(BaseModel):
    """What an enquiry became, when, by whom."""

    state: str
    at: str | None
    who: str


class EnquiryContents(BaseModel):
    """What an enquiry holds."""

    id: str
    made_at: str | None
    agency: str
    reason: str
    state: str
    enquirer: EnquirerOut
    children: list[PaperChildOut]
    family: str
    concern: str
    answer: str


class EnquiryOut(EnquiryHead):
    """An enquiry with what it holds, and the others about the same child or family, the earliest first."""

    statement: str
    prompts: list[EnquiryPromptOut]
    refer: str = Field(description="What happens now, where a reading of the rule fired.")
    unmatched: int = Field(description="Children who find no enquiry, for want of a name or a date of birth.")
    enquirer: EnquirerOut
    children: list[PaperChildOut]
    family: str
    concern: str
    answer: str
    verified_by: str
    verified_how: str
    chronology: list[EnquiryContents]
    history: list[EnquiryStepOut]


class EnquiryReferral(BaseModel):
    """A referral was made of an enquiry."""

    enquiry: str
    contact: str = Field(description="The contact record, at GET /contacts/{id}.")
