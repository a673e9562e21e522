"""As what does an answer count?"""

from ivr.answering import Answering
from webhooks import links


def answered_as(path: str, fault: str, *, is_test: bool) -> Answering:
    """How a webhook at ``path`` was answered; ``fault`` is what it met on the way, if anything."""
    if is_test:
        return Answering.TEST
    if fault or path in (links.FALLBACK, links.AFTER_FALLBACK):
        return Answering.RESCUE
    return Answering.LEG if path.startswith(links.DESK) else Answering.STEP


class Uncounted:
    """Counts nothing: rehearsals and replays."""

    def note(self, how: Answering, seconds: float) -> None:
        """Nothing."""


UNCOUNTED = Uncounted()
