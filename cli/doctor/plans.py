"""Do plans and directory hold, how long do the bank holidays reach, what stands in for a while, and what will be refused?"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from admin.foreseeing import foreseen_refusal
from admin.press import Press
from cli.check import checked
from cli.doctor.findings import CannotLookError, Findings, Found, Grade, Kind, NothingThereError
from cli.doctor.patient import Patient
from cli.worlds import publication_of
from directory.findings import Severity, listed
from ivr.findings import DramaNumber
from ivr.moment import World
from routing.clock import local
from routing.reasons import clock_time
from store.database import AWAY, Database
from store.drafts import Draft, every
from webhooks.failover_check import folder_verdict

HOLIDAYS = timedelta(days=90)
ENDING = timedelta(days=1)
NEVER_STARTED = "as nothing was published on this machine yet"

UNREADABLE = Kind(
    "plans-unreadable",
    Grade.FAILS,
    "A file of plans or directory cannot be read: {problem}",
    "Correct the file; `dutyline check` tells all of them.",
)
REFUTED = Kind(
    "plan-refuted",
    Grade.FAILS,
    "{sentence}",
    "Correct plan or directory; `dutyline check` shows the call.",
)
DRAMA = Kind(
    "number-invented",
    Grade.FAILS,
    "With a Twilio account, numbers reserved for drama ring nowhere, and these have some: {who}.",
    "Put real numbers there, or delete the invented entries; the samples are for trying only.",
)
SERIOUS = Kind(
    "plans-serious",
    Grade.KNOW,
    "`dutyline check` has {count} serious findings: somebody may not be reached.",
    "Go through them, and put them right or accept them for a time.",
)
NO_PLAN = Kind(
    "plan-none",
    Grade.FAILS,
    "No plan is in force: every caller hears the safe message only.",
    "Publish a plan for each line.",
)
HOLIDAYS_OVER = Kind(
    "holidays-over",
    Grade.FAILS,
    "The known bank holidays ended on {day}: on later ones lines open as if it were an ordinary day.",
    "Update the package govuk-bank-holidays, or import the newer official list.",
)
HOLIDAYS_END = Kind(
    "holidays-end",
    Grade.SOON,
    "The known bank holidays end on {day}: on later ones lines would open as if it were an ordinary day.",
    "Update the package govuk-bank-holidays, or import the newer official list.",
)
STANDS_IN = Kind(
    "override-in-force",
    Grade.KNOW,
    "{number} stands in for the line {line} until {until}, before any menu and at any hour.",
    "If it is not needed any more: `dutyline override {slug} --end`.",
)
STANDS_IN_STILL = Kind(
    "override-ending",
    Grade.SOON,
    "{number} stands in for the line {line} only until {until}; after that calls go as planned again.",
    "See that the plan's own numbers answer by then, or name a later end with `dutyline override`.",
)
WILL_BE_REFUSED = Kind(
    "draft-will-fail",
    Grade.SOON,
    "The draft {id} of {what}, which is to be published by itself on {at}, would be refused: {told}",
    "Rewrite the draft, or drop it.",
)
WAS_REFUSED = Kind(
    "draft-refused",
    Grade.KNOW,
    "The draft {id} of {what} was to be published by itself and was refused: {told}",
    "Rewrite the draft, or drop it.",
)
NO_FAILOVER = Kind(
    "failover-none",
    Grade.SOON,
    "There is no fail-over folder in {folder}: no other host could answer while this one is away.",
    "See the service's log: it writes the folder by itself, a few seconds after each change.",
)
FAILOVER_OLD = Kind(
    "failover-old",
    Grade.SOON,
    "The fail-over folder {folder} is not right: {problem}",
    "See that the service runs; it writes the folder by itself. By hand: `dutyline failover {folder}`.",
)


def look(patient: Patient) -> Findings:
    """What `dutyline check` refutes, the calendar, and what stands in."""
    patient.tell("proving that no menu strands a caller")
    found = checked(patient.config, None, patient.now)
    if found.problems:
        yield from (UNREADABLE.found(problem=problem) for problem in found.problems)
        return
    refuted = [one.finding for one in found.refuted]
    drama = [one.at.name for one in refuted if isinstance(one, DramaNumber)]
    yield from (REFUTED.found(sentence=one.sentence) for one in refuted if not isinstance(one, DramaNumber))
    if drama:
        yield DRAMA.found(who=listed(drama))
    serious = sum(one.severity is Severity.SERIOUS for one in found.findings)
    if serious:
        yield SERIOUS.found(count=serious)
    if world := patient.world:
        yield from of_world(world, patient)


def of_world(world: World, patient: Patient) -> Iterator[Found]:
    """What is in force for a while only."""
    if not world.plans.current:
        yield NO_PLAN.found()
    today, end = local(patient.now).date(), world.calendar.known_until
    if end < today:
        yield HOLIDAYS_OVER.found(day=f"{end:%-d %B %Y}")
    elif end - today < HOLIDAYS:
        yield HOLIDAYS_END.found(day=f"{end:%-d %B %Y}")
    for slug, one in world.overrides.items():
        plan = world.plans.of_line(slug)
        if one.in_force(patient.now):
            kind = STANDS_IN_STILL if one.until - patient.now < ENDING else STANDS_IN
            told = {"number": one.number.national, "line": plan.name if plan else slug, "until": clock_time(one.until)}
            yield kind.found(**told, slug=slug)


def look_at_failover(patient: Patient) -> Findings:
    """The folder that this machine keeps for another host."""
    folder = patient.config.state / "failover"
    if not patient.is_published or patient.world is None:
        raise NothingThereError(NEVER_STARTED)
    if not folder.is_dir():
        yield NO_FAILOVER.found(folder=folder)
        return
    patient.tell("the fail-over folder")
    verdict = folder_verdict(_held(folder), patient.world, patient.now)
    yield from (FAILOVER_OLD.found(folder=folder, problem=problem) for problem in verdict.problems)


def _held(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def look_at_drafts(patient: Patient) -> Findings:
    """What is to be published by itself, and what was to be."""
    if not patient.is_published:
        raise NothingThereError(NEVER_STARTED)
    database = Database(patient.config.database_url)
    try:
        with database.read() as connection:
            found = every(connection, states=("scheduled", "refused"))
        by = Press(database, publication_of(patient.config, database), patient.clock)
        for draft in found:
            patient.tell(f"the draft {draft.id}")
            yield from _of_draft(draft, by)
    except AWAY:
        raise CannotLookError("the database cannot be read.") from None
    finally:
        database.close()


def _of_draft(draft: Draft, by: Press) -> Iterator[Found]:
    what = f"the line {draft.line}" if draft.line else "the directory"
    if draft.state == "refused":
        yield WAS_REFUSED.found(id=draft.id, what=what, told=draft.told)
    elif draft.publish_at and (told := foreseen_refusal(draft, draft.publish_at, by)):
        yield WILL_BE_REFUSED.found(id=draft.id, what=what, at=clock_time(draft.publish_at), told=told)
