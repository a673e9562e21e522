"""Would what is scheduled be published at its moment, as things stand now? The judgement of that moment, made today."""

from datetime import datetime

from admin.directory_publishing import prepared_in
from admin.directory_publishing import refuse_unpublishable as refuse_changes
from admin.due import CANNOT_BE_READ
from admin.press import Press
from admin.problems import ProblemError
from admin.publishing import explained, read_plan
from admin.publishing import refuse_unpublishable as refuse_plan
from store.drafts import Draft
from store.publication import UNREADABLE


def foreseen_refusal(draft: Draft, at: datetime, by: Press) -> str:
    """Why a draft would not be published at a moment; empty where it would."""
    world = by.publication.current()
    try:
        explained(draft.author, draft)
        if draft.kind == "plan":
            refuse_plan(by, read_plan(draft.text, draft.line), draft.base, world, at)
        else:
            refuse_changes(by, prepared_in(draft), world, at)
    except ProblemError as fault:
        return " ".join([fault.detail, *(error.message for error in fault.errors)])
    except UNREADABLE:
        return CANNOT_BE_READ
    return ""
