"""How does a test use a Twilio account in miniature? See the package for the whole of it."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from telephone.account import Account, Numbered, Sids
from telephone.clock import ignore_time
from telephone.delivery import Delivery, InOrder
from telephone.errors import Unheard
from telephone.exchange.callbacks import callbacks
from telephone.exchange.checks import left_on_hold, ringing_after, rung_twice_at_once
from telephone.exchange.floor import Floor
from telephone.exchange.hearing import Silence
from telephone.exchange.leg import Leg
from telephone.exchange.lives import life
from telephone.exchange.personas import Persona, manner
from telephone.exchange.phone import Phone
from telephone.exchange.plant import Plant
from telephone.exchange.queue import Queue
from telephone.exchange.rest import Rest, serving
from telephone.exchange.room import Room
from telephone.exchange.timeline import Timeline
from telephone.fetching import Attempt, Order
from telephone.numbers import e164
from telephone.outcomes import PicksUp
from telephone.switchboard import BEGAN, ScreeningFailure, Settings
from telephone.transcript import Warned
from telephone.transport import Transport

WITHHELD = frozenset({"anonymous", "unknown", "restricted", "unavailable"})


class Exchange:
    """A Twilio account: its calls, queues and conferences, its REST API, and the people at the telephones.

    `voice_url` and its companions are what every number of the account is set up with; `owned` are those numbers.
    `follow` is called with the virtual seconds whenever they advance; `began` is when they are 0. `seed` draws faults.
    """

    def __init__(  # noqa: PLR0913 - what an account is set up with; all but three have defaults and are named
        self,
        transport: Transport,
        account: Account,
        voice_url: str,
        *,
        fallback_url: str | None = None,
        status_url: str | None = None,
        voice_method: str = "POST",
        fallback_method: str = "POST",
        owned: Iterable[str] = (),
        screening_failure: ScreeningFailure = ScreeningFailure.DROPS,
        delivery: Delivery | None = None,
        follow: Callable[[float], None] = ignore_time,
        began: datetime = BEGAN,
        sids: Sids | None = None,
        calls_a_second: float = 1.0,
        seed: int = 0,
    ) -> None:
        numbers = frozenset(e164(number) for number in owned)
        settings = Settings(
            voice_url, fallback_url, status_url, voice_method, fallback_method, numbers, screening_failure, began
        )
        self.timeline = Timeline(follow)
        self._plant = Plant(account, settings, self.timeline, sids or Numbered(), transport, delivery or InOrder())
        self._floor = Floor(self._plant)
        self.timeline.afterwards = self._floor.listens
        self.rest = Rest(self._floor, calls_a_second, seed)

    @property
    def now(self) -> float:
        """Virtual seconds since it was made."""
        return self.timeline.now

    @property
    def legs(self) -> tuple[Leg, ...]:
        """Every call resource, the oldest first."""
        return tuple(self._floor.legs)

    @property
    def rooms(self) -> tuple[Room, ...]:
        """Every conference, ended ones too."""
        return tuple(self._floor.rooms.all)

    @property
    def queues(self) -> tuple[Queue, ...]:
        """Every queue."""
        return tuple(self._floor.queues.all)

    @property
    def attempts(self) -> tuple[Attempt, ...]:
        """Every request to the application with its answer, repeats and status callbacks included."""
        return tuple(self._plant.attempts)

    @property
    def warnings(self) -> tuple[Warned, ...]:
        """What Twilio's debugger would show."""
        return tuple(self._plant.warnings)

    def phone(self, number: str) -> Phone:
        """The telephone with this number."""
        return self._floor.phone(number)

    def leg(self, sid: str) -> Leg:
        """The call with this CallSid. Raises KeyError."""
        found = self._floor.leg(sid)
        if found is None:
            raise KeyError(sid)
        return found

    def dial(
        self,
        to: str,
        caller: str = "+442079460999",
        forwarded_from: str | None = None,
        persona: Persona | None = None,
    ) -> Leg:
        """Call a number of the account. `caller` may be `anonymous`; `persona` is how the caller goes on by itself."""
        settings, sids = self._plant.settings, self._plant.sids
        shown = caller if caller in WITHHELD else e164(caller)
        leg = Leg(
            sids.next("CA"), shown, e164(to), "inbound", self._plant, manner(persona or PicksUp()),
            forwarded_from=forwarded_from, token=f"token-of-{len(self._floor.legs) + 1}",
            callbacks=callbacks(settings.status_url, "POST", "completed"),
            fallback=Order(settings.fallback_url, settings.fallback_method) if settings.fallback_url else None,
        )  # fmt: skip
        leg.started_at = self.now
        self._floor.comes_in(leg).lives(
            life(leg, Order(settings.voice_url, settings.voice_method), self._floor.context)
        )
        self.settle()
        return leg

    def between(self, hook: Callable[[], object]) -> None:
        """Let the application's background work be done after each event, and every virtual second."""
        self.timeline.hooks.append(hook)

    def settle(self) -> None:
        """Let happen what is due now."""
        self.timeline.settle()

    def advance(self, seconds: float) -> None:
        """Let virtual time pass."""
        self.timeline.advance(seconds)

    def until(self, condition: Callable[[], bool], within: float = 60.0) -> None:
        """Let time pass until something is so. Raises Unheard, with every leg's transcript, where it never is."""
        if not self.timeline.until(condition, within):
            raise Unheard(f"it did not come to that within {within:g} s\n{self.told()}")

    @contextmanager
    def served(self) -> Iterator[str]:
        """The REST API over a real socket of this machine, while the block runs; its base URL."""
        with serving(self.rest) as base_url:
            yield base_url

    def who_hears(self, leg: Leg) -> list[Leg]:
        """The legs whose voices this one hears now."""
        return self._floor.voices(leg)

    def ringing(self, number: str) -> list[Leg]:
        """The calls that ring at a number now."""
        return [leg for leg in self.phone(number).calls if leg.is_ringing]

    def longest_silence(self, leg: Leg) -> Silence:
        """The longest span in which a leg, connected, heard neither document nor tone nor people."""
        if leg.answered_at is None:
            return Silence(0.0, 0.0)
        return leg.ears.longest_silence(leg.answered_at, self.now if leg.ended_at is None else leg.ended_at)

    def left_on_hold(self) -> list[Leg]:
        """Legs on hold with nobody in their conference who could take them back."""
        return left_on_hold(self._floor)

    def ringing_after(self, leg: Leg) -> list[Leg]:
        """Legs that still ring although this caller has gone."""
        return ringing_after(self._floor, leg)

    def rung_twice_at_once(self) -> list[tuple[Leg, Leg]]:
        """Pairs of calls that rang one number at the same time, whenever it was."""
        return rung_twice_at_once(self._floor)

    def told(self) -> str:
        """What was heard and done at every leg, as text."""
        heads = (f"{leg.sid} {leg.caller} -> {leg.called} ({leg.direction}, {leg.status})" for leg in self.legs)
        return "\n".join(f"{head}\n{leg.told()}" for head, leg in zip(heads, self.legs, strict=True))
