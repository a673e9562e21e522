"""How does a step come into a draft, get another name, and go again? It goes only where nothing leads to it any more."""

import re
from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from admin.console.draft_at import save, seen, tables, to_change
from admin.console.draft_sheet import HOURS, NODES, Sheet, filled_in, sheet_at
from admin.console.draft_shown import around, choices, items
from admin.console.forms import Refusal, Wrong, given, refusal
from admin.console.pages import answer, blueprint, page
from admin.console.plan_words import HEADER_LABELS
from admin.console.step_fields import SHAPES, label_of, step_fields, verb_words
from admin.console.step_form import flat, rearranged, rows_in, step_faults, values
from admin.plan_text import EditError, Use, nodes_of, renamed_node, table_at, tables_of, uses, with_table, without_table
from admin.problems import missing
from ivr.reading import LONGEST_SLUG
from store.drafts import Draft

SLUG = re.compile(r"[a-z][a-z0-9-]*")
NAME = "Name: small letters, digits and hyphens, beginning with a letter; at most 24. It stands in web addresses: no person’s name."
TAKEN = "Name: there is “{}” already; give it another one."
USED = "It is not removed: something still needs it. Change that first."
VERBS = {
    "menu": "Asks the caller for one key.", "switch": "Goes one way while hours are open, another while they are closed. Nothing is said.",
    "extension": "Asks for a known worker’s extension, and rings that worker.",
    "ring": "Rings a team’s duty numbers, then the last resort.",
    "dial-by-name": "Asks for the first letters of a worker’s name, and rings that worker.",
    "queue": "Lets the caller wait for somebody at the desk.", "message": "Says something, then goes on.",
    "deadline": "Says by when a written request will be answered, then goes on.", "call-back": "Books a call-back.",
    "hand-over": "Goes on in another line’s plan.", "safe": "Says the safe message whole, and offers a call-back.",
    "goodbye": "Says goodbye and ends the call.", "staff-only": "Lets staff on, by their number or a PIN.",
}  # fmt: skip


@blueprint.get("/plans/<line>/drafts/<key>/add")
def draft_verbs(line: str, key: str) -> str:
    """What sorts of steps there are."""
    known = [(verb, verb_words(verb), VERBS.get(verb, "")) for verb in SHAPES]
    return page("draft_verbs", **around(to_change(line, key)), verbs=known)


@blueprint.route("/plans/<line>/drafts/<key>/add/<verb>", methods=["GET", "POST"])
def draft_new_step(line: str, key: str, verb: str) -> Reply | str:
    """A new step of one sort."""
    draft = to_change(line, key)
    if verb not in SHAPES:
        raise missing(f"sort of step “{verb}”")
    fields = step_fields(verb)
    sheet = Sheet(draft, (NODES, request.form.get("slug", "").strip()), verb, fields, {}, flat(fields, {}))
    if request.method == "GET":
        return _new_form(replace(sheet, form=rearranged(sheet.form, "add") or sheet.form), ())
    sheet = filled_in(sheet, request.form)
    other = rearranged(sheet.form, request.form.get("step", ""))
    return _new_form(replace(sheet, form=other), ()) if other is not None else _added(sheet)


def _added(sheet: Sheet) -> Reply:
    draft, slug = sheet.draft, sheet.place[1]
    given = values(sheet.fields, sheet.form, {})
    wrong = (*_name_faults(slug, nodes_of(tables(draft))), *step_faults(sheet.verb, given))
    if wrong:
        return _new_form(sheet, wrong)
    refused = _saved(draft, lambda: with_table(draft.text, sheet.place, {"do": sheet.verb, **given}))
    return _new_form(sheet, refused.beside(sheet.labels)) if refused else _back(draft)


def _name_faults(slug: str, taken: dict[str, dict[str, object]]) -> tuple[Wrong, ...]:
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        return (Wrong("slug", NAME),)
    return (Wrong("slug", TAKEN.format(slug)),) if slug in taken else ()


def _saved(draft: Draft, text: Callable[[], str]) -> Refusal | None:
    """Keep what becomes of the text; why not, where it is refused."""
    try:
        new = text()
    except EditError as error:
        return Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, str(error))
    return refusal(lambda: save(draft, new, seen(draft)))


def _back(draft: Draft) -> Reply:
    return redirect(url_for("console.draft", line=draft.line, key=draft.id), HTTPStatus.SEE_OTHER)


