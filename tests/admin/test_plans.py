"""Plans by the API: drafts, publishing now or at a moment, what is refused, going back, and callers in mid-call."""

from dataclasses import dataclass
from datetime import datetime
from time import monotonic, sleep

import pytest
from sqlalchemy import select, update

from admin.due import Due
from admin.press import Press
from app import Application, Config, build
from rehearsal.on_demand import told_example
from routing.clock import FixedClock
from store import tables
from store.keys import Role
from store.tables_drafts import draft
from tests.admin.desk_client import Holder, codes, holder
from tests.admin.sheffield import EDITED, LINE, OTHER, RUNG, digest, night_team, rings, text, with_night
from tests.store.recording import rows
from tests.telling import at

PLAN = f"/plans/{LINE}"
PATIENCE = 20


@dataclass(slots=True)
class Hand:
    """A clock whose hand is moved."""

    at: datetime

    def now(self) -> datetime:
        return self.at


def prepared(caller: Holder, toml: str = "") -> str:
    """A new draft's path."""
    reply = caller.sends("POST", f"{PLAN}/drafts", {"text": toml or text(), "why": "it is clearer"})
    assert reply.status_code == 201, reply.get_json()
    return str(reply.headers["Location"].removeprefix("/api/v1"))


def published(admin: Holder, toml: str, why: str = "a trial") -> None:
    """A plan in force in one step."""
    reply = admin.sends("POST", f"{PLAN}/publish", {"text": toml, "why": why})
    assert reply.status_code == 200, reply.get_json()


def rounds(application: Application, moment: str, alarms: list[str]) -> int:
    """What another worker publishes by itself at a moment."""
    clock = FixedClock(at(moment))
    return Due(Press(application.database, application.publication, clock, told_example), alarms.append).round()


def test_every_line_says_what_is_in_force_since_when_and_by_whom(admin: Holder) -> None:
    prepared(admin)
    found = next(one for one in admin.asks("/plans").get_json()["items"] if one["line"] == LINE)
    assert (found["who"], found["drafts"], found["scheduled"]) == ("first load", 1, 0)
    plan = admin.asks(PLAN).get_json()
    assert plan["digest"] == found["digest"] == plan["history"][0]["digest"] == digest(plan["text"])
    assert admin.asks(f"{PLAN}/versions/{plan['digest']}").get_json()["text"] == plan["text"]
    assert admin.asks("/plans/nowhere").status_code == 404
    assert admin.asks(f"/plans/devon/versions/{plan['digest']}").status_code == 404


def test_a_draft_in_force_is_heard_by_the_next_call_and_its_author_and_reason_are_remembered(
    admin: Holder, application: Application
) -> None:
    path = prepared(admin)
    reply = admin.sends("POST", f"{path}/publish", {})
    assert (reply.status_code, reply.get_json()["in_force"]) == (200, True)
    rings(application).hears(EDITED)
    newest = admin.asks(PLAN).get_json()["history"][0]
    assert newest["who"].startswith("Ada Admin")
    assert (newest["why"], newest["state"]) == ("it is clearer", "current")
    deeds = [(row["what"], row["kind"]) for row in rows(application.database, tables.audit)]
    assert deeds[-2:] == [("publish", "draft"), ("publish", "plan")]
    assert admin.asks(path).get_json()["state"] == "published"
    assert admin.sends("POST", f"{path}/publish", {}).status_code == 409


def test_a_caller_in_mid_call_finishes_on_the_plan_they_began_with(admin: Holder, application: Application) -> None:
    under_way = rings(application).does_not_hear(EDITED)
    published(admin, text("This does not make a referral.", "You will hear from us."))
    under_way.presses("1").hears("This does not make a referral.").rings(RUNG)
    rings(application).hears(EDITED).presses("1").hears("You will hear from us.").rings(RUNG)


def test_every_problem_of_a_text_is_told_and_nothing_is_kept(admin: Holder) -> None:
    broken = text('safe = "safe"', 'safe = "nowhere"').replace('night = "none-printed"', 'night = "edt"')
    reply = admin.sends("POST", f"{PLAN}/drafts", {"text": broken})
    assert reply.status_code == 422
    assert {"safe", "night_team"} <= codes(reply).keys()
    assert codes(admin.sends("POST", "/plans/derby/drafts", {"text": text()})) == {"text": "elsewhere"}
    assert codes(admin.sends("POST", f"{PLAN}/drafts", {"text": "line = "})) == {"text": "plan"}
    assert codes(admin.sends("POST", f"{PLAN}/drafts", {})) == {"text": "one-of"}
    assert codes(admin.sends("POST", f"{PLAN}/drafts", {"from": "0" * 12})) == {"from": "unknown"}
    assert admin.asks(PLAN).get_json()["drafts"] == []


