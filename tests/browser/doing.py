"""How is a task done in a browser and judged? What was there before, the keyboard, and the routes that it really reached."""

from playwright.sync_api import Page, Request

from tests.browser.conftest import Glass, Seat
from tests.browser.hands import Hands
from tests.browser.routes import route, untold
from tests.browser.task import Task


def done(task: Task, seat: Seat, glass: Glass) -> Page:
    """Do a task; it must reach the routes that it names, and every tab stop on the way must be seen."""
    task.before(seat.application)
    page = seat.signed_in(task.role, glass) if task.role else seat.window(glass)
    reached: set[str] = set()
    page.on("request", lambda request: reached.add(_route(request, seat.base)))
    hands = Hands(page)
    task.does(hands)
    missed, unseen = untold(task.reaches, reached), sorted(set(hands.faults))
    assert not missed, missed
    assert not unseen, unseen
    return page


def _route(request: Request, base: str) -> str:
    return route(request.method, request.url.removeprefix(base).partition("?")[0])
