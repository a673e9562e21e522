"""What does /desk show and do, without any script? Forms, refusals beside their fields, and the parts that its script asks for."""

import re

import pytest
from werkzeug.test import TestResponse

from admin.problems import API
from store.keys import Role
from store.presence import HEARTBEAT
from telephone import NoAnswer, Person
from tests.admin.desk_client import holder
from tests.admin.visitor import Visitor, path_of, person, signed_in, visitor
from tests.desk.stage import CONSULTED, HANDLER, LINE, SECOND, TEAM, Stage

SCRIPT = {"X-Desk": "1"}
PHONE = "020 7946 0201"


def text(reply: TestResponse) -> str:
    """The page as somebody reads it."""
    return " ".join(re.sub(r"<[^>]+>", " ", reply.get_data(as_text=True)).split())


def reads(browser: Visitor, path: str = "/desk") -> str:
    reply = browser.opens(path)
    assert reply.status_code == 200, text(reply)
    return text(reply)


def at_the_desk(stage: Stage, phone: str = PHONE, email: str = "hana@example.org", *lines: str) -> Visitor:
    """A handler in a browser, signed in at the desk."""
    browser = signed_in(stage.application, Role.HANDLER, email)
    reply = browser.client.post("/desk/me", data={"status": "available", "phone": phone, "lines": list(lines) or [LINE],
                                                  "csrf_token": browser.token()})  # fmt: skip
    assert (reply.status_code, path_of(reply)) == (303, "/desk"), text(reply)
    stage.beat = None
    stage.work()
    return browser


def talking(stage: Stage) -> tuple[Visitor, str]:
    """A handler who talks to a caller."""
    browser = at_the_desk(stage)
    return browser, stage.talking().sid


def test_a_handlers_day_begins_at_the_desk_and_everybody_elses_in_the_console(stage: Stage) -> None:
    homes = {}
    for role in Role:
        account = person(stage.application, role)
        homes[role] = path_of(visitor(stage.application).signs_in(account.email))
    assert homes == {role: "/desk" if role is Role.HANDLER else "/admin" for role in Role}


def test_signing_in_at_the_desk_refuses_everything_wrong_beside_its_field(stage: Stage) -> None:
    browser = signed_in(stage.application, Role.HANDLER)
    assert "Say on which phone and for which lines you are reached." in reads(browser)
    reply = browser.sends("/desk/me", {"phone": "999", "status": "available"})
    shown = reply.get_data(as_text=True)
    assert reply.status_code == 422
    assert 'href="#phone">Your phone: ' in shown
    assert 'href="#lines">Lines that you answer: ' in shown
    assert 'value="999"' in shown


def test_presence_is_shown_and_changed_as_its_table_allows(stage: Stage) -> None:
    browser = at_the_desk(stage)
    assert "Available since 10:0" in reads(browser)
    assert browser.sends("/desk/me", {"status": "away"}).status_code == 303
    shown = browser.opens("/desk").get_data(as_text=True)
    assert "Away</strong>" in shown
    assert re.findall(r'id="be-([a-z-]+)"', shown) == ["available"]


def test_the_callers_line_choice_wait_and_number_are_seen_before_the_phone_is_answered(stage: Stage) -> None:
    stage.exchange.phone(HANDLER).will(NoAnswer())
    browser = at_the_desk(stage)
    stage.queued()
    stage.until(lambda: stage.exchange.phone(HANDLER).is_ringing, 10)
    shown = reads(browser)
    assert "Your phone rings Press 1 on it to accept." in shown
    for words in ("Line Call Derbyshire", "Chosen a child at risk", "Waited less than a minute", "020 7946 0999", "Risk",
                  "none from this number"):  # fmt: skip
        assert words in shown, words


