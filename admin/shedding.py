"""Who gives way when more is asked than threads can answer? Whoever uses the pages or the API, and never a caller.

A database that hangs holds every thread that asks it. So only some of a worker's threads (``cli.serve``) ever work for the site, some
more wait for one of those, and what comes beyond is refused at once: the rest are there for callers at any time.
"""

from threading import BoundedSemaphore

from flask import Flask, Response, g, request

from admin.problems import unavailable

AT_ONCE, WAITING = 6, 10
PATIENCE_SECONDS = 2.0
BUSY = "Too much is asked at once, or the database hangs; calls are answered all the same. Try again in a moment."
ALWAYS = ("/healthz", "/readyz", "/metrics")
"""They wait for no database, and must be answered when nothing else is."""


class Turns:
    """So many work, so many wait for their turn."""

    def __init__(self, at_once: int = AT_ONCE, waiting: int = WAITING, patience: float = PATIENCE_SECONDS) -> None:
        self._room, self._turn = BoundedSemaphore(at_once + waiting), BoundedSemaphore(at_once)
        self._patience = patience

    def take(self) -> bool:
        """Whether it is one's turn, at once or soon; then it must be given back."""
        if not self._room.acquire(blocking=False):
            return False
        if self._turn.acquire(timeout=self._patience):
            return True
        self._room.release()
        return False

    def give_back(self) -> None:
        """Somebody else's turn."""
        self._turn.release()
        self._room.release()


def register(flask: Flask) -> None:
    """Give every request its turn; to be registered before anything that asks the database."""
    turns = Turns()

    @flask.before_request
    def _wait_for_a_turn() -> Response | None:
        if request.path in ALWAYS:
            return None
        if not turns.take():
            return unavailable(BUSY)
        g.turns = turns
        return None

    @flask.teardown_request
    def _give_back(_: BaseException | None) -> None:
        taken = g.pop("turns", None)
        if taken:
            taken.give_back()