def test_what_a_proof_refutes_is_not_published_and_each_refutation_is_told(
    admin: Holder, application: Application
) -> None:
    night_team(admin)
    path = prepared(admin, with_night())
    for moment in ({}, {"at": "Fri 16:05"}):
        reply = admin.sends("POST", f"{path}/publish", moment)
        assert reply.status_code == 422
        assert "night-refuted" in {one["code"] for one in reply.get_json()["refuted"]}
        assert all(one["sentence"] for one in reply.get_json()["refuted"])
    assert admin.asks(path).get_json()["state"] == "open"
    rings(application).does_not_hear(EDITED)


def test_a_draft_of_something_that_is_not_in_the_directory_is_kept_and_not_published(admin: Holder) -> None:
    reply = admin.sends("POST", f"{prepared(admin, with_night())}/publish", {})
    assert (reply.status_code, codes(reply)) == (422, {"team": "unknown"})


def test_a_draft_is_changed_by_whoever_saw_it_last_and_let_go(admin: Holder, editor: Holder) -> None:
    path = prepared(admin)
    seen = admin.asks(path).headers["ETag"]
    assert editor.sends("PUT", path, {"text": text()}).status_code == 428
    body = {"text": text(opening="Once more."), "why": "twice"}
    assert editor.sends("PUT", path, body, If_Match=seen).get_json()["who"].startswith("Edith Editor")
    assert admin.sends("PUT", path, {"text": text()}, If_Match=seen).status_code == 412
    assert admin.changes("DELETE", path).status_code == 204
    assert admin.asks(PLAN).get_json()["drafts"] == []
    assert admin.sends("POST", f"{path}/publish", {}).status_code == 409


def test_whoever_says_what_they_looked_at_publishes_nothing_else(admin: Holder, editor: Holder) -> None:
    path, seen = prepared(admin), admin.asks(PLAN).headers["ETag"]
    draft = admin.asks(path).headers["ETag"]
    assert editor.changes("PUT", path, {"text": text(opening="Not looked at.")}).status_code == 200
    assert admin.sends("POST", f"{path}/publish", {}, If_Match=draft).status_code == 412
    mine, theirs = ({"text": text(opening=word), "why": "a trial"} for word in ("Mine.", "Theirs."))
    assert admin.sends("POST", f"{PLAN}/publish", theirs, If_Match=seen).status_code == 200
    assert admin.sends("POST", f"{PLAN}/publish", mine, If_Match=seen).status_code == 412
    assert admin.sends("POST", f"{PLAN}/publish", mine).status_code == 200


def test_a_draft_that_was_overtaken_is_published_only_once_somebody_has_compared(admin: Holder) -> None:
    path = prepared(admin)
    published(admin, text(opening="Quicker."))
    assert admin.asks(path).get_json()["behind"] is True
    reply = admin.sends("POST", f"{path}/publish", {})
    current = admin.asks(PLAN).get_json()["digest"]
    assert reply.status_code == 409
    assert current in reply.get_json()["detail"]
    assert codes(admin.changes("PUT", path, {"text": text(), "base": "0" * 12})) == {"base": "base"}
    assert admin.changes("PUT", path, {"text": text(), "base": current}).status_code == 200
    assert admin.sends("POST", f"{path}/publish", {}).status_code == 200


def test_an_older_plan_returns_with_its_reason_and_is_proved_as_well(admin: Holder, application: Application) -> None:
    night_team(admin, OTHER)
    published(admin, with_night())
    published(admin, text(opening="Without a night."))
    back = {"to": digest(with_night()), "why": "it was better"}
    assert codes(admin.sends("POST", f"{PLAN}/rollback", {"to": back["to"]})) == {"why": "why-missing"}
    assert admin.sends("POST", f"{PLAN}/rollback", {**back, "to": "0" * 12}).status_code == 404
    night_team(admin)
    assert admin.sends("POST", f"{PLAN}/rollback", back).status_code == 422
    night_team(admin, OTHER)
    assert admin.sends("POST", f"{PLAN}/rollback", back).status_code == 200
    rings(application).hears(EDITED)
    history = admin.asks(PLAN).get_json()["history"]
    assert [one["why"] for one in history] == ["it was better", "a trial", "a trial", ""]


def test_a_scheduled_draft_is_published_at_its_moment_in_the_name_of_whoever_scheduled_it(
    admin: Holder, application: Application
) -> None:
    path, alarms = prepared(admin), list[str]()
    reply = admin.sends("POST", f"{path}/publish", {"at": "Wed 12:00", "why": "the new leaflet"})
    assert (reply.get_json()["in_force"], reply.get_json()["at"]) == (False, "2026-11-25T12:00:00+00:00")
    assert rounds(application, "Wed 11:59", alarms) == 0
    rings(application).does_not_hear(EDITED)
    assert [rounds(application, "Wed 12:00", alarms) for _ in range(2)] == [1, 0]
    rings(application).hears(EDITED)
    newest = admin.asks(PLAN).get_json()["history"][0]
    assert (newest["why"], newest["who"].split(" (")[0], alarms) == ("the new leaflet", "Ada Admin", [])