def _new_form(sheet: Sheet, wrong: tuple[Wrong, ...]) -> Reply:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return answer(
        status,
        "draft_form",
        **around(sheet.draft),
        sheet=sheet,
        wrong=wrong,
        title=f"Add a step: {verb_words(sheet.verb).lower()}",
        new=True,
        slug=sheet.place[1],
        known=choices(tables(sheet.draft), sheet.draft.authority),
        items=items,
        rows=rows_in(sheet.form),
    )


@blueprint.route("/plans/<line>/drafts/<key>/nodes/<node>/rename", methods=["GET", "POST"])
def draft_rename(line: str, key: str, node: str) -> Reply | str:
    """Another name for a step, wherever it is named."""
    draft = to_change(line, key)
    sheet_at(draft, (NODES, node))
    name, wrong = node, tuple[Wrong, ...]()
    if request.method == "POST":
        name = given("slug")["slug"]
        wrong = _name_faults(name, nodes_of(tables(draft)))
        refused = None if wrong else _saved(draft, lambda: renamed_node(draft.text, node, name))
        if not wrong and not refused:
            return redirect(url_for("console.draft_node", line=line, key=key, node=name), HTTPStatus.SEE_OTHER)
        wrong = refused.beside({}) if refused else wrong
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return answer(status, "draft_rename", **around(draft), node=node, slug=name, wrong=wrong)


@blueprint.route("/plans/<line>/drafts/<key>/nodes/<node>/remove", methods=["GET", "POST"])
def draft_remove(line: str, key: str, node: str) -> Reply | str:
    """A step goes, where nothing leads to it."""
    draft = to_change(line, key)
    sheet_at(draft, (NODES, node))
    found = [use for use in uses(tables(draft), node) if use.node != node]
    return _removal(draft, (NODES, node), found)


@blueprint.route("/plans/<line>/drafts/<key>/hours/<name>/remove", methods=["GET", "POST"])
def draft_hours_remove(line: str, key: str, name: str) -> Reply | str:
    """Hours go, where nothing goes by them."""
    draft = to_change(line, key)
    sheet_at(draft, (HOURS, name))
    held = tables(draft)
    found = [Use("", field) for field in ("open_by", "day_by") if held.get(field) == name]
    found += [Use(slug, "hours") for slug, node in nodes_of(held).items() if node.get("hours") == name]
    return _removal(draft, (HOURS, name), found)


def where(use: Use) -> str:
    """Where something is named, in words."""
    return (
        f"the step “{use.node}”, {_field(use.field)}"
        if use.node
        else f"“{HEADER_LABELS[use.field]}”, for the whole line"
    )


def _field(name: str) -> str:
    kind, _, place = name.partition(".")
    return f"choice {int(place.partition('.')[0]) + 1}" if place else label_of(kind).lower().replace(", go to", "")


def _removal(draft: Draft, place: tuple[str, str], found: list[Use]) -> Reply | str:
    """Ask once more; where it is still used, say by what."""
    what = "step" if place[0] == NODES else "hours"
    shown = {
        **around(draft),
        "title": f"Remove the {what} “{place[1]}”",
        "uses": [(use.node, where(use)) for use in found],
    }
    if request.method == "GET":
        return page("draft_remove", **shown)
    refused = Refusal(HTTPStatus.CONFLICT, USED) if found else _saved(draft, lambda: without_table(draft.text, place))
    if refused is None:
        return _back(draft)
    return answer(refused.status, "draft_remove", **shown, wrong=refused.beside({}))


@blueprint.route("/plans/<line>/drafts/<key>/add-hours", methods=["GET", "POST"])
def draft_new_hours(line: str, key: str) -> Reply | str:
    """More hours: a name, and nine to five for a beginning."""
    draft = to_change(line, key)
    slug, wrong = given("slug")["slug"], tuple[Wrong, ...]()
    if request.method == "POST":
        wrong = _name_faults(slug, table_at(tables(draft), (HOURS,)))
        last = list(table_at(tables_of(draft.text) or {}, (HOURS,)))[-1:]
        refused = (
            None
            if wrong
            else _saved(
                draft,
                lambda: with_table(
                    draft.text, (HOURS, slug), {"week": "Mon-Fri 09:00-17:00"}, (HOURS, *last) if last else ()
                ),
            )
        )
        if not wrong and not refused:
            return redirect(url_for("console.draft_hours", line=line, key=key, name=slug), HTTPStatus.SEE_OTHER)
        wrong = refused.beside({}) if refused else wrong
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return answer(status, "draft_add_hours", **around(draft), slug=slug, wrong=wrong)
