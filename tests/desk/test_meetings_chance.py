"""Does a meeting hold whatever happens? Random people, commands and faults of the carrier; each run is its seed."""

import os
from collections.abc import Callable, Iterable
from random import Random

import pytest

from app import Config
from telephone import Busy, Declines, Fault, InOrder, NoAnswer, Person, Persona, Response, RestFault, Unruly, Voicemail
from tests.admin.desk_client import Holder
from tests.desk.convening import CHAIR, EVERYBODY, ROLES, arranged, enters, reads
from tests.desk.stage import Stage, staged

STORIES = int(os.environ.get("DUTYLINE_STORIES", "16"))
FIRST = int(os.environ.get("DUTYLINE_FIRST_STORY", "0"))
GROUPS = max(4, STORIES // 50)
FEW = 2
"""Played by the suite, too."""

PATHS = (r"/Calls\.json$", r"/Calls/CA\w+\.json", "/Participants/", r"/Conferences", "")
SECONDS = 60
QUIET = 8.0
"""Seconds of silence that somebody bears who is left alone, while the telephone company answers."""


class Story:
    """One seed's meeting."""

    def __init__(self, stage: Stage, handler: Holder, seed: int) -> None:
        self.stage, self.handler, self.random = stage, handler, Random(seed)
        self.key = arranged(handler)["id"]
        self.lonely = dict.fromkeys(EVERYBODY, 0.0)
        self.last, self.wrong = stage.exchange.now, set[str]()

    def plays(self) -> list[str]:
        """What went wrong; empty where all is well."""
        exchange, random = self.stage.exchange, self.random
        for number in EVERYBODY:
            exchange.phone(number).will(random.choice(people(random)))
        exchange.phone(CHAIR).will(Person("1", after=random.uniform(1, 9)))
        faults = random.choice((0, 0, 1, 2))
        for _ in range(faults):
            fault = RestFault(random.choice(tuple(Fault)), path=random.choice(PATHS), times=3, probability=0.5)
            exchange.rest.fails(fault)
        if not faults:
            exchange.between(self._listens)
        self._sends("start")
        acts: tuple[Callable[[], object], ...] = (
            self._hangs_up, self._hangs_up, *(lambda what=what: self._sends(what) for what in ("lock", "unlock", "end")),
            *(lambda what=what: self._at_a_seat(what) for what in ("mute", "unmute", "remove")),
        )  # fmt: skip
        moments = sorted(random.uniform(5, SECONDS) for _ in range(random.randint(0, 6)))
        for before, moment in zip([0.0, *moments], moments, strict=False):
            exchange.advance(moment - before)
            random.choice(acts)()
        exchange.advance(20)
        exchange.rest.is_well()
        return sorted(self.wrong | self._afterwards())

    def _afterwards(self) -> set[str]:
        exchange = self.stage.exchange
        exchange.advance(20)
        if exchange.rung_twice_at_once() or any(len(exchange.phone(number).calls) > 1 for number in EVERYBODY):
            self.wrong.add("somebody is rung twice")
        self._sends("end")
        exchange.advance(170)
        shown = reads(self.handler, self.key)
        self.wrong |= {f"{leg.person} is {leg.status} long after the end" for leg in exchange.legs if not leg.is_over}
        self.wrong |= {
            f"a webhook failed: {one.request.url}"
            for one in exchange.attempts
            if not isinstance(one.answer, Response) or one.answer.status >= 400
        }
        if shown["state"] == "started" or any(seat["state"] in ("ringing", "in") for seat in shown["seats"]):
            self.wrong.add(f"it is not over: {shown['state']}")
        if (shown["state"] == "ended") != (shown["minutes_due"] is not None):
            self.wrong.add("the minutes of a meeting that is over are nobody's")
        return self.wrong

    def _listens(self) -> None:
        """Whoever is alone in the room hears something."""
        now, passed = self.stage.exchange.now, self.stage.exchange.now - self.last
        self.last = now
        there = {leg.person: leg for leg in self.stage.exchange.legs if leg.room and not leg.is_over}
        for number in EVERYBODY:
            is_silent = list(there) == [number] and not there[number].hears_now
            self.lonely[number] = self.lonely[number] + passed if is_silent else 0.0
            if self.lonely[number] > QUIET:
                self.wrong.add(f"{number} is left in silence")

    def _sends(self, command: str, **body: str) -> None:
        self.handler.sends("POST", f"/meetings/{self.key}/{command}", body)
        self.stage.exchange.settle()

    def _at_a_seat(self, command: str) -> None:
        seats = [seat["id"] for seat in reads(self.handler, self.key)["seats"] if seat["state"] == "in"]
        if seats:
            self._sends(command, seat=self.random.choice(seats))

    def _hangs_up(self) -> None:
        there = [leg for leg in self.stage.exchange.legs if not leg.is_over and leg.answered_at is not None]
        if there:
            self.random.choice(there).hangs_up()


def people(random: Random) -> tuple[Persona, ...]:
    comes = Person("1", after=random.uniform(1, 12))
    leaves = Person("1", after=random.uniform(1, 9), talks=random.uniform(5, 30))
    return (comes, comes, comes, leaves, NoAnswer(), Busy(), Declines(), Voicemail(), Person("", after=2))


@pytest.mark.stories
@pytest.mark.timeout(600)  # a group is nothing but work, and the machine may be busy
@pytest.mark.parametrize("group", range(GROUPS))
def test_whatever_happens_nobody_is_stranded_or_rung_twice(config: Config, group: int) -> None:
    assert wrong(config, range(FIRST + group, FIRST + STORIES, GROUPS)) == {}


def test_a_few_of_these_stories_play_in_the_suite(config: Config) -> None:
    assert wrong(config, range(FEW)) == {}


def wrong(config: Config, seeds: Iterable[int]) -> dict[int, list[str]]:
    """What went wrong on one stage, by seed."""
    stage = staged(config)
    handler = stage.signs_in()
    for slug, number in ROLES.items():
        enters(stage, slug, number)
    found = {}
    try:
        for seed in seeds:
            stage.plugs_in(Unruly(seed) if seed % 2 else InOrder(), seed)
            stage.available()
            found[seed] = Story(stage, handler, seed).plays()
    finally:
        stage.application.close()
    return {seed: faults for seed, faults in found.items() if faults}
