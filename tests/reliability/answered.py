"""What do a few callers meet who ring an application of this process, one after the other, while something is broken?"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from time import monotonic, sleep

from app import Application, Config
from telephone import Account, Telephone, WsgiTransport
from tests.ivr.proof.wandering import complaints, wander
from tests.reliability.ringing import CALLERS, CallSids
from tests.reliability.wire import STORMY, Shuffled, Told, Wire
from webhooks.links import FALLBACK, OVERRIDES, ROOT, STATUS

SECONDS = 2.0
"""So long may a caller wait for a reply."""

PATIENCE_SECONDS = 30.0


@dataclass(slots=True)
class Callers:
    """Everybody who has rung so far."""

    application: Application
    config: Config
    told: list[Told] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    _rung: int = 0

    def ring(self, size: int = 4) -> None:
        """So many more calls, each to its end."""
        with ThreadPoolExecutor(4) as others:
            for _ in range(size):
                self._rung += 1
                self._one(Random(f"callers {self._rung}"), others)

    @property
    def slowest(self) -> float:
        """The seconds of the slowest reply."""
        return max(one.seconds for one in self.told)

    @property
    def are_well(self) -> bool:
        """Whether all of them were answered, in time, by TwiML, to a safe end."""
        said = [one for one in self.told if not (one.is_acknowledged and one.is_formed)]
        assert not self.wrong, self.wrong
        assert not said, said
        assert self.slowest < SECONDS
        return True

    def says(self, words: str) -> bool:
        """Whether ``/readyz`` says this now: that it is ``ready``, or these words in a reason."""
        told = self.application.flask.test_client().get("/readyz").get_json()
        return told["status"] == words or any(words in reason for reason in told["because"])

    def hear(self, words: str) -> bool:
        """Whether it says so now or soon."""
        return soon(lambda: self.says(words))

    def _one(self, dice: Random, others: ThreadPoolExecutor) -> None:
        world, base = self.application.publication.current(), self.config.public_url
        line = dice.choice(sorted(world.plans.current))
        inside = WsgiTransport(self.application.flask.wsgi_app)
        wire = Wire(STORMY, dice, self.told.append, others, lambda timer: timer.join(), inside)
        phone = Telephone(
            wire, Account(self.config.account, self.config.tokens[0]), f"{base}{ROOT}{OVERRIDES}", f"{base}{FALLBACK}",
            f"{base}{STATUS}{OVERRIDES}", Shuffled(STORMY, dice), sids=CallSids(7, self._rung),
        )  # fmt: skip
        call = phone.dial(world.directory.lines[line].numbers[0].e164, dice.choice(CALLERS))
        wander(call, dice)
        self.wrong += complaints(call)


def soon(is_so: Callable[[], bool]) -> bool:
    """Whether something is so, now or before patience has come to its end."""
    until = monotonic() + PATIENCE_SECONDS
    while not is_so():
        if monotonic() > until:
            return False
        sleep(0.1)
    return True


@contextmanager
def callers(application: Application, config: Config) -> Iterator[Callers]:
    """Callers of an application that is closed afterwards."""
    try:
        yield Callers(application, config)
    finally:
        application.close()
