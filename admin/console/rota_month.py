"""Who holds a team's duty on which day of a month, from what hour to what hour, and when does nobody?"""

from calendar import Calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from admin.auth import sees_personal_data
from admin.rota_shapes import shift_out
from admin.shapes import YEARS
from directory.model import Shift, Team
from directory.rota import Rota, holding
from directory.snapshot import Snapshot
from routing.clock import LONDON, local

A_WORKER, A_MOBILE = "A worker", "A mobile"
AWAY, COVERED = "away", "away, {} covers"
WHOLE_DAY = ("", "")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a day: the hours at which duty is handed over (empty: midnight), and who holds it; nobody in a gap."""

    since: str
    until: str
    who: str
    beside: str = ""

    @property
    def is_gap(self) -> bool:
        """Whether nobody is on the rota, so that the standing numbers ring."""
        return not self.who


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the month."""

    date: date
    is_today: bool
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn that touches the month: its place in the rota, its times, who holds it, and the note."""

    place: int
    since: datetime
    until: datetime
    who: str
    note: str


@dataclass(frozen=True, slots=True)
class Month:
    """A month as weeks from Monday to Sunday (days of other months are empty), and the months on either side."""

    first: date
    weeks: tuple[tuple[Day | None, ...], ...]
    turns: tuple[Turn, ...]

    @property
    def before(self) -> date | None:
        """The month before, where there is one to show."""
        return _shown((self.first - timedelta(days=1)).replace(day=1))

    @property
    def after(self) -> date | None:
        """The month after."""
        return _shown((self.first + timedelta(days=32)).replace(day=1))


def _shown(first: date) -> date | None:
    return first if first.year in YEARS else None


def first_of(text: str, today: date) -> date:
    """The first day of ``2026-11``; of this month where the text is none."""
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        found = today
    return found.replace(day=1) if found.year in YEARS else today.replace(day=1)


def month_of(team: Team, directory: Snapshot, first: date, at: datetime) -> Month:
    """A month of a team's rota, as whoever asks may see it."""
    begins = _midnight(first)
    ends = _midnight((first + timedelta(days=32)).replace(day=1))
    turns = tuple(_turn(place, team.rota[place], team, directory)
                  for place, shift in enumerate(team.rota) if shift.since < ends and shift.until > begins)  # fmt: skip
    here = _Here(team, directory, tuple(team.rota[turn.place] for turn in turns), local(at).date())
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    days = tuple(tuple(here.day(day) if day.month == first.month else None for day in week) for week in weeks)
    return Month(first, days, turns)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)


def _turn(place: int, shift: Shift, team: Team, directory: Snapshot) -> Turn:
    return Turn(
        place, shift.since, shift.until, holder(shift, team, directory), shift.note if sees_personal_data() else ""
    )


def holder(shift: Shift, team: Team, directory: Snapshot) -> str:
    """Who holds a turn, in words; neither name nor mobile for those who may not see them."""
    out = shift_out(shift, directory, directory.authorities.get(team.authority))
    if out.person is None:
        return out.number.national if out.number else A_MOBILE
    return out.name or (out.person if sees_personal_data() else A_WORKER)


@dataclass(frozen=True, slots=True)
class _Here:
    """The turns that touch a month."""

    team: Team
    directory: Snapshot
    rota: Rota
    today: date

    def day(self, day: date) -> Day:
        """One day with its parts; neighbours that are alike are one."""
        parts: list[Part] = []
        for part in self._pieces(day):
            if parts and (parts[-1].who, parts[-1].beside) == (part.who, part.beside):
                part = Part(parts.pop().since, part.until, part.who, part.beside)
            parts.append(part)
        return Day(day, day == self.today, tuple(parts))

    def _pieces(self, day: date) -> Iterator[Part]:
        begins, ends = _midnight(day), _midnight(day + timedelta(days=1))
        edges = sorted({begins, *(at for at in self._edges() if begins < at < ends)}, key=datetime.timestamp)
        for at, following in zip(edges, [*edges[1:], ends], strict=True):
            since, until = _hour(at) if at > begins else "", _hour(following) if following < ends else ""
            yield self._part(at, since, until)

    def _edges(self) -> Iterator[datetime]:
        for shift in self.rota:
            yield from (shift.since, shift.until)
            person = self.directory.people.get(str(shift.who))
            yield from (at for gap in (person.away if person else ()) for at in (gap.since, gap.until))

    def _part(self, at: datetime, since: str, until: str) -> Part:
        turns = holding(self.rota, at)
        if not turns:
            return Part(since, until, "")
        then = [f"then {holder(turn, self.team, self.directory)}" for turn in turns[1:]]
        beside = ", ".join(filter(None, (self._absence(turns[0], at), *then)))
        return Part(since, until, holder(turns[0], self.team, self.directory), beside)

    def _absence(self, turn: Shift, at: datetime) -> str:
        person = self.directory.people.get(str(turn.who))
        gap = person.absence(at) if person and sees_personal_data() else None
        cover = self.directory.people.get(gap.cover or "") if gap else None
        return COVERED.format(cover.name) if cover else AWAY if gap else ""


def _hour(at: datetime) -> str:
    return local(at).strftime("%H:%M")
