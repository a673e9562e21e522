"""How is a call made?"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from telephone.account import Account, Numbered, Sids
from telephone.call import Call
from telephone.clock import Alarm, Clock, ignore_time
from telephone.delivery import Delivery, InOrder
from telephone.errors import CallerGone
from telephone.leg import Key, Leg
from telephone.story import whole_call
from telephone.switchboard import BEGAN, ScreeningFailure, Settings, Switchboard
from telephone.transport import Transport
from telephone.verbs import CALLER_VERBS


@dataclass(frozen=True, slots=True)
class Telephone:
    """A telephone whose calls reach an application as Twilio would bring them.

    `voice_url`, `fallback_url` and `status_url` are what a number is set up with. `owned` are the account's numbers,
    which a Dial may show as its caller ID. `follow` is called with the virtual seconds whenever they advance, so that
    an application's clock can follow; `began` is when they are 0. `sids` numbers the calls.
    """

    transport: Transport
    account: Account
    voice_url: str
    fallback_url: str | None = None
    status_url: str | None = None
    delivery: Delivery = field(default_factory=InOrder)
    voice_method: str = "POST"
    fallback_method: str = "POST"
    owned: Iterable[str] = ()
    screening_failure: ScreeningFailure = ScreeningFailure.DROPS
    follow: Callable[[float], None] = ignore_time
    began: datetime = BEGAN
    sids: Sids = field(default_factory=Numbered)

    def dial(
        self,
        to: str,
        caller: str = "+442079460999",
        forwarded_from: str | None = None,
        *,
        patience: float | None = None,
        typing: Iterable[tuple[float, str]] = (),
    ) -> Call:
        """Call a number (E.164); returns when the call needs somebody, or has ended.

        `caller` is sent as From as it is: `anonymous` for a withheld number. After `patience` seconds the caller hangs
        up, whatever goes on. `typing` are keys (seconds, key) pressed in the middle of speech: they stop what is
        nested in a Gather, and are lost elsewhere.
        """
        board = self._switchboard()
        if patience is not None:
            board.clock.alarms.append(Alarm(patience, CallerGone))
        keys = sorted((Key(at, key) for at, key in typing), key=lambda each: each.at)
        leg = Leg(self.sids.next("CA"), caller, to, board, CALLER_VERBS, forwarded_from=forwarded_from, typed=keys)
        return Call(leg, whole_call(leg))

    def _switchboard(self) -> Switchboard:
        settings = Settings(
            voice_url=self.voice_url,
            fallback_url=self.fallback_url,
            status_url=self.status_url,
            voice_method=self.voice_method,
            fallback_method=self.fallback_method,
            owned=frozenset(self.owned),
            screening_failure=self.screening_failure,
            began=self.began,
        )
        return Switchboard(self.account, settings, Clock(self.follow), self.sids, self.transport, self.delivery)
