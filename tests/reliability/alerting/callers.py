"""What do callers meet that somebody should be woken for? Lines on a Wednesday morning, each with trouble of its own."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path
from threading import Event, Thread

from routing.clock import LONDON
from telephone import Answers, Call, Listening, NoAnswer, Outcome, Queued
from tests.reliability.alerting.phones import (
    NOBODYS,
    account,
    as_time_goes_by,
    first_step,
    goes_on,
    nobody,
    nothing,
    number_of,
    rings,
    somebody,
)
from tests.reliability.alerting.trouble import Deployment, Trouble
from tests.reliability.asking import Asking
from tests.reliability.service import Service, service
from tests.reliability.wall_clock import wall_clock
from tests.reliability.watching import admin_key

MORNING = datetime(2026, 12, 2, 10, 30, tzinfo=LONDON)
UNANSWERED, SLOW, DESK, ELSEWHERE = "sheffield-cpet", "derby", "derby-consultation", "call-derbyshire"
"""Lines: of one no phone is answered, of one late, at one callers wait for a desk, which answers another one, too."""

MANY = 5
LATE_SECONDS = 185.0
LISTENS_SECONDS = 125.0
"""So long the caller has the menu told again; what follows takes longer than a minute."""

SOON = 20
"""Beside so many whose phone is answered at once, one who waited is no more than one in twenty."""

BEATS_EVERY = 25.0
SEEN_SECONDS = 2.0
"""After so long the answering path knows who is at the desk."""


@dataclass
class Waits:
    """A caller in the desk's queue, both of whose handlers still write up what they heard on another line."""

    served: Service
    handlers: Sequence[Asking]
    _over: Event = field(default_factory=Event)
    _threads: list[Thread] = field(default_factory=list)

    def begin(self) -> None:
        """The handlers come, and the caller rings."""
        for handler in self.handlers:
            _writes_up(handler)
        time.sleep(SEEN_SECONDS)
        self._threads = [Thread(target=one, daemon=True) for one in (self._stay, self._hears_music)]
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """The caller hangs up."""
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _stay(self) -> None:
        """Both are heard of, and one after the other has another call to write up, before two minutes end it."""
        turns = cycle((None, *self.handlers))
        while not self._over.wait(BEATS_EVERY):
            for handler in self.handlers:
                handler.reads("/desk/me")
            if whose := next(turns):
                _writes_up(whose)

    def _hears_music(self) -> None:
        call = goes_on(rings(self.served, DESK, as_time_goes_by()), nothing, nobody)
        while isinstance(call.state, Queued | Listening) and not self._over.is_set():
            call.waits() if isinstance(call.state, Listening) else call.waits_in_queue(1)
        call.hangs_up()


def _writes_up(handler: Asking) -> None:
    """After a call of another line; whoever waits for the desk is offered to nobody meanwhile, and somebody is there."""
    _is(handler, status="available", phone="020 7946 0321", lines=[ELSEWHERE])
    _is(handler, status="wrap-up")
    _is(handler, lines=[DESK])


def _is(handler: Asking, **how: object) -> None:
    handler.sends("PUT", "/desk/me", how)


@contextmanager
def callers(folder: Path) -> Iterator[Deployment]:
    """One machine, and five kinds of callers."""
    folder.mkdir(parents=True)
    clock, url = wall_clock(folder, MORNING), f"sqlite:///{folder / 'dutyline.db'}"
    with service(folder / "state", url, 1, **clock.environment) as served:
        handlers = [Asking(served, admin_key(url, name)) for name in ("one", "other")]
        waits = Waits(served, handlers)
        troubles = (
            Trouble(("DutylineCallsRescued",), lambda: dials_wrongly(served)),
            Trouble(("DutylineNobodyReached",), lambda: _reach_nobody(served), lambda: _reaches_somebody(served, UNANSWERED)),
            Trouble(("DutylinePersonLate",), lambda: _is_reached_late(served), lambda: _are_reached_soon(served)),
            Trouble(("DutylineQueueWaits",), waits.begin, waits.end),
            Trouble(("DutylineAlarm",), lambda: _is_refused(served), lambda: _acknowledged(handlers[0], "webhooks-refused")),
        )  # fmt: skip
        yield Deployment((served,), troubles)


def dials_wrongly(served: Service) -> None:
    """Somebody reaches us by a number that no line answers."""
    assert first_step(served, NOBODYS, served.token) == 200


def _reach_nobody(served: Service) -> None:
    for _ in range(MANY):
        goes_on(rings(served, UNANSWERED), nothing, nobody).has_ended()


def _reaches_somebody(served: Service, line: str) -> None:
    goes_on(rings(served, line), nothing, somebody).has_ended()


def _is_reached_late(served: Service) -> None:
    """In real time: a caller who has the menu told again and again, and whose phone is answered when more than three minutes are over."""
    call = goes_on(rings(served, SLOW, as_time_goes_by()), _listens, _late).has_ended()
    assert any(line.text == "connected" and line.at > LATE_SECONDS for line in call.transcript), call.transcript


def _listens(call: Call) -> str:
    return "*" if call.elapsed < LISTENS_SECONDS else ""


def _late(call: Call) -> Outcome:
    return Answers(presses="1") if call.elapsed > LATE_SECONDS else NoAnswer()


def _are_reached_soon(served: Service) -> None:
    for _ in range(SOON):
        _reaches_somebody(served, SLOW)


def _is_refused(served: Service) -> None:
    """Three webhooks that come as Twilio's come, signed with a token that is not ours any more."""
    for _ in range(3):
        old = "a token of the year before"
        assert first_step(served, number_of("devon"), old, AccountSid=account(served).sid) == 403


def _acknowledged(desk: Asking, code: str) -> None:
    standing = next(one for one in desk.reads("/alarms")["items"] if one["code"] == code)
    until = (MORNING + timedelta(days=1)).isoformat()
    desk.sends("POST", f"/alarms/{standing['id']}/acknowledge", {"until": until, "why": "a figure"})
