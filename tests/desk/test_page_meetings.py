"""Can a handler arrange a strategy meeting on pages, lead it and see who is in, without any script? On both databases."""

import re
from html import unescape

import pytest

from app import Application
from store.keys import Role
from tests.admin.desk_client import Holder, holder
from tests.admin.visitor import Visitor, signed_in
from tests.desk.convening import EVERYBODY, NURSE, PRESET, arranged, convened, is_together, leg_of
from tests.desk.stage import Stage
from tests.desk.test_page import SCRIPT, reads, talking, text
from tests.desk.test_page_papers import faults, key_of
from tests.desk.wall_clock import WallClock, contact

NEW = "/desk/meetings/new"
NELL, NELLS_NUMBER = "w-c5e812", "020 7946 0231"
CHAIRED = {"preset": PRESET, "chair": NELL}


@pytest.fixture
def hana(office: Application) -> Visitor:
    """A handler with a browser."""
    return signed_in(office, Role.HANDLER, "hana@example.org")


def deeds(browser: Visitor, path: str) -> set[str]:
    """What the page of a meeting offers to do."""
    page = browser.opens(path).get_data(as_text=True)
    shown, _, invite = page.partition('<section aria-labelledby="invite-heading" id="invite"')
    found = shown if invite.startswith(" hidden") else page
    return set(re.findall(rf'action="{path}/([a-z]+)"', found))


def seat_of(browser: Visitor, path: str, words: str) -> str:
    """The id of a seat."""
    page = unescape(browser.opens(path).get_data(as_text=True))
    found = re.search(rf'<li id="seat-(\w+)" data-told="{words}:', page)
    assert found
    return found[1]


def test_each_kind_shows_whom_it_names_and_who_cannot_be_rung_before_anything_is_arranged(hana: Visitor) -> None:
    assert 'href="/desk/meetings"' in hana.opens("/desk").get_data(as_text=True)
    assert "No meeting was arranged in the last four weeks." in reads(hana, "/desk/meetings")
    kinds = reads(hana, NEW)
    for words in ("Strategy discussion at Starting Point, Derbyshire (B:57) 6 are named; none of them can be rung now.",
                  "Strategy meeting, Cambridgeshire", "Child Protection Strategy Meeting, Derby"):  # fmt: skip
        assert words in kinds, words
    shown = reads(hana, f"{NEW}?preset={PRESET}")
    for words in ("who chairs is not printed: the Team Manager is taken for it.", "Starting Point Team Manager (B:57) Chair Cannot be rung",
                  "Nobody can be rung for Detective Sergeant now: an editor enters a number, or who holds it."):  # fmt: skip
        assert words in shown, words
    assert "Whoever rang in the call that it is about" in reads(hana, f"{NEW}?preset=cambridgeshire-strategy-meeting")
    assert "Which kind?" in reads(hana, f"{NEW}?preset=tea")


def test_a_meeting_is_arranged_about_a_record_with_its_time_and_another_chair(hana: Visitor, ida: Holder) -> None:
    record = contact(ida, "derbyshire")
    key = key_of(hana.sends(NEW, {**CHAIRED, "contact": record, "at": "2026-11-27T14:00", "chair": "nell sampleby"}))
    path = f"/desk/meetings/{key}"
    shown = reads(hana, path)
    for words in ("Planned", "Agreed for Fri 27 Nov 2026 14:00", record, "Chair Chair Not rung yet",
                  "Starting Point Team Manager (B:57) Not rung yet", "Nobody can be rung for Starting Point Team Manager now"):  # fmt: skip
        assert words in shown, words
    assert deeds(hana, path) == {"start", "invite"}
    listed = reads(hana, "/desk/meetings?state=planned")
    assert ("Fri 27 Nov 2026 14:00" in listed, "Derbyshire" in listed, "Nell" in listed) == (True, True, False)
    assert "None is “ended”." in reads(hana, "/desk/meetings?state=ended")


def test_a_meeting_may_be_about_the_call_that_its_maker_is_in(stage: Stage) -> None:
    browser, call = talking(stage)
    assert f'name="call" id="call" value="{call}"' in browser.opens(f"{NEW}?preset={PRESET}").get_data(as_text=True)
    key = key_of(browser.sends(NEW, {**CHAIRED, "call": call}))
    assert f'href="/desk?call={call}">a call</a>' in browser.opens(f"/desk/meetings/{key}").get_data(as_text=True)


