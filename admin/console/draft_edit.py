"""How are a step, the header and the hours of a draft changed? By a form of what stands there, with the check's verdict beside it."""

from http import HTTPStatus

from flask import redirect, request
from werkzeug.wrappers import Response as Reply

from admin.console.draft_at import draft_at, save, seen, tables, to_change
from admin.console.draft_sheet import BUDGET, HOURS, NODES, Sheet, anew_on, edited, filled_in, sheet_at
from admin.console.draft_shown import around, choices, items
from admin.console.draft_stale import draft_stale
from admin.console.forms import Wrong, asks_again, refusal
from admin.console.pages import answer, asked, blueprint, page
from admin.console.spoken import Spoken, most_words, spoken
from admin.console.step_fields import Look, verb_words
from admin.console.step_form import rearranged, rows_in, several_in
from admin.console.verdicts import ShownVerdict, verdict_of
from admin.console.week_form import ALWAYS, NAMES, PART_WORDS, PARTS, told
from admin.plan_text import HEADER, Place
from ivr.speech import choice
from routing.hours import DAYS, week_from
from store.drafts import Draft

CHECK = "check"
CALLS_WHILE_TYPING = 1
ONE_MORE = 1


@blueprint.route("/plans/<line>/drafts/<key>/nodes/<node>", methods=["GET", "POST"])
def draft_node(line: str, key: str, node: str) -> Reply | str:
    """One step."""
    return _form(line, key, (NODES, node))


@blueprint.route("/plans/<line>/drafts/<key>/header", methods=["GET", "POST"])
def draft_header(line: str, key: str) -> Reply | str:
    """What holds for the whole line: its first words, its default destination, its night."""
    return _form(line, key, HEADER)


@blueprint.route("/plans/<line>/drafts/<key>/budget", methods=["GET", "POST"])
def draft_budget(line: str, key: str) -> Reply | str:
    """How much of a caller's patience the line may take at worst."""
    return _form(line, key, (BUDGET,))


@blueprint.route("/plans/<line>/drafts/<key>/hours/<name>", methods=["GET", "POST"])
def draft_hours(line: str, key: str, name: str) -> Reply | str:
    """Weekly hours."""
    return _form(line, key, (HOURS, name))


def _form(line: str, key: str, place: Place) -> Reply | str:
    draft = to_change(line, key)
    sheet = sheet_at(draft, place)
    if request.method == "GET":
        return _shown(sheet, ())
    sheet = filled_in(sheet, request.form)
    step = request.form.get("step", "")
    if step == CHECK and "HX-Request" in request.headers:
        return _followed(sheet)
    other = rearranged(sheet.form, step)
    if other is not None or step == CHECK or asks_again():
        return _shown(_with(sheet, other), ())
    return _kept(sheet)


def _followed(sheet: Sheet) -> str:
    """The part of the page that follows what is typed: would this be published? Nothing is kept."""
    text, wrong = edited(sheet)
    shown = {"sheet": sheet, "verdict": _verdict(sheet.draft, text), "faults": wrong, "spoken": _spoken(sheet)}
    return page("draft_verdict", **around(sheet.draft), **shown)


def _with(sheet: Sheet, form: dict[str, str] | None) -> Sheet:
    return sheet if form is None else filled_in(sheet, form)


def _kept(sheet: Sheet) -> Reply:
    draft, expected = sheet.draft, seen(sheet.draft)
    if expected != draft.version:
        return draft_stale(draft, sheet, anew_on(sheet, expected, request.path))
    text, wrong = edited(sheet)
    if wrong:
        return _shown(sheet, wrong)
    refused = refusal(lambda: save(draft, text, expected))
    if refused is None:
        return redirect(f"{request.path}?saved=yes", HTTPStatus.SEE_OTHER)
    if refused.is_stale:
        fresh = draft_at(draft.line, draft.id)
        again = filled_in(sheet_at(fresh, sheet.place), request.form)
        return draft_stale(fresh, again, anew_on(again, expected, request.path))
    return _shown(sheet, refused.beside(sheet.labels))


def _shown(sheet: Sheet, wrong: tuple[Wrong, ...]) -> Reply:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    text, faults = edited(sheet)
    known = {
        **around(sheet.draft),
        "sheet": sheet,
        "wrong": wrong,
        "faults": faults,
        "verdict": _verdict(sheet.draft, text),
        "spoken": _spoken(sheet),
        "saved": asked("saved"),
        "title": _title(sheet.place, sheet.verb),
        "known": choices(tables(sheet.draft), sheet.draft.authority),
        "items": items,
    }
    if request.method == "POST" and request.form.get("seen"):
        known["seen"] = request.form["seen"]
    return answer(status, "draft_form", **known, **_of_kind(sheet))


def _verdict(draft: Draft, text: str) -> ShownVerdict | None:
    return verdict_of(draft, text, CALLS_WHILE_TYPING) if text else None


def _title(place: Place, verb: str) -> str:
    if place == HEADER:
        return "What holds for the whole line"
    if place == (BUDGET,):
        return "How long a caller may have to wait"
    return f"Hours “{place[1]}”" if place[0] == HOURS else f"{verb_words(verb)} “{place[1]}”"


def _of_kind(sheet: Sheet) -> dict[str, object]:
    """What only a menu, only a header or only hours show."""
    if sheet.place[:1] == (HOURS,):
        week = week_from(sheet.form.get("week", ""))
        return {"days": list(zip(DAYS, NAMES, strict=True)), "parts": [(part, PART_WORDS[part]) for part in PARTS],
                "by_day": sheet.form.get("week", "").lower() != ALWAYS, "week": [] if isinstance(week, str) else told(week)}  # fmt: skip
    several = {
        one.name: [*several_in(sheet.form, one.name), *[""] * ONE_MORE]
        for one in sheet.fields
        if one.look is Look.SEVERAL
    }
    return {"rows": rows_in(sheet.form), "several": several}


def _spoken(sheet: Sheet) -> dict[str, Spoken]:
    """How long each text takes to say; a menu says its choices too."""
    most = most_words(tables(sheet.draft).get(BUDGET))
    choices = tuple(choice(row["label"], row["key"]) for row in rows_in(sheet.form))
    names = [one.name for one in sheet.fields if one.look is Look.SPEECH]
    return {name: spoken(sheet.form.get(name, ""), most, choices) for name in names}
