"""Who is at one end of a call, and what becomes of them?"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

from telephone.exchange.callbacks import Callbacks
from telephone.exchange.hearing import Ears, Heard
from telephone.exchange.personas import Manner
from telephone.exchange.plant import Plant
from telephone.exchange.task import Interruption, Steps, Task, always
from telephone.fetching import Fetcher, Order
from telephone.leg import PLACES
from telephone.numbers import national
from telephone.signature import Parameters
from telephone.states import Gathering

Status = Literal["queued", "ringing", "in-progress", "completed", "busy", "no-answer", "failed", "canceled"]
Direction = Literal["inbound", "outbound-api", "outbound-dial"]

SECONDS_PER_KEY = 0.5


class LegEnded(Interruption):
    """The call is over: its person has hung up, or it was ended for them. No document goes on."""


@dataclass(slots=True, eq=False)
class Leg:
    """One call resource. Times are virtual seconds; `room` and `queue` are the names of where it is now."""

    sid: str
    caller: str
    called: str
    direction: Direction
    plant: Plant
    manner: Manner = field(default_factory=Manner)
    parent: "Leg | None" = None
    forwarded_from: str | None = None
    callbacks: Callbacks | None = None
    fallback: Order | None = None
    status: Status = "ringing"
    created_at: float = 0.0
    started_at: float | None = None
    rang_at: float | None = None
    answered_at: float | None = None
    ended_at: float | None = None
    token: str = ""
    partner: "Leg | None" = None
    room: str | None = None
    label: str = ""
    is_held: bool = False
    is_muted: bool = False
    queue: str | None = None
    pressed: str = ""
    is_listened_to: bool = False
    asks: int = 0
    ears: Ears = field(init=False)
    fetcher: Fetcher = field(init=False)
    watchers: list[Callable[[], None]] = field(default_factory=list)
    task: Task | None = None
    _keys: str = ""
    _has_met_people: bool = False

    def __post_init__(self) -> None:
        self.ears = Ears(self.plant.timeline)
        self.fetcher = self.parent.fetcher if self.parent else self.plant.fetcher()
        self._keys = self.manner.presses
        self.created_at = self.plant.timeline.now

    @property
    def is_over(self) -> bool:
        """Whether the call has ended, however it did."""
        return self.ended_at is not None

    @property
    def is_connected(self) -> bool:
        """Whether somebody has picked up and not hung up."""
        return self.answered_at is not None and not self.is_over

    @property
    def is_ringing(self) -> bool:
        """Whether a telephone of somebody called rings now."""
        return self.direction != "inbound" and self.status == "ringing"

    @property
    def is_speaking(self) -> bool:
        """Whether this end has a voice: a mailbox falls silent after its greeting."""
        if self.answered_at is None or self.manner.speaks is None:
            return self.is_connected
        return self.is_connected and self.plant.timeline.now < self.answered_at + self.manner.speaks

    @property
    def person(self) -> str:
        """The number of whoever is at this end."""
        return self.caller if self.direction == "inbound" else self.called

    @property
    def duration(self) -> int:
        """Whole seconds since it was answered; 0 where it was not."""
        until = self.plant.timeline.now if self.ended_at is None else self.ended_at
        return 0 if self.answered_at is None else int(until - self.answered_at)

    @property
    def heard(self) -> tuple[Heard, ...]:
        """All that was heard and done at this end, in its order."""
        return tuple(self.ears.heard)

    @property
    def hears_now(self) -> tuple[Heard, ...]:
        """What is heard at this moment."""
        return tuple(span for span in self.ears.heard if span.until is None)

    def has_heard(self, words: str, since: float = 0.0) -> bool:
        """Whether these words were heard, whatever the case and white space."""
        told = " ".join(span.text for span in self.ears.heard if span.kind != "act" and span.at >= since)
        return " ".join(words.split()).casefold() in " ".join(told.split()).casefold()

    def told(self) -> str:
        """The transcript of this end, a line each."""
        return "\n".join(f"  {span.at:8.1f}  {span.kind:<7}  {span.text}" for span in self.ears.heard)

    def parameters(self) -> Parameters:
        """What Twilio sends with each request of this leg. (Twilio: voice/twiml, request parameters)"""
        known: Parameters = (
            ("CallSid", self.sid),
            ("AccountSid", self.plant.account.sid),
            ("From", self.caller),
            ("To", self.called),
            ("Caller", self.caller),
            ("Called", self.called),
            ("CallStatus", self.status),
            ("ApiVersion", "2010-04-01"),
            ("Direction", self.direction),
        )
        parent = (("ParentCallSid", self.parent.sid),) if self.parent else ()
        forwarded = (("ForwardedFrom", self.forwarded_from),) if self.forwarded_from else ()
        token = (("CallToken", self.token),) if self.token else ()
        return known + parent + forwarded + token + PLACES

    def lives(self, steps: Steps[None]) -> None:
        """Start to work through its documents."""
        self.task = Task(self.plant.timeline, steps).start()

    def wake(self) -> None:
        """Something of interest to this leg has happened."""
        if self.task:
            self.task.wake()

    def interrupt(self, what: Interruption, only_if: Callable[[], bool] = always) -> None:
        """Throw something into whatever it is doing."""
        if self.task:
            self.task.interrupt(what, only_if)

    def dials_out(self) -> None:
        """Twilio starts the call to this leg's number; it rings."""
        self.started_at = self.rang_at = self.plant.timeline.now
        self._tell("initiated", "initiated")
        self.status = "ringing"
        self.ears.notes("rings")
        self._tell("ringing", self.status)

    def answer(self) -> None:
        """The leg is picked up, if it was not yet."""
        if self.answered_at is not None or self.is_over:
            return
        self.answered_at = self.plant.timeline.now
        self.status = "in-progress"
        self.ears.notes("is answered")
        self._tell("answered", self.status)
        for later in (self.manner.hangs_up_after, self.manner.speaks):
            if later is not None:
                self.plant.timeline.after(later, self._after_a_while)
        self._changed()

    def ends(self, status: Status, note: str = "") -> None:
        """The call is over, once."""
        if self.is_over:
            return
        was_queued = self.status == "queued"
        self.status, self.ended_at = status, self.plant.timeline.now
        self.ears.notes(note or f"ends: {status}")
        self.ears.close()
        if not was_queued:
            minutes = -(-self.duration // 60)
            self._tell("completed", status, (("CallDuration", str(self.duration)), ("Duration", str(minutes))))
        self.interrupt(LegEnded())
        self._changed()

    def picks_up(self) -> None:
        """Whoever is called answers; too late where it rings no more."""
        if self.is_ringing:
            self.answer()
        self.plant.timeline.settle()

    def declines(self) -> None:
        """Whoever is called refuses the call; networks say that the number is engaged."""
        if self.is_ringing:
            self.ends("busy", "declines the call")
        self.plant.timeline.settle()

    def hangs_up(self) -> None:
        """The person puts the telephone down, at whatever moment."""
        if self.is_ringing:
            return self.declines()
        self.ends("completed", "hangs up")
        return self.plant.timeline.settle()

    def presses(self, keys: str) -> None:
        """The person presses keys, half a second each, from now on; they are lost where no document listens."""
        for place, key in enumerate(keys):
            self.plant.timeline.after(place * SECONDS_PER_KEY, partial(self._press, key))
        self.plant.timeline.settle()

    def is_asked(self, rules: Gathering) -> None:
        """A prompt has ended and a Gather listens: a scripted person presses their next keys."""
        self.asks += 1
        asked = self.asks
        keys = self._keys[: rules.num_digits]
        self._keys = self._keys[len(keys) :]
        for place, key in enumerate(keys):
            after = self.manner.hesitates + place * SECONDS_PER_KEY
            self.plant.timeline.after(after, partial(self._press, key))
        if not keys and asked == 1 and self.direction != "inbound":
            self.ears.notes("is asked for a key")

    def hears_voices(self, others: "list[Leg]") -> None:
        """Whose voices it hears from now on."""
        self.ears.voices(", ".join(national(other.person) for other in others))
        if others and not self._has_met_people:
            self._has_met_people = True
            if self.manner.talks is not None:
                self.plant.timeline.after(self.manner.talks, self.hangs_up)

    def _after_a_while(self) -> None:
        if self.manner.hangs_up_after is not None:
            self.hangs_up()

    def _press(self, key: str) -> None:
        if self.is_over:
            return
        self.ears.notes(f"presses {key}" + ("" if self.is_listened_to else " (nobody listens)"))
        if self.is_listened_to:
            self.pressed += key
            self.wake()

    def _tell(self, event: str, status: str, extra: Parameters = ()) -> None:
        if self.callbacks:
            told = tuple((name, status if name == "CallStatus" else value) for name, value in self.parameters())
            self.callbacks.tell(self.plant, event, told, extra)

    def _changed(self) -> None:
        self.wake()
        for watcher in tuple(self.watchers):
            watcher()
