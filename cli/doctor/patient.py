"""What is handed to whoever looks at a part of a deployment?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from app import Config
from carrier.answers import Failure
from carrier.inspecting import Balance, Country, Inspector, OwnNumber, Standing
from carrier.port import Busy, Gone, Refused, Unknown
from cli.doctor.findings import CannotLookError
from cli.doctor.web import Web
from ivr.moment import World
from routing.clock import Clock

T = TypeVar("T")
FAILURES = (Gone, Refused, Busy, Unknown)


@dataclass(slots=True)
class AtTwilio:
    """What Twilio says of the account, asked for once; a part that needs what was not answered cannot look."""

    inspector: Inspector
    tokens: tuple[str, ...]
    _kept: dict[str, object] = field(default_factory=dict)

    def standings(self) -> tuple[Standing | Failure, ...]:
        """What each of our tokens is shown, in our order."""
        return self._once("standings", lambda: tuple(map(self.inspector.standing, self.tokens)))

    def standing(self) -> Standing:
        """The account."""
        found = next((one for one in self.standings() if isinstance(one, Standing)), None)
        return answered(found or self.standings()[0], "the account")

    def balance(self) -> Balance:
        """What is left."""
        return answered(self._once("balance", self.inspector.balance), "the balance")

    def numbers(self) -> tuple[OwnNumber, ...]:
        """The account's numbers."""
        return answered(self._once("numbers", self.inspector.numbers), "the numbers")

    def verified(self) -> frozenset[str]:
        """What else the account may show."""
        return answered(self._once("verified", self.inspector.verified), "the verified caller IDs")

    def countries(self) -> tuple[Country, ...]:
        """Where the account may ring."""
        return answered(self._once("countries", self.inspector.countries), "the geographic permissions")

    def _once(self, name: str, ask: Callable[[], T]) -> T:
        if name not in self._kept:
            self._kept[name] = ask()
        found: T = self._kept[name]  # type: ignore[assignment]  # what was kept under the name is what was asked for
        return found


def answered(found: T | Failure, what: str) -> T:
    """What Twilio answered; CannotLookError with its words where it did not."""
    match found:
        case Refused():
            raise CannotLookError(f"Twilio refuses {what}: {found.words}")
        case Gone():
            raise CannotLookError(f"Twilio does not know {what} in this account or region.")
        case Busy() | Unknown():
            raise CannotLookError(f"Twilio did not answer when asked for {what}.")
        case _:
            return found


@dataclass(frozen=True, slots=True)
class Patient:
    """A deployment that is looked at, at one moment. ``twilio`` is none without an account, or where Twilio is left out."""

    config: Config
    environ: Mapping[str, str]
    now: datetime
    clock: Clock
    world: World | None
    web: Web
    twilio: AtTwilio | None
    tell: Callable[[str], object]

    @property
    def is_published(self) -> bool:
        """Whether this machine was ever started."""
        return (self.config.state / "published" / "stamp").exists()

    @property
    def at_twilio(self) -> AtTwilio:
        """Twilio's side, for parts that are looked at only there."""
        if self.twilio is None:
            raise CannotLookError("nothing was asked of Twilio.")
        return self.twilio
