"""Is the contact record on /desk saved as it is typed, kept from whom it is closed to, and never lost?"""

import re
from html import unescape

import pytest
from werkzeug.test import TestResponse

from store.audit import end
from store.keys import Role
from tests.admin.visitor import Visitor, signed_in
from tests.desk.stage import Stage
from tests.desk.test_page import SCRIPT, talking, text

PEOPLE = {"f.children.0.name": "Ada Example", "f.children.0.born": "2019-05-31", "f.children.0.gender": "girl"}


def saves(browser: Visitor, sid: str, fields: dict[str, str], **headers: str) -> TestResponse:
    form = {**fields, "csrf_token": browser.token()}
    return browser.client.post(f"/desk/calls/{sid}/record", data=form, headers=headers)


def page(browser: Visitor, sid: str) -> str:
    return browser.opens(f"/desk?call={sid}").get_data(as_text=True)


def test_what_is_typed_is_saved_and_stands_there_when_the_page_is_loaded_again(stage: Stage) -> None:
    browser, sid = talking(stage)
    reply = saves(browser, sid, {"f.concern": "A child alone\r\nat the door", "page": "p1", "sequence": "1"}, **SCRIPT)
    assert reply.status_code == 200
    assert re.search(r'id="kept" data-saved="10:0\d:\d\d"', reply.get_data(as_text=True))
    assert saves(browser, sid, PEOPLE).status_code == 303
    shown = page(browser, sid)
    assert "A child alone\nat the door</textarea>" in shown
    for value in PEOPLE.values():
        assert f'value="{value}"' in shown
    assert 'name="f.children.1.name"' in shown


def test_a_late_save_of_the_same_page_loses(stage: Stage) -> None:
    browser, sid = talking(stage)
    saves(browser, sid, {"f.concern": "new", "page": "p1", "sequence": "2"}, **SCRIPT)
    saves(browser, sid, {"f.concern": "old", "page": "p1", "sequence": "1"}, **SCRIPT)
    assert "new</textarea>" in page(browser, sid)


def test_every_fault_stands_at_its_field_and_nothing_that_was_typed_is_lost(stage: Stage) -> None:
    browser, sid = talking(stage)
    given = {"f.concern": "typed all the same", "f.caller": "wizard", "f.children.0.born": "yesterday"}
    told = saves(browser, sid, given, **SCRIPT)
    assert told.status_code == 422
    assert re.findall(r'href="#([^"]+)"', told.get_data(as_text=True)) == ["f-caller", "f-children-0-born"]
    refused = saves(browser, sid, given)
    shown = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert 'href="#f-children-0-born"' in shown
    assert 'id="f-children-0-born-error"' in shown
    assert "typed all the same</textarea>" in shown


def test_prompts_come_back_with_the_save(stage: Stage) -> None:
    browser, sid = talking(stage)
    told = saves(browser, sid, {"f.crime": "yes"}, **SCRIPT)
    assert "tell the police at once. (B:37)" in text(told)


def test_a_name_that_is_kept_from_view_is_neither_shown_nor_wiped_and_costs_a_reason(stage: Stage) -> None:
    browser, sid = talking(stage)
    saves(browser, sid, {"f.referrer_name": "Ned Neighbour", "f.anonymous": "yes"})
    shown = page(browser, sid)
    assert "Ned Neighbour" not in shown
    assert 'name="f.referrer_name"' not in shown
    assert "Kept from view, because the caller asks not to be named" in shown
    refused = browser.sends(f"/desk/calls/{sid}/name", {"why": " "})
    assert (refused.status_code, "Why the name is needed" in text(refused)) == (422, True)
    named = browser.sends(f"/desk/calls/{sid}/name", {"why": "the line dropped"}).get_data(as_text=True)
    assert 'value="Ned Neighbour"' in named
    other = signed_in(stage.application, Role.HANDLER, "other@example.org")
    told = other.sends(f"/desk/calls/{sid}/name", {"why": "curious"})
    assert (told.status_code, "Only whoever took the call" in text(told)) == (403, True)


def test_a_record_that_is_closed_shows_words_and_no_form(stage: Stage) -> None:
    browser, sid = talking(stage)
    saves(browser, sid, {"f.staff_family": "yes", "f.concern": "a secret"})
    other = signed_in(stage.application, Role.HANDLER, "other@example.org")
    shown = page(other, sid)
    assert "This record is open only to those who are named in it" in shown
    assert ("a secret" in shown, 'id="record-form"' in shown) == (False, False)
    assert saves(other, sid, {"f.concern": "overwritten"}, **SCRIPT).status_code == 403


def test_the_page_that_asks_again_and_again_reads_no_record(stage: Stage) -> None:
    browser, sid = talking(stage)
    saves(browser, sid, {"f.concern": "sealed"})
    page(browser, sid)

    def length() -> int:
        with stage.application.database.read() as connection:
            return int(end(connection)["sequence"])

    before = length()
    for _ in range(3):
        assert "sealed" not in browser.opens(f"/desk/now?call={sid}", **SCRIPT).get_data(as_text=True)
    assert length() == before
    assert "sealed" in browser.opens(f"/desk/calls/{sid}/record", **SCRIPT).get_data(as_text=True)
    assert length() == before + 1


@pytest.mark.parametrize("name", ["concern", "f.nonsense", "f.children.0.age", "f.children.9999.name"])
def test_a_form_with_other_fields_writes_nothing(stage: Stage, name: str) -> None:
    browser, sid = talking(stage)
    assert saves(browser, sid, {name: "x"}, **SCRIPT).status_code == 422


def test_without_script_what_was_not_touched_does_not_overwrite_what_a_colleague_wrote(stage: Stage) -> None:
    browser, sid = talking(stage)
    saves(browser, sid, {"f.concern": "first", "f.caller": ""})
    form = page(browser, sid)
    was = unescape(re.findall(r'name="was" value="([^"]+)"', form)[0])
    saves(browser, sid, {"f.concern": "a colleague's words", "page": "p9", "sequence": "1"}, **SCRIPT)
    assert saves(browser, sid, {"f.concern": "first", **PEOPLE, "was": was}).status_code == 303
    shown = page(browser, sid)
    assert "a colleague&#39;s words</textarea>" in shown
    assert 'value="Ada Example"' in shown
