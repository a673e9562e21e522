"""Whom does a name in a form mean? One match is taken, several are asked about, none is refused; nobody is listed in a page."""

import html
import re

import pytest

from app import Application
from store.keys import Role
from tests.admin.desk_client import Holder
from tests.admin.visitor import Visitor, signed_in

NEW = {"name": "Nadia Newcomer", "team": "Initial Response North"}
ROWAN, TAMSIN = "w-3f9a2c", "w-7c40e9"


def person_of(editor: Holder, name: str) -> dict[str, str]:
    found: dict[str, str] = editor.asks(f"/people?q={name.replace(' ', '+')}").get_json()["items"][0]
    return found


@pytest.mark.parametrize("typed", ["rowan", "Sampleton, Rowan", "2301", ROWAN,
                                   "Rowan Sampleton, Children & Families North 1, extension 2301"])  # fmt: skip
def test_one_match_is_taken(application: Application, editor: Holder, typed: str) -> None:
    visitor = signed_in(application, Role.EDITOR)
    assert visitor.sends("/admin/people/new", {**NEW, "manager": typed}).status_code == 303
    made = person_of(editor, "Nadia Newcomer")
    assert (made["team"], made["manager"]) == ("devon-ir-north", ROWAN)


def test_several_matches_are_asked_about_and_the_chosen_one_is_taken(application: Application, editor: Holder) -> None:
    visitor = signed_in(application, Role.EDITOR)
    reply = visitor.sends("/admin/people/new", {**NEW, "manager": "m"})
    page = reply.get_data(as_text=True)
    assert reply.status_code == 422
    assert "Which one did you mean?" in page
    assert '<a href="#manager">Manager: “m” fits several' in page
    assert f'name="manager-which" type="radio" value="{TAMSIN}"' in page
    chosen = {**NEW, "manager": "m", "manager-which": TAMSIN}
    assert visitor.sends("/admin/people/new", chosen).status_code == 303
    assert person_of(editor, "Nadia Newcomer")["manager"] == TAMSIN


def test_a_choice_that_the_words_do_not_offer_is_not_taken(application: Application) -> None:
    visitor = signed_in(application, Role.EDITOR)
    reply = visitor.sends("/admin/people/new", {**NEW, "manager": "m", "manager-which": ROWAN})
    assert reply.status_code == 422


def test_no_match_is_told_with_every_other_fault(application: Application) -> None:
    visitor = signed_in(application, Role.EDITOR)
    wrong = {"name": "", "team": "Narnia", "manager": "Aslan", "extension": "1"}
    page = visitor.sends("/admin/people/new", wrong).get_data(as_text=True)
    summary = page.partition('govuk-error-summary__list"')[2].partition("</ul>")[0]
    told = re.findall(r'href="#([\w-]+)">([^<]+)', summary)
    assert [field for field, _ in told] == ["name", "team", "extension", "manager"]
    assert told[1][1] == "Team: nothing is found by “Narnia”; type a name, an extension or a number."


def test_a_form_opened_and_saved_changes_nobody(application: Application, editor: Holder) -> None:
    visitor = signed_in(application, Role.EDITOR)
    page = visitor.opens(f"/admin/people/{TAMSIN}/edit").get_data(as_text=True)
    found = re.findall(r'id="(\w+)" name="\w+"[^>]* value="([^"]*)"', page)
    fields = {name: html.unescape(value) for name, value in found}
    before = editor.asks(f"/people/{TAMSIN}").get_json()
    assert fields["team"] == "Children & Families North 1, Devon"
    assert visitor.sends(f"/admin/people/{TAMSIN}/edit", {**fields, "seen": "v1"}).status_code == 303
    assert {**editor.asks(f"/people/{TAMSIN}").get_json(), "version": 1} == before


def test_two_of_the_same_name_and_team_stay_who_they_are(application: Application, editor: Holder) -> None:
    twins = [editor.sends("POST", "/people", {"name": "Sam Twin", "team": "devon-ir-north"}).get_json()["slug"]
             for _ in range(2)]  # fmt: skip
    editor.changes("PATCH", f"/people/{ROWAN}", {"manager": twins[1]})
    visitor = signed_in(application, Role.EDITOR)
    assert f'value="{twins[1]}"' in visitor.opens(f"/admin/people/{ROWAN}/edit").get_data(as_text=True)


def test_names_are_offered_as_one_types_for_those_who_may_change_them(application: Application) -> None:
    editor, handler = signed_in(application, Role.EDITOR), signed_in(application, Role.HANDLER)
    assert editor.opens("/admin/choices/people?q=sampl").get_json()[-1].startswith("Rowan Sampleton, ")
    assert editor.opens("/admin/choices/teams?q=initial+north").get_json() == ["Initial Response North, Devon"]
    assert editor.opens("/admin/choices/people?q=").get_json() == []
    assert editor.opens("/admin/choices/keys?q=a").status_code == 404
    assert handler.opens("/admin/choices/people?q=sampl").status_code == 403


def test_no_form_holds_everybody(application: Application) -> None:
    editor = signed_in(application, Role.EDITOR)
    for path in ("/admin/people/new", f"/admin/people/{TAMSIN}/away", "/admin/teams/devon-ir-north/rota/add"):
        assert "Rowan Sampleton" not in editor.opens(path).get_data(as_text=True)


def _keys_form(visitor: Visitor, **fields: str) -> str:
    return visitor.sends("/admin/keys", {"name": "rota tool", "role": "editor", **fields}).get_data(as_text=True)


def test_a_key_is_limited_by_boxes_and_by_the_names_of_teams(application: Application, admin: Holder) -> None:
    visitor = signed_in(application, Role.ADMIN)
    more = _keys_form(visitor, **{"team-0": "Initial Response North", "step": "another"})
    assert 'name="team-1"' in more
    wrong = _keys_form(visitor, **{"team-0": "Initial Response North", "team-1": "Narnia"})
    assert 'href="#team-1"' in wrong
    assert 'value="Initial Response North"' in wrong
    _keys_form(visitor, **{"authorities": "devon", "team-0": "Initial Response North"})
    made = next(key for key in admin.asks("/keys").get_json()["items"] if key["name"] == "rota tool")
    assert (made["authorities"], made["teams"]) == (["devon"], ["devon-ir-north"])
