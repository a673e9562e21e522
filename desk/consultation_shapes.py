"""How are consultations written and read over the API?"""

from pydantic import BaseModel, Field

from admin.body import Body, Name, Slug, Text
from desk.paper_children import MOST, PaperChild, PaperChildOut
from desk.paperwork import PaperBody, PaperOut
from desk.texts import Long


class ConsultationBody(PaperBody):
    """Who asks, about which child, and what."""

    professional: Name = Field("", description="Who asks for advice.")
    agency: Name = ""
    reached_by: Text = Field("", description="How they can be reached.")
    children: list[PaperChild] = Field([], max_length=MOST)
    question: Long = ""


class PassBody(Body):
    """Who advises. The call itself goes by a warm transfer; the form goes by this."""

    to: Slug = Field("", examples=["mash-navigator", "early-help-area-manager"])


class AdviceBody(Body):
    """What was advised, and by whom."""

    advice: Long = ""
    advised_by: Name = ""


class BecomesReferral(Body):
    """Nothing but a reason, if there is one."""


class ConsultationOut(PaperOut):
    """A consultation without what was said; ``kind`` is who advises."""


class StatementOut(BaseModel):
    """A sentence to say."""

    words: str
    source: str


class ConsultationText(ConsultationOut):
    """A consultation; ``about`` is the contact record that it became."""

    professional: str
    agency: str
    reached_by: str
    children: list[PaperChildOut]
    question: str
    advice: str
    advised_by: str
    say: list[StatementOut]


class ConsultationList(BaseModel):
    """Consultations, the oldest first."""

    items: list[ConsultationOut]
    next: str | None
