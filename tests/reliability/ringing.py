"""What do many callers meet at once? Calls by the dice against a service that may be broken meanwhile, over real HTTP.

with Ringing(served, world, size, seed) as calls:
    ...  # break something
calls.ended, calls.told, calls.unsafe   # once every call is over
"""

import gc
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from math import ceil
from random import Random
from threading import Thread, Timer
from types import TracebackType
from typing import Self

from ivr.moment import World
from telephone import Account, Call, Ended, StoryError, Telephone
from tests.ivr.proof.wandering import complaints, ending, wander
from tests.reliability.barred import may_be_rung
from tests.reliability.service import Service
from tests.reliability.wire import STORMY, Shuffled, Told, Weather, Wire
from webhooks.links import FALLBACK, OVERRIDES, ROOT, STATUS

RATE = 5.0
SPEED = 30.0
"""Seconds of a call in a second of ours: a call of five minutes takes ten seconds."""

COPIES = 32
CALLERS = ("anonymous", "+442079460999", "+442079460998", "+441134960123", "+447700900123")
PROGRESS_EVERY = 250


@dataclass(frozen=True, slots=True)
class Rung:
    """One call that is over. ``outcome`` is H, Q, M or A (reliability.md), or nothing; ``webhooks`` are those of all its legs;
    ``complaint`` says what was wrong."""

    number: int
    sid: str
    line: str
    outcome: str
    webhooks: int
    complaint: str = ""


@dataclass(slots=True)
class CallSids:
    """Identifiers that are no other call's, the same for the same seed."""

    seed: int
    call: int
    last: int = 0

    def next(self, prefix: str) -> str:
        """The next one of this call."""
        self.last += 1
        return f"{prefix}{self.seed:08x}{self.call:012x}{self.last:012x}"


@dataclass
class Ringing:
    """Callers of every bundled line who ring ``rate`` times a second, until ``size`` of them have rung. ``only`` names lines;
    ``plots`` are the numbers of the dice that fall, in turn (else each call has its own); ``forgives`` are complaints of what no
    caller hears."""

    served: Service
    world: World
    size: int
    seed: int
    rate: float = RATE
    weather: Weather = STORMY
    speed: float = SPEED
    only: Sequence[str] = ()
    plots: Sequence[int] = ()
    forgives: Callable[[str], bool] = lambda _: False
    told: list[Told] = field(default_factory=list)
    ended: list[Rung] = field(default_factory=list)
    _threads: list[Thread] = field(default_factory=list)
    _timers: list[Timer] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._collects = gc.isenabled()
        gc.disable()  # it stopped every caller at once, for half a second where many had rung, as if nobody had answered them
        self._others = ThreadPoolExecutor(COPIES, "copy")
        self._dispatcher = Thread(target=self._ring_all, daemon=True)
        self._dispatcher.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trail: TracebackType | None
    ) -> None:
        self._dispatcher.join()
        for thread in (*self._threads, *self._timers):
            thread.join()
        self._others.shutdown()
        if self._collects:
            gc.enable()

    @property
    def unsafe(self) -> list[Rung]:
        """The calls that did not end as they should."""
        return [call for call in self.ended if call.complaint]

    @property
    def outcomes(self) -> Counter[str]:
        """How many calls ended how."""
        return Counter(call.outcome for call in self.ended)

    @property
    def slowest(self) -> float:
        """The seconds of the slowest reply, those that never came included."""
        return max((one.seconds for one in self.told), default=0.0)

    def quantile(self, share: float) -> float:
        """So many seconds, or fewer, took this share of the replies."""
        seconds = sorted(one.seconds for one in self.told)
        return seconds[min(ceil(share * len(seconds)), len(seconds)) - 1] if seconds else 0.0

    @property
    def refused(self) -> Counter[int]:
        """Replies that were no 2xx, by status; 0 where none came."""
        return Counter(one.status for one in self.told if not one.is_acknowledged)

    @property
    def malformed(self) -> int:
        """Replies that were no TwiML."""
        return sum(not one.is_formed for one in self.told)

    @property
    def barred(self) -> list[str]:
        """Numbers that were dialled and must not be."""
        return sorted(
            number for number in {number for one in self.told for number in one.rings} if not may_be_rung(number)
        )

    def _ring_all(self) -> None:
        began = time.monotonic()
        for number in range(self.size):
            time.sleep(max(0.0, began + number / self.rate - time.monotonic()))
            self._threads.append(thread := Thread(target=self._ring, args=(number,), daemon=True))
            thread.start()
            if number % PROGRESS_EVERY == PROGRESS_EVERY - 1:
                sys.stderr.write(f"{number + 1} of {self.size} calls have begun, {len(self.unsafe)} were unsafe\n")

    def _ring(self, number: int) -> None:
        dice = Random(f"{self.seed} {self.plots[number % len(self.plots)] if self.plots else number}")  # dice
        line, to, caller = dialled(self.world, self.only, dice)
        call: Call | None = None
        try:
            call = self._phone(number).dial(to, caller)
            wander(call, dice)
            complaint = next((one for one in complaints(call) if not self.forgives(one)), "")
        except StoryError as error:
            complaint = str(error)
        except Exception as error:  # noqa: BLE001  # a call whose thread dies must not be missed
            complaint = repr(error)
        over = call and isinstance(call.state, Ended)
        self.ended.append(
            Rung(
                number,
                call.sid if call else "",
                line,
                ending(call) if call and over else "",
                len(call.exchanges) if call else 0,
                complaint,
            )
        )

    def _phone(self, number: int) -> Telephone:
        base, began = self.served.address, time.monotonic()
        dice = Random(f"weather {self.seed} {number}")  # dice

        def follow(elapsed: float) -> None:
            time.sleep(max(0.0, began + elapsed / self.speed - time.monotonic()))

        account = Account((self.served.state / "account").read_text(encoding="utf-8").strip(), self.served.token)
        wire = Wire(self.weather, dice, self.told.append, self._others, self._timers.append)
        return Telephone(
            wire, account, f"{base}{ROOT}{OVERRIDES}", f"{base}{FALLBACK}", f"{base}{STATUS}{OVERRIDES}",
            Shuffled(self.weather, dice), follow=follow, sids=CallSids(self.seed, number),
        )  # fmt: skip


def dialled(world: World, only: Sequence[str], dice: Random) -> tuple[str, str, str]:
    """Which line somebody rings, by which number, and from which."""
    line = dice.choice(tuple(only or sorted(world.plans.current)))
    return line, world.directory.lines[line].numbers[0].e164, dice.choice(CALLERS)
