"""How is a report by e-mail asked for, and what is told of it?"""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from admin.body import Body, Slug, Strict, Text
from admin.listing import Paging
from admin.report_shapes import BY, DaysOut
from routing.report_times import Every
from store.report_letters import Stands

MOST_RECIPIENTS = 20
LAST_HOUR = 23


class ReportMailPath(Strict):
    """Which report by e-mail."""

    id: str


class ReportMailQuery(Paging):
    """Where in the list."""


class NewReportMail(Body):
    """A report that is to come by itself."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", json_schema_extra={"required": ["recipients"]})

    every: Every = Field(Every.MONTH, description="Of each month, or of each week from Monday on.")
    authority: Slug = Field("", description="Only the lines of this authority.")
    line: Slug = Field("", description="Only this line.")
    by: Slug = Field(
        "", description=f"How it is told apart: {', '.join(BY)}; by line, team and hour where none is given."
    )
    hour: int = Field(8, description=f"At which hour of England's clock it is sent, from 0 to {LAST_HOUR}.")
    recipients: list[Text] = Field(
        [], description="One e-mail address each.", examples=[["board@example.org"]], max_length=MOST_RECIPIENTS
    )


class SendNow(Body):
    """To whom it is sent now."""

    to: Text = Field("", description="One address; all recipients where none is given.", examples=["ada@example.org"])


class ReportLetterOut(BaseModel):
    """The last letter to one address."""

    to: str
    days: DaysOut
    trial: bool = Field(description="Whether somebody asked for it.")
    state: Stands
    words: str = Field(description="What came of it.", examples=["Sent Tue 1 Dec 2026 08:00."])
    asked_at: str
    ended_at: str | None


class ReportMailOut(BaseModel):
    """A report that comes by itself."""

    id: str
    every: Every
    authority: str
    line: str
    by: str
    hour: int
    recipients: list[str]
    made_by: str
    made_at: str
    next_at: str = Field(description="When the next one is due.")
    next_days: DaysOut
    letters: list[ReportLetterOut] = Field(
        description="The last one to each address, its recipients first; none: not yet."
    )


class ReportMailList(BaseModel):
    """Reports by e-mail, in order of age."""

    items: list[ReportMailOut]
    next: str | None
