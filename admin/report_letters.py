"""What does a report by e-mail say? The figures of its page, as text and as HTML, with the file; nothing that names anybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from admin.console.pages import PAGES
from admin.console.report_words import MEANINGS, Sheet, sheet
from admin.lines import plans_in_force
from admin.problems import Faults
from admin.report_making import Means, made
from admin.report_scope import Asked, whose
from admin.report_shapes import CallReport
from admin.reports import csv_of
from carrier.letters import Address, Attachment, Letter
from ivr.moment import World
from routing.days import Days
from routing.reasons import clock_time
from routing.report_times import A_DAY, Every, whole
from store.report_letters import ReportLetter
from store.report_mails import Terms

WAYS = ("line", "team", "hour")
"""How a report is told apart that nobody has told otherwise: as the month's page tells it."""

ALL = "all lines"
TRIAL = " (a trial)"
NOTHING = "No call of these days has been counted."
SEES = Environment(loader=FileSystemLoader(PAGES / "mail"), autoescape=True, undefined=StrictUndefined)


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that a letter says: the sheets of its report, what is said about them, and where the page is."""

    title: str
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...]
    link: str


def letter(one: ReportLetter, terms: Terms, world: World, by: Means, public_url: str) -> Letter:
    """A letter with today's figures of its days."""
    reports = _reports(terms, one.days, world, by)
    sheets = tuple(map(sheet, reports))
    title = f"Calls, {sheets[0].period}: {about(terms.line, terms.authority, world)}{TRIAL if one.trial else ''}"
    told = Told(title, sheets, tuple(_notes(sheets[0])), f"{public_url}/admin/reports{_address(terms, one.days)}")
    html = SEES.get_template("report.html").render(told=told, nothing=NOTHING, meanings=MEANINGS)
    attached = Attachment(f"calls-{one.days.first}-to-{one.days.last}.csv", csv_of(*reports))
    return Letter(one.id, Address(one.recipient), title, _text(told), html, attached)


def about(line: str, authority: str, world: World) -> str:
    """Whom a report is about, by name; empty slugs limit nothing."""
    lines = {plan.line: plan.name for plan in plans_in_force(world)}
    councils = {slug: one.name for slug, one in world.directory.authorities.items()}
    return lines.get(line, line) or councils.get(authority, authority) or ALL


def _reports(terms: Terms, days: Days, world: World, by: Means) -> tuple[CallReport, ...]:
    """A line or authority that is gone meanwhile has no calls any more, and is reported all the same."""
    lines, authorities = whose(terms.authority, terms.line, world, Faults())
    before = whole(terms.every, days.first - A_DAY)
    ways = (terms.by,) if terms.by else WAYS
    every = (Asked(days, way, terms.authority, terms.line, lines, authorities) for way in ways)
    return tuple(made(one, before, world, by) for one in every)


def _address(terms: Terms, days: Days) -> str:
    """The page with the same figures: that of the month where it is one, else that of the days."""
    whom = {name: value for name, value in (("authority", terms.authority), ("line", terms.line)) if value}
    if terms.every is Every.MONTH and not (terms.by or terms.line):
        return f"/month?{urlencode({'month': f'{days.first:%Y-%m}', **whom})}"
    asked = {"from": days.first.isoformat(), "until": days.last.isoformat(), **whom, "by": terms.by or WAYS[0]}
    return f"?{urlencode(asked)}"


def _notes(first: Sheet) -> Sequence[str]:
    notes = [
        f"Compared with {first.before}.",
        "Numbers are rounded to the nearest five, each by itself, and smaller ones are left out, so that nobody can be worked out of "
        "them; a dash stands where too little is known.",
        f"Targets for a person to answer: {first.targets}." if first.targets else "No target for answering is set.",
    ]  # fmt: skip
    if first.counted_at:
        notes.append(f"Calls that are over were last counted {clock_time(datetime.fromisoformat(first.counted_at))}.")
    if first.uncounted:
        notes.append(f"{first.uncounted} of the days {'is' if first.uncounted == 1 else 'are'} not counted yet.")
    return notes


def _text(told: Told) -> str:
    """The same for whoever reads text: one figure in a line, what it was before in brackets."""
    parts = [told.title, *told.notes]
    first = told.sheets[0]
    if first.is_empty:
        parts.append(NOTHING)
    else:
        parts += [_figures(title, [(one.what, one.now, one.before) for one in lines]) for title, lines in first.parts]
        parts += [_rows(one) for one in told.sheets if not one.is_empty]
    parts.append("\n".join(("WHAT THE FIGURES MEAN", *(f"{what}: {words}" for what, words in MEANINGS))))
    return "\n\n".join((*parts, f"On its page, for whoever may sign in: {told.link}", ""))


def _figures(title: str, lines: Sequence[tuple[str, str, str]]) -> str:
    return "\n".join((title.upper(), *(f"{what}: {now} (before: {before})" for what, now, before in lines)))


def _rows(one: Sheet) -> str:
    rows = (
        f"{row.name}: " + "; ".join(f"{name} {cell}" for name, cell in zip(one.columns, row.cells, strict=True))
        for row in one.rows
    )
    return "\n".join((one.by.upper(), *rows))
