"""Bank holidays: a newer official list takes the place of the bundled one, at once and on every worker."""

from typing import Any

from govuk_bank_holidays.bank_holidays import BankHolidays

from app import Application, Config, build
from store.keys import Role
from tests.admin.desk_client import CLOCK, Holder, codes, holder

PATH = "/bank-holidays"
OFFICIAL = BankHolidays.load_backup_data()
EVENTS = OFFICIAL["england-and-wales"]["events"]
MAY = {"title": "Early May bank holiday", "date": "2027-05-03", "notes": "", "bunting": True}


def newer(*events: dict[str, Any], without: str = "2027-05-03") -> dict[str, Any]:
    """The official file with another early May of 2027."""
    kept = [event for event in EVENTS if event["date"] != without]
    return {**OFFICIAL, "england-and-wales": {"division": "england-and-wales", "events": [*kept, *events]}}


def opens(somebody: Holder, day: str) -> bool:
    answer: bool = somebody.asks(f"/route?line=devon&at={day}T10:00").get_json()["open"]["is_open"]
    return answer


def test_the_bundled_list_is_told_until_somebody_sends_a_newer_one(viewer: Holder) -> None:
    reply = viewer.asks(PATH)
    told = reply.get_json()
    assert (reply.headers["ETag"], told["source"], told["known_until"]) == ('"v0"', "bundled", "2028-12-31")
    assert {"date": "2026-12-25", "title": "Christmas Day"} in told["days"]
    assert told["warning"] is None


def test_a_holiday_that_is_moved_moves_for_the_next_call(admin: Holder) -> None:
    assert (opens(admin, "2027-05-03"), opens(admin, "2027-05-07")) == (False, True)
    reply = admin.changes("PUT", PATH, newer({**MAY, "date": "2027-05-07"}))
    assert (reply.status_code, reply.get_json()["source"], reply.headers["ETag"]) == (200, "uploaded", '"v1"')
    assert (opens(admin, "2027-05-03"), opens(admin, "2027-05-07")) == (True, False)
    audited = admin.asks("/audit").get_json()["items"][0]
    assert (audited["kind"], audited["what"]) == ("holidays", "create")


def test_the_other_workers_observe_it_too_and_so_does_one_that_starts_later(
    application: Application, config: Config
) -> None:
    other = build(config, CLOCK)
    holder(application, Role.ADMIN).changes("PUT", PATH, newer({**MAY, "date": "2027-05-07"}))
    later = build(config, CLOCK)
    assert [opens(holder(worker, Role.VIEWER), "2027-05-07") for worker in (other, later)] == [False, False]
    other.close()
    later.close()


def test_an_older_or_incomplete_list_is_refused(admin: Holder) -> None:
    old = {"england-and-wales": {"events": [event for event in EVENTS if event["date"] < "2028"]}}
    assert codes(admin.changes("PUT", PATH, old)) == {"england-and-wales.events": "older"}
    short = admin.changes("PUT", PATH, newer())
    assert codes(short) == {"england-and-wales.events": "incomplete"}
    assert "2027 has 7" in short.get_json()["errors"][0]["message"]


def test_a_list_that_cannot_be_read_says_everything_that_is_wrong(admin: Holder) -> None:
    events = [{"title": "", "date": "2027-05-03"}, {"title": "May", "date": "3 May"}, MAY, MAY]
    assert codes(admin.changes("PUT", PATH, {"england-and-wales": {"events": events}})) == {
        "england-and-wales.events.0.title": "missing",
        "england-and-wales.events.1.date": "date",
        "england-and-wales.events.2.date": "twice",
        "england-and-wales.events.3.date": "twice",
    }
    assert codes(admin.changes("PUT", PATH, {"scotland": {}})) == {"england-and-wales.events": "missing"}
    assert "england-and-wales" in next(iter(codes(admin.changes("PUT", PATH, {"england-and-wales": 7}))))


def test_only_admins_send_lists_and_only_on_what_they_read(admin: Holder, editor: Holder) -> None:
    assert editor.sends("PUT", PATH, newer(MAY), If_Match='"v0"').status_code == 403
    assert admin.sends("PUT", PATH, newer(MAY)).status_code == 428
    assert admin.sends("PUT", PATH, newer(MAY), If_Match='"v3"').status_code == 412
