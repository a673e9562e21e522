"""Can a handler work a whole day on /desk with a keyboard alone? A server process, real windows, and telephones that ring."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from telephone import Person
from tests.browser.day import LINE, Day, Handler, day
from tests.browser.desk_process import CONSULTED
from tests.browser.looks import violations

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
HANNA, HUGO = "+442079460201", "+442079460202"
TEAM = "Social Care Specialist and Safeguarding Team"
PATIENT = "+442079460996"
CONCERN = "Cause for concern: what, who said it, when and where"
TYPED = "Two small children alone at the door since this morning."


@pytest.fixture
def here(tmp_path: Path, browser: Browser) -> Iterator[Day]:
    with day(tmp_path, browser) as made:
        yield made


def seated(
    here: Day, email: str = "hanna@example.org", phone: str = "020 7946 0201", line: str = "Call Derbyshire"
) -> Handler:
    """A handler who is signed in at the desk."""
    handler = here.sits_down()
    handler.signs_in(email)
    handler.is_at_the_desk(phone, line)
    return handler


def talking(here: Day) -> Handler:
    """A handler who talks to a caller."""
    here.exchange.phone(HANNA).will(Person("1", after=4))
    handler = seated(here)
    here.calls()
    handler.reads_soon("Talking since")
    return handler


def calls_back(here: Day, handler: Handler) -> None:
    """Another caller asks to be called back while the handler writes up, and is."""
    here.exchange.phone(HANNA).will(Person("1", after=3))
    here.exchange.phone(PATIENT).will(Person("", after=3, talks=6))
    handler.reads("Writing up until")
    caller = here.calls(PATIENT)
    here.passes(2)
    caller.presses("1")
    handler.reads_soon("To call back (1)")
    caller.hangs_up()
    handler.presses("Alt+Shift+K")
    handler.reads_soon("Being dialled")
    here.until(lambda: here.exchange.phone(PATIENT).leg.has_heard("returning your call"), "the person hears who calls")
    handler.reads_soon("last: answered")
    handler.tabs_to("Reached 020 7946 0996")
    handler.presses("Enter")
    handler.reads_soon("Nobody is to be called back.")


def test_a_whole_working_day_by_keyboard(here: Day) -> None:
    handler = seated(here)
    here.exchange.phone(HANNA).will(Person("1", after=8))
    here.exchange.phone(CONSULTED).will(Person("1", after=5))
    handler.presses("Alt+Shift+W")
    handler.reads_soon("Writing up until")
    caller = here.calls()
    handler.reads_soon("Waiting (1)")
    handler.has_title("1 waiting – Desk – Dutyline")
    expect(handler.page.locator("#soft")).to_have_text(
        "1 waiting: Call Derbyshire, a child at risk, or if you are a member of the public."
    )
    handler.presses("Alt+Shift+P")
    handler.reads_soon("Press 1 on it to accept.")
    handler.has_title("Ringing – Desk – Dutyline")
    expect(handler.page.locator("#loud")).to_contain_text("Your phone rings: Call Derbyshire, a child at risk")
    assert int(handler.page.locator("#desk").get_attribute("data-sounded") or "0") > 0
    handler.reads_soon("Talking since")
    here.until(lambda: here.hears(caller) == {HANNA}, "caller and handler")

    handler.presses("Alt+Shift+R")
    handler.fills(CONCERN, TYPED)
    handler.reads_soon("Saved at")
    handler.page.reload()
    expect(handler.page.get_by_label(CONCERN)).to_have_value(TYPED)

    handler.presses("Alt+Shift+S")
    handler.types("safeguarding team")
    handler.reads_soon(f"Consult {TEAM}")
    handler.tabs_to(f"Consult {TEAM}")
    handler.presses("Enter")
    handler.reads_soon(f"Ringing {TEAM}")
    handler.reads_soon(f"You are speaking to {TEAM}")
    assert caller.is_held
    handler.presses("Alt+Shift+C")
    handler.reads_soon(f"The caller is with {TEAM} now.")
    here.until(lambda: here.hears(caller) == {CONSULTED}, "caller and team")

    handler.reads_soon("Writing up until")
    handler.presses("Alt+Shift+R")
    handler.fills("How the caller knows the child and family", "A neighbour")
    handler.reads_soon("Saved at")
    calls_back(here, handler)
    handler.presses("Alt+Shift+P")
    handler.reads_soon("Available since")
    assert handler.faults == []
    assert violations(handler.page) == []


def test_two_handlers_press_answer_at_once_and_one_is_told(here: Day) -> None:
    first = seated(here, line="Sheffield CPET")
    second = seated(here, "hugo@example.org", "020 7946 0202", "Sheffield CPET")
    for phone in (HANNA, HUGO):
        here.exchange.phone(phone).will(Person("1", after=4))
    here.is_staffed_by_somebody_else()
    caller = here.calls()
    for handler in (first, second):
        handler.reads_soon("Waiting (1)")
    for handler in (first, second):
        handler.page.keyboard.press("Alt+Shift+A")
    here.until(lambda: here.hears(caller) != set(), "somebody answers")
    (heard,) = here.hears(caller)
    won, lost = (first, second) if heard == HANNA else (second, first)
    won.reads_soon("Talking since")
    expect(lost.page.locator("#told")).to_contain_text("Somebody else is answering this caller.")
    lost.reads_soon("You are in no call.")
    assert here.exchange.rung_twice_at_once() == []


def test_what_is_typed_is_never_replaced_and_the_focus_never_moved(here: Day) -> None:
    handler = talking(here)
    handler.presses("Alt+Shift+R")
    handler.tabs_to(CONCERN)
    handler.types("Still typing")
    here.exchange.dial("+442079460102", "+442079460998").presses("1")
    handler.reads_soon("Waiting (1)")
    handler.types(", and on.")
    focused = handler.page.evaluate("document.activeElement.value")
    assert focused == "Still typing, and on."
    handler.reads_soon("Saved at")


def test_a_handler_whose_window_is_closed_lapses(here: Day) -> None:
    handler = seated(here)
    here.until(lambda: here.is_there("Hanna Handler"), "there")
    began = here.clock.now()
    here.until(lambda: (here.clock.now() - began).total_seconds() > 75, "the page is the heartbeat")
    assert here.is_there("Hanna Handler")
    handler.page.goto("about:blank")
    here.until(lambda: not here.is_there("Hanna Handler"), "lapsed")


def test_a_save_that_fails_is_told_and_tried_again(here: Day) -> None:
    handler = talking(here)
    handler.page.route(
        "**/record", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    handler.presses("Alt+Shift+R")
    handler.fills(CONCERN, TYPED)
    handler.reads_soon("Not saved yet; this page goes on trying.")
    handler.page.unroute("**/record")
    handler.reads_soon("Saved at")
    handler.page.reload()
    expect(handler.page.get_by_label(CONCERN)).to_have_value(TYPED)


def test_what_is_typed_outlives_the_session(here: Day) -> None:
    handler = talking(here)
    handler.page.context.clear_cookies()
    handler.presses("Alt+Shift+R")
    handler.fills(CONCERN, TYPED)
    handler.reads_soon("You are signed out. What you typed is still here")
    Handler(handler.page.context.new_page(), here).signs_in("hanna@example.org")
    handler.reads_soon("Saved at")
    handler.page.reload()
    expect(handler.page.get_by_label(CONCERN)).to_have_value(TYPED)


def test_the_shortcuts_can_be_switched_off(here: Day) -> None:
    handler = seated(here)
    handler.tabs_to("Keyboard shortcuts")
    handler.presses("Enter")
    handler.tabs_to("Use these shortcuts")
    handler.presses("Space")
    handler.presses("Alt+Shift+L")
    handler.page.wait_for_timeout(500)
    handler.reads("Available since")
    handler.presses("Space")
    handler.presses("Alt+Shift+L")
    handler.reads_soon("Away since")


def test_the_line_is_one_that_callers_wait_on(here: Day) -> None:
    handler = here.sits_down()
    handler.signs_in("hugo@example.org")
    assert handler.page.locator(f"#line-{LINE}").count() == 1
    assert handler.page.locator("#line-derby").count() == 0
