"""What may happen on a transfer, by the dice? People, their acts, and faults of the carrier, all from one seed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from desk.transfer import Event, State
from telephone import (
    Attempt,
    Busy,
    Declines,
    Fails,
    Fault,
    HangsUpInWhisper,
    InOrder,
    Leg,
    NoAnswer,
    Person,
    Persona,
    Response,
    RestFault,
    Unruly,
    Voicemail,
)  # fmt: skip
from tests.admin.desk_client import Holder
from tests.desk.stage import CONSULTED, DEPUTY, HANDLER, SECOND, Stage

FAULTS = tuple(Fault)
PATHS = (r"/Calls\.json$", r"/Calls/CA\w+\.json", "/Participants/", "/Members/", r"/Conferences\.json", "")
SECONDS = 40
MOSTLY = 0.85
"""How often the acts begin once the caller has been answered; else at once."""

QUIET = 5.0
"""Seconds of silence that nobody need bear."""

HELD = frozenset((State.RINGING.value, State.CONSULTING.value))


@dataclass(slots=True)
class Story:
    """One seed's call."""

    stage: Stage
    handlers: tuple[Holder, ...]
    seed: int

    def plays(self) -> list[str]:
        """What went wrong; empty where all is well."""
        random, exchange = Random(self.seed), self.stage.exchange
        self._people(random)
        caller, wrong = self.stage.queued(), list[str]()
        exchange.between(lambda: wrong.extend(self._overheard(caller.sid)))
        for fault in self._faults(random):
            exchange.rest.fails(fault)
        if random.random() < MOSTLY:
            self.stage.may_come_to(lambda: bool(self.stage.hears(caller)), 25)
        began = exchange.now
        for moment, act in self._acts(random):
            exchange.advance(max(0.0, began + moment - exchange.now))
            act()
        exchange.advance(max(0.0, began + SECONDS + 5 - exchange.now))
        exchange.rest.is_well()
        exchange.advance(60)
        return sorted({*wrong, *self._stranded(caller.sid), *self._after(caller.sid)})

    def _people(self, random: Random) -> None:
        for number in (HANDLER, SECOND):
            self.stage.exchange.phone(number).will(random.choice(_handlers(random)))
        for number in (CONSULTED, DEPUTY):
            self.stage.exchange.phone(number).will(random.choice(_consulted(random)))

    def _faults(self, random: Random) -> list[RestFault]:
        return [
            RestFault(random.choice(FAULTS), path=random.choice(PATHS), times=random.randint(1, 4), probability=0.5)
            for _ in range(random.choice((0, 0, 1, 2, 3)))
        ]

    def _acts(self, random: Random) -> list[tuple[float, Callable[[], object]]]:
        asked = [*random.choices((self._asks, self._adds, self._completes, self._cancels, self._joins), k=3)]
        people = [lambda number=number: self._hangs_up(number) for number in (HANDLER, CONSULTED, DEPUTY)]
        acts = [*asked, *random.sample([*people, self._caller_hangs_up], k=random.randint(0, 3))]
        first = (round(random.uniform(0.5, 5), 1), random.choice((self._asks, self._asks, self._adds)))
        return sorted(
            (first, *((round(random.triangular(0, SECONDS, 8), 1), act) for act in acts)), key=lambda one: one[0]
        )

    def _asks(self) -> None:
        self._begins("warm")

    def _adds(self) -> None:
        self._begins("join")

    def _begins(self, mode: str) -> None:
        caller, body = self.stage.exchange.legs[0], {"to": {"team": "derbyshire-safeguarding"}, "mode": mode}
        for holder in self.handlers:
            reply = holder.sends("POST", f"/calls/{caller.sid}/transfers", body)
            if reply.status_code == 201:
                break
        self.stage.exchange.settle()

    def _completes(self) -> None:
        self._commands(Event.COMPLETE)

    def _cancels(self) -> None:
        self._commands(Event.CANCEL)

    def _joins(self) -> None:
        self._commands(Event.JOIN)

    def _commands(self, event: Event) -> None:
        known = self.stage.transfers(self.stage.exchange.legs[0].sid)
        if known:
            for holder in self.handlers:
                holder.sends("POST", f"/transfers/{known[-1].id}/{event.value}", {})
        self.stage.exchange.settle()

    def _hangs_up(self, number: str) -> None:
        calls = [leg for leg in self.stage.exchange.phone(number).calls if not leg.is_over]
        if calls:
            calls[0].hangs_up()

    def _caller_hangs_up(self) -> None:
        caller = self.stage.exchange.legs[0]
        if not caller.is_over:
            caller.hangs_up()

    def _overheard(self, sid: str) -> list[str]:
        caller = self.stage.exchange.leg(sid)
        heard = self.stage.hears(caller) & {CONSULTED, DEPUTY}
        if not heard or HANDLER not in {leg.person for leg in self.stage.exchange.legs if not leg.is_over}:
            return []
        states = {known.state for known in self.stage.transfers(sid)[-1:]}
        return ["the caller hears a consultation"] if states <= {"consulting"} and states else []

    def _stranded(self, sid: str) -> list[str]:
        exchange, wrong = self.stage.exchange, []
        caller = exchange.leg(sid)
        quiet = exchange.longest_silence(caller)
        if quiet.seconds > QUIET and not _was_asked(caller, quiet.at):
            wrong.append(f"the caller hears nothing for {quiet.seconds:g} s at {quiet.at:g}")
        live = {known.state for known in self.stage.transfers(sid)} & HELD
        if caller.is_held and not live:
            wrong.append("the caller is left on hold")
        if exchange.rung_twice_at_once():
            wrong.append("a phone rings twice at once")
        wrong.extend(f"a webhook failed: {one.request.url}" for one in exchange.attempts if _failed(one))
        return wrong

    def _after(self, sid: str) -> list[str]:
        exchange = self.stage.exchange
        caller = exchange.leg(sid)
        if not caller.is_over:
            caller.hangs_up()
        exchange.advance(50)
        return [
            f"{leg.person} is {leg.status} long after the caller has gone" for leg in exchange.legs if not leg.is_over
        ]


def _was_asked(caller: Leg, at: float) -> bool:
    """Whether the caller is silent because a key of theirs is waited for."""
    spoken = [heard.text for heard in caller.heard if heard.kind == "speech" and heard.at < at]
    return bool(spoken) and "press" in spoken[-1]


def _failed(attempt: Attempt) -> bool:
    return not isinstance(attempt.answer, Response) or attempt.answer.status >= 400


def _handlers(random: Random) -> tuple[Persona, ...]:
    return (Person("1", after=random.uniform(1, 4)),) * 6 + (NoAnswer(), Declines(), Person("", after=2))


def _consulted(random: Random) -> tuple[Persona, ...]:
    accepts = Person("1", after=random.uniform(1, 9))
    leaves = replace(accepts, talks=random.uniform(2, 20))
    late = replace(accepts, hesitates=random.uniform(3, 7))
    others = (NoAnswer(), Busy(), Declines(), Fails(), Voicemail(), HangsUpInWhisper(2), late)
    return (accepts, accepts, accepts, leaves, *others)


def delivery_of(seed: int) -> InOrder | Unruly:
    """Half of the stories have status callbacks that come late, doubled and in disorder."""
    return Unruly(seed) if seed % 2 else InOrder()
