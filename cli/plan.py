"""How are plans listed, prepared, compared, published and taken back from a shell?"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import click

from admin.plan_proof import RefutedError, with_plan
from admin.press import Press
from admin.problems import ProblemError
from admin.publishing import Published, begin_plan_draft, discard, publish_plan, read_plan, rollback_plan
from cli.moments import When
from cli.opened import opened
from cli.worlds import publication_of
from ivr.differences import differences
from ivr.plan import Plan
from ivr.reading import plan_from
from rehearsal.on_demand import told_example
from routing.clock import SystemClock
from routing.reasons import clock_time
from store import drafts
from store.directory import Author
from store.drafts import Draft
from store.plans import PlanVersion, history, in_force

AHEAD = timedelta(days=400)
WHO = "command line"
NOT_TEXT = "{} is not UTF-8; save it anew."
NO_DRAFT = "There is no draft “{}” of a plan; “dutyline plan list” names those that there are."
NO_LINE = "There is no plan of a line “{}”; “dutyline plan list” names those that there are."
NO_VERSION = "The line {} never had a plan “{}”; “dutyline plan history {}” names those that it had."
WHY = click.option("--why", default="", help="The reason; it stands in the history of the line.")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is in force, and the drafts that wait."""

    current: dict[str, PlanVersion]
    drafts: list[Draft]


@click.group(help="List, prepare, compare, publish and take back plans. What a proof refutes is not published.")
def command() -> None:
    """The group."""


@command.command(
    "list", help="Say which plan is in force for each line, since when and by whom, and which drafts wait."
)
@AS_JSON
def list_plans(as_json: bool) -> None:  # click hands flags over
    """Print lines and drafts."""
    with _press() as press, press.database.read() as connection:
        found = Waiting(in_force(connection), drafts.every(connection, kind="plan"))
    click.echo(_json(_as_object(found)) if as_json else _told(found))


def _told(found: Waiting) -> str:
    lines = [
        f"{line}: {one.digest} since {clock_time(one.at)}, {one.who}" for line, one in sorted(found.current.items())
    ]
    return "\n".join([*lines, *map(_told_draft, found.drafts)])


def _told_draft(one: Draft) -> str:
    state = f"{one.state} for {clock_time(one.publish_at)}" if one.publish_at else one.state
    why = f"\n    {one.told}" if one.told else ""
    return f"  draft {one.id} of {one.line}: {one.title}, {state}, {one.who} on {clock_time(one.changed_at)}{why}"


def _as_object(found: Waiting) -> dict[str, object]:
    current = [{"line": line, **_version(one)} for line, one in sorted(found.current.items())]
    return {"plans": current, "drafts": [_draft(one) for one in found.drafts]}


def _version(one: PlanVersion) -> dict[str, object]:
    return {"digest": one.digest, "state": one.state, "at": one.at.isoformat(), "who": one.who, "why": one.why}


def _draft(one: Draft) -> dict[str, object]:
    at = one.publish_at.isoformat() if one.publish_at else None
    names = ("id", "line", "title", "state", "base", "who", "why", "told")
    return {**{name: getattr(one, name) for name in names}, "publish_at": at}


@command.command("show", help="Print the plan of LINE as TOML: the one in force, or the one of a digest or draft.")
@click.argument("line")
@click.option("--digest", default="", help="A plan of the line's history.")
@click.option("--draft", default="", help="The id of a draft.")
def show(line: str, digest: str, draft: str) -> None:
    """Print one plan's text."""
    with _press() as press:
        text = _found(press, draft).text if draft else _text(press, line, digest)
    click.echo(text, nl=False)


def _text(press: Press, line: str, digest: str) -> str:
    known = _history(press, line)
    found = next((one.text for one in known if digest in ("", one.digest)), None)
    if found is None:
        raise click.ClickException(NO_VERSION.format(line, digest, line))
    return found


@command.command(
    "history", help="Say which plans were in force for LINE, the newest first, each with its author and reason."
)
@click.argument("line")
@AS_JSON
def history_of(line: str, as_json: bool) -> None:  # click hands flags over
    """Print a line's history."""
    with _press() as press:
        found = _history(press, line)
    told = (f"{clock_time(one.at)}  {one.digest}  {one.who}{': ' if one.why else ''}{one.why}" for one in found)
    click.echo(_json([_version(one) for one in found]) if as_json else "\n".join(told))


