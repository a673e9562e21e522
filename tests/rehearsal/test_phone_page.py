"""Does the browser telephone play calls by forms alone, show each role what is theirs, and leave everything live as it was?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from app import Application, Config, build
from carrier.port import Carrier
from carrier.unplugged import Unplugged
from ivr.moment import World
from routing.clock import FixedClock
from store import drafts
from store.drafts import NewDraft
from store.every_table import metadata
from store.keys import Role
from tests.admin.visitor import Visitor, signed_in
from tests.calls.golden import retold
from tests.store.publishing import changed_plan
from tests.telling import at

STATE = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')
WORKER = ("1", "2", "3", "0", "1")


@dataclass
class Handset:
    """Somebody at the telephone who presses its buttons; the page's own hidden fields carry the call on."""

    browser: Visitor
    page: str = ""
    status: int = 0

    def calls(self, line: str = "devon", when: str = "2026-11-25T10:00", **fields: str) -> "Handset":
        return self.shows(self.browser.sends("/phone", {"step": "call", "line": line, "at": when, **fields}))

    def does(self, *moves: str) -> "Handset":
        for move in moves:
            self.shows(self.browser.sends("/phone", {**self.state, "move": move}))
        return self

    def steps(self, step: str) -> "Handset":
        return self.shows(self.browser.sends("/phone", {**self.state, "step": step}))

    def saves(self) -> TestResponse:
        return self.browser.sends("/phone/save", self.state)

    def shows(self, reply: TestResponse) -> "Handset":
        self.page, self.status = unescape(reply.get_data(as_text=True)), reply.status_code
        return self

    @property
    def state(self) -> dict[str, str]:
        return dict(STATE.findall(self.page.split('id="phone-state"')[1].split("</div>")[0]))


@dataclass
class Watched:
    """A carrier that notes whatever is asked of it."""

    asked: list[str] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        self.asked.append(name)
        return getattr(Unplugged(), name)


@pytest.fixture
def carrier() -> Watched:
    return Watched()


@pytest.fixture
def watched(config: Config, carrier: Watched) -> Iterator[Application]:
    built = build(config, FixedClock(at("Wed 10:00")), cast("Carrier", carrier))
    yield built
    built.close()


def everything(application: Application, config: Config) -> tuple[Any, ...]:
    """Every row of every table, and every byte of the journals."""
    with application.database.read() as connection:
        rows = {one.name: [*map(tuple, connection.execute(select(one)))] for one in metadata.sorted_tables}
    journals = sorted(path for path in (config.state / "journal").rglob("*") if path.is_file())
    return rows, [(path.name, Path(path).read_bytes()) for path in journals], application.publication.current()


def test_calls_leave_rows_journal_and_carrier_as_they_were(
    watched: Application, config: Config, carrier: Watched
) -> None:
    handset = Handset(signed_in(watched, Role.ADMIN))
    before = everything(watched, config)
    handset.calls().does("2", "4", "4", "no-answer", "busy", "answers", "callee hangs up").saves()
    handset.calls("call-derbyshire", desk="1").does("1", "waits", "nothing", "answered from the queue", "hangs up")
    handset.calls("call-derbyshire").does("1", "1", "1")
    assert "A call back is booked." in handset.page
    assert everything(watched, config) == before
    assert carrier.asked == []


def test_a_call_is_made_by_forms_alone(application: Application) -> None:
    handset = Handset(signed_in(application, Role.HANDLER)).calls(when="Fri 10:05")
    assert (handset.status, handset.state["at"]) == (200, "2026-11-27T10:05:00+00:00")
    handset.does("2", "1", "1")
    assert "rings. What does it do?" in handset.page
    assert handset.steps("back").state["moves"] == "2, 1"
    assert handset.steps("call").state["moves"] == ""


def test_each_decision_stands_there_with_its_node_and_version(application: Application) -> None:
    page = Handset(signed_in(application, Role.VIEWER)).calls().does("2", "4", "4").page.split(">Why</h2>")[1]
    digest = application.publication.current().plans.current["devon"]
    newest = page.split('aria-current="step"')[1]
    assert f"plan {digest}, directory " in newest
    assert "<strong>cf-exeter-4</strong>" in newest
    assert "Ring Children & Families Exeter 4: the team's duty number." in newest
    assert page.count("Newest") == 1


def test_a_saved_call_plays_again_among_the_golden_calls(application: Application, world: World) -> None:
    handset = Handset(signed_in(application, Role.EDITOR)).calls().does("2", "1", "1", "no-answer", "hangs up")
    reply = handset.saves()
    assert reply.headers["Content-Disposition"] == "attachment; filename=devon-2026-11-25-1000.txt"
    text = reply.get_data(as_text=True)
    assert retold(world, text) == text


