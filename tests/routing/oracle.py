"""What does an independent reading of the same printed hours say? Written by hand in the notation of OpenStreetMap.

Nothing here is taken from our plans or from ``routing``: the hours are those of the sources (D:10, Y:13, Y:52, B:5, B:71), and
the holidays are the official dates, written as dated rules, since the library knows only those of the whole kingdom.
"""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from govuk_bank_holidays.bank_holidays import BankHolidays
from opening_hours import OpeningHours

UTC = ZoneInfo("UTC")
ENGLAND = ZoneInfo("Europe/London")
YEARS = (2026, 2027, 2028)
NINE_TO_FIVE = "Mo-Fr 09:00-17:00"
ROUND_THE_CLOCK = "24/7"
EXPRESSIONS: Mapping[tuple[str, str], str] = {
    ("devon", "office"): "Mo-Th 09:00-17:00; Fr 09:00-16:00",
    ("derby", "day"): NINE_TO_FIVE,
    ("derby", "consultation"): "Mo-Fr 10:00-16:00",
    ("derby-consultation", "consultation"): "Mo-Fr 10:00-16:00",
    ("call-derbyshire", "always"): ROUND_THE_CLOCK,
    ("call-derbyshire", "day"): NINE_TO_FIVE,
    ("derbyshire-consultation", "office"): NINE_TO_FIVE,
    ("sheffield-cpet", "office"): NINE_TO_FIVE,
    ("cambridgeshire-ifd", "office"): NINE_TO_FIVE,
}
BY_EXPRESSION = {expression: rule for rule, expression in EXPRESSIONS.items()}
"""Each distinct reading once, with one of the rules that it is the reading of."""


class Oracle:
    """One reading; asked in UTC with ``ZoneInfo``, as the library wants it.

    In the hour that happens twice it is asked by the wall clock instead: told a zone, opening-hours-py 2.1.4 calls even ``24/7``
    closed at 01:59 summer time, the last minute before the clocks go back (test_every_minute holds that against it).
    """

    def __init__(self, expression: str) -> None:
        closed = "" if expression == ROUND_THE_CLOCK else "".join(f"; {rule}" for rule in _holiday_rules())
        self._zoned = OpeningHours(expression + closed, timezone=ENGLAND, auto_country=False)
        self._wall = OpeningHours(expression + closed, auto_country=False, auto_timezone=False)

    def open(self, at: datetime) -> bool:
        """Whether the service is open at a moment."""
        wall = at.astimezone(ENGLAND)
        twice = wall.replace(fold=0).utcoffset() != wall.replace(fold=1).utcoffset()
        return bool(self._wall.is_open(wall.replace(tzinfo=None)) if twice else self._zoned.is_open(at))

    def comment(self, at: datetime) -> str:
        """The holiday's name, where one closes the day."""
        _, comment = self._zoned.state(at)
        return str(comment)


def _holiday_rules() -> list[str]:
    official = BankHolidays(use_cached_holidays=True).get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    days = ((holiday["date"], holiday["title"]) for holiday in official if holiday["date"].year in YEARS)
    return [f'{day:%Y %b} {day.day} off "{title}"' for day, title in days]
