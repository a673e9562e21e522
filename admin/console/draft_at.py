"""Which draft does a page show, who may change it, and how is a change of it kept so that it can be taken back?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from flask import request

from admin.auth import author, caller
from admin.plan_text import Tables, tables_of
from admin.ports import desk, newest_world, now
from admin.press import press
from admin.problems import ProblemError, missing
from admin.publishing import ENDED, standing
from store.drafts import Draft, one, rewrite

MOST_EARLIER = 20
MOST_SEEN = 9
EARLIER = "earlier"


@dataclass(frozen=True, slots=True)
class Earlier:
    """A text of a draft before a change: at which version, and the TOML."""

    version: int
    text: str


def draft_at(line: str, key: str) -> Draft:
    """A plan's draft, or 404."""
    if key.isprintable():
        with desk().database.read() as connection:
            found = one(connection, key)
        if found and found.kind == "plan" and found.line == line:
            return found
    raise missing("such draft of this line")


def to_change(line: str, key: str) -> Draft:
    """The same for whoever wants to change it: 403 outside their limits, 409 where it has ended."""
    draft = draft_at(line, key)
    press().refuse_strange_plan(line, draft.authority, newest_world())
    if not draft.stands:
        raise ProblemError(HTTPStatus.CONFLICT, ENDED)
    return draft


def mine(authority: str) -> bool:
    """Whether whoever asks may change drafts of an authority, as far as their limits go."""
    return not caller().limited or authority in caller().authorities


def tables(draft: Draft) -> Tables:
    """What the draft's text holds; nothing where it is not TOML."""
    return tables_of(draft.text) or {}


def seen(draft: Draft) -> int:
    """The version that a form was opened with."""
    text = request.form.get("seen", "").removeprefix("v")
    return int(text) if text.isdecimal() and len(text) < MOST_SEEN else draft.version


def earlier(draft: Draft) -> list[Earlier]:
    """The texts before the last changes, the latest first."""
    rows = draft.body.get(EARLIER, [])
    return [Earlier(row["version"], row["text"]) for row in rows if isinstance(row, dict) and "text" in row]


def text_then(draft: Draft, version: int) -> str | None:
    """The text at a version, as far back as it is kept."""
    known = {one.version: one.text for one in earlier(draft)} | {draft.version: draft.text}
    return known.get(version)


def save(draft: Draft, text: str, expected: int) -> None:
    """Another text. Raises ``StaleError`` where somebody was quicker."""
    if text != draft.text or expected != draft.version:
        kept = [_row(draft.version, draft.text), *draft.body.get(EARLIER, [])]
        _write(draft, {"text": text, EARLIER: kept[:MOST_EARLIER]}, expected)


def take_back(draft: Draft, expected: int) -> None:
    """The text before the last change."""
    before = earlier(draft)
    if not before:
        raise ProblemError(HTTPStatus.CONFLICT, "Nothing was changed that could be taken back.")
    _write(draft, {"text": before[0].text, EARLIER: draft.body[EARLIER][1:]}, expected)


def _row(version: int, text: str) -> Mapping[str, Any]:
    return {"version": version, "text": text}


def rebase(draft: Draft, base: str, expected: int) -> None:
    """The same text, made on the plan that is in force now."""
    _write(draft, draft.body, expected, base)


def _write(draft: Draft, body: Mapping[str, Any], expected: int, base: str = "") -> None:
    doer = replace(author(), why=draft.why)
    with standing(), desk().database.write_in_order() as connection:
        rewrite(connection, draft.id, body, expected, doer, now(), base)