@command.command("draft", help="Keep the plan in FILE (TOML) as a draft of its line; prints the draft's id.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--title", default="", help="What the draft is for; the file's name where it is left out.")
@WHY
def draft_of(file: Path, title: str, why: str) -> None:
    """Keep a draft."""
    text = _read(file)
    with _press() as press:
        key = begin_plan_draft(text, _line_of(text), title or file.name, Author(WHO, why), by=press)
    click.echo(key)


@command.command("diff", help="Say in words what PLAN, a draft's id or a file, would change for callers.")
@click.argument("plan")
def diff(plan: str) -> None:
    """Print what would be different, by team and period."""
    with _press() as press:
        text = _read(Path(plan)) if Path(plan).is_file() else _found(press, plan).text
        world, draft, now = press.newest(), read_plan(text, _line_of(text)), press.now()
        found = differences(world, with_plan(world, draft), [draft.line], now, now + AHEAD)
    click.echo("\n".join(one.sentence for one in found) or "Nothing would change for callers.")


@command.command("publish", help="Put the draft DRAFT in force now, or at a moment; it is proved now, and again then.")
@click.argument("draft")
@click.option("--at", "at", type=When(SystemClock().now()), help='ISO 8601 or words like "Fri 16:05".')
@WHY
def publish(draft: str, at: datetime | None, why: str) -> None:
    """Publish one draft, or schedule it."""
    with _press() as press:
        found = _found(press, draft)
        done = publish_plan(found.text, found.line, Author(WHO, why), at, draft=found, by=press)
    click.echo(_came_of(done))


@command.command("rollback", help="Put the older plan DIGEST of LINE in force again; it is proved as any other is.")
@click.argument("line")
@click.argument("digest")
@WHY
def rollback(line: str, digest: str, why: str) -> None:
    """Put an older plan in force."""
    with _press() as press:
        done = rollback_plan(line, digest, Author(WHO, why), by=press)
    click.echo(_came_of(done))


@command.command("drop", help="Let the draft DRAFT go; it can still be read.")
@click.argument("draft")
@WHY
def drop(draft: str, why: str) -> None:
    """Let one draft go."""
    with _press() as press:
        found = _found(press, draft)
        discard(found, Author(WHO, why), found.version, by=press)
    click.echo(f"Dropped: the draft {found.id} of the line {found.line}.")


def _came_of(done: Published) -> str:
    if done.at:
        return f"Scheduled: the line {done.line} has plan {done.digest} from {clock_time(done.at)} on (draft {done.draft})."
    return f"Published: the line {done.line} has plan {done.digest} from the next call on."


@contextmanager
def _press() -> Iterator[Press]:
    """The database and what this machine has published; refusals as a person's words."""
    with opened() as here:
        try:
            yield Press(here.database, publication_of(here.config, here.database), SystemClock(), told_example)
        except ProblemError as fault:
            raise click.ClickException("\n".join([fault.detail, *_faults(fault)])) from fault


def _faults(fault: ProblemError) -> Iterator[str]:
    if not isinstance(fault, RefutedError):
        yield from (f"  {error.message}" for error in fault.errors)
        return
    for one in fault.refuted:
        yield f"  {one.sentence}"
        yield from (f"    {line}" for line in one.call.splitlines())


def _found(press: Press, key: str) -> Draft:
    with press.database.read() as connection:
        found = drafts.one(connection, key)
    if found is None or found.kind != "plan":
        raise click.ClickException(NO_DRAFT.format(key))
    return found


def _history(press: Press, line: str) -> list[PlanVersion]:
    with press.database.read() as connection:
        found = history(connection, line)
    if not found:
        raise click.ClickException(NO_LINE.format(line))
    return found


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as fault:
        raise click.ClickException(NOT_TEXT.format(file.name)) from fault


def _line_of(text: str) -> str:
    """The line that a text says it is the plan of; empty where it is none, so that its problems are told."""
    found = plan_from(text)
    return found.line if isinstance(found, Plan) else ""


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
