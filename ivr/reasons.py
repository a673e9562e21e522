"""Why did the call go on as it did? The reasons of steps; those of routing stand in ``routing.reasons``."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Protocol

from ivr.events import LegEnd
from routing.reasons import clock_time


class Reason(Protocol):
    """A code for machines and a sentence for people, free of personal data."""

    @property
    def code(self) -> str:
        """The reason's name."""
        ...

    @property
    def sentence(self) -> str:
        """The reason in words."""
        ...


@dataclass(frozen=True, slots=True)
class Chose:
    """The caller took an option."""

    code: ClassVar[str] = "chose"
    label: str

    @property
    def sentence(self) -> str:
        """In words."""
        return f"The caller chose: {self.label}."


@dataclass(frozen=True, slots=True)
class NotOffered:
    """The caller pressed something that the prompt does not offer."""

    code: ClassVar[str] = "not-offered"

    @property
    def sentence(self) -> str:
        """In words."""
        return "The caller pressed a key that is not offered here."


@dataclass(frozen=True, slots=True)
class Quiet:
    """The caller pressed nothing."""

    code: ClassVar[str] = "silence"

    @property
    def sentence(self) -> str:
        """In words."""
        return "The caller pressed nothing."


@dataclass(frozen=True, slots=True)
class Bounded:
    """Enough repeats: the line's default destination takes over."""

    code: ClassVar[str] = "enough-repeats"

    @property
    def sentence(self) -> str:
        """In words."""
        return "The prompt was repeated as often as the plan allows: on to the line's default destination."


@dataclass(frozen=True, slots=True)
class AskedForHelp:
    """The caller pressed 0."""

    code: ClassVar[str] = "asked-for-help"

    @property
    def sentence(self) -> str:
        """In words."""
        return "The caller pressed 0: on to the line's default destination."


@dataclass(frozen=True, slots=True)
class Found:
    """An extension belongs to somebody."""

    code: ClassVar[str] = "extension-found"
    team: str

    @property
    def sentence(self) -> str:
        """In words."""
        return f"The extension belongs to {self.team}."


@dataclass(frozen=True, slots=True)
class NotFound:
    """An extension that is not in the directory."""

    code: ClassVar[str] = "extension-unknown"

    @property
    def sentence(self) -> str:
        """In words."""
        return "The extension is not in the directory."


@dataclass(frozen=True, slots=True)
class NotReached:
    """A rung phone led to nobody."""

    code: ClassVar[str] = "not-reached"
    who: str
    how: LegEnd

    @property
    def sentence(self) -> str:
        """In words."""
        return f"{self.who} was not reached: {self.how.value}."


@dataclass(frozen=True, slots=True)
class Accepted:
    """The callee pressed 1 (ruling 3)."""

    code: ClassVar[str] = "accepted"

    @property
    def sentence(self) -> str:
        """In words."""
        return "The called person pressed 1 and is connected."


@dataclass(frozen=True, slots=True)
class NotAccepted:
    """Whoever or whatever answered did not press 1."""

    code: ClassVar[str] = "not-accepted"

    @property
    def sentence(self) -> str:
        """In words."""
        return "Whoever answered did not press 1: that leg is ended, so that a mailbox never counts as a person."


@dataclass(frozen=True, slots=True)
class Asked:
    """The whisper is spoken to whoever answered."""

    code: ClassVar[str] = "whisper"
    named: str

    @property
    def sentence(self) -> str:
        """In words."""
        return f"The phone was answered; it hears that the call is for {self.named}."


@dataclass(frozen=True, slots=True)
class Conversed:
    """A conversation took place and is over."""

    code: ClassVar[str] = "conversation"

    @property
    def sentence(self) -> str:
        """In words."""
        return "Caller and called person were connected; their conversation is over."


@dataclass(frozen=True, slots=True)
class HungUp:
    """The caller left."""

    code: ClassVar[str] = "caller-gone"
    talked: bool

    @property
    def sentence(self) -> str:
        """In words."""
        return f"The caller hung up {'after a conversation' if self.talked else 'before anybody was connected'}."


@dataclass(frozen=True, slots=True)
class Booked:
    """A call-back is booked; both readings of its deadline."""

    code: ClassVar[str] = "call-back-booked"
    promise: datetime
    target: datetime

    @property
    def sentence(self) -> str:
        """In words."""
        return f"A call-back is booked: promised by {clock_time(self.promise)}, aimed at {clock_time(self.target)}."


@dataclass(frozen=True, slots=True)
class Kept:
    """The caller keeps the call-back."""

    code: ClassVar[str] = "call-back-kept"

    @property
    def sentence(self) -> str:
        """In words."""
        return "The call-back stays booked."


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The caller cancelled the call-back."""

    code: ClassVar[str] = "call-back-cancelled"

    @property
    def sentence(self) -> str:
        """In words."""
        return "The caller cancelled the call-back."


@dataclass(frozen=True, slots=True)
class NoCallBackNumber:
    """There is no number on which this caller could be called back."""

    code: ClassVar[str] = "call-back-number-missing"

    @property
    def sentence(self) -> str:
        """In words."""
        return "No number is known on which this caller can be called back."


@dataclass(frozen=True, slots=True)
class DueBy:
    """A deadline was said to the caller."""

    code: ClassVar[str] = "due-by"
    promise: datetime
    target: datetime

    @property
    def sentence(self) -> str:
        """In words."""
        return f"A reply is promised by {clock_time(self.promise)}, aimed at {clock_time(self.target)}."


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The call goes on in another line's plan."""

    code: ClassVar[str] = "handed-over"
    line: str

    @property
    def sentence(self) -> str:
        """In words."""
        return f"The call goes on in the line {self.line}."


@dataclass(frozen=True, slots=True)
class Staff:
    """The caller is known as staff."""

    code: ClassVar[str] = "staff"
    how: str

    @property
    def sentence(self) -> str:
        """In words."""
        return f"The caller is known as staff by {self.how}."


@dataclass(frozen=True, slots=True)
class SafeMessage:
    """The safe message was given whole."""

    code: ClassVar[str] = "safe-message"

    @property
    def sentence(self) -> str:
        """In words."""
        return "The safe message is spoken whole."


@dataclass(frozen=True, slots=True)
class PlanReplaced:
    """The plan that this call began with is not here any more (ruling 15)."""

    code: ClassVar[str] = "plan-replaced"

    @property
    def sentence(self) -> str:
        """In words."""
        return "The plan that this call began with is gone: the current plan goes on."


@dataclass(frozen=True, slots=True)
class TooLong:
    """The call took more steps than any caller needs."""

    code: ClassVar[str] = "too-many-steps"

    @property
    def sentence(self) -> str:
        """In words."""
        return "The call has taken more steps than any caller needs: on to the safe message."
