"""Which plans and directories can be read and are refuted, and how does a caller notice? Small edits of what is bundled."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from directory.model import DutyNumber, Shift
from directory.numbers import Number
from directory.snapshot import written
from ivr.moment import World
from ivr.plan import Plan
from ivr.reading import plan_from
from rehearsal.examples import Shown
from tests.ivr.proof.noticing import (
    asks_more_than,
    books_nothing,
    does_not_ring,
    ends_without_999,
    is_a_fault,
    is_silent,
    is_sorry_after,
    opens_without_999,
    repeats,
    rings_after,
    rings_nobody,
    says_goodbye_and_no_more,
    talks_long,
    whispers_long,
)
from tests.ivr.proof.unreadable_plans import CAMBRIDGESHIRE, DEVON, GOODBYE, PAUSE, SHEFFIELD, Edit, edited

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
A_MINUTE = " ".join(["word"] * 150)


def with_plan(path: str, *edits: Edit) -> Callable[[World], tuple[World, str]]:
    """The world in which an edited plan is in force, and its line."""

    def made(world: World) -> tuple[World, str]:
        plan = plan_from(edited(path, *edits))
        if not isinstance(plan, Plan):
            raise ValueError([str(problem) for problem in plan])  # not of a type, but unreadable
        return replace(world, plans=world.plans.with_current(plan)), plan.line

    return made


def with_team(line: str, slug: str, **fields: object) -> Callable[[World], tuple[World, str]]:
    """The world in which a team is otherwise, and a line that depends on it."""

    def made(world: World) -> tuple[World, str]:
        team = replace(world.directory.teams[slug], **fields)  # type: ignore[arg-type]  # a test's fields
        return replace(world, directory=world.directory.changed(2, [written(team)])), line

    return made


def rota_but_mondays() -> tuple[Shift, ...]:
    """Somebody's turn at every minute of 58 weeks, but for Mondays from midnight until nine in winter."""
    monday = datetime(2026, 11, 23, tzinfo=UTC)
    weeks = (monday + timedelta(weeks=week) for week in range(59))
    number = Number("+443456000388")
    return tuple(Shift(begins + timedelta(hours=9), begins + timedelta(weeks=1), number) for begins in weeks)


@dataclass(frozen=True, slots=True)
class Refuted:
    """A world in which a line is refuted: the finding's code, and how the telephone tells."""

    kind: str
    made: Callable[[World], tuple[World, str]]
    code: str
    notices: Callable[[Shown], bool]


LOOPING = (
    ('otherwise = "cpet-queue"', 'otherwise = "welcome"'),
    ('otherwise = "enquiry-queue"', 'otherwise = "cpet-queue"'),
)
"""Silence at Sheffield's first menu leads to the first menu."""

TO_CAMBRIDGESHIRE = (
    '[nodes.across]\ndo = "hand-over"\nsay = "We are taking you across."\nline = "cambridgeshire-ifd"\n\n[nodes.safe]'
)
TO_SHEFFIELD = (
    '[nodes.across]\ndo = "hand-over"\nsay = "We are taking you across."\nline = "sheffield-cpet"\n\n[nodes.safe]'
)


def handing_over_to_one_another(world: World) -> tuple[World, str]:
    """Two lines whose silent callers are taken to the other."""
    edits = (('otherwise = "front-door-queue"', 'otherwise = "across"'), ("[nodes.safe]", TO_SHEFFIELD))
    world, _ = with_plan(CAMBRIDGESHIRE, *edits)(world)
    way = (
        ('otherwise = "cpet-queue"', 'otherwise = "across"'),
        ('otherwise = "enquiry-queue"', 'otherwise = "cpet-queue"'),
    )
    return with_plan(SHEFFIELD, *way, ("[nodes.safe]", TO_CAMBRIDGESHIRE))(world)


def budget(path: str, **amounts: int) -> Callable[[World], tuple[World, str]]:
    """A plan that allows less than it takes."""
    table = "\n".join(["[budget]", *(f"{name} = {amount}" for name, amount in amounts.items())])
    first = "[hours.office]"
    return with_plan(path, (first, f"{table}\n\n{first}"))


