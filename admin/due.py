"""What was to be published by itself, and is due? Judged again as it stands now; what does not hold is not published, and is told.

One worker at a time does it, under a lease (``store.chores``): a proof is not made by all of them at once.
"""

import secrets
from collections.abc import Callable
from http import HTTPStatus

from admin.directory_publishing import publish_directory
from admin.press import BusyError, Press
from admin.problems import ProblemError
from admin.publishing import publish_plan
from store import chores, drafts
from store.directory import StaleError
from store.drafts import Draft
from store.publication import UNREADABLE

CODE = "publish-due"
CANNOT_BE_READ = "It cannot be read as it is kept; write it anew."
NOT_PUBLISHED = "A draft that was to be published by itself was not: {id} of {what}. {told}"


class Due:
    """One worker's rounds. ``alarm`` is told of every draft that could not be published."""

    def __init__(self, press: Press, alarm: Callable[[str], object]) -> None:
        self._press, self._alarm, self._worker = press, alarm, secrets.token_hex(8)

    def round(self) -> int:
        """Publish what is due; how many drafts were published."""
        found = self._due()
        if not found or not self._is_claimed():
            return 0
        published = sum(self._is_published(draft) for draft in self._due())
        with self._press.database.write() as connection:
            chores.over(connection, CODE, self._worker, self._press.now(), self._press.now())
        return published

    def _due(self) -> list[Draft]:
        with self._press.database.read() as connection:
            return drafts.due(connection, self._press.now())

    def _is_claimed(self) -> bool:
        now = self._press.now()
        with self._press.database.write() as connection:
            chores.enter(connection, [CODE], now)
            return chores.claimed(connection, [CODE], self._worker, now) is not None

    def _is_published(self, draft: Draft) -> bool:
        try:
            self._publish(draft)
        except BusyError:
            return False
        except ProblemError as fault:
            self._refuse(draft, fault)
            return False
        except StaleError:  # somebody rewrote or dropped it at this moment
            return False
        except UNREADABLE:  # damaged, or written by a later Dutyline: those behind it do not wait for it
            self._refuse(draft, ProblemError(HTTPStatus.CONFLICT, CANNOT_BE_READ))
            return False
        return True

    def _publish(self, draft: Draft) -> None:
        if draft.kind == "plan":
            publish_plan(draft.text, draft.line, draft.author, draft=draft, by=self._press)
        else:
            publish_directory(draft, draft.author, by=self._press)

    def _refuse(self, draft: Draft, fault: ProblemError) -> None:
        told = " ".join([fault.detail, *(error.message for error in fault.errors)])
        try:
            with self._press.database.write_in_order() as connection:
                drafts.refuse(connection, draft.id, told, draft.version, draft.author, self._press.now())
        except StaleError:  # somebody rewrote or dropped it while it was judged
            return
        what = f"the line {draft.line}" if draft.line else "the directory"
        self._alarm(NOT_PUBLISHED.format(id=draft.id, what=what, told=fault.detail))
