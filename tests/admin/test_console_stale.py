"""A colleague was quicker: what was typed is kept, and applied to what is there now without undoing what they changed."""

import html
import re

from app import Application
from store.keys import Role
from tests.admin.desk_client import Holder
from tests.admin.visitor import Visitor, signed_in

TEAM, NUMBERS = "/teams/devon-ir-north", "/teams/devon-ir-north/duty-numbers"
PERSON = "/people/w-3f9a2c"
CHANGE = "/admin/teams/devon-ir-north/duty-numbers/0/change"


def hidden(page: str) -> dict[str, str]:
    """What the form of the stale page carries on."""
    form = page.partition("What you wanted")[2]
    found = re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', form)
    return {name: html.unescape(value) for name, value in found}


def seen(visitor: Visitor, path: str) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', visitor.opens(path).get_data(as_text=True))
    assert found
    return found[1]


def action(page: str) -> str:
    found = re.search(r'<form method="post" action="([^"]+)">', page.partition("What you wanted")[2])
    assert found
    return found[1]


def test_a_person_keeps_the_colleagues_change_beside_mine(application: Application, editor: Holder) -> None:
    slower = signed_in(application, Role.EDITOR)
    path = f"/admin{PERSON}/edit"
    typed = {"name": "Rowan Sampleton-Hope", "team": "Children & Families North 1", "extension": "2301",
             "numbers": "020 7946 0201", "accept": "key", "seen": seen(slower, path)}  # fmt: skip
    editor.changes("PATCH", PERSON, {"extension": "2399"})
    reply = slower.sends(path, typed)
    page = reply.get_data(as_text=True)
    assert reply.status_code == 412
    assert "Rowan Sampleton-Hope" in page.partition("What you wanted")[2]
    assert hidden(page)["extension"] == "2399", "a field that was left alone takes the colleague's value"
    form = slower.sends(path, hidden(page)).get_data(as_text=True)
    assert 'value="Rowan Sampleton-Hope"' in form
    assert editor.asks(PERSON).get_json()["name"] == "Rowan Sampleton", "nothing is written before another look"
    again = {name: value for name, value in hidden(page).items() if name != "step"}
    assert slower.sends(path, again).status_code == 303
    after = editor.asks(PERSON).get_json()
    assert (after["name"], after["extension"]) == ("Rowan Sampleton-Hope", "2399")


def test_what_both_changed_is_said(application: Application, editor: Holder) -> None:
    slower = signed_in(application, Role.EDITOR)
    path = f"/admin{TEAM}/edit"
    typed = {"name": "Initial Response N", "aliases": "", "seen": seen(slower, path)}
    editor.changes("PATCH", TEAM, {"name": "North Initial Response"})
    page = slower.sends(path, typed).get_data(as_text=True)
    assert "You both changed this" in page
    assert "instead of Initial Response North" in page


def test_a_number_is_changed_where_it_stands_now(application: Application, editor: Holder) -> None:
    slower = signed_in(application, Role.EDITOR)
    version = seen(slower, CHANGE)
    editor.changes("PUT", NUMBERS, [{"number": "4051"}, {"number": "8481"}], seen_at=TEAM)
    page = slower.sends(CHANGE, {"number": "4050", "seen": version, "step": "save", "why": "moved"}).get_data(
        as_text=True
    )
    assert action(page).endswith("/duty-numbers/1/change")
    check = slower.sends(action(page), hidden(page))
    assert check.status_code == 200
    assert 'value="moved"' in check.get_data(as_text=True)
    assert slower.sends(action(page), {**hidden(page), "step": "save"}).status_code == 303
    numbers = [one["number"]["extension"] for one in editor.asks(TEAM).get_json()["duty_numbers"]]
    assert numbers == ["4051", "4050"]


def test_a_number_that_is_gone_is_offered_to_be_added(application: Application, editor: Holder) -> None:
    slower = signed_in(application, Role.EDITOR)
    version = seen(slower, CHANGE)
    editor.changes("PUT", NUMBERS, [], seen_at=TEAM)
    page = slower.sends(CHANGE, {"number": "4050", "seen": version}).get_data(as_text=True)
    assert action(page).endswith("/duty-numbers/add")
    assert hidden(page)["number"] == "4050"


def test_details_keep_what_a_colleague_wrote_beside_mine(application: Application, editor: Holder) -> None:
    slower = signed_in(application, Role.EDITOR)
    path = f"/admin{TEAM}/duty-numbers/0/details"
    form = slower.opens(path).get_data(as_text=True)
    stood = {
        name: html.unescape(value) for name, value in re.findall(r'id="(\w+)" name="\w+"[^>]* value="([^"]*)"', form)
    }
    editor.changes("PUT", NUMBERS, [{"number": "8481", "note": "the front desk"}], seen_at=TEAM)
    typed = {**stood, "accept": "key", "caller_id": "ours", "seen": "v1"}
    carried = hidden(slower.sends(path, typed).get_data(as_text=True))
    assert (carried["note"], carried["caller_id"]) == ("the front desk", "ours")


def test_an_absence_is_kept(application: Application, editor: Holder) -> None:
    slower = signed_in(application, Role.EDITOR)
    path = f"/admin{PERSON}/away"
    typed = {
        "from": "2026-11-26T09:00",
        "until": "2026-11-27T17:00",
        "cover": "Tamsin Mockford",
        "seen": seen(slower, path),
    }
    editor.changes("PATCH", PERSON, {"extension": "2399"})
    page = slower.sends(path, typed).get_data(as_text=True)
    form = slower.sends(path, hidden(page)).get_data(as_text=True)
    assert 'value="2026-11-26T09:00"' in form
    assert 'value="Tamsin Mockford"' in form


def test_a_removal_only_starts_again(application: Application, editor: Holder) -> None:
    slower = signed_in(application, Role.EDITOR)
    editor.changes("PATCH", TEAM, {"area": "Far North"})
    page = slower.sends(f"/admin{TEAM}/duty-numbers/0/remove", {"seen": "v1", "step": "save"}).get_data(as_text=True)
    assert "Start again from what is there now" in page
    assert "Apply my change" not in page
