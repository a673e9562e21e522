"""The console's pages of plans: every line with its version, and one line's call flow at a moment."""

import re

from app import Application
from store.drafts import NewDraft, begin
from store.keys import Role
from tests.admin.desk_client import CLOCK
from tests.admin.visitor import Visitor, signed_in

TAGS = re.compile(r"<[^>]+>")


def words_of(visitor: Visitor, path: str, status: int = 200) -> str:
    reply = visitor.opens(path)
    assert reply.status_code == status
    return " ".join(TAGS.sub(" ", reply.get_data(as_text=True)).split())


def test_every_line_is_listed_with_its_hours_its_number_and_its_version(application: Application) -> None:
    viewer = signed_in(application, Role.VIEWER)
    words = words_of(viewer, "/admin/plans")
    digest = application.publication.current().plans.current["devon"]
    assert f"Devon social care Devon Open until Wed 25 Nov 2026 17:00 020 7946 0101 {digest} since" in words
    assert "draft" not in words


def test_a_draft_is_counted_beside_its_line_and_named_on_its_page(application: Application) -> None:
    new = NewDraft("plan", "derby", "derby", "Shorter menus", {"text": ""}, "", "Edith")
    with application.database.write_in_order() as connection:
        begin(connection, new, CLOCK.now())
    viewer = signed_in(application, Role.VIEWER)
    assert "1 draft" in words_of(viewer, "/admin/plans")
    assert "Shorter menus open, Edith" in words_of(viewer, "/admin/plans/derby")
    assert "Shorter menus" not in words_of(viewer, "/admin/plans/devon")


def test_a_plan_is_drawn_at_the_moment_that_is_asked_for(application: Application) -> None:
    viewer = signed_in(application, Role.VIEWER)
    now, night = (words_of(viewer, f"/admin/plans/devon{at}") for at in ("", "?at=Fri 16:05"))
    assert "Wed 25 Nov 2026 10:00 (now) Open until Wed 25 Nov 2026 17:00" in now
    assert "Fri 27 Nov 2026 16:05 Closed until Mon 30 Nov 2026 09:00" in night
    assert "Menu: Welcome welcome Not now" in night
    assert "Menu: Welcome welcome “For" in now
    assert "Press 1: a worker, by extension" in now
    assert "bank holidays closed, and the Emergency Duty Team covers" in now


def test_a_moment_that_nobody_understands_is_refused_beside_its_field(application: Application) -> None:
    viewer = signed_in(application, Role.VIEWER)
    words = words_of(viewer, "/admin/plans/devon?at=soon", 422)
    assert "There is a problem" in words
    assert "Wed 25 Nov 2026 10:00 (now)" in words
    assert "“narnia”" in words_of(viewer, "/admin/plans/narnia", 404)


def test_the_lists_hold_no_two_steps_of_the_same_address(application: Application) -> None:
    page = signed_in(application, Role.VIEWER).opens("/admin/plans/devon").get_data(as_text=True)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#((?:node|box)-[^"]+)"', page)) <= set(ids)
