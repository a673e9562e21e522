"""Is a past call answered today as it was then, and where would a draft have led last month's calls?"""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import click

from cli.moments import When
from cli.opened import Opened, opened
from cli.worlds import fixed_of
from ivr.plan import Plan
from ivr.reading import plan_from
from ivr.telling import ENDINGS
from rehearsal.replaying import Replayed, Replayer, Verdict
from rehearsal.what_if import Trial, WentElsewhere, WhatIf, what_if
from routing.clock import SystemClock, local
from store.calls import trace
from store.drafts import one as one_draft
from store.drain import drain
from store.past_calls import begun_between
from store.past_worlds import PastWorlds

NOW = SystemClock().now()
A_WORD_EACH = 200
MONTH = NOW - timedelta(days=30)
UNKNOWN = "No call “{call}” is known; take its SID from the call's record or from Twilio."
WHICH = "Name either a CALL (its SID) or a draft with --plan."


class Since(When):
    """A moment, or so many days ago: ``30d``."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The moment."""
        days = str(value).removesuffix("d")
        if str(value).endswith("d") and days.isdecimal() and len(days) < 5:
            return NOW - timedelta(days=int(days))
        return super().convert(value, param, ctx)


@click.command(
    help="Send CALL's recorded events (by its SID) through today's code and compare each reply byte for byte; or say what a DRAFT "
    "of a plan (a file, or a draft's id) would have done to past calls. Nothing is rung and nothing is written."
)
@click.argument("call", required=False, default="")
@click.option("--plan", "draft", default="", help="A plan's file, or the id of a draft.")
@click.option(
    "--since", type=Since(NOW), default=MONTH, help="With --plan: calls since then, as 30d (the default) or a moment."
)
@click.option("--line", default="", help="With --plan: calls to this line; the draft's own where none is given.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def command(call: str, draft: str, since: datetime, line: str, as_json: bool) -> None:  # click hands options over so
    """Print what differs."""
    if bool(call) == bool(draft):
        raise click.UsageError(WHICH)
    with opened() as here:
        drain(here.config.state / "journal", here.database, None)
        if call:
            _replays(here, call, as_json=as_json)
        else:
            _tries(here, draft, since, line, as_json=as_json)


def _replays(here: Opened, call: str, *, as_json: bool) -> None:
    with here.database.read() as connection:
        records, worlds = trace(connection, call), PastWorlds(connection, fixed_of(here.config))
        replayed = Replayer(worlds.at, here.config.public_url).replayed(records)
    if not records:
        raise click.ClickException(UNKNOWN.format(call=call))
    if as_json:
        click.echo(json.dumps([_step_document(one) for one in replayed], ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(line for one in replayed for line in step_lines(one)))
        click.echo(_summed(replayed))
    if any(one.verdict is not Verdict.SAME for one in replayed):
        raise SystemExit(1)


def step_lines(one: Replayed) -> Iterator[str]:
    """A step and how it compares; today's reply where that is another."""
    record = one.record
    where = f"{record.body.get('node', '')}{' (a called phone)' if record.leg else ''}"
    why = f": {one.why}" if one.why else ""
    yield f"  {local(record.at):%H:%M:%S}  {record.sequence:<8} {where:<28} {one.verdict}{why}"
    if one.reply:
        yield f"            today: {one.reply}"


def _step_document(one: Replayed) -> dict[str, str]:
    record = one.record
    return {
        "at": local(record.at).isoformat(), "leg": record.leg, "sequence": record.sequence, "node": str(record.body.get("node", "")),
        "verdict": one.verdict.value, "today": one.reply, "why": one.why,
    }  # fmt: skip


def _summed(replayed: Sequence[Replayed]) -> str:
    same = sum(one.verdict is Verdict.SAME for one in replayed)
    return f"\n{same} of {len(replayed)} steps are answered today byte for byte as they were."


def _tries(here: Opened, draft: str, since: datetime, line: str, *, as_json: bool) -> None:
    with here.database.read() as connection:
        plan = _draft(here, draft)
        worlds = PastWorlds(connection, fixed_of(here.config))
        trial = Trial(plan, worlds.at, worlds.plans)
        sids = begun_between(connection, since, NOW, line or plan.line)
        compared = tuple(trial.of(trace(connection, sid)) for sid in _counted(sids))
    found = what_if(compared)
    click.echo(
        json.dumps(_document(found), ensure_ascii=False, indent=2) if as_json else "\n".join(what_if_lines(found))
    )


def _counted(sids: Sequence[str]) -> Iterator[str]:
    """The calls one after the other, with a word on standard error where there are many."""
    for place, sid in enumerate(sids):
        if place and place % A_WORD_EACH == 0:
            click.echo(f"{place} of {len(sids)} calls …", err=True)
        yield sid


def _draft(here: Opened, draft: str) -> Plan:
    """The plan of a file, or of a draft by its id; what is wrong with it, all at once."""
    read = plan_from(_text(here, draft))
    if isinstance(read, Plan):
        return read
    raise click.ClickException("\n".join(f"{draft}: {problem}" for problem in read))


def _text(here: Opened, draft: str) -> str:
    path = Path(draft)
    if path.is_file():
        return path.read_text(encoding="utf-8")
    with here.database.read() as connection:
        found = one_draft(connection, draft)
    if found is None or found.kind != "plan":
        raise click.ClickException(f"“{draft}” is neither a file nor the id of a plan's draft.")
    return found.text


def what_if_lines(found: WhatIf) -> Iterator[str]:
    """Counts before and after, and the calls that change."""
    yield f"{found.calls} calls; {len(found.changed)} would have gone another way."
    yield f"\n  {'':<60}{'then':>8}{'draft':>8}"
    for ending in dict.fromkeys((*ENDINGS, *found.before, *found.after)):
        was, would_be = (counts.get(ending, 0) for counts in (found.before, found.after))
        if was or would_be:
            yield f"  {ENDINGS.get(ending, ending):<60}{was:>8}{would_be:>8}"
    if found.changed:
        yield ""
    yield from (f"  {_changed(one)}" for one in found.changed)
    if found.untold:
        yield f"\n{len(found.untold)} cannot be compared:"
    yield from (f"  {sid}: {why}" for sid, why in found.untold.items())


def _changed(one: WentElsewhere) -> str:
    assumed = " (A phone rings that did not ring then: it is taken to answer.)" if one.assumed else ""
    return f"{one.sid}: {one.before} → {one.after}; {one.why}{assumed}"


def _document(found: WhatIf) -> dict[str, object]:
    changed = [{"sid": one.sid, "before": one.before, "after": one.after, "why": one.why, "assumed": one.assumed}
               for one in found.changed]  # fmt: skip
    counts = {"before": dict(found.before), "after": dict(found.after)}
    return {"calls": found.calls, **counts, "changed": changed, "untold": dict(found.untold)}