def test_a_call_that_goes_on_is_not_saved(application: Application) -> None:
    reply = Handset(signed_in(application, Role.EDITOR)).calls().does("2").saves()
    assert reply.status_code == 409
    assert "Hang up, and save it then." in reply.get_data(as_text=True)


def test_a_worker_s_number_is_shown_to_those_only_who_may_see_it(application: Application) -> None:
    editor = Handset(signed_in(application, Role.EDITOR)).calls().does(*WORKER)
    assert "020 7946 0201 rings. What does it do?" in editor.page
    viewer = Handset(signed_in(application, Role.VIEWER)).calls().does(*WORKER)
    assert "The worker's phone rings. What does it do?" in viewer.page
    assert "7946 0201" not in viewer.page
    assert viewer.does("hangs up").saves().status_code == 409


def test_a_member_of_staff_calls_without_being_named(application: Application) -> None:
    handset = (
        Handset(signed_in(application, Role.VIEWER))
        .calls("call-derbyshire", "Wed 18:00", who="staff")
        .does("3", "3", "1", "1")
    )
    assert "An alert should say what is needed" in handset.page
    assert "on the worker's phone, by" in handset.page
    assert "+4420794602" not in str(handset.state)


def test_what_is_asked_for_wrongly_is_told_at_its_field(application: Application) -> None:
    browser = signed_in(application, Role.VIEWER)
    wrong = Handset(browser).calls("narnia", when="soon", number="999")
    assert wrong.status == 422
    assert "Line: there is no line “narnia” in force; choose one of the list." in wrong.page
    assert "When: “soon” is not a date and time" in wrong.page
    number = Handset(browser).calls(number="999")
    assert (number.status, "The caller’s number" in number.page, 'id="number-error"' in number.page) == (
        422,
        True,
        True,
    )


@pytest.mark.parametrize("moves", ["jumps", "1" * 201])
def test_moves_that_are_none_are_a_page_with_a_remedy(application: Application, moves: str) -> None:
    handset = Handset(signed_in(application, Role.VIEWER)).calls(moves="")
    reply = handset.browser.sends("/phone", {**handset.state, "moves": moves})
    assert reply.status_code == 400
    assert "begin the call again" in reply.get_data(as_text=True)


def test_a_key_before_the_call_begins_none(application: Application) -> None:
    browser = signed_in(application, Role.VIEWER)
    handset = Handset(browser).shows(browser.sends("/phone", {"line": "derby", "step": "call", "idle": "2"}))
    assert (handset.status, "Nobody is called yet: press Call first." in handset.page) == (200, True)
    assert "presses 2" not in handset.page


def test_a_button_of_another_moment_is_refused_and_the_call_stands(application: Application) -> None:
    handset = Handset(signed_in(application, Role.VIEWER)).calls().does("2", "answers")
    assert (handset.status, handset.state["moves"]) == (409, "2")
    assert "“answers” cannot happen now: no telephone rings." in handset.page


def test_a_draft_is_phoned_before_it_is_in_force(application: Application) -> None:
    plan, text = changed_plan("Devon, soon.")
    with application.database.write_in_order() as connection:
        new = NewDraft("plan", "devon", "devon", "A new opening", {"text": text}, "0" * 12, "me")
        key = drafts.begin(connection, new, at("Wed 10:00"))
    handset = Handset(signed_in(application, Role.EDITOR))
    handset.shows(handset.browser.opens(f"/phone?draft={key}&at=Fri%2016:05"))
    assert (handset.status, "“A new opening”, for Devon social care. It is not in force" in handset.page) == (200, True)
    handset.calls("", draft=key).does("2")
    assert "Devon, soon." in handset.page
    assert f"plan {plan.digest}" in handset.page
    assert application.publication.current().plans.current["devon"] != plan.digest
    assert "Devon, soon." not in Handset(handset.browser).calls().page


def test_a_draft_that_nobody_can_read_says_what_to_mend(application: Application) -> None:
    with application.database.write_in_order() as connection:
        new = NewDraft("plan", "devon", "devon", "Broken", {"text": "nodes = 1"}, "0" * 12, "me")
        key = drafts.begin(connection, new, at("Wed 10:00"))
    browser = signed_in(application, Role.EDITOR)
    broken, unknown = (Handset(browser).calls("", draft=one) for one in (key, "nothing"))
    assert (broken.status, "The draft cannot be read yet, so nobody can phone it:" in broken.page) == (422, True)
    assert (unknown.status, "There is no draft “nothing” of a plan" in unknown.page) == (404, True)


def test_neither_keys_nor_numbers_stand_in_an_address(application: Application) -> None:
    page = Handset(signed_in(application, Role.ADMIN)).calls().does(*WORKER).page
    addresses = re.findall(r'(?:href|action|formaction|src)="([^"]*)"', page)
    assert [one for one in addresses if one.startswith("/phone") and "?" in one] == []
    assert 'method="get"' not in page
