"""What does a calendar file say about a rota? Real calendars' habits, and every problem at once."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.holders import Holders
from directory.ics import MOST_EVENTS, RotaFile, Wall, read_ics
from directory.ics_export import ics_of
from directory.model import Authority, Entry, Person, Shift, Team
from directory.numbers import ExtensionRule, Number
from directory.rota import in_order
from directory.snapshot import Snapshot, written
from routing.clock import LONDON, local
from tests.telling import at

DEVON = Authority("devon", "Devon", ExtensionRule(4, "0139238"))
DUTY, OTHER = Team("duty", "Duty", "devon"), Team("other", "Other", "devon")
ROWAN = Person("w-1", "Rowan Sámpleton", "duty", "2301", (Number("+442079460201"),))
TWINS = [Person("w-2", "Ash Twin", "other", "2302"), Person("w-3", "Ash Twin", "other", "2303")]
OURS = [Person("w-4", "Kit Double", "duty", "2304"), Person("w-5", "Kit Double", "other", "2305")]
SILENT = Person("w-6", "Quinn Silent", "duty")
ENTRIES: list[Entry] = [DEVON, DUTY, OTHER, ROWAN, *TWINS, *OURS, SILENT]
HERE = Snapshot().changed(1, [written(one) for one in ENTRIES])
HOLDERS = Holders(DUTY, HERE)
WALL = Wall(LONDON)
FRIDAY = "DTSTART;TZID=Europe/London:20261127T170000\nDTEND;TZID=Europe/London:20261204T170000"


def read(*events: str, wall: Wall = WALL) -> RotaFile:
    blocks = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    return read_ics(f"BEGIN:VCALENDAR\nVERSION:2.0\n{blocks}END:VCALENDAR\n", HOLDERS, wall)


def spans(found: RotaFile) -> list[tuple[str, str]]:
    assert found.problems == (), [problem.sentence for problem in found.problems]
    return [(f"{local(one.since):%d %b %H:%M}", f"{local(one.until):%d %b %H:%M}") for one in found.shifts]


def told(found: RotaFile) -> dict[str, str]:
    assert found.shifts == ()
    return {problem.field: problem.code.value for problem in found.problems}


@pytest.mark.parametrize(
    ("who", "meant"),
    [
        ("SUMMARY:Rowan Sampleton", "w-1"),
        ("SUMMARY:Duty: SAMPLETON\\, Rowan", "w-1"),
        ("SUMMARY:rowan sámpleton (first) on duty", "w-1"),
        ("SUMMARY:w-1", "w-1"),
        ("SUMMARY:2301", "w-1"),
        ("SUMMARY:8481", Number("+441392388481")),
        ("SUMMARY:Duty phone 020 7946 0301", Number("+442079460301")),
        ('SUMMARY:Duty\nATTENDEE;CN="Rowan Sampleton":mailto:rs@example.org', "w-1"),
        ("SUMMARY:Duty\nATTENDEE:mailto:rowan.sampleton@example.org", "w-1"),
        ("SUMMARY:Duty\nATTENDEE:tel:+442079460301", Number("+442079460301")),
        ("SUMMARY:Somebody\nATTENDEE:urn:dutyline:w-1", "w-1"),
        ("SUMMARY:Kit Double", "w-4"),
    ],
)
def test_whoever_is_meant_is_found_by_name_extension_number_or_address(who: str, meant: str | Number) -> None:
    found = read(f"{FRIDAY}\n{who}")
    assert [shift.who for shift in found.shifts] == [meant], [problem.sentence for problem in found.problems]


@pytest.mark.parametrize(
    ("who", "field", "code"),
    [
        ("SUMMARY:Nobody Known", "SUMMARY", "holder"),
        ("SUMMARY:Ash Twin", "SUMMARY", "several"),
        ("SUMMARY:Quinn Silent", "SUMMARY", "unreachable"),
        ("SUMMARY:999", "SUMMARY", "number-short-code"),
        ("SUMMARY:0909 879 0000", "SUMMARY", "destination-premium"),
        ("DESCRIPTION:nobody", "SUMMARY", "missing"),
        ("SUMMARY:Duty\nATTENDEE;CN=Ash Twin:mailto:x@example.org", "ATTENDEE", "several"),
    ],
)
def test_whoever_cannot_be_found_is_told_with_the_reason(who: str, field: str, code: str) -> None:
    ((place, found),) = told(read(f"{FRIDAY}\n{who}")).items()
    assert (place.endswith(f", {field}"), found) == (True, code)


def test_a_weekly_hand_over_stays_at_17_on_friday_across_both_clock_changes() -> None:
    autumn = "DTSTART;TZID=Europe/London:20261016T170000\nDURATION:P7D\nSUMMARY:2301\nRRULE:FREQ=WEEKLY;COUNT=3"
    spring = autumn.replace("20261016", "20270319").replace("COUNT=3", "UNTIL=20270402T160000Z")
    assert spans(read(autumn)) == [
        ("16 Oct 17:00", "23 Oct 17:00"), ("23 Oct 17:00", "30 Oct 17:00"), ("30 Oct 17:00", "06 Nov 17:00"),
    ]  # fmt: skip
    assert spans(read(spring)) == [
        ("19 Mar 17:00", "26 Mar 17:00"), ("26 Mar 17:00", "02 Apr 17:00"), ("02 Apr 17:00", "09 Apr 17:00"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("begins", "shown"),
    [
        ("DTSTART;TZID=Europe/London:20260703T170000", "03 Jul 17:00"),
        ('DTSTART;TZID="GMT Standard Time":20260703T170000', "03 Jul 17:00"),
        ("DTSTART:20260703T170000", "03 Jul 17:00"),
        ("DTSTART:20260703T170000Z", "03 Jul 18:00"),
        ("DTSTART;TZID=UTC:20260703T170000", "03 Jul 18:00"),
    ],
)
def test_a_moment_is_on_englands_clock_unless_it_says_utc(begins: str, shown: str) -> None:
    assert spans(read(f"{begins}\nDURATION:PT8H\nSUMMARY:2301"))[0][0] == shown


def test_whole_days_are_handed_over_at_the_hour_that_is_given() -> None:
    days = "DTSTART;VALUE=DATE:20261127\nDTEND;VALUE=DATE:20261204\nSUMMARY:2301"
    assert spans(read(days)) == [("27 Nov 00:00", "04 Dec 00:00")]
    assert spans(read(days, wall=Wall(LONDON, time(17)))) == [("27 Nov 17:00", "04 Dec 17:00")]
    assert spans(read("DTSTART;VALUE=DATE:20261127\nSUMMARY:2301")) == [("27 Nov 00:00", "28 Nov 00:00")]


def test_of_a_series_the_excepted_the_moved_and_the_cancelled_are_left_out() -> None:
    series = "UID:a\nDTSTART;TZID=Europe/London:20261102T090000\nDURATION:PT8H\nSUMMARY:2301\nRRULE:FREQ=WEEKLY;COUNT=5"
    moved = (
        "UID:a\nRECURRENCE-ID;TZID=Europe/London:20261109T090000\nDTSTART:20261110T100000\nDURATION:PT1H\nSUMMARY:8481"
    )
    gone = "UID:a\nRECURRENCE-ID;TZID=Europe/London:20261116T090000\nSTATUS:CANCELLED\nDTSTART:20261116T090000\nDURATION:PT8H"
    begins = [since for since, _ in spans(read(f"{series}\nEXDATE;TZID=Europe/London:20261123T090000", moved, gone))]
    assert begins == ["02 Nov 09:00", "10 Nov 10:00", "30 Nov 09:00"]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=WEEKLY",
        "FREQ=DAILY;COUNT=401",
        "FREQ=HOURLY;COUNT=3",
        "FREQ=DAILY;INTERVAL=0;COUNT=3;BYMONTH=2",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=1",
        "FREQ=WEEKLY;UNTIL=20991231T000000Z",
        "FREQ=DAILY;COUNT=0",
        "FREQ=SOMETIMES;COUNT=2",
        "FREQ=DAILY;COUNT=x",
    ],
)
def test_a_recurrence_without_a_near_end_is_refused(rule: str) -> None:
    assert told(read(f"{FRIDAY}\nSUMMARY:2301\nRRULE:{rule}")) == {"event 1 (line 7), RRULE": "rule"}


def test_every_problem_of_every_event_is_told_with_its_line() -> None:
    found = read(
        "DTSTART;TZID=Europe/Paris:20261127T170000\nDURATION:P1X\nSUMMARY:Nobody Known",
        "DTSTART:20261327T170000\nDTEND:20261204T170000\nSUMMARY:2301",
        f"{FRIDAY}\nJUNK\nSUMMARY:2301",
        "DTSTART:20261204T170000\nDTEND:20261127T170000\nSUMMARY:2301",
        "SUMMARY:2301",
    )
    assert told(found) == {
        "event 1 (line 4), DTSTART": "zone",
        "event 1 (line 5), DURATION": "length",
        "event 1 (line 6), SUMMARY": "holder",
        "event 2 (line 9), DTSTART": "moment",
        "event 3 (line 16), VEVENT": "calendar-line",
        "event 4 (line 21), DTEND": "order",
        "event 5 (line 24), DTSTART": "missing",
        "event 5 (line 24), DTEND": "missing",
    }


@pytest.mark.parametrize("text", ["", "hello", "BEGIN:VCALENDAR\nEND:VCALENDAR\n", "BEGIN:VEVENT\nEND:VEVENT\n"])
def test_what_is_no_calendar_or_an_empty_one_is_refused(text: str) -> None:
    assert told(read_ics(text, HOLDERS, WALL)) == {"file": "calendar"}


def test_a_file_with_too_many_events_or_turns_is_refused() -> None:
    assert told(read(*[f"{FRIDAY}\nSUMMARY:2301"] * (MOST_EVENTS + 1))) == {"file": "too-many"}
    daily = "DTSTART:20261101T{}0000\nDURATION:PT1H\nSUMMARY:2301\nRRULE:FREQ=DAILY;COUNT=400"
    assert told(read(*(daily.format(hour) for hour in ("09", "10", "11")))) == {"file": "too-many"}


@given(
    st.lists(
        st.builds(
            lambda minutes, length, who, note: Shift(
                at("Mon 09:00").astimezone(UTC) + timedelta(minutes=minutes),
                at("Mon 09:00").astimezone(UTC) + timedelta(minutes=minutes + length),
                who,
                note,
            ),
            st.integers(-500_000, 500_000),
            st.integers(1, 20_000),
            st.sampled_from(["w-1", "w-2", "w-4", Number("+442079460301"), Number("+447790770713")]),
            st.sampled_from(["", "cover for Ash; see note, please", "a: b"]),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_what_is_exported_reads_back_the_same(shifts: list[Shift]) -> None:
    rota = in_order(shifts)
    text = ics_of(Team("duty", "Duty", "devon", rota=rota), HERE)
    assert read_ics(text, HOLDERS, WALL) == RotaFile(rota, ())


@given(st.text(alphabet='BEGINVTDSARUL:;=,\\"\n\r 0123456789ZPQé\x00\u2028-+/', max_size=200))
def test_no_event_whatever_it_holds_breaks_the_reading(text: str) -> None:
    found = read(text, f"{FRIDAY}\nSUMMARY:2301")
    assert found.problems or found.shifts


@given(
    st.sampled_from(["DTSTART", "DTEND", "DURATION", "RRULE", "EXDATE", "RECURRENCE-ID", "ATTENDEE"]),
    st.text(max_size=30),
)
def test_no_value_whatever_it_is_breaks_the_reading(name: str, value: str) -> None:
    found = read(
        f"UID:a\n{FRIDAY}\nSUMMARY:2301\n{name}:{value}", f"UID:a\n{FRIDAY}\nSUMMARY:2301\nRRULE:FREQ=DAILY;COUNT=2"
    )
    assert found.problems or found.shifts


def test_the_autumn_night_has_both_of_its_hours() -> None:
    night = "DTSTART:20261025T000000Z\nDTEND:20261025T010000Z\nSUMMARY:2301"
    (shift,) = read(night).shifts
    assert shift.in_force(datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
    assert not shift.in_force(datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
