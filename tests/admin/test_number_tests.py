"""Test calls over the API: what would be called and why not others, per team and number, and the finding of one that does not answer."""

from datetime import timedelta
from typing import Any

from admin.number_schedule import OFF
from app import Application
from ivr.testable import ANNOUNCEMENT, BY_NIGHT
from store import number_tests
from store.keys import Role
from store.number_tests import NumberTest, Standing
from tests.admin.desk_client import CLOCK, Holder, codes, holder

TEAM, NUMBER = "devon-ir-north", "+441392388481"
MOBILES = "devon-cf-exeter-2"
NOW = CLOCK.now()


def switched_on(application: Application, team: str = TEAM) -> Holder:
    admin = holder(application, Role.ADMIN)
    reply = admin.sends("PUT", f"/teams/{team}/number-tests", {"tests": True, "moves": True, "why": "asked the team"})
    assert reply.status_code == 200, reply.get_json()
    return admin


def failed(application: Application, number: str) -> None:
    with application.database.write() as connection:
        number_tests.takes_the_minute(connection, NOW)
        assert number_tests.begin(connection, NumberTest("t" * 16, number, TEAM, NOW), NOW)
        number_tests.ends(connection, "t" * 16, "no key", NOW)
        again = NOW + timedelta(hours=4)
        number_tests.stands(connection, Standing(number, again, 2, 0, NOW, "no key", flagged_at=NOW))


def test_off_by_default_and_switched_on_by_an_admin_alone_who_is_audited(application: Application) -> None:
    viewer = holder(application, Role.VIEWER)
    shown = viewer.asks(f"/teams/{TEAM}/number-tests").get_json()
    assert (shown["tests"], shown["moves"], shown["history"]) == (False, False, [])
    assert [(row["state"], row["because"]) for row in shown["numbers"]] == [("off", OFF)]
    assert (
        holder(application, Role.EDITOR).sends("PUT", f"/teams/{TEAM}/number-tests", {"tests": True}).status_code == 403
    )
    admin = switched_on(application)
    assert codes(admin.sends("PUT", f"/teams/{TEAM}/number-tests", {})) == {"tests": "missing"}
    (row,) = admin.asks(f"/teams/{TEAM}/number-tests").get_json()["numbers"]
    assert (row["state"], row["next_at"]) == ("waits", "2026-11-25T10:00:00+00:00")
    deed = admin.asks("/audit?limit=1").get_json()["items"][0]
    assert (deed["kind"], deed["slug"], deed["after"]) == ("number-tests", TEAM, {"tests": True, "moves": True})


def test_the_list_says_of_every_number_when_it_is_called_or_why_it_is_not(application: Application) -> None:
    admin = switched_on(application)
    items: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        page = admin.asks(f"/number-tests?authority=devon&limit=7&cursor={cursor}").get_json()
        items, cursor = [*items, *page["items"]], page["next"]
    told = {row["team"]: row["because"] for row in items}
    assert (told["devon-edt"], told["devon-mash"], told[TEAM], told["devon-ir-south"]) == (
        BY_NIGHT,
        ANNOUNCEMENT,
        "",
        OFF,
    )
    teams = application.publication.current().directory.teams.values()
    assert len(items) == sum(len(team.duty_numbers) for team in teams if team.authority == "devon")


def test_a_flagged_number_is_a_finding_that_can_be_accepted_and_stands_in_the_history(application: Application) -> None:
    admin = switched_on(application)
    failed(application, NUMBER)
    (found,) = admin.asks("/findings?code=number-unanswered").get_json()["items"]
    assert found["sentence"].startswith("01392 388481 of Initial Response North does not answer")
    assert (found["severity"], found["slug"]) == ("serious", TEAM)
    until = {"until": "2027-01-31T17:00", "why": "the team moves house"}
    assert admin.sends("POST", f"/findings/{found['id']}/acceptance", until).status_code == 201
    shown = admin.asks(f"/teams/{TEAM}/number-tests").get_json()
    assert [(one["outcome"], one["number"]["e164"]) for one in shown["history"]] == [("no key", NUMBER)]
    (row,) = shown["numbers"]
    assert (row["failures"], row["flagged_at"], row["next_at"]) == (2, row["last_at"], "2026-11-25T14:00:00+00:00")
    admin.sends("PUT", f"/teams/{TEAM}/number-tests", {"tests": False})
    assert admin.asks("/findings?code=number-unanswered&accepted=all").get_json()["items"] == []


def test_who_sees_no_personal_data_sees_no_mobile(application: Application) -> None:
    switched_on(application, MOBILES)
    failed(application, "+447792226135")
    viewer = holder(application, Role.VIEWER)
    shown = viewer.asks(f"/teams/{MOBILES}/number-tests").get_json()
    assert [row["number"] for row in (*shown["numbers"], *shown["history"])] == [None, None]
    (found,) = viewer.asks("/findings?code=number-unanswered").get_json()["items"]
    assert found["sentence"].startswith("(a number) of")
