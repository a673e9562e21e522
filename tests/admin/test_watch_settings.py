"""What do the settings of the watch come to, and which are refused?"""

from datetime import timedelta
from decimal import Decimal

import pytest

from admin.settings import ConfigError
from admin.watch_settings import UNWATCHED, Watching, watching
from directory.numbers import Number

PUBLIC = {"DUTYLINE_PUBLIC_URL": "https://calls.example.org"}


def test_without_a_public_address_nothing_is_called_and_nobody_is_told() -> None:
    assert watching({}) == UNWATCHED


def test_with_one_each_line_is_called_every_quarter_of_an_hour() -> None:
    assert watching(PUBLIC).test_call_every == timedelta(minutes=15)
    assert watching({**PUBLIC, "DUTYLINE_TEST_CALL_MINUTES": "off"}).test_call_every is None


def test_everything_can_be_set() -> None:
    given = {
        "DUTYLINE_TEST_CALL_MINUTES": "5", "DUTYLINE_REAL_CALL_HOURS": "24", "DUTYLINE_BALANCE_LEAST": "7.50",
        "DUTYLINE_ALARM_TEXT_TO": "020 7946 0106, +44 20 7946 0105", "DUTYLINE_ALARM_TEXT_HOURS": "2",
    }  # fmt: skip
    assert watching(given) == Watching(
        timedelta(minutes=5), timedelta(hours=24), Decimal("7.50"),
        (Number("+442079460106"), Number("+442079460105")), timedelta(hours=2),
    )  # fmt: skip
    assert watching({"DUTYLINE_BALANCE_LEAST": "off"}).least_balance is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DUTYLINE_TEST_CALL_MINUTES", "0"),
        ("DUTYLINE_TEST_CALL_MINUTES", "soon"),
        ("DUTYLINE_REAL_CALL_HOURS", "-1"),
        ("DUTYLINE_BALANCE_LEAST", "NaN"),
        ("DUTYLINE_BALANCE_LEAST", "much"),
        ("DUTYLINE_ALARM_TEXT_TO", "999"),
        ("DUTYLINE_ALARM_TEXT_HOURS", "١"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=name):
        watching({name: value})
