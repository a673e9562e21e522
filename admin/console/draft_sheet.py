"""What does a form of a draft's part hold, what would it make of the plan's text, and what is wrong with it?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from admin.console.draft_at import tables, text_then
from admin.console.forms import Wrong
from admin.console.rebasing import Again, anew, merged
from admin.console.step_fields import Field, Look, budget_fields, header_fields, label_of, step_fields
from admin.console.step_form import COLUMNS, MOST_ROWS, faults, flat, step_faults, typed, values
from admin.console.week_form import hours_faults, hours_fields, hours_flat, hours_typed, hours_values
from admin.plan_text import HEADER, EditError, Place, Tables, changed, table_at, tables_of, with_table
from admin.problems import missing
from ivr.shape import BudgetShape, PlanShape
from store.drafts import Draft

NODES, HOURS, BUDGET = "nodes", "hours", "budget"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form: of which draft, of which part, with which fields, what stands there now (``table``), and what the form holds."""

    draft: Draft
    place: Place
    verb: str
    fields: tuple[Field, ...]
    table: Tables
    form: Mapping[str, str]

    @property
    def labels(self) -> dict[str, str]:
        """Every field by the name that it has in the form."""
        found = {one.name: one.label for one in self.fields}
        for place in range(MOST_ROWS):
            found |= {f"options-{place}-{name}": f"Choice {place + 1}, {label_of(name).lower()}" for name in COLUMNS}
        return found | {
            f"{one.name}-{at}": f"{one.label}, {at + 1}"
            for one in self.fields
            for at in range(MOST_ROWS)
            if one.look is Look.SEVERAL
        }


def sheet_at(draft: Draft, place: Place) -> Sheet:
    """The form of a part as the draft has it, or 404."""
    held = tables(draft)
    table = table_at(held, place)
    if place and not table and place != (BUDGET,):
        raise missing(f"“{place[-1]}” in this draft")
    verb = str(table.get("do", "")) if place[:1] == (NODES,) else ""
    fields = _fields(place, verb)
    return Sheet(draft, place, verb, fields, table, _flat(place, fields, table))


def _fields(place: Place, verb: str) -> tuple[Field, ...]:
    if place == HEADER:
        return header_fields()
    if place == (BUDGET,):
        return budget_fields()
    return hours_fields() if place[0] == HOURS else step_fields(verb)


def _flat(place: Place, fields: tuple[Field, ...], table: Tables) -> dict[str, str]:
    return hours_flat(table) if place[:1] == (HOURS,) else flat(fields, table)


def filled_in(sheet: Sheet, form: Mapping[str, str]) -> Sheet:
    """The form with what was sent."""
    sent = hours_typed(form) if sheet.place[:1] == (HOURS,) else typed(sheet.fields, form)
    return replace(sheet, form=sent)


def edited(sheet: Sheet) -> tuple[str, tuple[Wrong, ...]]:
    """The draft's text with what the form says, and what is wrong with that."""
    if sheet.place[:1] == (HOURS,):
        given, wrong = hours_values(sheet.form, sheet.table)
    else:
        given, wrong = values(sheet.fields, sheet.form, sheet.table), ()
    wrong = wrong or _faults(sheet, given)
    try:
        return ("" if wrong else _written(sheet, given)), wrong
    except EditError as error:
        return "", (Wrong("", str(error)),)


def _written(sheet: Sheet, given: Mapping[str, Any]) -> str:
    if sheet.table or sheet.place == HEADER:
        return changed(sheet.draft.text, sheet.place, given)
    filled = {name: value for name, value in given.items() if value is not None}
    return with_table(sheet.draft.text, sheet.place, filled) if filled else sheet.draft.text


def _faults(sheet: Sheet, given: Mapping[str, object]) -> tuple[Wrong, ...]:
    if sheet.place == HEADER:
        names = {one.name for one in sheet.fields}
        found = faults(PlanShape, {**tables(sheet.draft), **given})
        return tuple(one for one in found if one.field.partition("-")[0] in names)
    if sheet.place == (BUDGET,):
        return faults(BudgetShape, given)
    return hours_faults(given) if sheet.place[0] == HOURS else step_faults(sheet.verb, given)


def anew_on(sheet: Sheet, version: int, action: str) -> Again:
    """What was changed in a form that was opened at an older version, filled in on what stands there now."""
    then = text_then(sheet.draft, version)
    before = table_at(tables_of(then) or {}, sheet.place) if then else {}
    if not before:
        return anew(action, sheet.form, sheet.labels)
    present, was = (_flat(sheet.place, sheet.fields, table) for table in (sheet.table, before))
    return merged(action, sheet.form, sheet.labels, was, present)
