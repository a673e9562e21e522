"""Is this machine's clock right, against the database's and Twilio's, and does it know England's time zone?"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from importlib.metadata import PackageNotFoundError, version

from carrier.inspecting import Standing
from cli.doctor.findings import Findings, Found, Grade, Kind
from cli.doctor.patient import Patient
from routing.clock import LONDON
from store.database import AWAY, Database
from store.examining import clock_of

DOUBTFUL, WRONG = timedelta(seconds=2), timedelta(seconds=60)
ZONE_AGE = timedelta(days=730)
SET_IT = "Let both take the time from the network (chrony, systemd-timesyncd)."

OFF = Kind("clock-off", Grade.KNOW, "This machine's clock and {whose} differ by {seconds} s.", SET_IT)
FAR_OFF = Kind(
    "clock-wrong",
    Grade.FAILS,
    "This machine's clock and {whose} differ by {seconds} s: lines open and close at the wrong minute.",
    "Set the clock that is wrong, and let both take the time from the network (chrony, systemd-timesyncd).",
)
NO_ZONE = Kind(
    "zone-wrong",
    Grade.FAILS,
    "This machine's time zone data has {day} in England at UTC{shift}: lines open and close an hour off.",
    "Install today's tzdata, of the system or the package, and restart.",
)
OLD_ZONE = Kind(
    "zone-old",
    Grade.KNOW,
    "The package tzdata is {release}, more than two years old: a change of the clocks since then is unknown here.",
    "Update the package (requirements/, make setup).",
)


def look(patient: Patient) -> Findings:
    """Zone and clocks."""
    yield from of_zone(patient.now)
    yield from _against(patient, "the database's", lambda: _of_database(patient), timedelta(0))
    if patient.twilio:
        yield from _against(patient, "Twilio's", lambda: _of_twilio(patient), timedelta(seconds=1))


def _against(patient: Patient, whose: str, ask: Callable[[], datetime | None], coarse: timedelta) -> Iterator[Found]:
    """What another clock showed must lie between our two looks at ours, as far as it is told (``coarse``)."""
    before, there, after = patient.clock.now(), ask(), patient.clock.now()
    if there is None:
        return
    off = max(before - there - coarse, there - after, timedelta(0))
    if off > DOUBTFUL:
        kind = FAR_OFF if off > WRONG else OFF
        yield kind.found(whose=whose, seconds=round(off.total_seconds()))


def _of_database(patient: Patient) -> datetime | None:
    database = Database(patient.config.database_url)
    try:
        return clock_of(database)
    except AWAY:  # the part that looks at the database says so
        return None
    finally:
        database.close()


def _of_twilio(patient: Patient) -> datetime | None:
    twilio = patient.at_twilio
    taken = (twilio.inspector.standing(token) for token in twilio.tokens)
    return next((one.at for one in taken if isinstance(one, Standing)), None)


def of_zone(now: datetime, zone: tzinfo = LONDON) -> Iterator[Found]:
    """The clocks change on the last Sundays of March and October, at 01:00 UTC: so in the next two years, as far as is known."""
    for year in (now.year, now.year + 1):
        for month, shift in ((3, 1), (10, 0)):
            change = datetime.combine(_last_sunday(year, month), time(1), UTC)
            here = change.astimezone(zone).utcoffset()
            if here != timedelta(hours=shift):
                yield NO_ZONE.found(day=f"{change:%-d %B %Y}", shift=f"{here}")
                return
    yield from _of_release(now)


def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def _of_release(now: datetime) -> Iterator[Found]:
    try:
        release = version("tzdata")
    except PackageNotFoundError:
        return
    year = release.partition(".")[0]
    if year.isdecimal() and now - datetime(int(year), 12, 31, tzinfo=UTC) > ZONE_AGE:
        yield OLD_ZONE.found(release=release)
