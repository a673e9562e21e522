"""How are the reports looked at?"""

from datetime import timedelta
from random import Random

from app import Application
from routing.days import Days
from store import report_counts
from store.keys import Role
from store.tables_reports import report_count
from tests.browser.hands import Hands
from tests.browser.state import State, shown
from tests.browser.task import Task
from tests.telling import at

LIST, MONTH = "/admin/reports", "/admin/reports/month"
GET_LIST, GET_MONTH = "GET /admin/reports", "GET /admin/reports/month"
NOW = at("Wed 10:00")
LINES = ("devon", "derby", "sheffield-cpet")
TEAMS = ("Initial Response North", "MASH", "Emergency Duty Team")
TALLIES = (
    ("person", 20, 40),
    ("caller-gone", 2, 9),
    ("call-back", 1, 6),
    ("safe-message", 0, 4),
    ("closed", 2, 9),
    ("open", 18, 40),
)
RUNG = (
    ("called", 10, 20),
    ("took", 5, 15),
    ("connected", 5, 15),
    ("no-answer", 1, 9),
    ("busy", 0, 4),
    ("not-accepted", 0, 5),
)


def furnish(application: Application) -> None:
    """Two months of counts, by the dice."""
    dice = Random("reports")
    days = Days(NOW.date() - timedelta(days=60), NOW.date())
    with application.database.write() as connection:
        for day in days:
            report_counts.count_day(connection, day, 0, NOW)
            connection.execute(report_count.delete().where(report_count.c.day == day))
            for line in LINES:
                rows = [
                    {
                        "day": day,
                        "line": line,
                        "hour": hour,
                        "who": who,
                        "measure": measure,
                        "value": value,
                        "count": count,
                    }
                    for (hour, who, measure, value), count in _counts(dice).items()
                ]
                connection.execute(report_count.insert(), rows)


def _counts(dice: Random) -> dict[tuple[int, str, str, int], int]:
    found: dict[tuple[int, str, str, int], int] = {}
    for hour in dice.sample(range(24), 8):
        for measure, least, most in TALLIES:
            found[hour, "", measure, 0] = dice.randint(least, most)
        for measure in ("to-ringing", "to-person", "depth"):
            found[hour, "", measure, dice.randint(1, 4) if measure == "depth" else dice.randint(8, 90)] = dice.randint(
                5, 20
            )
        for measure, least, most in RUNG:
            found[hour, dice.choice(TEAMS), measure, 0] = dice.randint(least, most)
    return found


def compares_days(hands: Hands) -> None:
    """Some days, told apart by who was rung; then a month on paper."""
    hands.opens(LIST)
    hands.skips_to_main()
    hands.fills("Line", "Devon social care")
    hands.fills("Told apart by", "Who was rung")
    hands.leaves_by("Count", "Reports")
    hands.reads("Initial Response North")
    hands.skips_to_main()
    hands.leaves_by("a whole month, to be printed", "Calls, 1 October 2026 to 31 October 2026")
    hands.fills("Authority", "Devon")
    hands.leaves_by("Show", "Calls, 1 October 2026 to 31 October 2026")


STATES: list[State] = [
    *shown(Role.VIEWER, LIST, f"{LIST}?by=team", f"{LIST}?by=hour", f"{LIST}?by=day&line=devon", MONTH),
    State("days without a call", Role.VIEWER, f"{LIST}?from=2026-01-01&until=2026-01-31"),
    State("a month without a call", Role.VIEWER, f"{MONTH}?month=2026-01"),
    State("days the wrong way round", Role.VIEWER, f"{LIST}?from=2026-11-02&until=2026-11-01", refused=GET_LIST),
    State("a month that is none", Role.VIEWER, f"{MONTH}?month=November", refused=GET_MONTH),
]
SCREENS: list[State] = [
    State("reports", Role.VIEWER, f"{LIST}?from=2026-11-01&until=2026-11-24&by=hour"),
    State("report-month", Role.VIEWER, f"{MONTH}?month=2026-10&authority=devon"),
]
TASKS: tuple[Task, ...] = (
    Task("see who does not answer, and print a month", Role.VIEWER, compares_days, (GET_LIST, GET_MONTH), furnish),
)
NEVER_REFUSED: dict[str, str] = {}
NO_PAGE: dict[str, str] = {"GET /admin/reports.csv": "a file"}