def test_two_handlers_press_answer_and_one_of_them_is_told(stage: Stage) -> None:
    stage.exchange.phone(HANDLER).will(Person("1", after=4))
    first, second = (
        at_the_desk(stage, phone, f"{phone[-3:]}@example.org", "sheffield-cpet") for phone in (PHONE, SECOND)
    )
    nobody = at_the_desk(stage, "020 7946 0209", "away@example.org")
    stage.exchange.phone("+442079460209").will(NoAnswer())
    caller = stage.queued()
    stage.until(lambda: "Away since" in reads(nobody), 60)
    path = f"/desk/queue/{caller.sid}/answer"
    won, lost = (browser.sends(path) for browser in (first, second))
    assert (won.status_code, lost.status_code) == (303, 409)
    assert "Somebody else is answering this caller." in text(lost)
    stage.until(lambda: stage.hears(caller) == {HANDLER}, 30)
    assert "Talking since" in reads(first)
    assert "You are in no call." in reads(second)


def test_the_page_is_the_heartbeat_and_closing_it_lets_presence_lapse(stage: Stage) -> None:
    browser = at_the_desk(stage)
    stage.exchange.timeline.hooks.clear()  # nobody else's heartbeat
    for _ in range(8):
        stage.exchange.advance(15)
        assert browser.opens("/desk/now", **SCRIPT).status_code == 200
    assert "Available" in reads(browser)
    stage.exchange.advance(HEARTBEAT.total_seconds() + 1)
    assert "This page was not heard of for a minute" in reads(browser)
    assert browser.sends("/desk/me", {"status": "available"}).status_code == 303
    assert "Available" in reads(browser)


def test_a_page_that_has_everything_is_answered_304_without_a_body(stage: Stage) -> None:
    browser = at_the_desk(stage)
    first = browser.opens("/desk/now", **SCRIPT)
    known = {**SCRIPT, "If-None-Match": first.headers["ETag"]}
    again = browser.opens("/desk/now", **known)
    assert (again.status_code, again.get_data()) == (304, b"")
    browser.sends("/desk/me", {"status": "away"})
    assert browser.opens("/desk/now", **known).status_code == 200


def test_no_part_that_is_asked_for_again_holds_a_form_or_a_token(stage: Stage) -> None:
    browser, _ = talking(stage)
    parts = browser.opens("/desk/now", **SCRIPT).get_data(as_text=True)
    assert re.findall(r"<form|<input|<textarea|csrf", parts) == []
    assert re.findall(r'data-mark="(\w+)"', parts)


def test_a_consultation_is_begun_from_the_search_and_its_buttons_are_those_of_the_table(stage: Stage) -> None:
    browser, sid = talking(stage)
    stage.exchange.phone(CONSULTED).will(Person("1", after=3))
    assert f'value="team:{TEAM}"' in browser.opens("/desk?q=safeguarding").get_data(as_text=True)
    assert browser.sends("/desk/consult", {"to": f"team:{TEAM}"}).status_code == 303
    shown = reads(browser)
    assert "Ringing Social Care Specialist and Safeguarding Team. The caller is on hold" in shown
    assert ("Cancel: back" in shown, "Complete:" in shown, "Join:" in shown) == (True, False, False)
    stage.until(lambda: "You are speaking to" in reads(browser), 30)
    shown = reads(browser)
    assert all(words in shown for words in ("Cancel: back", "Complete:", "Join:"))
    (transfer,) = stage.transfers(sid)
    assert browser.sends(f"/desk/transfers/{transfer.id}/complete").status_code == 303
    stage.exchange.settle()
    assert "The caller is with Social Care Specialist and Safeguarding Team now." in reads(browser, f"/desk?call={sid}")
    refused = browser.sends(f"/desk/transfers/{transfer.id}/join", {"call": sid})
    assert (refused.status_code, "cannot be joined" in text(refused)) == (409, True)
    assert browser.sends(f"/desk/transfers/{transfer.id}/explode").status_code == 404


