"""What does the API of transfers let in, refuse and answer?"""

import pytest

from telephone import Busy, NoAnswer, Person
from tests.admin.desk_client import Holder, codes
from tests.desk.stage import CONSULTED, DEPUTY, TEAM, Stage


@pytest.mark.parametrize(
    ("to", "field", "code"),
    [
        ({"number": "999"}, "to.number", "emergency"),
        ({"number": "101"}, "to.number", "emergency"),
        ({"police": "derbyshire-police"}, "to.police", "no-force"),
        ({"police": "derbyshire-team-manager"}, "to.police", "no-force"),
        ({"number": "020 7946 0888"}, "to.number", "number-not-listed"),
        ({"number": "not one"}, "to.number", "number-characters"),
        ({"team": "nowhere"}, "to.team", "unknown"),
        ({"team": TEAM, "line": "devon"}, "to", "one-target"),
        ({}, "to", "one-target"),
    ],
)
def test_a_target_that_cannot_be_is_refused_in_words(
    handler: Holder, to: dict[str, str], field: str, code: str
) -> None:
    reply = handler.sends("POST", "/calls/CA1/transfers", {"to": to})
    assert (reply.status_code, codes(reply)) == (422, {field: code})


def test_only_one_transfer_at_a_time_and_only_by_whoever_talks(stage: Stage, handler: Holder) -> None:
    caller = stage.talking()
    stranger = stage.signs_in("+442079460209", "Sam Stranger")
    path, body = f"/calls/{caller.sid}/transfers", {"to": {"team": TEAM}}
    assert stranger.sends("POST", path, body).status_code == 403
    stage.exchange.phone(CONSULTED).will(NoAnswer())
    transfer = stage.transfer(caller, handler)
    again = handler.sends("POST", path, body)
    assert (again.status_code, "under way" in again.get_json()["detail"]) == (409, True)
    assert stranger.sends("POST", f"/transfers/{transfer['id']}/cancel", {}).status_code == 403
    refused = handler.sends("POST", f"/transfers/{transfer['id']}/complete", {})
    assert refused.status_code == 409
    assert refused.get_json()["detail"] == "A transfer that is ringing cannot be completed; you can cancel it."
    assert handler.asks("/transfers/none-such").status_code == 404


def test_the_next_number_is_rung_and_what_was_tried_is_told(stage: Stage, handler: Holder) -> None:
    caller = stage.talking()
    stage.exchange.phone(CONSULTED).will(Busy(after=2))
    stage.exchange.phone(DEPUTY).will(NoAnswer())
    transfer = stage.transfer(caller, handler)
    stage.until(lambda: stage.exchange.phone(DEPUTY).is_ringing, 20)
    shown = handler.asks(f"/transfers/{transfer['id']}").get_json()
    assert shown["tried"] == [{"who": "Social Care Specialist and Safeguarding Team", "outcome": "engaged"}]
    assert (shown["state"], shown["ringing"]) == ("ringing", "Social Care Specialist and Safeguarding Team")
    stage.until(lambda: stage.state(transfer["id"]) == "failed", 40)
    shown = handler.asks(f"/transfers/{transfer['id']}").get_json()
    assert (shown["reason"], shown["can"]) == ("Nobody could be reached; the caller is with you.", [])
    stage.exchange.advance(3)
    assert not caller.is_held


def test_a_cold_transfer_takes_the_caller_to_the_teams_ladder(stage: Stage, handler: Holder) -> None:
    caller = stage.talking()
    stage.exchange.phone(CONSULTED).will(Person("1", after=2))
    shown = stage.transfer(caller, handler, mode="cold")
    assert (shown["state"], shown["can"]) == ("completed", [])
    stage.until(lambda: stage.hears(caller) == {CONSULTED}, 40)
    assert caller.has_heard("Social Care Specialist and Safeguarding Team")
    assert stage.exchange.longest_silence(caller).seconds <= 5
