"""Is it an alarm when the account runs dry, or is closed, or does not tell? Asked of a stand-in over a real socket."""

from datetime import timedelta
from decimal import Decimal

import pytest

from carrier.account import Account
from carrier.inspecting import Inspector
from ivr.alarms import Alarming
from ivr.moment import World
from store.database import Database
from store.watched import State
from tests.carrier.stand_in import SILENCE, Answer, answering
from tests.telling import at
from tests.watch.looked import looks, standing, whole
from watch.accounts import KIND, AccountWatch

NOW = at("Wed 10:00")
ACTIVE, SUSPENDED = (200, '{"status": "active"}'), (200, '{"status": "suspended"}')
RICH, POOR = (200, '{"balance": "31.50", "currency": "GBP"}'), (200, '{"balance": "3.20", "currency": "GBP"}')
NO_BALANCE = (404, '{"code": 20404}')


def looked(
    database: Database, world: World, *answers: Answer, least: Decimal | None = Decimal(20), minutes: int = 0
) -> list[Alarming]:
    with answering(*answers) as server:
        inspector = Inspector(Account("AC1", ("a" * 32,), server.url), 0.5)
        AccountWatch(inspector, ("a" * 32,), least).round(database, world, NOW + timedelta(minutes=minutes))
        inspector.close()
    return [code for code, _ in standing(database)]


def test_enough_is_well_and_too_little_is_an_alarm_until_it_is_topped_up(database: Database, world: World) -> None:
    assert looked(database, world, ACTIVE, POOR) == [Alarming.BALANCE_LOW]
    one = whole(database)[0].alarm
    assert ("3.20" in one.words, "3.20 GBP" in one.detail) == (False, True)
    assert looked(database, world, ACTIVE, POOR, least=None, minutes=60) == []
    assert looked(database, world, ACTIVE, RICH, minutes=120) == []
    assert looks(database, KIND)[""].state is State.WELL


def test_a_suspended_account_is_an_alarm_however_it_is_told(database: Database, world: World) -> None:
    assert looked(database, world, SUSPENDED, RICH) == [Alarming.ACCOUNT_SUSPENDED]
    assert looked(database, world, (403, '{"code": 20005}'), NO_BALANCE, minutes=60) == [Alarming.ACCOUNT_SUSPENDED]
    assert looked(database, world, ACTIVE, NO_BALANCE, minutes=120) == []


@pytest.mark.parametrize("lost", [(500, "?"), (429, '{"code": 20429}'), SILENCE])
def test_one_answer_that_is_lost_is_a_hiccup_and_two_are_an_alarm(
    database: Database, world: World, lost: Answer
) -> None:
    assert looked(database, world, lost, lost) == []
    assert looked(database, world, lost, lost, minutes=60) == [Alarming.ACCOUNT_UNANSWERED]
    assert looked(database, world, ACTIVE, RICH, minutes=120) == []


def test_what_is_not_known_ends_no_alarm(database: Database, world: World) -> None:
    looked(database, world, SUSPENDED, RICH)
    assert looked(database, world, (500, "?"), (500, "?"), minutes=60) == [Alarming.ACCOUNT_SUSPENDED]


def test_a_token_that_is_refused_is_an_alarm_at_once_and_the_next_one_is_tried(
    database: Database, world: World
) -> None:
    refused = (401, '{"code": 20003}')
    assert looked(database, world, refused, refused) == [Alarming.ACCOUNT_UNANSWERED]
    with answering(refused, ACTIVE, RICH) as server:
        tokens = ("a" * 32, "b" * 32)
        inspector = Inspector(Account("AC1", ("b" * 32,), server.url), 0.5)
        AccountWatch(inspector, tokens, None).round(database, world, NOW + timedelta(hours=1))
        inspector.close()
        assert [token[0] for _, _, token in server.asked] == ["a", "b", "b"]
    assert standing(database) == []
