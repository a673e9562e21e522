"""Are contact records found, begun, written, rated, linked, closed and handed over on their own pages? On both databases."""

import html
import re

import pytest

from app import Application
from store.keys import Role
from tests.admin.desk_client import Holder
from tests.admin.visitor import Visitor, path_of, signed_in
from tests.desk.logging_enquiries import ANN, enquires, readings
from tests.desk.test_page import reads, text
from tests.desk.test_page_papers import faults, key_of
from tests.desk.wall_clock import WallClock, contact, given, sent

BEGUN = {
    "authority": "cambridgeshire", "f.children.0.name": ANN["name"], "f.children.0.born": ANN["born"],
    "f.concern": "Alone.\r\nAt the door.",
}  # fmt: skip
BESIDE = ("", "/rating", "/access", "/hand-over")
LOCKED = "This record is open only to those who are named in it"


@pytest.fixture
def hana(office: Application) -> Visitor:
    """A handler with a browser."""
    return signed_in(office, Role.HANDLER, "hana@example.org")


@pytest.fixture
def otto(office: Application) -> Visitor:
    """Another one, of the same name."""
    return signed_in(office, Role.HANDLER, "otto@example.org")


def begins(browser: Visitor, **fields: str) -> str:
    """The path of a new record."""
    key = key_of(browser.sends("/desk/records/new", BEGUN | {f"f.{code}": value for code, value in fields.items()}))
    return f"/desk/records/{key}"


