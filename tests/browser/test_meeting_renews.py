"""Does the page of a meeting renew itself while somebody types into it? Nothing that is typed is lost, and the focus stays."""

import pytest
from playwright.sync_api import expect

from store import meetings
from store.keys import Role
from store.meetings import Sits
from tests.browser.conftest import Seat
from tests.browser.tasks.meetings import STARTED, three_meetings

pytestmark = pytest.mark.browser


def test_a_seat_changes_while_somebody_types_and_is_said_aloud(seat: Seat) -> None:
    three_meetings(seat.application)
    page = seat.signed_in(Role.ADMIN)
    page.goto(f"/desk/meetings/{STARTED}")
    page.get_by_label("Whom", exact=True).press_sequentially("nell")
    with seat.application.database.write() as connection:
        nurse = next(one for one in meetings.seats(connection, STARTED) if one.code == "named-nurse")
        meetings.change_seat(connection, nurse.id, state=Sits.REMOVED.value)
        meetings.change(connection, STARTED, locked=True)
    expect(page.locator(f"#seat-{nurse.id}")).to_contain_text("Taken out", timeout=10_000)
    expect(page.locator("#soft")).to_have_text("Started, locked. Named Nurse: taken out")
    assert page.evaluate("[document.activeElement.id, document.activeElement.value]") == ["to", "nell"]
    page.get_by_role("button", name="Unlock").focus()
    expect(page.get_by_role("heading", name="Invite somebody else")).to_be_visible()
    with seat.application.database.write() as connection:
        meetings.change(connection, STARTED, locked=False)
    expect(page.get_by_role("button", name="Lock: let nobody else in")).to_be_visible(timeout=10_000)
    assert page.evaluate("document.activeElement.id") == "seats"
