"""The console's pages of past calls: listed, found by line and number, told as a timeline, and kept as a test."""

import pytest

from app import Application
from ivr.moment import World
from store.keys import Role
from tests.admin.desk_client import Holder
from tests.admin.visitor import Visitor, signed_in
from tests.browser.areas.past_calls import BOOKED, ODD, REACHED, furnish
from tests.calls.golden import retold

MANAGER = "020 7946 0252"
CALLER = "020 7946 0999"


@pytest.fixture
def recorded(application: Application) -> Application:
    furnish(application)
    return application


def text_of(visitor: Visitor, path: str) -> str:
    return visitor.opens(path).get_data(as_text=True)


def test_nobody_has_called_yet(application: Application) -> None:
    assert "Nobody has called yet." in text_of(signed_in(application, Role.HANDLER), "/admin/calls")


def test_calls_are_listed_and_found_by_line_and_by_number(recorded: Application) -> None:
    handler = signed_in(recorded, Role.HANDLER)
    every, derbys = text_of(handler, "/admin/calls"), text_of(handler, "/admin/calls?line=derby")
    assert all(sid in every for sid in (REACHED, BOOKED, ODD))
    assert (REACHED in derbys, BOOKED in derbys, "A person was reached" in derbys) == (True, False, True)
    assert REACHED in text_of(handler, "/admin/calls?q=020+7946+0999")
    assert "No call is found." in text_of(handler, "/admin/calls?q=020+7946+0998")


def test_a_call_is_told_with_who_was_tried_and_what_was_in_force(recorded: Application) -> None:
    page = text_of(signed_in(recorded, Role.HANDLER), f"/admin/calls/{REACHED}")
    assert "The caller pressed 4: professionals, for advice or our form." in page
    assert "Their manager: the worker&#39;s manager" in page
    assert MANAGER in page
    assert "Answered, and nobody pressed 1, rang for 1 second" in page
    assert 'href="/admin/plans/derby/history"' in page


def test_what_is_due_is_told(recorded: Application) -> None:
    page = text_of(signed_in(recorded, Role.AUDITOR), f"/admin/calls/{BOOKED}")
    assert "Promised by Wed 25 Nov 2026 15:20" in page


def test_a_viewer_sees_nobodys_number(recorded: Application) -> None:
    viewer = signed_in(recorded, Role.VIEWER)
    pages = text_of(viewer, "/admin/calls") + text_of(viewer, f"/admin/calls/{REACHED}")
    assert (MANAGER in pages, CALLER in pages, "number hidden for your role" in pages) == (False, False, True)


def test_a_call_is_kept_as_a_test_that_plays_again(recorded: Application, world: World) -> None:
    kept = signed_in(recorded, Role.VIEWER).opens(f"/admin/calls/{REACHED}/golden")
    assert "derby-2026-11-24-1520.txt" in kept.headers["Content-Disposition"]
    text = kept.get_data(as_text=True)
    assert retold(world, text) == text


def test_a_call_that_cannot_be_kept_says_why(recorded: Application) -> None:
    page = text_of(signed_in(recorded, Role.VIEWER), f"/admin/calls/{ODD}/golden")
    assert "beginning is not recorded, or a fault met it" in page


def test_a_call_that_never_was_is_not_found(application: Application) -> None:
    visitor = signed_in(application, Role.HANDLER)
    assert {visitor.opens(f"/admin/calls/{sid}").status_code for sid in ("CA404", "%00")} == {404}


@pytest.mark.usefixtures("recorded")
def test_the_api_tells_the_same(admin: Holder, viewer: Holder) -> None:
    told = admin.asks(f"/calls/{REACHED}/explanation").get_json()
    assert (told["ending"], told["caller"]["national"]) == ("a person was reached", CALLER)
    assert [one["number"]["national"] for one in told["tried"]] == ["020 7946 0253", "020 7946 0254", MANAGER]
    assert [one["line"] for one in told["plans"]] == ["derby"]
    hidden = viewer.asks(f"/calls/{REACHED}/explanation").get_json()
    assert {one["number"] for one in (*hidden["tried"], *hidden["timeline"])} == {None}
    assert admin.asks("/calls/CA404/explanation").status_code == 404
