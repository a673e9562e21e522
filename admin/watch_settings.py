"""Which settings say what is looked for beside the calls, and who is told? (docs/settings.md, Alarms)"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal, InvalidOperation

from admin.settings import ConfigError, setting
from directory.numbers import Number, number_from

OFF = "off"
TEST_CALL_MINUTES, ALARM_TEXT_HOURS, LEAST_BALANCE = 15, 4, Decimal(20)
LONGEST = 9999
WHOLE = re.compile(r"[1-9]\d{0,3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Watching:
    """How often a test call is made, and a real one (none: not at all); the least balance (none: any); who is told by text, and how
    often again."""

    test_call_every: timedelta | None = None
    arrival_every: timedelta | None = None
    least_balance: Decimal | None = LEAST_BALANCE
    text_to: tuple[Number, ...] = ()
    text_every: timedelta = timedelta(hours=ALARM_TEXT_HOURS)


UNWATCHED = Watching()


def watching(environ: Mapping[str, str]) -> Watching:
    """What the environment says. Test calls need a public address that somebody has given."""
    usual = str(TEST_CALL_MINUTES) if setting(environ, "DUTYLINE_PUBLIC_URL") else OFF
    minutes = _whole("DUTYLINE_TEST_CALL_MINUTES", setting(environ, "DUTYLINE_TEST_CALL_MINUTES", usual), "minutes")
    hours = _whole("DUTYLINE_REAL_CALL_HOURS", setting(environ, "DUTYLINE_REAL_CALL_HOURS", OFF), "hours")
    again = _whole(
        "DUTYLINE_ALARM_TEXT_HOURS", setting(environ, "DUTYLINE_ALARM_TEXT_HOURS", str(ALARM_TEXT_HOURS)), "hours"
    )
    return Watching(
        timedelta(minutes=minutes) if minutes else None,
        timedelta(hours=hours) if hours else None,
        _least(setting(environ, "DUTYLINE_BALANCE_LEAST", str(LEAST_BALANCE))),
        tuple(_numbers(setting(environ, "DUTYLINE_ALARM_TEXT_TO"))),
        timedelta(hours=again or LONGEST),
    )


def _whole(name: str, text: str, unit: str) -> int | None:
    if text == OFF:
        return None
    if not WHOLE.fullmatch(text):
        raise ConfigError(f"{name}: “{text}” is not a number of {unit}; give 1 to {LONGEST}, or “{OFF}”.")
    return int(text)


def _least(text: str) -> Decimal | None:
    if text == OFF:
        return None
    try:
        least = Decimal(text)
    except InvalidOperation:
        least = Decimal("NaN")
    if not least.is_finite():
        raise ConfigError(f"DUTYLINE_BALANCE_LEAST: “{text}” is not a sum; write it as 20 or 7.50, or “{OFF}”.")
    return least


def _numbers(text: str) -> list[Number]:
    found = [(part, number_from(part)) for part in filter(None, (part.strip() for part in text.split(",")))]
    wrong = [part for part, number in found if not isinstance(number, Number)]
    if wrong:
        raise ConfigError(f"DUTYLINE_ALARM_TEXT_TO: “{wrong[0]}” is no number; write it in full, several with commas.")
    return [number for _, number in found if isinstance(number, Number)]