def opened(browser: Visitor, path: str) -> dict[str, str]:
    """What the page notes of how it was opened."""
    page = browser.opens(path).get_data(as_text=True)
    hidden = re.findall(r'name="(seen|was)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in hidden}


def test_a_record_is_begun_without_a_call_and_opened(office: Application, hana: Visitor, ida: Holder) -> None:
    path = begins(hana)
    shown = reads(hana, path)
    key = path[-16:]
    for words in ("Contact record of Wed 25 Nov 2026 10:00", f"Its id {key}", "Authority Cambridgeshire", "Alone. At the door.",
                  "Saved at 10:00:00, Wed 25 Nov 2026", "Decide what response this contact needs."):  # fmt: skip
        assert words in shown, words
    assert 'value="Ann Example"' in hana.opens(path).get_data(as_text=True)
    assert given(ida, f"/contacts/{key}")["call"] is None
    assert readings(office, key) == ["read"] * 3


def test_nothing_is_begun_of_an_empty_form_or_of_a_wrong_one(hana: Visitor) -> None:
    empty = hana.sends("/desk/records/new", {"authority": "cambridgeshire", "f.concern": "", "f.children.0.name": ""})
    assert faults(empty) == ["Write down what is known: who is calling, a child, or the concern."]
    wrong = hana.sends("/desk/records/new", {"authority": "narnia", "f.concern": "Kept.", "f.children.0.born": "May"})
    assert (wrong.status_code, "Kept.</textarea>" in wrong.get_data(as_text=True)) == (422, True)
    assert [words.partition(":")[0] for words in faults(wrong)] == [
        "Authority", "Each child",
    ]  # fmt: skip


def test_a_childs_records_are_found_by_name_and_date_of_birth_together(office: Application, hana: Visitor) -> None:
    child = {"name": "ann  example", "born": ANN["born"]}
    assert "No record that is open to you" in text(hana.sends("/desk/records", child))
    path = begins(hana)
    found = hana.sends("/desk/records", child)
    assert ("1 record found" in text(found), "Cambridgeshire; without a call" in text(found)) == (True, True)
    assert f'href="{path}"' in found.get_data(as_text=True)
    assert readings(office, path[-16:]) == ["found"]
    half = hana.sends("/desk/records", {"name": "Ann Example"})
    assert (half.status_code, 'value="Ann Example"' in half.get_data(as_text=True)) == (422, True)
    assert "give both" in faults(half)[0]


def test_a_save_sends_what_was_changed_and_leaves_a_colleagues_words(hana: Visitor, ida: Holder) -> None:
    path = begins(hana)
    page = opened(hana, path) | {"f.concern": "Alone.\r\nAt the door.", "f.children.0.name": ANN["name"],
                                 "f.children.0.born": ANN["born"], "f.children.0.gender": "", "f.children.1.name": ""}  # fmt: skip
    api = f"/contacts/{path[-16:]}"
    sent(ida, "PUT", api, {"fields": {"concern": "Seen at school."}})
    assert hana.sends(path, page | {"f.condition": "At home."}).status_code == 303
    held = given(ida, api)
    assert (held["fields"]["concern"], held["fields"]["condition"], held["version"]) == (
        "Seen at school.",
        "At home.",
        3,
    )
    assert hana.sends(path, page).status_code == 303
    assert given(ida, api)["version"] == 3


def test_whoever_is_slower_sees_both_versions_and_may_go_on(hana: Visitor, ida: Holder) -> None:
    path = begins(hana)
    page = opened(hana, path)
    sent(ida, "PUT", f"/contacts/{path[-16:]}", {"fields": {"concern": "Seen at school."}})
    refused = hana.sends(path, page | {"f.concern": "Mine.", "f.crime": "no"})
    assert (refused.status_code, faults(refused)) == (412, [
        "Cause for concern: what, who said it, when and where: Ida Officer changed it after you had opened the record. "
        "What is kept now stands above; save again to put yours there.",
    ])  # fmt: skip
    assert "when and where Seen at school." in text(refused)
    shown = refused.get_data(as_text=True)
    assert "Mine.</textarea>" in shown
    (seen,) = re.findall(r'name="seen" value="(\d+)"', shown)
    assert hana.sends(path, page | {"f.concern": "Mine.", "seen": seen}).status_code == 303
    assert "Mine.</textarea>" in hana.opens(path).get_data(as_text=True)


def test_a_save_that_is_wrong_is_told_at_its_field(hana: Visitor) -> None:
    path = begins(hana)
    for was in ("", "[", "7", "[" * 50_000):
        fields = {"f.caller": "wizard", "f.concern": "Typed all the same.", "was": was, "seen": "9" * 5000}
        refused = hana.sends(path, fields)
        assert (refused.status_code, len(faults(refused))) == (422, 1)
        assert "Typed all the same.</textarea>" in refused.get_data(as_text=True)


def test_a_name_that_is_kept_from_view_costs_a_reason(office: Application, hana: Visitor, otto: Visitor) -> None:
    path = begins(hana)
    hana.sends(path, {"f.referrer_name": "Ned Neighbour", "f.anonymous": "yes"})
    shown = hana.opens(path).get_data(as_text=True)
    assert ("Kept from view" in shown, "Ned" in shown, "f.referrer_name" in shown) == (True, False, False)
    assert "Ned" not in reads(hana, f"{path}/hand-over")
    assert faults(hana.sends(f"{path}/name", {"why": " "})) == [
        "Why the name is needed: say it; it stands in the audit trail."
    ]
    named = hana.sends(f"{path}/name", {"why": "the line dropped"})
    assert (named.status_code, 'value="Ned Neighbour"' in named.get_data(as_text=True)) == (200, True)
    assert "read with the caller's name" in readings(office, path[-16:])
    assert otto.sends(f"{path}/name", {"why": "curious"}).status_code == 403


def test_a_rating_starts_its_clocks_and_both_readings_are_shown(hana: Visitor, wall: WallClock, ida: Holder) -> None:
    path = f"{begins(hana)}/rating"
    assert "No Team Manager has rated it." in reads(hana, path)
    wall.passes(hours=1)
    refused = hana.sends(path, {"rating": "amber", "to_unit": "yes", "rationale": "A bruise."})
    assert [words.partition(":")[0] for words in faults(refused)] == [
        "Team Manager who decided",
        "Straight to the Unit",
    ]
    assert "A bruise.</textarea>" in refused.get_data(as_text=True)
    for rating in ("green", "amber"):
        rated = {"rating": rating, "decided_by": "Tom Manager", "rationale": f"{rating} bruise."}
        assert path_of(hana.sends(path, rated)) == path
    shown = reads(hana, path)
    for words in ("Referral", "Due Wed 25 Nov 2026 14:00 (the longer reading: Thu 26 Nov 2026 10:00)",
                  "Amber Wed 25 Nov 2026 11:00 amber bruise. Decided by Tom Manager",
                  "written down by Test Handler"):  # fmt: skip
        assert words in shown, words
    assert shown.index("amber bruise.") < shown.index("green bruise.")
    other = f"/desk/records/{contact(ida, 'derbyshire')}"
    assert ("Only contacts of Cambridgeshire are rated" in reads(hana, f"{other}/rating"), "Rate it" in reads(hana, f"{other}/rating")) == (
        True, False,
    )  # fmt: skip
    assert hana.sends(f"{other}/rating", {"rating": "red", "decided_by": "T", "rationale": "R"}).status_code == 409


def test_the_record_of_a_parent_under_18_is_linked_by_another_worker(hana: Visitor, otto: Visitor) -> None:
    path, own, others = begins(hana, parent_under_18="yes"), begins(hana), begins(otto)
    assert [words.partition(":")[0] for words in faults(hana.sends(f"{path}/link"))] == [
        "The id of the other record", "How it belongs to this one",
    ]  # fmt: skip
    same = hana.sends(f"{path}/link", {"other": own[-16:], "as": "parent-under-18"})
    assert (same.status_code, "another worker than the child" in faults(same)[0]) == (409, True)
    assert hana.sends(f"{path}/link", {"other": others[-16:], "as": "parent-under-18"}).status_code == 303
    for one, other in ((path, others), (others, path)):
        page = hana.opens(one).get_data(as_text=True)
        assert f'href="{other}"' in page
    assert f"{others[-16:]} : It is of a parent who is under 18" in reads(hana, path)


def test_a_record_is_closed_to_all_but_those_who_are_named(hana: Visitor, otto: Visitor, ida: Holder) -> None:
    path = begins(hana)
    access = f"{path}/access"
    assert "Open to every handler" in reads(otto, access)
    page = opened(hana, access)
    refused = hana.sends(access, page | {"allowed": "Ida Officer\r\nTest Handler\r\nNobody Here"})
    nobody = (
        "Who may read it: nobody signs in by the name or address “{}”; where two people have a name, give the address."
    )
    assert faults(refused) == [
        nobody.format("Nobody Here"), nobody.format("Test Handler"),
        "Why the lists are changed: say why; it stands in the audit trail.",
    ]  # fmt: skip
    assert hana.sends(access, page | {"allowed": "IDA officer", "why": "delicate"}).status_code == 303
    assert "Open only to: " in reads(hana, access)
    assert given(ida, f"/contacts/{path[-16:]}")["locked"] is True
    assert "Locked" in reads(hana, path)
    for at in BESIDE:
        closed = otto.opens(f"{path}{at}")
        assert (closed.status_code, LOCKED in text(closed), "Alone" in text(closed)) == (403, True, False)
    for at in ("", "/name", "/link", "/rating", "/access"):
        assert otto.sends(f"{path}{at}", page | {"f.concern": "x", "why": "x"}).status_code == 403
    stale = hana.sends(access, page | {"allowed": "", "blocked": "otto@example.org", "why": "his own child"})
    assert (stale.status_code, "Somebody has changed the lists" in faults(stale)[0]) == (412, True)
    assert "otto@example.org</textarea>" in stale.get_data(as_text=True)
    assert "Open only to: Ida Officer, hana@example.org." in text(stale)


def test_who_changed_it_is_told_and_who_read_it_is_in_the_trail(office: Application, hana: Visitor) -> None:
    path = begins(hana)
    shown = reads(hana, f"{path}/access")
    written = "10:00, Test Handler Cause for concern: what, who said it, when and where; Each child: full name"
    assert written in shown
    assert "which administrators and auditors read" in shown
    ada = signed_in(office, Role.ADMIN)
    (trail,) = re.findall(r'href="(/admin/audit\?q=[^"]+)"', ada.opens(f"{path}/access").get_data(as_text=True))
    reads(ada, path)
    told = reads(ada, trail)
    assert (f"Save contact {path[-16:]}" in told, f"Read reading {path[-16:]}" in told) == (True, True)


def test_the_text_to_hand_over_is_there_to_be_copied(office: Application, hana: Visitor) -> None:
    path = begins(hana)
    page = hana.opens(f"{path}/hand-over").get_data(as_text=True)
    copied = re.search(r'<pre class="app-copy" id="text"[^>]*>(.*?)</pre>', page, re.DOTALL)
    assert copied
    assert ("CONTACT RECORD" in copied[1], "Alone." in copied[1]) == (True, True)
    assert readings(office, path[-16:]) == ["read as hand-over"]


def test_records_are_for_handlers_and_lead_on_from_an_enquiry(office: Application, hana: Visitor, ida: Holder) -> None:
    key = enquires(ida, ANN)["id"]
    record = sent(ida, "POST", f"/enquiries/{key}/referral", {}, 201)["contact"]
    path = f"/desk/records/{record}"
    assert f'href="{path}"' in hana.opens(f"/desk/enquiries/{key}").get_data(as_text=True)
    auditor = signed_in(office, Role.AUDITOR)
    assert [auditor.opens(f"{path}{at}").status_code for at in BESIDE] == [403] * 4
    for at in BESIDE:
        assert hana.opens(f"/desk/records/{'a' * 16}{at}").status_code == 404
    assert hana.sends_bare("/desk/records", ANN).status_code == 400