REFUTED = (
    Refuted("self-loop", with_plan(SHEFFIELD, *LOOPING), "loop", repeats),
    Refuted(
        "message circle",
        with_plan(SHEFFIELD, ('go = "enquiry-queue"', 'go = "shut"'), ('go = "safe"', 'go = "enquiry"')),
        "circle",
        is_a_fault,
    ),
    Refuted(
        "queue without way out",
        with_plan(SHEFFIELD, ('priority = "advice"\notherwise = "cpet"', 'priority = "advice"\notherwise = "enquiry"')),
        "circle",
        is_a_fault,
    ),
    Refuted("hand-overs round", handing_over_to_one_another, "loop", repeats),
    Refuted(
        "silent dead end",
        with_plan(
            SHEFFIELD,
            ('label = "a worker, by name", go = "by-name" }', 'label = "a worker, by name", go = "names" }'),
            (
                "[nodes.by-name]",
                '[nodes.names]\ndo = "menu"\noptions = [{ key = "1", label = "a name", go = "by-name" }]\n\n[nodes.by-name]',
            ),
        ),
        "silent-prompt",
        is_silent,
    ),
    Refuted(
        "uncovered Monday 00:00-09:00",
        with_team("devon", "devon-edt", duty_numbers=(), rota=rota_but_mondays()),
        "uncovered",
        rings_nobody,
    ),
    Refuted(
        "declared EDT without a number", with_team("devon", "devon-edt", duty_numbers=()), "night-refuted", rings_nobody
    ),
    Refuted(
        "night that is promised and not rung",
        with_plan(
            DEVON,
            ('closed = "night"', 'closed = "safe"'),
            ('otherwise = "areas"\nby_name', 'otherwise = "night"\nby_name'),
        ),
        "uncovered",
        rings_nobody,
    ),
    Refuted(
        "day team without a number",
        with_team("sheffield-cpet", "sheffield-cpet", duty_numbers=()),
        "uncovered",
        rings_nobody,
    ),
    Refuted(
        "prompt of two minutes",
        with_plan(SHEFFIELD, ('say = "An enquiry is not a referral."', f'say = "{PAUSE * 15}"')),
        "long-prompt",
        talks_long,
    ),
    Refuted(
        "no 999 in the opening",
        with_plan(SHEFFIELD, ('If a child is in danger now, hang up and dial 9 9 9."', 'Welcome."')),
        "late-999",
        opens_without_999,
    ),
    Refuted(
        "999 after a speech",
        with_plan(SHEFFIELD, ('opening = "', f'opening = "{PAUSE * 3}')),
        "late-999",
        opens_without_999,
    ),
    Refuted(
        "goodbye without 999",
        with_plan(
            DEVON,
            (
                'say = "Thank you for calling. If a child is in danger now, dial 9 9 9. Goodbye."',
                'say = "Thank you for calling. Goodbye."',
            ),
        ),
        "ends-without-999",
        ends_without_999,
    ),
    Refuted(
        "safe message without 999",
        with_plan(
            SHEFFIELD, ('emergency = "If a child is in danger now, dial 9 9 9."', 'emergency = "Please take care."')
        ),
        "ends-without-999",
        ends_without_999,
    ),
    Refuted(
        "goodbye to the silent",
        with_plan(
            SHEFFIELD,
            ('otherwise = "enquiry-queue"', 'otherwise = "cpet-queue"'),
            ('otherwise = "cpet-queue"\nsafe', 'otherwise = "bye"\nsafe'),
            ("[nodes.safe]", f"{GOODBYE}[nodes.safe]"),
        ),
        "goodbye-unasked",
        says_goodbye_and_no_more,
    ),
    Refuted(
        "goodbye at night",
        with_plan(SHEFFIELD, ('go = "safe"', 'go = "bye"'), ("[nodes.safe]", f"{GOODBYE}[nodes.safe]")),
        "goodbye-unasked",
        says_goodbye_and_no_more,
    ),
    Refuted(
        "call-back that is none",
        with_plan(
            SHEFFIELD,
            (
                'A call back is not a referral."\ncall_back = "call-back"',
                'A call back is not a referral."\ncall_back = "bye"',
            ),
            ("[nodes.safe]", f"{GOODBYE}[nodes.safe]"),
        ),
        "no-call-back",
        books_nothing,
    ),
    Refuted(
        "whisper of a minute",
        with_plan(DEVON, ('named = "Initial Response North"', f'named = "{A_MINUTE}"')),
        "long-whisper",
        whispers_long,
    ),
    Refuted("first ring late", budget(DEVON, first_ring_seconds=100), "late-first-ring", rings_after(100)),
    Refuted("safe message late", budget(SHEFFIELD, safe_seconds=60), "late-safety", is_sorry_after(60)),
    Refuted("too many steps", budget(SHEFFIELD, steps=6), "too-many-steps", asks_more_than(6)),
    Refuted(
        "number abroad",
        with_team("sheffield-cpet", "sheffield-cpet", duty_numbers=(DutyNumber(Number("+33142685300")),)),
        "never-rung",
        does_not_ring("+33"),
    ),
    Refuted(
        "premium number",
        with_team("devon", "devon-mash", duty_numbers=(DutyNumber(Number("+449098790123")),)),
        "never-rung",
        does_not_ring("0909"),
    ),
    Refuted(
        "number of a day long past",
        with_team(
            "sheffield-cpet",
            "sheffield-cpet",
            duty_numbers=(DutyNumber(Number("+441142734925"), until=datetime(2026, 12, 1, tzinfo=UTC)),),
        ),
        "uncovered",
        rings_nobody,
    ),
)