def test_everything_wrong_with_a_meeting_is_said_at_its_field_and_what_was_typed_stays(hana: Visitor) -> None:
    reply = hana.sends(NEW, {"preset": PRESET, "contact": "x1", "at": "later", "chair": "Zacharias"})
    assert [words.partition(":")[0] for words in faults(reply)] == [
        "Contact record", "The time that was agreed", "Who chairs it",
    ]  # fmt: skip
    assert "nothing is found by “Zacharias”" in text(reply)
    assert all(f'value="{typed}"' in reply.get_data(as_text=True) for typed in ("x1", "later", "Zacharias"))
    assert "no chair is printed" in text(hana.sends(NEW, {"preset": "derby-strategy-meeting"}))
    assert faults(hana.sends(NEW, {"preset": "tea"}))[0].startswith("Kind of meeting: ")


def test_where_words_fit_several_the_one_that_is_meant_is_chosen(hana: Visitor) -> None:
    reply = hana.sends(NEW, {"preset": PRESET, "chair": "team manager"})
    assert (reply.status_code, "fits several" in text(reply)) == (422, True)
    offered = re.findall(r'name="chair-which" type="radio" value="([^"]+)"', reply.get_data(as_text=True))
    assert "role:derbyshire-team-manager" in offered
    assert len(offered) > 1
    chosen = {"chair": "team manager", "chair-which": "role:derbyshire-team-manager"}
    key = key_of(hana.sends(NEW, {"preset": PRESET} | chosen))
    assert "Starting Point Team Manager (B:57) Chair Not rung yet" in reads(hana, f"/desk/meetings/{key}")


def test_without_a_chair_who_can_be_rung_no_start_is_offered(hana: Visitor) -> None:
    path = f"/desk/meetings/{key_of(hana.sends(NEW, {'preset': PRESET}))}"
    assert "It cannot start yet, for want of a chair. Nobody can be rung for Starting Point" in reads(hana, path)
    assert deeds(hana, path) == {"invite"}
    refused = hana.sends(f"{path}/start")
    assert (refused.status_code, "an editor enters a number" in faults(refused)[0]) == (409, True)


def test_somebody_else_is_invited_from_the_directory_and_nobody_beyond(hana: Visitor) -> None:
    path = f"/desk/meetings/{key_of(hana.sends(NEW, {'preset': PRESET}))}"
    for typed, said in (("", "nothing is given; type a name"), ("Zacharias", "nothing is found by"), ("999", "never dialled"),
                        ("020 7946 0999", "not in the directory")):  # fmt: skip
        reply = hana.sends(f"{path}/invite", {"to": typed, "words": "Head teacher"})
        assert (reply.status_code, faults(reply)[0].startswith("Whom: "), said in faults(reply)[0]) == (422, True, True)
        assert 'value="Head teacher"' in reply.get_data(as_text=True)
    assert hana.sends(f"{path}/invite", {"to": "Nell Sampleby", "words": "Head teacher"}).status_code == 303
    assert hana.sends(f"{path}/invite", {"to": NELLS_NUMBER, "words": "Deputy"}).status_code == 303
    shown = reads(hana, path)
    assert ("Head teacher Not rung yet" in shown, "Deputy Not rung yet" in shown) == (True, True)
    again = hana.sends(f"{path}/invite", {"to": NELL})
    assert (again.status_code, "They are in the meeting already" in text(again)) == (409, True)


def test_a_meeting_is_led_from_its_page_and_only_what_is_possible_is_offered(stage: Stage) -> None:
    convened(stage)
    browser = signed_in(stage.application, Role.HANDLER, "hana@example.org")
    path = f"/desk/meetings/{key_of(browser.sends(NEW, {'preset': PRESET}))}"

    def does(deed: str, **fields: str) -> str:
        assert browser.sends(f"{path}/{deed}", fields).status_code == 303
        stage.exchange.settle()
        return reads(browser, path)

    assert "Starting Point Team Manager (B:57) Chair Ringing" in does("start")
    assert deeds(browser, path) == {"invite", "lock", "end"}
    stage.until(lambda: is_together(stage, *EVERYBODY), 60)
    assert deeds(browser, path) == {"invite", "lock", "end", "mute", "remove"}
    nurse = seat_of(browser, path, "Named Nurse")
    assert "Named Nurse (B:57) In the meeting Muted Unmute Named Nurse Take out Named Nurse" in does("mute", seat=nurse)
    assert "Muted" not in does("unmute", seat=nurse)
    assert "Started Locked" in does("lock")
    assert deeds(browser, path) == {"unlock", "end", "mute", "remove"}
    does("unlock")
    assert "Named Nurse (B:57) Taken out" in does("remove", seat=nurse)
    stage.until(lambda: leg_of(stage, NURSE).is_over, 20)
    assert "Named Nurse: from Wed 25 Nov 2026 10:01 to Wed 25 Nov 2026 10:01" in reads(browser, path)
    does("end")
    stage.exchange.advance(5)
    assert "to be sent by Thu 26 Nov 2026 10:0" in reads(browser, path)
    assert deeds(browser, path) == set()
    again = browser.sends(f"{path}/mute", {"seat": nurse})
    assert (again.status_code, "This meeting has ended." in faults(again)[0]) == (409, True)


