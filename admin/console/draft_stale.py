"""What does somebody see whose colleague was quicker at a draft? Both texts of the part, side by side; nothing is overwritten."""

from http import HTTPStatus

from flask import Response, request, url_for

from admin.console.draft_at import earlier
from admin.console.draft_sheet import Sheet
from admin.console.forms import AGAIN
from admin.console.pages import answer
from admin.console.plan_words import differing, value_words
from admin.console.rebasing import Again
from admin.console.told import Told
from admin.plan_text import tables_of
from store.drafts import Draft


def draft_stale(draft: Draft, sheet: Sheet, again: Again | None) -> Response:
    """412: what the part is now, what the last change of the draft was, and what was wanted here."""
    before = next((one.text for one in earlier(draft)), draft.text)
    return answer(
        HTTPStatus.PRECONDITION_FAILED,
        "stale",
        now=[
            Told(one.label, "", value_words(sheet.table[one.name], one.name))
            for one in sheet.fields
            if one.name in sheet.table
        ],
        deed={"who": draft.who, "at": draft.changed_at, "why": ""},
        theirs=differing(tables_of(before) or {}, tables_of(draft.text) or {}),
        again=again,
        step=AGAIN,
        seen=f"v{draft.version}",
        start=request.path,
        why="",
        back=url_for("console.draft", line=draft.line, key=draft.id),
    )
