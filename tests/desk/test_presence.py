"""Can a handler sign in at the desk, and do the lines know of it, until they are not heard of any more?"""

from datetime import datetime, timedelta
from itertools import product

import pytest

from app import Application
from desk.presence import ALLOWED, BUSY, WRAP_UP, has_rested, may_choose, rests_until
from store import presence
from store.attendance import STALE_SECONDS, Attendance
from store.keys import Role
from store.presence import HEARTBEAT, Present, Status
from tests.admin.desk_client import CLOCK, Holder, codes, holder
from tests.telling import at

NOW = at("Wed 10:00")
ME = {"status": "available", "phone": "020 7946 0321", "lines": ["call-derbyshire"]}


def present(status: Status = Status.AVAILABLE, since: datetime = NOW, seen_at: datetime = NOW) -> Present:
    return Present("k-1", "Hana Handler", "+442079460321", ("call-derbyshire",), status, since, seen_at)


@pytest.fixture
def handler(application: Application) -> Holder:
    return holder(application, Role.HANDLER, "Hana Handler")


def changed(application: Application, **values: object) -> None:
    """The one handler's row, as something else has left it."""
    with application.database.write() as connection:
        (row,) = presence.signed_in(connection, CLOCK.now() - HEARTBEAT * 10)
        fields = {name: getattr(row, name) for name in Present.__dataclass_fields__}
        presence.arrive(connection, Present(**fields | values))


def test_whoever_has_never_signed_in_is_away(handler: Holder) -> None:
    me = handler.asks("/desk/me").get_json()
    assert (me["status"], me["phone"], me["lines"], me["signed_in"]) == ("away", None, [], False)


def test_signing_in_names_phone_and_lines(handler: Holder) -> None:
    me = handler.sends("PUT", "/desk/me", ME).get_json()
    assert (me["status"], me["phone"]["e164"], me["lines"]) == ("available", "+442079460321", ["call-derbyshire"])
    assert handler.asks("/desk/me").get_json() == me
    assert me["signed_in"]


def test_what_is_left_out_stays(handler: Holder) -> None:
    handler.sends("PUT", "/desk/me", ME)
    me = handler.sends("PUT", "/desk/me", {"status": "away"}).get_json()
    assert (me["status"], me["lines"]) == ("away", ["call-derbyshire"])


def test_everything_wrong_is_said_at_once(handler: Holder) -> None:
    reply = handler.sends("PUT", "/desk/me", {"status": "ringing", "phone": "999", "lines": ["cornwall"]})
    assert reply.status_code == 422
    assert codes(reply) == {"status": "choice", "phone": "number-short-code", "lines.0": "unknown"}


@pytest.mark.parametrize("phone", ["09098790123", "020 7946 0102"])
def test_a_premium_number_and_a_line_of_ours_are_nobodys_phone(handler: Holder, phone: str) -> None:
    assert list(codes(handler.sends("PUT", "/desk/me", ME | {"phone": phone}))) == ["phone"]


def test_whoever_signs_in_needs_a_line(handler: Holder) -> None:
    assert codes(handler.sends("PUT", "/desk/me", {"status": "available", "phone": "020 7946 0321"})) == {
        "lines": "missing"
    }


@pytest.mark.parametrize("role", [Role.EDITOR, Role.AUDITOR, Role.VIEWER])
def test_the_desk_is_for_handlers(application: Application, role: Role) -> None:
    assert holder(application, role).sends("PUT", "/desk/me", ME).status_code == 403


def test_a_page_that_was_not_heard_of_has_to_sign_in_again(application: Application, handler: Holder) -> None:
    handler.sends("PUT", "/desk/me", ME)
    changed(application, seen_at=CLOCK.now() - timedelta(seconds=61))
    assert not handler.asks("/desk/me").get_json()["signed_in"]
    assert handler.sends("PUT", "/desk/me", {}).get_json()["signed_in"]


def test_a_wrap_up_ends_by_itself(application: Application, handler: Holder) -> None:
    handler.sends("PUT", "/desk/me", ME)
    changed(application, status=Status.WRAP_UP, since=CLOCK.now() - WRAP_UP + timedelta(seconds=1))
    assert handler.asks("/desk/me").get_json()["status"] == "wrap-up"
    changed(application, status=Status.WRAP_UP, since=CLOCK.now() - WRAP_UP)
    assert handler.asks("/desk/me").get_json()["status"] == "available"


def test_a_status_that_no_call_is_behind_any_more_can_be_left(application: Application, handler: Holder) -> None:
    handler.sends("PUT", "/desk/me", ME)
    changed(application, status=Status.ON_CALL)
    assert handler.sends("PUT", "/desk/me", {"status": "available"}).status_code == 200


def test_the_answering_path_knows_who_is_there(application: Application, handler: Holder) -> None:
    handler.sends("PUT", "/desk/me", ME | {"lines": ["call-derbyshire", "sheffield-cpet"]})
    attendance = Attendance(application.database)
    assert attendance.staffed(CLOCK.now()) == frozenset(), "not looked at yet"
    attendance.look(CLOCK.now())
    assert attendance.staffed(CLOCK.now()) == {"call-derbyshire", "sheffield-cpet"}
    assert attendance.staffed(CLOCK.now() + HEARTBEAT) == frozenset()
    handler.sends("PUT", "/desk/me", {"status": "away"})
    attendance.look(CLOCK.now())
    assert attendance.staffed(CLOCK.now()) == frozenset()


def test_a_database_that_stays_away_means_nobody(application: Application, handler: Holder) -> None:
    handler.sends("PUT", "/desk/me", ME)
    ticks = [100.0]
    attendance = Attendance(application.database, lambda: ticks[0])
    attendance.look(CLOCK.now())
    ticks[0] += STALE_SECONDS - 0.1
    assert attendance.staffed(CLOCK.now())
    ticks[0] += 0.1
    assert not attendance.staffed(CLOCK.now())


@pytest.mark.parametrize(("since", "to"), list(product(Status, Status)))
def test_every_choice_is_allowed_or_not(since: Status, to: Status) -> None:
    expected = to not in BUSY and since not in BUSY and to in ALLOWED[since]
    assert may_choose(since, to) is expected


@pytest.mark.parametrize("to", Status)
def test_nobody_begins_busy_or_in_a_wrap_up(to: Status) -> None:
    assert may_choose(None, to) is (to in (Status.AVAILABLE, Status.AWAY))


def test_only_a_wrap_up_ends() -> None:
    assert rests_until(present()) is None
    assert not has_rested(present(), NOW + timedelta(days=1))
    assert has_rested(present(Status.WRAP_UP), NOW + WRAP_UP)
