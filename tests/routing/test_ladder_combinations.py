"""Who is rung, in every combination of worker, manager and duty number, and is each who is not told with a reason?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

import pytest

from directory.model import Absence, Authority, DutyNumber, Entry, LineNumbers, Person, Team
from directory.numbers import ExtensionRule, Number
from directory.snapshot import Snapshot, written
from routing.hours import State
from routing.ladder import Circumstances, Fallbacks, Ladder, Step, Wanted, ladder
from tests.telling import at

NOW = at("Wed 10:00")
WORKER, MANAGER, DUTY, MASH, LINE = (Number(f"+44207946020{digit}") for digit in range(1, 6))
COVERS = {"worker": Number("+442079460211"), "manager": Number("+442079460212")}
PREMIUM = Number("+449098790000")
AWAY = (Absence(at("Mon 09:00"), at("Fri 17:00")),)
RESORT = Team("mash", "MASH", "devon", duty_numbers=(DutyNumber(MASH),))
LEFT_OUT = {
    "absent": "no-number",
    "silent": "no-number",
    "away": "away",
    "same": "same-number",
    "caller's": "own-number",
    "dialled": "own-number",
    "our line": "own-number",
    "denied": "denied",
    "engaged": "engaged",
    "not in force": "not-in-force",
}
PEOPLE = ("present", "silent", "away", "covered", "caller's", "dialled", "our line", "denied", "engaged")
MANAGERS = (*PEOPLE, "absent", "same")
DUTIES = ("present", "absent", "same", "caller's", "dialled", "our line", "denied", "engaged", "not in force")


@dataclass(frozen=True)
class Case:
    worker: str
    manager: str
    duty: str

    def roles(self) -> Iterator[tuple[str, str, Number]]:
        yield from (("worker", self.worker, WORKER), ("manager", self.manager, MANAGER), ("duty", self.duty, DUTY))

    @property
    def ruled_out(self) -> frozenset[str]:
        return frozenset(number.e164 for _, state, number in self.roles() if state in ("caller's", "dialled"))

    @property
    def engaged(self) -> frozenset[str]:
        return frozenset(number.e164 for _, state, number in self.roles() if state == "engaged")


def number_of(state: str, own: Number) -> Number:
    return {"same": WORKER, "denied": PREMIUM, "our line": LINE}.get(state, own)


def person(role: str, state: str, own: Number) -> Person:
    numbers = () if state == "silent" else (number_of(state, own),)
    away = {"away": AWAY, "covered": (replace(AWAY[0], cover=f"{role}-cover"),)}.get(state, ())
    return Person(role, role, "duty", numbers=numbers, away=away)


def duty_team(state: str) -> Team:
    if state == "absent":
        return Team("duty", "Duty", "devon")
    until = at("Wed 10:00") if state == "not in force" else None
    return Team("duty", "Duty", "devon", duty_numbers=(DutyNumber(number_of(state, DUTY), until=until),))


def climbed(case: Case) -> Ladder:
    manager = None if case.manager == "absent" else "manager"
    worker = replace(person("worker", case.worker, WORKER), manager=manager)
    people = [worker, person("manager", case.manager, MANAGER)]
    covers = [Person(f"{role}-cover", "Cover", "duty", numbers=(number,)) for role, number in COVERS.items()]
    team = duty_team(case.duty)
    line = LineNumbers("devon", (LINE,))
    entries: list[Entry] = [
        Authority("devon", "Devon", ExtensionRule(4, "0139238")),
        team,
        RESORT,
        line,
        *people,
        *covers,
    ]
    directory = Snapshot().changed(1, [written(entry) for entry in entries])
    now = Circumstances(NOW, State.OPEN, case.ruled_out, case.engaged)
    return ladder(directory, Wanted(team, worker), Fallbacks((RESORT,), None), now)


def rung_numbers(case: Case) -> list[Number]:
    """Whoever may be rung, in order, each number once, and MASH at the end."""
    wanted: list[Number] = []
    for role, state, own in case.roles():
        if state == "covered":
            wanted.append(COVERS[role])
        if state in ("present", "same"):
            wanted.append(number_of(state, own))
    out = {*case.ruled_out, *case.engaged}
    return [number for number in dict.fromkeys([*wanted, MASH]) if number.e164 not in out]


@pytest.mark.parametrize("worker", PEOPLE)
@pytest.mark.parametrize("manager", MANAGERS)
def test_whoever_may_be_rung_is_rung_once_in_order_and_mash_last(worker: str, manager: str) -> None:
    for duty in DUTIES:
        case = Case(worker, manager, duty)
        assert [rung.number.number for rung in climbed(case).rungs] == rung_numbers(case), case


@pytest.mark.parametrize("worker", PEOPLE)
@pytest.mark.parametrize("manager", MANAGERS)
def test_whoever_is_not_rung_is_told_with_the_reason(worker: str, manager: str) -> None:
    for duty in DUTIES:
        case = Case(worker, manager, duty)
        codes = [reason.code for reason in climbed(case).rejected]
        for _, state, _ in case.roles():
            assert state in ("present", "covered", "same") or LEFT_OUT[state] in codes, case


def test_the_worker_present_alone_is_told_nothing_but_who_follows() -> None:
    found = climbed(Case("present", "present", "present"))
    assert [(rung.step, rung.number.number) for rung in found.rungs] == [
        (Step.WORKER, WORKER),
        (Step.MANAGER, MANAGER),
        (Step.DUTY, DUTY),
        (Step.LAST_RESORT, MASH),
    ]
    assert found.rejected == ()


@pytest.mark.parametrize(("manager", "duty"), [("same", "present"), ("present", "same"), ("same", "same")])
def test_a_number_that_two_share_is_rung_for_the_first_and_told_for_the_second(manager: str, duty: str) -> None:
    found = climbed(Case("present", manager, duty))
    codes = [reason.code for reason in found.rejected]
    assert codes == ["same-number"] * [manager, duty].count("same")
    assert found.rungs[0].step is Step.WORKER


def test_when_nobody_may_be_rung_mash_is_the_only_rung() -> None:
    for case in (
        Case(*states) for states in product(("away", "caller's", "denied"), ("absent", "away"), ("absent", "denied"))
    ):
        assert [rung.number.number for rung in climbed(case).rungs] == [MASH], case