def test_a_caller_is_handed_over_at_once(stage: Stage) -> None:
    browser, sid = talking(stage)
    assert (
        f'formaction="/desk/hand-over" class="govuk-button govuk-button--secondary app-deed" name="to" value="team:{TEAM}"'
        in (browser.opens("/desk?q=safeguarding").get_data(as_text=True))
    )
    assert browser.sends("/desk/hand-over", {"to": f"team:{TEAM}"}).status_code == 303
    assert "The caller has been passed on to Social Care Specialist" in reads(browser, f"/desk?call={sid}")


def test_whoever_talks_to_nobody_is_offered_nobody_to_pass_a_caller_to(stage: Stage) -> None:
    browser = at_the_desk(stage)
    found = browser.opens("/desk/search?q=safeguarding", **SCRIPT).get_data(as_text=True)
    assert ("Social Care Specialist" in found, "<button" in found) == (True, False)
    assert "Nobody is found by these words" in text(browser.opens("/desk/search?q=zzz", **SCRIPT))


def test_the_police_join_by_one_key_where_a_force_is_in_the_directory(stage: Stage) -> None:
    editor = holder(stage.application, Role.EDITOR, "Edith Editor")
    force = {"slug": "drama-police", "name": "Drama Police", "authority": "derbyshire", "numbers": ["020 7946 0701"]}
    assert editor.sends("POST", "/roles", force).status_code == 201
    browser, _ = talking(stage)
    stage.exchange.phone("+442079460701").will(Person("1", after=3))
    shown = browser.opens("/desk").get_data(as_text=True)
    assert re.search(r'name="to" value="police:drama-police" data-key="O"[^>]*>Add Drama Police<', shown)
    assert browser.sends("/desk/consult", {"to": "police:drama-police"}).status_code == 303
    assert "Ringing Drama Police, who joins you and the caller at once." in reads(browser)
    stage.until(lambda: "All three of you speak: the caller, Drama Police and you." in reads(browser), 30)


@pytest.mark.parametrize("path", ["/desk/consult", "/desk/hand-over"])
def test_nobody_is_passed_on_by_somebody_who_talks_to_nobody(stage: Stage, path: str) -> None:
    browser = at_the_desk(stage)
    refused = browser.sends(path, {"to": f"team:{TEAM}"})
    assert (refused.status_code, "Nobody is talking to this caller" in text(refused)) == (409, True)


def test_what_the_script_is_refused_are_sentences_and_no_page(stage: Stage) -> None:
    browser = at_the_desk(stage)
    reply = browser.client.post("/desk/queue/CA123/answer", data={"csrf_token": browser.token()}, headers=SCRIPT)
    assert (reply.status_code, text(reply)) == (404, "There is a problem There is no waiting call “CA123”.")
    assert "<html" not in reply.get_data(as_text=True)


def test_a_failed_transfer_says_whom_it_tried(stage: Stage) -> None:
    browser, _ = talking(stage)
    stage.exchange.phone(CONSULTED).will(NoAnswer())
    browser.sends("/desk/consult", {"to": f"number:{CONSULTED}"})
    stage.until(lambda: "Nobody could be reached" in reads(browser), 60)
    assert "that number: no answer" in reads(browser)


def test_the_page_is_no_part_of_the_api(stage: Stage) -> None:
    rules = [rule.rule for rule in stage.application.flask.url_map.iter_rules() if rule.rule.startswith("/desk")]
    assert len(rules) > 10
    assert not [rule for rule in rules if rule.startswith(API)]
    policy = signed_in(stage.application, Role.HANDLER).opens("/desk").headers["Content-Security-Policy"]
    assert "script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; connect-src 'self'" in policy


def test_the_sound_is_a_wave_of_half_a_second(stage: Stage) -> None:
    sound = signed_in(stage.application, Role.HANDLER).opens("/desk/tone.wav").get_data()
    assert sound[:4] == b"RIFF"
    assert 10_000 < len(sound) < 20_000
