"""The rota in a real Chromium: a month as a table, a turn added by keyboard, a calendar file taken in, all of it at 320 pixels too."""

from pathlib import Path

import pytest

from store.keys import Role
from tests.admin.desk_client import dials, holder
from tests.admin.test_rota import DEVON, FILE, NEXT, NOW, ROTA, ROWAN, TEAM
from tests.browser.conftest import NARROW, WIDE, Glass, Seat
from tests.browser.hands import Hands
from tests.browser.looks import cut_off, violations

pytestmark = pytest.mark.browser
PAGE = "/admin/teams/devon-ir-north/rota"


def with_rota(seat: Seat) -> None:
    given = [{**NOW, "person": ROWAN}, {**NEXT, "number": "020 7946 0301"}]
    assert holder(seat.application, Role.EDITOR).changes("PUT", ROTA, given, seen_at=TEAM).status_code == 200


@pytest.mark.parametrize("glass", [WIDE, NARROW], ids=["wide", "320 pixels"])
def test_the_month_is_a_table_that_fits(seat: Seat, glass: Glass) -> None:
    with_rota(seat)
    page = seat.signed_in(Role.EDITOR, glass)
    page.goto("/admin/teams/devon-ir-north")
    page.get_by_role("link", name="Who holds duty, and when").click()
    month = page.get_by_role("table", name="November 2026")
    assert month.get_by_role("row").count() == 7
    assert "Rowan Sampleton" in month.get_by_role("cell", name="25").first.inner_text()
    for path in ("", "/add", "/upload", "/0/remove"):
        page.goto(PAGE + path)
        assert (path, violations(page) + cut_off(page)) == (path, [])


def test_a_turn_that_is_added_rings_on_the_very_next_call(seat: Seat) -> None:
    page = seat.signed_in(Role.EDITOR)
    hands = Hands(page)
    hands.opens(PAGE)
    hands.leaves_by("Add a turn", "Add a turn")
    page.locator("input.autocomplete__input").wait_for()
    hands.fills("Who", "020 7946 0301")
    hands.dates("From", "2026-11-25T09:00")
    hands.dates("Until", "2026-11-25T17:00")
    hands.leaves_by("Continue", "Check what becomes of the rota")
    assert violations(page) == []
    hands.leaves_by("Confirm and change", "Initial Response North: changed")
    assert hands.faults == []
    dials(seat.application, DEVON).presses("2").presses("1").presses("1").rings("020 7946 0301")


def test_a_calendar_file_is_taken_in_without_script(seat: Seat, tmp_path: Path) -> None:
    with_rota(seat)
    file = tmp_path / "rota.ics"
    file.write_text(FILE.replace("20261127T170000", "20261128T090000"), encoding="utf-8")
    page = seat.signed_in(Role.EDITOR, Glass(320, 640, script=False))
    page.goto(f"{PAGE}/upload")
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Look at it").click()
    assert cut_off(page) == []
    page.get_by_role("button", name="Confirm and change").click()
    page.goto(PAGE)
    assert "until 09:00 Rowan Sampleton" in page.get_by_role("cell", name="28").first.inner_text()


@pytest.mark.parametrize("glass", [WIDE, NARROW], ids=["wide", "320 pixels"])
def test_the_status_page_stacks_and_keeps_its_table(seat: Seat, glass: Glass) -> None:
    page = seat.signed_in(Role.VIEWER, glass)
    page.goto("/")
    assert violations(page) + cut_off(page) == []
    assert page.get_by_role("table").get_by_role("row").count() == 8
    assert page.get_by_role("rowheader", name="Devon social care").is_visible()
