"""What may a plan's TOML hold? One model per verb; an unknown field is a problem, never ignored."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from ivr import plan
from ivr.plan import Closing, Night, Priority
from routing.deadlines import CutOff, ReplyClass

Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=80)]
Text = Annotated[str, Field(min_length=1, max_length=1200)]
Key = Annotated[str, Field(pattern=r"^[1-9]$")]


class Shape(BaseModel):
    """A table of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class HoursShape(Shape):
    """A weekly rule, where it is printed, and which part of it had to be assumed."""

    week: str
    holidays: Literal["closed", "as-usual"] = "closed"
    source: str = ""
    assumed: str = ""


class OptionShape(Shape):
    """One choice of a menu."""

    key: Key
    label: Text
    go: Slug


class MenuShape(Shape):
    """``do = "menu"``."""

    do: Literal["menu"]
    say: str = ""
    options: Annotated[list[OptionShape], Field(min_length=1)]

    def node(self, slug: str) -> plan.Menu:
        """The node of this table."""
        return plan.Menu(slug, self.say, tuple(plan.Option(one.key, one.label, one.go) for one in self.options))


class SwitchShape(Shape):
    """``do = "switch"``."""

    do: Literal["switch"]
    hours: str
    open: Slug
    closed: Slug

    def node(self, slug: str) -> plan.Switch:
        """The node of this table."""
        return plan.Switch(slug, self.hours, self.open, self.closed)


class ExtensionShape(Shape):
    """``do = "extension"``."""

    do: Literal["extension"]
    say: Text
    digits: Annotated[int, Field(ge=2, le=6)] = 4
    otherwise: Slug
    by_name: Slug | Literal[""] = ""

    def node(self, slug: str) -> plan.Extension:
        """The node of this table."""
        return plan.Extension(slug, self.say, self.digits, self.otherwise, self.by_name)


class DialByNameShape(Shape):
    """``do = "dial-by-name"``."""

    do: Literal["dial-by-name"]
    say: Text
    otherwise: Slug

    def node(self, slug: str) -> plan.DialByName:
        """The node of this table."""
        return plan.DialByName(slug, self.say, self.otherwise)


class RingShape(Shape):
    """``do = "ring"``."""

    do: Literal["ring"]
    team: Slug
    named: str = ""
    say: str = ""
    without_number: str = ""
    source: str = ""
    assumed: str = ""

    def node(self, slug: str) -> plan.RingTeam:
        """The node of this table."""
        return plan.RingTeam(slug, self.team, self.named, self.say, self.without_number)


class QueueShape(Shape):
    """``do = "queue"``."""

    do: Literal["queue"]
    say: str = ""
    priority: Priority
    otherwise: Slug
    call_back: Slug
    most_waiting: Annotated[int, Field(ge=1, le=100)] = 10
    longest_seconds: Annotated[int, Field(ge=60, le=3600)] = 600
    closing: Closing = Closing.FINISH
    comfort: str = ""
    source: str = ""
    assumed: str = ""

    def node(self, slug: str) -> plan.Queue:
        """The node of this table."""
        bounds = self.most_waiting, self.longest_seconds
        return plan.Queue(
            slug, self.say, self.priority, self.otherwise, self.call_back, *bounds, self.closing, self.comfort
        )


class MessageShape(Shape):
    """``do = "message"``."""

    do: Literal["message"]
    say: Text
    go: Slug

    def node(self, slug: str) -> plan.Message:
        """The node of this table."""
        return plan.Message(slug, self.say, self.go)


class DeadlineShape(Shape):
    """``do = "deadline"``; ``{due}`` in the text stands for the moment."""

    do: Literal["deadline"]
    say: Annotated[str, Field(pattern=r"\{due\}", max_length=1200)]
    reply: ReplyClass
    cut_off: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
    source: str = ""
    assumed: str = ""
    go: Slug

    def node(self, slug: str) -> plan.Deadline:
        """The node of this table."""
        hour, minute = self.cut_off.split(":")
        return plan.Deadline(slug, self.say, self.reply, CutOff(int(hour) * 60 + int(minute)), self.go)


class CallBackShape(Shape):
    """``do = "call-back"``."""

    do: Literal["call-back"]
    say: str = ""
    about: Text
    within_hours: Annotated[int, Field(ge=1, le=240)]
    source: str = ""
    assumed: str = ""

    def node(self, slug: str) -> plan.CallBack:
        """The node of this table."""
        return plan.CallBack(slug, self.say, self.about, self.within_hours)


class HandOverShape(Shape):
    """``do = "hand-over"``."""

    do: Literal["hand-over"]
    say: Text
    line: Slug

    def node(self, slug: str) -> plan.HandOver:
        """The node of this table."""
        return plan.HandOver(slug, self.say, self.line)


class SafeShape(Shape):
    """``do = "safe"``."""

    do: Literal["safe"]
    say: Text
    call_back: str = ""

    def node(self, slug: str) -> plan.Safe:
        """The node of this table."""
        return plan.Safe(slug, self.say, self.call_back)


class GoodbyeShape(Shape):
    """``do = "goodbye"``."""

    do: Literal["goodbye"]
    say: Text

    def node(self, slug: str) -> plan.Goodbye:
        """The node of this table."""
        return plan.Goodbye(slug, self.say)


class StaffOnlyShape(Shape):
    """``do = "staff-only"``."""

    do: Literal["staff-only"]
    say: Text
    go: Slug
    otherwise: Slug

    def node(self, slug: str) -> plan.StaffOnly:
        """The node of this table."""
        return plan.StaffOnly(slug, self.say, self.go, self.otherwise)


NodeShape = Annotated[
    MenuShape | SwitchShape | ExtensionShape | DialByNameShape | RingShape | QueueShape | MessageShape | DeadlineShape
    | CallBackShape | HandOverShape | SafeShape | GoodbyeShape | StaffOnlyShape,
    Field(discriminator="do"),
]  # fmt: skip


class BudgetShape(Shape):
    """How much the line may ask of a caller at worst; ``dutyline check`` holds it against every call that can be made."""

    first_ring_seconds: Annotated[int, Field(ge=10, le=900)] = plan.ASSUMED.first_ring_seconds
    safe_seconds: Annotated[int, Field(ge=10, le=900)] = plan.ASSUMED.safe_seconds
    prompt_words: Annotated[int, Field(ge=20, le=300)] = plan.ASSUMED.prompt_words
    steps: Annotated[int, Field(ge=5, le=plan.MOST_HOPS)] = plan.ASSUMED.steps

    def budget(self) -> plan.Budget:
        """The budget of this table."""
        return plan.Budget(self.first_ring_seconds, self.safe_seconds, self.prompt_words, self.steps)


class PlanShape(Shape):
    """One line's file."""

    line: Slug
    name: Text
    authority: Slug
    opening: Text
    emergency: Text
    start: Slug
    otherwise: Slug
    safe: Slug
    open_by: str
    day_by: str = ""
    night: Night
    night_team: str = ""
    last_resort: list[Slug]
    source: str = ""
    reviewed: str = ""
    read: str = ""
    budget: BudgetShape = BudgetShape()
    hours: dict[str, HoursShape]
    nodes: dict[Slug, NodeShape]


def targets(node: NodeShape) -> Iterator[tuple[str, str]]:
    """Every field of a node that names another, with that name."""
    if isinstance(node, MenuShape):
        yield from ((f"options.{at}.go", option.go) for at, option in enumerate(node.options))
    for field in ("go", "open", "closed", "otherwise", "by_name", "call_back"):
        target = getattr(node, field, "")
        if target:
            yield field, target
