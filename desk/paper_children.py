"""Which children is a paper about? Named as in contact records, so that they become one without being typed again."""

from collections.abc import Sequence

from pydantic import BaseModel, Field

from admin.body import Name, Strict, Text
from admin.problems import Faults
from desk.contact_values import NO_DATE, is_date

MOST = 40
NOBODY = "say at least the name or the date of birth, or leave the child out."


class PaperChild(Strict):
    """A child, as far as they are known."""

    name: Name = ""
    born: Text = Field("", examples=["2019-05-31"])


class PaperChildOut(BaseModel):
    """A child, as far as they are known."""

    name: str
    born: str
    gender: str


def children_in(children: Sequence[PaperChild], faults: Faults) -> list[dict[str, str]]:
    """The children as a contact record keeps them; whatever is wrong is noted."""
    for place, child in enumerate(children):
        if not (child.name or child.born):
            faults.say(f"children.{place}.name", "missing", NOBODY)
        if child.born and not is_date(child.born):
            faults.say(f"children.{place}.born", "date", NO_DATE.format(given=child.born[:40]))
    return [{"name": child.name, "born": child.born, "gender": ""} for child in children]