def test_a_running_application_publishes_what_is_due_by_itself(config: Config) -> None:
    clock = Hand(at("Wed 10:00"))
    application = build(config, clock)
    path = prepared(holder(application, Role.ADMIN))
    reply = holder(application, Role.ADMIN).sends("POST", f"{path}/publish", {"at": "Wed 12:00"})
    assert reply.status_code == 200
    clock.at = at("Wed 12:00")
    until = monotonic() + PATIENCE
    while application.publication.current().plans.current[LINE] != digest(text()) and monotonic() < until:
        sleep(0.05)
    rings(application).hears(EDITED)
    application.close()


@pytest.mark.parametrize("cause", ["overtaken", "refuted"])
def test_a_scheduled_draft_that_does_not_hold_any_more_is_not_published_and_says_so(
    admin: Holder, application: Application, cause: str
) -> None:
    night_team(admin, OTHER)
    path, alarms = prepared(admin, with_night()), list[str]()
    assert admin.sends("POST", f"{path}/publish", {"at": "Wed 12:00"}).status_code == 200
    if cause == "overtaken":
        published(admin, text(opening="Quicker."))
    else:
        night_team(admin)
    assert rounds(application, "Wed 12:00", alarms) == 0
    found = admin.asks(path).get_json()
    assert found["state"] == "refused"
    assert ("Another plan" if cause == "overtaken" else "night") in found["told"]
    assert f"the line {LINE}" in alarms[0]
    assert admin.asks("/plans?q=sheffield").get_json()["items"][0]["refused"] == 1
    rings(application).does_not_hear(EDITED)


def test_a_draft_that_nobody_can_read_holds_up_no_other(admin: Holder, application: Application) -> None:
    alarms = list[str]()
    for toml in (text(opening="Nobody can read this."), text()):
        assert admin.sends("POST", f"{prepared(admin, toml)}/publish", {"at": "Wed 12:00"}).status_code == 200
    with application.database.write() as connection:
        first = connection.scalars(select(draft.c.id).where(draft.c.state == "scheduled")).first()
        connection.execute(update(draft).where(draft.c.id == first).values(body=["damaged"]))
    rounds(application, "Wed 12:00", alarms)
    assert "cannot be read" in alarms[0]


def test_only_a_later_moment_of_the_next_400_days_can_be_named(admin: Holder) -> None:
    path = prepared(admin)
    for moment, code in (("2026-11-25T09:00", "past"), ("2029-01-01T09:00", "far"), ("soon", "moment")):
        assert codes(admin.sends("POST", f"{path}/publish", {"at": moment})) == {"at": code}


def test_an_editor_prepares_and_an_administrator_publishes_and_limits_hold(
    admin: Holder, editor: Holder, viewer: Holder, application: Application
) -> None:
    path = prepared(editor)
    assert editor.sends("POST", f"{path}/publish", {}).status_code == 403
    assert viewer.asks(path).status_code == 403
    shown = viewer.asks(PLAN).get_json()
    assert {one["who"] for one in (*shown["history"], *shown["drafts"])} == {""}
    assert holder(application, Role.AUDITOR).asks("/plans").status_code == 200
    key = {"name": "Derby's", "role": "admin", "authorities": ["derby"]}
    derby = Holder(admin.client, admin.sends("POST", "/keys", key).get_json()["key"])
    assert derby.sends("POST", f"{path}/publish", {}).status_code == 403
    assert derby.sends("POST", f"{PLAN}/drafts", {"text": text()}).status_code == 403


def test_a_draft_says_in_words_what_it_changes_and_whether_it_holds(admin: Holder) -> None:
    path = prepared(admin, text("Mon-Fri 09:00-17:00", "Mon-Thu 09:00-17:00; Fri 09:00-16:00"))
    shown = admin.asks(f"{path}/diff").get_json()
    assert any("Friday 16:00–17:00" in sentence for sentence in shown["sentences"])
    assert any(line.startswith("-opening") for line in shown["text"])
    checked = admin.asks(f"{path}/check").get_json()
    assert (checked["sound"], checked["problems"], checked["refuted"]) == (True, [], [])
    assert checked["measured"][0]["line"] == LINE
    night_team(admin)
    assert admin.asks(f"{prepared(admin, with_night())}/check").get_json()["sound"] is False