def test_the_script_is_given_the_part_that_changed_or_nothing(hana: Visitor) -> None:
    path = f"/desk/meetings/{key_of(hana.sends(NEW, CHAIRED))}"
    hana.sends(f"{path}/start")
    first = hana.opens(path, **SCRIPT)
    part = first.get_data(as_text=True)
    assert (part.startswith('<div id="now" data-renews data-invites>'), "<html" in part, "csrf" in part) == (
        True,
        False,
        False,
    )
    assert part in hana.opens(path).get_data(as_text=True)
    known = {**SCRIPT, "If-None-Match": first.headers["ETag"]}
    same = hana.opens(path, **known)
    assert (same.status_code, same.get_data()) == (304, b"")
    hana.sends(f"{path}/lock")
    assert "Locked" in text(hana.opens(path, **known))


def test_whoever_may_not_lead_it_is_told_so_on_its_page(office: Application, hana: Visitor, ida: Holder) -> None:
    path = f"/desk/meetings/{arranged(ida, chair={'person': NELL})['id']}"
    for deed, fields in (("start", {}), ("invite", {"to": NELL}), ("mute", {"seat": "x"}), ("lock", {}), ("end", {})):
        reply = hana.sends(f"{path}/{deed}", fields)
        assert (reply.status_code, faults(reply)[0].startswith("Only whoever arranged this meeting")) == (403, True)
    assert "Planned" in reads(hana, path)
    assert signed_in(office, Role.ADMIN).sends(f"{path}/start").status_code == 303
    record = ida.sends("POST", "/contacts", {"fields": {"staff_family": "yes"}, "authority": "derbyshire"}).get_json()
    closed = hana.opens(f"/desk/meetings/{arranged(ida, contact=record['id'])['id']}")
    assert (closed.status_code, "open only to those who are named in it" in text(closed)) == (403, True)


def test_what_goes_on_stands_first_and_what_is_long_ago_is_left_out(
    office: Application, wall: WallClock, ida: Holder
) -> None:
    long_ago, later, sooner, begun = (
        arranged(ida, chair={"person": NELL}, at=at)["id"]
        for at in ("2026-11-25T10:00", "2027-01-05T15:00", "2027-01-05T14:00", "2027-01-05T16:00")
    )
    assert ida.sends("POST", f"/meetings/{begun}/start", {}).status_code == 200

    def listed() -> list[str]:
        page = (
            signed_in(office, Role.ADMIN, f"{wall.now():%j}@example.org").opens("/desk/meetings").get_data(as_text=True)
        )
        return re.findall(r'href="/desk/meetings/(\w{16})"', page)

    assert listed() == [begun, long_ago, sooner, later]
    wall.passes(weeks=5)
    new = arranged(holder(office, Role.HANDLER), chair={"person": NELL})["id"]
    assert listed() == [new]


def test_meetings_are_for_handlers_and_their_forms_need_a_token(office: Application, hana: Visitor) -> None:
    for role in set(Role) - {Role.ADMIN, Role.HANDLER}:
        other = signed_in(office, role)
        assert [other.opens(f"/desk/meetings{at}").status_code for at in ("", "/new", f"/{'a' * 16}")] == [403] * 3
    assert [hana.sends_bare(path, {}).status_code for path in (NEW, f"/desk/meetings/{'a' * 16}/end")] == [400] * 2
    assert "There is no meeting" in text(hana.opens(f"/desk/meetings/{'a' * 16}"))
    path = f"/desk/meetings/{key_of(hana.sends(NEW, CHAIRED))}"
    assert hana.sends(f"{path}/burn").status_code == 404
    assert hana.sends(f"/desk/meetings/{'a' * 16}/start").status_code == 404
