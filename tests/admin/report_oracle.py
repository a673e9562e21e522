"""What should a report say? Worked out again in plain Python from the raw rows, sharing no line with what it judges."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from store.database import Database
from store.every_table import metadata

Row = Mapping[str, Any]
ENGLAND = ZoneInfo("Europe/London")
PERSONAL = {
    "the allocated worker": "Workers whom callers asked for",
    "the worker's manager": "Managers of those workers",
    "whoever holds the role": "Holders of named roles",
    "a deputy": "Deputies of named roles",
}
MISSES = ("no-answer", "busy", "failed", "not-accepted")


@dataclass
class Rung:
    """How somebody was rung on one call."""

    since: datetime
    ends: list[str] = field(default_factory=list)
    took: bool = False
    after: datetime | None = None


@dataclass
class Heard:
    """One call as its events tell it."""

    line: str
    began: datetime
    ending: str
    closed: bool | None
    handed_over: bool
    phones: int
    ringing: int | None
    person: int | None
    rung: dict[str, Rung]

    @property
    def wall(self) -> datetime:
        return self.began.astimezone(ENGLAND)


def raw(database: Database, table: str) -> list[dict[str, Any]]:
    with database.read() as connection:
        return [dict(row._mapping) for row in connection.execute(select(metadata.tables[table]))]


def heard(database: Database) -> list[Heard]:
    """Every call that is over."""
    by_call: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for event in raw(database, "event"):
        by_call[event["call"]].append(event)
    rung_by_desk: dict[str, datetime] = {}
    for one in raw(database, "party"):
        if one["role"] == "handler":
            rung_by_desk[one["call"]] = min(one["asked_at"], rung_by_desk.get(one["call"], one["asked_at"]))
    over = {one["sid"] for one in raw(database, "call") if one["ended_at"]}
    calls = (_heard(events, rung_by_desk.get(sid)) for sid, events in by_call.items() if sid in over)
    return [one for one in calls if one]


def codes(event: dict[str, Any]) -> list[str]:
    return [reason["code"] for reason in event["body"].get("reasons", [])]


def _heard(events: list[dict[str, Any]], offered: datetime | None) -> Heard | None:
    events.sort(key=lambda one: (one["at"], one["sequence"]))
    caller = [one for one in events if one["leg"] == "" and one["kind"] in ("step", "fault")]
    start = next((one for one in caller if "from" in one["body"]), None)
    if start is None:
        return None
    began, rung, met = start["at"], dict[str, Rung](), list[datetime]()
    for place, event in enumerate(caller):
        if event["body"].get("rings"):
            _rings(events, event, caller[place + 1] if place + 1 < len(caller) else None, rung, met)
    rooms = [one["at"] for one in caller if "into-room" in codes(one)]
    waits = [one["at"] for one in caller if "queued" in codes(one)]
    if waits:
        rung["The desk"] = Rung(waits[0], took=bool(rooms), after=rooms[0] if rooms else None)
    rings = [one["at"] for one in events if one["leg"] and one["body"].get("status") in ("ringing", "in-progress")]
    rings += [offered] if offered else []
    met, ending = met + rooms, _ending(caller)
    return Heard(
        start["body"]["line"], began, ending, _closed(caller), any("handed-over" in codes(one) for one in caller),
        sum(bool(one["body"].get("rings")) for one in caller), _whole(began, min(rings)) if rings else None,
        _whole(began, min(met)) if met and ending == "person" else None, rung,
    )  # fmt: skip


def _rings(
    events: list[dict[str, Any]],
    event: dict[str, Any],
    after: dict[str, Any] | None,
    rung: dict[str, Rung],
    met: list[datetime],
) -> None:
    entry, what = rung.setdefault(_named(event), Rung(event["at"])), after["body"].get("event", {}) if after else {}
    if after and (what.get("name") == "Talked" or what.get("talked")):
        since = _met(events, event, after)
        met += [since] if since else []
        entry.after = entry.after if entry.took else since
        entry.took = True
        entry.ends.append("connected")
    else:
        entry.ends.append(what["how"] if what.get("name") == "Unreached" else "gone")


def _whole(since: datetime, until: datetime) -> int:
    return max(0, math.floor((until - since).total_seconds()))


def _named(event: dict[str, Any]) -> str:
    for reason in event["body"]["reasons"]:
        if reason["code"] == "next":
            who, step = reason["sentence"][len("Ring ") : -1].rsplit(": ", 1)
            return str(PERSONAL.get(step, who))
    return "A number that stood in" if "stands-in" in codes(event) else "A line's default destination, after a fault"


def _met(events: list[dict[str, Any]], since: dict[str, Any], until: dict[str, Any]) -> datetime | None:
    """The whisper's steps have the number of the caller's own step after them: w5 and a5 come before h5."""
    number = until["sequence"].removeprefix("h")
    spoken = {one["sequence"]: one for one in events if one["leg"] and one["kind"] == "step"}
    if f"w{number}" in spoken or f"a{number}" in spoken:
        pressed = spoken.get(f"a{number}")
        return pressed["at"] if pressed and "accepted" in codes(pressed) else None
    for one in events:
        between = one["leg"] and since["at"] <= one["at"] <= until["at"]
        if between and one["body"].get("status") == "in-progress" and one["body"]["rings"] == since["body"]["rings"]:
            return one["at"]  # type: ignore[no-any-return]  # a row's column
    return None


def _ending(caller: list[dict[str, Any]]) -> str:
    every = {code for one in caller for code in codes(one)}
    said = {one["body"].get("ending") for one in caller}
    talked = any(one["body"].get("event", {}).get("talked") for one in caller)
    if talked or "conversation" in every or "person" in said:
        return "person"
    if "call-back-cancelled" in every:
        return "safe-message"
    if "call-back-booked" in every or "call-back" in said:
        return "call-back"
    return "safe-message" if "safe-message" in every or "safe-message" in said else "caller-gone"


def _closed(caller: list[dict[str, Any]]) -> bool | None:
    for reason in (reason for one in caller for reason in one["body"].get("reasons", [])):
        if reason["code"] in ("outside-hours", "bank-holiday"):
            return True
        if reason["code"] in ("within-hours", "never-closes"):
            return False
    return None


def five(number: int) -> int | None:
    return None if number < 5 else 5 * math.floor(number / 5 + 0.5)


def percent(part: int, whole: int) -> int | None:
    a, b = five(part), five(whole)
    return None if a is None or b is None else min(100, math.floor(100 * a / b + 0.5))


def spread(values: list[int]) -> dict[str, int | None]:
    ordered = sorted(values)
    names = {"median": (0.5, 5), "p90": (0.9, 10), "p95": (0.95, 20)}
    return {
        name: ordered[math.ceil(round(part * len(ordered), 6)) - 1] if len(ordered) >= least else None
        for name, (part, least) in names.items()
    }


def figures(calls: list[Heard], targets: Mapping[str, int]) -> dict[str, Any]:
    """As the API has them, but for the target, which is compared by itself."""
    ends = Counter(one.ending for one in calls)
    closed = sum(one.closed is True for one in calls)
    known = sum(one.closed is not None for one in calls)
    wrong = sum(one.handed_over for one in calls)
    having = [one for one in calls if one.line in targets]
    near = sum(one.person is not None and one.person <= targets[one.line] for one in having)
    return {
        "offered": five(len(calls)), "answered": five(ends["person"]), "abandoned": five(ends["caller-gone"]),
        "call_backs": five(ends["call-back"]), "safe_messages": five(ends["safe-message"]),
        "answered_percent": percent(ends["person"], len(calls)), "abandoned_percent": percent(ends["caller-gone"], len(calls)),
        "out_of_hours": five(closed), "out_of_hours_percent": percent(closed, known),
        "wrong_door": five(wrong), "wrong_door_percent": percent(wrong, len(calls)),
        "seconds_to_ringing": spread([one.ringing for one in calls if one.ringing is not None]),
        "seconds_to_person": spread([one.person for one in calls if one.person is not None]),
        "phones": spread([one.phones for one in calls]),
        "within_target": five(near), "within_target_percent": percent(near, len(having)),
    }  # fmt: skip


def team(calls: list[Heard], who: str) -> dict[str, Any]:
    of = [one.rung[who] for one in calls if who in one.rung]
    ends = Counter(end for one in of for end in one.ends)
    missed = sum(ends[one] for one in MISSES)
    took = [one for one in of if one.took]
    return {
        "calls": five(len(of)), "answered": five(len(took)), "answered_percent": percent(len(took), len(of)),
        "phones": five(sum(ends.values())), "not_reached": five(missed), "not_reached_percent": percent(missed, sum(ends.values())),
        "no_answer": five(ends["no-answer"]), "busy": five(ends["busy"]), "failed": five(ends["failed"]),
        "not_accepted": five(ends["not-accepted"]),
        "seconds_to_answer": spread([_whole(one.since, one.after) for one in took if one.after]),
    }  # fmt: skip


def within(days: tuple[date, date], at: datetime) -> bool:
    return days[0] <= at.astimezone(ENGLAND).date() <= days[1]


def beside(
    database: Database, days: tuple[date, date], lines: set[str] | None, authorities: set[str] | None, now: datetime
) -> dict[str, Any]:
    """Transfers, call-backs and deadlines."""
    line_of = {one["call"]: one["line"] for one in raw(database, "conversation")}
    moved = [one["state"] for one in raw(database, "transfer")
             if within(days, one["at"]) and (lines is None or line_of.get(one["call"]) in lines)]  # fmt: skip
    dialled: dict[str, list[datetime]] = defaultdict(list)
    for one in raw(database, "call_back_attempt"):
        dialled[one["callback"]] += [one["dialled_at"]] if one["dialled_at"] else []
    backs = [one for one in raw(database, "call_back")
             if within(days, one["promise"]) and one["promise"] < now and (lines is None or one["line"] in lines)
             and one["state"] not in ("merged", "cancelled") and not one["withdrawn"]]  # fmt: skip
    kept = sum(any(at <= one["promise"] for at in dialled[one["id"]])
               or (one["state"] == "done" and one["ended_at"] <= one["promise"]) for one in backs)  # fmt: skip
    tasks = [one for one in raw(database, "task")
             if one["promise_at"] and within(days, one["promise_at"]) and one["promise_at"] < now and one["state"] != "withdrawn"
             and (authorities is None or one["authority"] in authorities)]  # fmt: skip
    met = sum(one["state"] == "done" and one["ended_at"] <= one["promise_at"] for one in tasks)
    return {
        "transfers": five(len(moved)),
        "transfers_completed": five(moved.count("completed")),
        "transfers_failed": five(moved.count("failed")),
        "call_backs_due": five(len(backs)), "call_backs_on_time": five(kept), "call_backs_on_time_percent": percent(kept, len(backs)),
        "deadlines_due": five(len(tasks)), "deadlines_met": five(met), "deadlines_met_percent": percent(met, len(tasks)),
    }  # fmt: skip
