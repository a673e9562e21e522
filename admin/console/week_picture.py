"""Who rings first over the coming seven days, and when does that change? Drawn as rows of bars, and told in words beside them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby

from ivr.grid import grid
from ivr.moment import World
from ivr.period_words import NAMES
from ivr.plan import Plan
from ivr.route import climbed
from ivr.rung_words import rung_words
from routing.clock import local
from routing.ladder import Ladder, Rung, Wanted

WEEK = timedelta(days=7)
WIDTH, ROW, LABEL, TOP, THIN = 700, 30, 190, 26, 22
LEAST = 2
NOBODY = "Nobody"
SHORT = 24


@dataclass(frozen=True, slots=True)
class Bar:
    """A time in which the same phone rings first."""

    x: int
    y: int
    width: int


@dataclass(frozen=True, slots=True)
class Row:
    """One phone: how it is called in the drawing, and its bars."""

    label: str
    y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A stretch in words: from when until when, and who rings first."""

    since: str
    until: str
    who: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The drawing and its words."""

    width: int
    height: int
    rows: tuple[Row, ...]
    days: tuple[tuple[int, str], ...]
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of time with who rings first in it."""

    since: datetime
    until: datetime
    who: str
    label: str


Wish = Callable[[datetime], tuple[Plan, Wanted]]
"""Whose line is reached, and who is asked for, at a moment."""


def picture(world: World, dialled: Plan, wish: Wish, since: datetime, told: Callable[[str], str]) -> Picture:
    """The week from a moment on; ``told`` leaves out of words what whoever asks may not see."""
    begin, end = since.astimezone(UTC), since.astimezone(UTC) + WEEK
    team = wish(begin)[1].team
    moments = grid(world, [dialled], [team] if team else []).moments(begin, end)
    ladders = [climbed(world, *wish(at), at, dialled=dialled) for at in moments]
    shown = [
        (at, until, told(_who(ladder)), told(_label(ladder)))
        for at, until, ladder in zip(moments, (*moments[1:], end), ladders, strict=True)
    ]
    pieces = [_piece(list(same)) for _, same in groupby(shown, key=lambda one: one[2:])]
    rows = tuple(
        _row(place, label, pieces, begin) for place, label in enumerate(dict.fromkeys(one.label for one in pieces))
    )
    return Picture(WIDTH, TOP + ROW * len(rows) + 4, rows, _days(begin), tuple(map(_told, pieces)))


def _piece(same: list[tuple[datetime, datetime, str, str]]) -> Piece:
    return Piece(same[0][0], same[-1][1], *same[0][2:])


def _first(ladder: Ladder) -> Rung | None:
    return next(iter(ladder.rungs), None)


def _who(ladder: Ladder) -> str:
    rung = _first(ladder)
    if rung is None:
        return "nobody: the safe message is spoken"
    return rung_words(rung) if rung.is_personal else f"{rung.who}, {rung.number.number.national}"


def _label(ladder: Ladder) -> str:
    rung = _first(ladder)
    if rung is None:
        return NOBODY
    words = rung_words(rung) if rung.is_personal else rung.number.number.national
    return words if len(words) <= SHORT else f"{words[: SHORT - 1]}…"


def _row(place: int, label: str, pieces: list[Piece], begin: datetime) -> Row:
    y = TOP + ROW * place
    return Row(label, y, tuple(_bar(one, y, begin) for one in pieces if one.label == label))


def _bar(piece: Piece, y: int, begin: datetime) -> Bar:
    x = _x(piece.since, begin)
    return Bar(x, y, max(_x(piece.until, begin) - x, LEAST))


def _x(at: datetime, begin: datetime) -> int:
    return LABEL + round((at - begin) / WEEK * (WIDTH - LABEL))


def _days(begin: datetime) -> tuple[tuple[int, str], ...]:
    """Each midnight of the week, with the day that begins."""
    first = local(begin).replace(hour=0, minute=0, second=0, microsecond=0)
    midnights = (first + timedelta(days=day) for day in range(1, 8))
    return tuple((_x(at.astimezone(UTC), begin), f"{at:%a %-d}") for at in midnights)


def _told(piece: Piece) -> Told:
    return Told(_moment(piece.since), _moment(piece.until), piece.who)


def _moment(at: datetime) -> str:
    here = local(at)
    return f"{NAMES[here.weekday()]} {here:%H:%M}"
