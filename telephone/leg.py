"""Who is at one end of a call, and what is known of them?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Literal

from telephone.document import Element
from telephone.errors import OutOfTurn
from telephone.flow import Flow
from telephone.signature import Parameters
from telephone.speech import Sound
from telephone.states import Gathering, Listening, Presses, Running, Silence, Whispering
from telephone.switchboard import Switchboard

CallStatus = Literal["initiated", "ringing", "in-progress", "completed", "busy", "no-answer", "failed", "canceled"]

Verb = Callable[[Element, "Leg"], "Flow | Running[Flow]"]
"""A verb takes its element and a leg; it returns where to go on, at once or after needing people."""

PLACES: Parameters = tuple(
    (end + part, "") for end, part in product(("Caller", "Called", "From", "To"), ("City", "State", "Zip", "Country"))
)
"""Twilio sends these blank where it does not know them, as for most British numbers; they are signed like the rest."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key that a caller presses at a moment, whether or not anybody listens."""

    at: float
    key: str


@dataclass(slots=True)
class Leg:
    """One leg of a call: the caller's, or that of a person called.

    `keys` are what a scripted person presses at Gathers; None: ask. `typed` are keys pressed in mid-sentence.
    """

    sid: str
    caller: str
    called: str
    board: Switchboard
    verbs: Mapping[str, Verb]
    parent: "Leg | None" = None
    forwarded_from: str | None = None
    status: CallStatus = "ringing"
    answered_at: float | None = None
    keys: list[str] | None = None
    typed: list[Key] = field(default_factory=list)

    @property
    def purpose(self) -> Literal["parent", "child"]:
        """Whose requests this leg makes."""
        return "parent" if self.parent is None else "child"

    @property
    def is_gone(self) -> bool:
        """Whether this person has hung up."""
        return self.status == "completed"

    @property
    def duration(self) -> int:
        """Whole seconds since it was answered; 0 where it was not."""
        return 0 if self.answered_at is None else int(self.board.clock.now - self.answered_at)

    def answer(self) -> None:
        """The leg is picked up, if it was not yet."""
        if self.answered_at is None:
            self.answered_at = self.board.clock.now
            self.status = "in-progress"

    def hang_up(self) -> None:
        """The person leaves: nothing of theirs interrupts any more."""
        self.status = "completed"
        self.board.clock.alarms.clear()

    def parameters(self) -> Parameters:
        """What Twilio sends with each request of this leg. (Twilio: voice/twiml, request parameters)"""
        known: Parameters = (
            ("CallSid", self.sid),
            ("AccountSid", self.board.account.sid),
            ("From", self.caller),
            ("To", self.called),
            ("Caller", self.caller),
            ("Called", self.called),
            ("CallStatus", self.status),
            ("ApiVersion", "2010-04-01"),
            ("Direction", "inbound" if self.parent is None else "outbound-dial"),
        )
        parent = (("ParentCallSid", self.parent.sid),) if self.parent else ()
        forwarded = (("ForwardedFrom", self.forwarded_from),) if self.forwarded_from else ()
        return known + parent + forwarded + PLACES

    def says(self, text: str) -> None:
        """Note what this person does."""
        self.board.note("caller" if self.parent is None else "callee", text)

    def plays(self, sound: Sound) -> None:
        """The person hears it to its end; keys pressed meanwhile are lost."""
        self._hears(sound)
        self._lose_keys_before(self.board.clock.now + sound.seconds)
        self.board.clock.spend(sound.seconds)

    def plays_until_key(self, sound: Sound) -> str:
        """The person hears it until they press a key; the keys pressed."""
        now = self.board.clock.now
        self._lose_keys_before(now)
        early = [each for each in self.typed if each.at < now + sound.seconds]
        heard = sound.cut(early[0].at - now) if early else sound
        self._hears(heard)
        self.board.clock.spend(heard.seconds)
        self.typed = [each for each in self.typed if each not in early]
        return "".join(each.key for each in early)

    def asked(self, gather: Gathering) -> Running[Presses | Silence]:
        """What the person does while a Gather listens."""
        if self.keys is not None:
            return self._scripted(self.keys, gather)
        act = yield Listening(gather) if self.parent is None else Whispering(self.called, gather)
        if isinstance(act, Presses | Silence):
            return act
        raise OutOfTurn(f"a Gather waits for keys, not for {act}")

    def _scripted(self, keys: list[str], gather: Gathering) -> Presses | Silence:
        pressed = "".join(keys[: gather.num_digits])
        del keys[: gather.num_digits]
        return Presses(pressed) if pressed else Silence()

    def _hears(self, sound: Sound) -> None:
        if sound.text:
            self.board.note("line" if self.parent is None else "whisper", sound.text)

    def _lose_keys_before(self, moment: float) -> None:
        for lost in (each for each in self.typed if each.at < moment):
            self.says(f"presses {lost.key} (nobody listens)")
        self.typed = [each for each in self.typed if each.at >= moment]
